import { fieldCovers, type Kind } from '../catalog/index.js';
import { type Change, type Edit, jsonEqual, type JsonObject, type Overlay } from '../model/index.js';
import { isMet, ownedValues, type OwnedValue, valueHash } from './owned-values.js';

/** A change that ends with the object having what its overlay says. */
export type OverlayChange = Change & { readonly overlay: Overlay; readonly edits: readonly Edit[] };

/**
 * The owned values of a live object that are neither what the plan was computed from nor already what it asks for.
 * @param input.again - an earlier try of this very change may have been here.
 */
export function movedValues(input: {
  readonly kind: Kind;
  readonly change: OverlayChange;
  readonly live: JsonObject;
  readonly hashKey: string;
  readonly again: boolean;
}): readonly OwnedValue[] {
  const { kind, change, live, hashKey, again } = input;
  const edits = new Map(change.edits.map((edit) => [edit.pointer, edit]));
  return ownedValues({ kind, overlay: change.overlay, live }).filter((value) => {
    if (value.unreadable || isMet(kind, value)) return false;
    const edit = edits.get(value.leaf.pointer);
    if (value.leaf.value === null) {
      // After an own write that got no answer, the server's default stands here, and nobody knows what that is.
      return edit !== undefined && !again && isOther(edit, value, hashKey);
    }
    if (again && isSetOnTheWay(kind, change.edits, value.leaf.pointer)) return false;
    // Without an edit the plan found it equal: now it is not.
    return edit === undefined || isOther(edit, value, hashKey);
  });
}

/** True for a field that an earlier try of this very change may have set and not set back. */
function isSetOnTheWay(kind: Kind, edits: readonly Edit[], pointer: string): boolean {
  return (kind.stepped ?? []).some(
    ({ path, by }) => fieldCovers(by.path, pointer) && edits.some((edit) => fieldCovers(path, edit.pointer)),
  );
}

/** True when the live value is not the one the edit was computed from. */
export function isOther(edit: Edit, value: OwnedValue, hashKey: string): boolean {
  if (edit.fromHash !== undefined) return value.live === undefined || edit.fromHash !== valueHash(hashKey, value.live);
  // A plan from lists alone, or with hashes of another key, has nothing to compare a secret with.
  return !edit.secret && !jsonEqual(edit.from, value.live);
}
