import { holderText, takeRunLock } from '../apply/index.js';
import type { Finding } from '../model/index.js';
import type { PerformInput } from './apply-result.js';
import { type Session, withSession } from './session.js';

/**
 * Opens a session that may write, as the only run on this machine that does so to its environment.
 * @param use - is given the warning where a dead run's lock was taken over. @throws KedgeError `apply/locked`.
 */
export async function withLockedSession<T>(
  input: PerformInput,
  use: (session: Session, warnings: readonly Finding[]) => Promise<T>,
): Promise<T> {
  return withSession(input, { write: true }, async (session) => {
    const { clock } = input.ports;
    const environment = session.environment.name;
    const waitMs = input.lockWaitMs ?? 0;
    const lock = await takeRunLock({ directory: session.directory, environment, waitMs, clock, signal: input.signal });
    try {
      const { tookOver } = lock;
      return await use(session, tookOver === undefined ? [] : [staleLock(environment, holderText(tookOver))]);
    } finally {
      await lock.release();
    }
  });
}

function staleLock(environment: string, holder: string): Finding {
  return {
    code: 'apply/stale-lock',
    severity: 'warning',
    message: `an apply of '${environment}' died without giving its lock back (${holder}); this one took it over`,
    hint: 'nothing is to be done about the lock; what that run left undone is told by its journal',
  };
}
