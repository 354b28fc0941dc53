import { catalog } from '../catalog/index.js';
import type { Environment } from '../desired/index.js';
import { type GuardCode, type GuardFinding, KedgeError, type Plan } from '../model/index.js';
import { checkGuards } from '../plan/index.js';
import type { Ports } from './ports.js';

/** What the guards of an environment have against a plan, on this machine and now. */
export function guardsOf(
  plan: Plan,
  by: { readonly environment: Environment; readonly ports: Ports },
): readonly GuardFinding[] {
  return checkGuards(plan, { catalog, policy: by.environment.guards, now: by.ports.clock.now() });
}

/**
 * Lets a plan go on, or refuses it before anything is written.
 * @param by.command - what was run, for the hint: `kedge apply -e production`.
 * @returns the codes that were needed and allowed, for the record of the apply.
 * @throws {@link KedgeError} with the code of the first guard that was not allowed, and all of them as findings.
 */
export function passGuards(
  guards: readonly GuardFinding[],
  by: { readonly allow: readonly GuardCode[]; readonly command: string },
): readonly GuardCode[] {
  const needed = [...new Set(guards.map(({ code }) => code))];
  const refused = guards.filter(({ code }) => !by.allow.includes(code));
  const [first] = refused;
  if (!first) return needed;
  const hint = `if it is meant: ${allowingCommand(by.command, needed)}`;
  const [last] = refused.slice(-1);
  throw new KedgeError({
    code: first.code,
    message: refused.length === 1 ? first.message : `${refused.length} guards refuse this plan; nothing was written`,
    hint,
    // Of an error with findings only these are printed, each with its own hint.
    findings:
      refused.length === 1
        ? []
        : refused.map((guard) => ({ ...guard, severity: 'error', ...(guard === last && { hint }) })),
  });
}

/** The command that performs the plan all the same. */
function allowingCommand(command: string, codes: readonly GuardCode[]): string {
  return [command, ...codes.map((code) => `--allow ${code}`)].join(' ');
}
