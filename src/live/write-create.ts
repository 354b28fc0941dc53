import { type Change, overlayFields } from '../model/index.js';
import { isDuplicateId, type WriteRun, type WrittenResource } from './write-run.js';
import { performUpdate, verify } from './write-update.js';

/**
 * Creates the object under its own id. When the answer is lost, or the id is already there, the object is read: an
 * earlier attempt of this very change made it, and what it lacks is written as an update.
 */
export async function performCreate(
  run: WriteRun,
  change: Change & { readonly op: 'create' },
): Promise<WrittenResource> {
  const { kind } = run.options;
  const answer = await run.repeat(async (again) => {
    if (again && (await run.read()) !== undefined) return undefined;
    try {
      const body = overlayFields({}, change.overlay);
      return await run.write('create', undefined, () => kind.writes.create(run.target, body));
    } catch (error) {
      if (isDuplicateId(error) && (await run.read()) !== undefined) return undefined;
      throw error;
    }
  });
  if (answer === undefined) {
    // What was written before the answer was lost is not counted: an update writes only what is missing.
    return performUpdate(run, change, { trusted: true });
  }
  return verify(run, { change, overlay: change.overlay, answer });
}
