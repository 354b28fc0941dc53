import { filterOverlay, type JsonObject, type KedgeError, type Overlay, overlayFields } from '../model/index.js';
import { isOther, movedValues, type OverlayChange } from './moved-values.js';
import { isMet, ownedValues, type OwnedValue, pathHashes } from './owned-values.js';
import { secretsAtRisk } from './secret-risk.js';
import type { WriteRun, WrittenResource } from './write-run.js';

/**
 * Reads the object, refuses if an owned field is no longer what the plan was computed from, lays the owned fields over
 * what was read, writes the whole and checks that the instance now has every owned value.
 * @param options.trusted - true right after an own create: what the object has was never planned from, so nothing moved.
 */
export async function performUpdate(
  run: WriteRun,
  change: OverlayChange,
  options: { readonly trusted: boolean },
): Promise<WrittenResource> {
  return run.repeat(async (again) => {
    const live = await readForUpdate(run, change, { again, trusted: options.trusted });
    const edited = new Set(change.edits.map((edit) => edit.pointer));
    // A null without an edit is satisfied as it is: removing the field would write what the plan never showed.
    const overlay = filterOverlay(
      change.overlay,
      (leaf) => leaf.value !== null || edited.has(leaf.pointer) || options.trusted,
    );
    if (isDone(run, { change, overlay, live })) return written(run, { change, live, wrote: false });
    const body = overlayFields(live, overlay);
    const atRisk = secretsAtRisk(run.options.kind, { live, body });
    if (atRisk.length > 0) {
      throw run.refuse({
        code: 'apply/secret-at-risk',
        why: 'is not written, because a write without these secret fields may clear them',
        leaves: atRisk.map((path) => ({ pointer: `/${path.replaceAll('.', '/')}` })),
        hint: 'declare them with !secret, so that the write carries them',
      });
    }
    const { kind } = run.options;
    const answer = await run.write('update', live, () => kind.writes.update({ ...run.target, live }, body));
    return verify(run, { change, overlay, answer });
  });
}

/** The object as it is now, active, and with nothing owned that moved. */
async function readForUpdate(
  run: WriteRun,
  change: OverlayChange,
  options: { readonly again: boolean; readonly trusted: boolean },
): Promise<JsonObject> {
  const live = await run.read();
  if (live === undefined) throw gone(run);
  if (!options.trusted) refuseIfMoved(run, { change, live, again: options.again });
  const { reactivate } = run.options.kind.writes;
  if (change.op !== 'reactivate' || live['active'] !== false || reactivate === undefined) return live;
  await run.write('reactivate', live, () => reactivate(run.target));
  const active = await run.read();
  if (active === undefined) throw gone(run);
  return active;
}

function gone(run: WriteRun): KedgeError {
  return run.refuse({
    code: 'apply/live-moved',
    why: 'is no longer there',
    leaves: [],
    hint: 'plan again: it was deleted since the plan was made',
  });
}

/** Throws `apply/live-moved` unless every owned value is what the plan was computed from, or already what is asked for. */
function refuseIfMoved(
  run: WriteRun,
  input: {
    readonly change: OverlayChange;
    readonly live: JsonObject;
    readonly again: boolean;
  },
): void {
  const { kind, hashKey } = run.options;
  const moved = movedValues({ ...input, kind, hashKey });
  if (moved.length === 0) return;
  throw run.refuse({
    code: 'apply/live-moved',
    why: 'is not written, because these fields changed since the plan was made',
    leaves: moved.map((value) => value.leaf),
    hint: 'plan again and look at what somebody else changed',
  });
}

/** True when nothing is left to write: every value is there, and no secret is to be set that nobody can read. */
function isDone(
  run: WriteRun,
  input: {
    readonly change: OverlayChange;
    readonly overlay: Overlay;
    readonly live: JsonObject;
  },
): boolean {
  const { change, overlay, live } = input;
  const { kind } = run.options;
  const edited = new Set(change.edits.map((edit) => edit.pointer));
  return ownedValues({ kind, overlay, live }).every((value) =>
    value.unreadable ? !edited.has(value.leaf.pointer) : isMet(kind, value),
  );
}

/**
 * Checks the answer of a write, and where it lacks something, the object itself.
 * @throws {@link KedgeError} `apply/not-verified`; `live/conflict` where the old value is back, for a new start.
 */
export async function verify(
  run: WriteRun,
  input: {
    readonly change: OverlayChange;
    readonly overlay: Overlay;
    readonly answer: JsonObject;
  },
): Promise<WrittenResource> {
  const { change, overlay, answer } = input;
  if (answer['id'] !== undefined && unverified(run, overlay, answer).length === 0) {
    return written(run, { change, live: answer, wrote: true });
  }
  const live = await run.read();
  if (live === undefined) throw gone(run);
  const missing = unverified(run, overlay, live);
  if (missing.length === 0) return written(run, { change, live, wrote: true });
  const edits = new Map(change.edits.map((edit) => [edit.pointer, edit]));
  const overwritten = missing.every((value) => {
    const edit = edits.get(value.leaf.pointer);
    return edit?.fromHash !== undefined && !isOther(edit, value, run.options.hashKey);
  });
  if (overwritten && unverified(run, overlay, answer).length === 0) {
    throw run.refuse({
      code: 'live/conflict',
      why: 'was written and right after that overwritten by somebody else',
      leaves: missing.map((value) => value.leaf),
      hint: 'find out who else writes this object, then apply again',
    });
  }
  throw run.refuse({
    code: 'apply/not-verified',
    why: 'was written, but the instance does not have these values',
    leaves: missing.map((value) => value.leaf),
    hint: 'the instance may normalise or ignore them: look at the object, and write what it has',
  });
}

/** What is not as it was written. A `null` is whatever the server put there. */
function unverified(run: WriteRun, overlay: Overlay, live: JsonObject): readonly OwnedValue[] {
  const { kind } = run.options;
  return ownedValues({ kind, overlay, live }).filter(
    (value) => value.leaf.value !== null && !value.unreadable && !isMet(kind, value),
  );
}

/** What became of the change, with the hashes of all that it owns. */
function written(
  run: WriteRun,
  input: { readonly change: OverlayChange; readonly live: JsonObject; readonly wrote: boolean },
): WrittenResource {
  const { kind, hashKey } = run.options;
  const { change, live, wrote } = input;
  const paths = pathHashes({ kind, overlay: change.overlay, live, hashKey, written: wrote });
  return { id: change.id, attempts: run.attempts, paths };
}
