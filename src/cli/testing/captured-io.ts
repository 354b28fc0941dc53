import { runCli } from '../run-cli.js';
import type { CliIo } from '../cli-io.js';

/** What a command printed, and how it ended. */
export interface Captured {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a command is run with; everything has a default. */
export interface CaptureOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The line a person answers; without one nobody can be asked. */
  readonly answer?: string;
  readonly isTTY?: boolean;
}

/** A command line's surroundings with captured streams; waits between retries take no time. */
export function createCapturedIo(options: CaptureOptions): {
  readonly io: CliIo;
  readonly out: Omit<Captured, 'exitCode'>;
} {
  const out = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr'): CliIo['stdout'] => ({
    write: (text) => {
      out[name] += text;
    },
    isTTY: options.isTTY ?? false,
    columns: options.isTTY === true ? 120 : undefined,
  });
  const io: CliIo = {
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    canAsk: options.answer !== undefined,
    ask: (question) => {
      out.stderr += question;
      return Promise.resolve(options.answer ?? '');
    },
    env: options.env ?? {},
    cwd: options.cwd,
    clock: { now: () => Date.now(), random: () => 0.5, sleep: () => Promise.resolve() },
    newUuid: () => '5f0c2b1e-7a44-4c7e-9d7e-0a1b2c3d4e5f',
    interrupted: () => new AbortController().signal,
    version: '0.0.0-test',
  };
  return { io, out };
}

/** Runs a command line in this process. */
export async function kedge(argv: readonly string[], options: CaptureOptions): Promise<Captured> {
  const { io, out } = createCapturedIo(options);
  const exitCode = await runCli(argv, io);
  return { exitCode, ...out };
}
