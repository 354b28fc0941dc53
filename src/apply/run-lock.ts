import { randomUUID } from 'node:crypto';
import { unlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isJsonObject, KedgeError } from '../model/index.js';
import { createPrivateFile, readPrivateFile, replacePrivateFile } from './private-file.js';

/** Who has a lock. */
export interface LockHolder {
  readonly pid: number;
  readonly host: string;
  /** Epoch milliseconds. */
  readonly instant: number;
  /** Of this taking of the lock alone. */
  readonly token: string;
}

/** The right to write to an environment from this machine. */
export interface RunLock {
  /** The holder that was taken over from, because it is dead; undefined as a rule. */
  readonly tookOver: LockHolder | undefined;
  readonly release: () => Promise<void>;
}

/** Which lock, and how patiently. */
export interface LockOptions {
  /** The repository's `.kedge/`. */
  readonly directory: string;
  readonly environment: string;
  /** Milliseconds to wait for whoever has it; 0 = refuse at once. */
  readonly waitMs: number;
  readonly clock: { readonly now: () => number; readonly sleep: (ms: number) => Promise<void> };
  /** When aborted, the waiting ends. */
  readonly signal?: AbortSignal | undefined;
  /** This process, unless given. */
  readonly self?: { readonly pid: number; readonly host: string };
  /** Whether a process of this machine is alive; asks the system unless given. */
  readonly isAlive?: (pid: number) => boolean;
}

/** How long to wait before looking again. */
const PAUSE_MS = 500;

/** Tokens that this process holds: a lock with its pid and another token is of a process before it. */
const held = new Set<string>();

/**
 * Takes the lock of an environment. One that a dead process of this machine left behind is taken over; one of another
 * machine, that shares the folder, is never judged from here.
 * @throws {@link KedgeError} `apply/locked` with who has it and since when.
 */
export async function takeRunLock(options: LockOptions): Promise<RunLock> {
  const { clock, directory, environment, signal } = options;
  const path = join(directory, 'locks', encodeURIComponent(environment));
  const { pid, host } = options.self ?? { pid: process.pid, host: hostname() };
  const started = clock.now();
  for (;;) {
    const own: LockHolder = { pid, host, instant: clock.now(), token: randomUUID() };
    const text = lockText(own);
    const there = await createPrivateFile(path, text);
    if (there === text) return heldLock(path, { own, tookOver: undefined });
    const holder = parseHolder(there);
    if (holder && isDead(holder, { ...options, self: { pid, host } }) && (await takeOver(path, { holder, text }))) {
      return heldLock(path, { own, tookOver: holder });
    }
    if (signal?.aborted === true || clock.now() - started >= options.waitMs)
      throw locked(environment, { path, holder });
    await clock.sleep(PAUSE_MS);
  }
}

function heldLock(path: string, by: { readonly own: LockHolder; readonly tookOver: LockHolder | undefined }): RunLock {
  const { own, tookOver } = by;
  held.add(own.token);
  return {
    tookOver,
    release: async () => {
      held.delete(own.token);
      // Somebody may have removed it by hand, and another run have begun.
      if ((await readPrivateFile(path)) === lockText(own)) await unlink(path);
    },
  };
}

/**
 * Puts our own lock in the place of a dead one. Who may do so for this one dead lock is decided by a file that only one
 * can make; whoever comes later finds another lock than the one it judged.
 */
async function takeOver(path: string, by: { readonly holder: LockHolder; readonly text: string }): Promise<boolean> {
  const claim = `${path}.${by.holder.token}`;
  if ((await createPrivateFile(claim, by.text)) !== by.text) return false;
  try {
    if ((await readPrivateFile(path)) !== lockText(by.holder)) return false;
    await replacePrivateFile(path, by.text);
    return true;
  } finally {
    await unlink(claim);
  }
}

function isDead(holder: LockHolder, options: LockOptions & Required<Pick<LockOptions, 'self'>>): boolean {
  const { self, isAlive = isAliveHere } = options;
  if (holder.host !== self.host) return false;
  if (holder.pid === self.pid) return !held.has(holder.token);
  return !isAlive(holder.pid);
}

function isAliveHere(pid: number): boolean {
  try {
    // Signal 0 asks only whether the process is there (kill(2)).
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Not ours to signal is alive, too.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

function lockText(holder: LockHolder): string {
  const { pid, host, instant, token } = holder;
  return `${JSON.stringify({ pid, host, instant, token })}\n`;
}

/** The holder that a lock file names; undefined for a file that kedge did not write. */
function parseHolder(text: string): LockHolder | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isJsonObject(value)) return undefined;
  const { pid, host, instant, token } = value;
  const known = typeof pid === 'number' && Number.isSafeInteger(pid) && pid > 0 && typeof host === 'string';
  const timed = typeof instant === 'number' && Math.abs(instant) <= 8.64e15;
  // The token becomes part of a file's name.
  if (!known || !timed || typeof token !== 'string' || !/^[0-9a-f-]{36}$/.test(token)) return undefined;
  return { pid, host, instant, token };
}

/** Who that was, for people. */
export function holderText({ pid, host, instant }: LockHolder): string {
  return `process ${pid} on ${host}, since ${new Date(instant).toISOString()}`;
}

function locked(
  environment: string,
  by: { readonly path: string; readonly holder: LockHolder | undefined },
): KedgeError {
  const who = by.holder ? holderText(by.holder) : 'somebody whose lock cannot be read';
  return new KedgeError({
    code: 'apply/locked',
    message: `another apply of '${environment}' is running here: ${who}; nothing was written`,
    hint: `wait for it with --lock-timeout <seconds>; if no such process runs, remove ${by.path}`,
  });
}
