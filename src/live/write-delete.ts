import { type Change, KedgeError, valueAt } from '../model/index.js';
import type { WriteRun, WrittenResource } from './write-run.js';

/** Deletes the object, unless it is gone or asleep already. Another name than the planned one is another object. */
export async function performDelete(
  run: WriteRun,
  change: Change & { readonly op: 'delete' },
): Promise<WrittenResource> {
  const { kind } = run.options;
  return run.repeat(async () => {
    const live = await run.read();
    const done = { id: change.id, attempts: run.attempts };
    if (live === undefined || (kind.softDelete && live['active'] === false)) return done;
    const name = valueAt(live, kind.nameField.split('.'));
    if (change.name !== undefined && typeof name === 'string' && name !== '' && name !== change.name) {
      throw run.refuse({
        code: 'apply/live-moved',
        why: `is not deleted, because it is called '${name}' now, not '${change.name}'`,
        leaves: [],
        hint: 'plan again: it was renamed since the plan was made',
      });
    }
    try {
      await run.write('delete', live, () => kind.writes.delete(run.target));
    } catch (error) {
      if (!(error instanceof KedgeError) || error.code !== 'live/not-found') throw error;
    }
    return { id: change.id, attempts: run.attempts };
  });
}
