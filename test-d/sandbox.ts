// If the sandbox's own entry were not typed, other people's tests would find out at run time.
import type { startSandbox, Sandbox, SandboxOptions, Switches } from 'kedge/sandbox';

type Equals<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Starting gives a running sandbox, and everything about it has a default. */
export const started: Equals<ReturnType<typeof startSandbox>, Promise<Sandbox>> = true;
export const noOptions: SandboxOptions = {};

/** A switch has the values it has, and no other. */
export const licensed: Equals<Switches['licensed'], 'off' | 'on'> = true;
// @ts-expect-error -- there is no such value
export const misspelt: SandboxOptions = { switches: { licensed: 'yes' } };
