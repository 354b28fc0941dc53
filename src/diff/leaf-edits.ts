import deepDiff from 'deep-diff';
import { pointerOf } from '../model/index.js';

/** Stands for a list (or a complete map) while deep-diff compares: to kedge these are one leaf. */
const LEAF = '\u0000leaf ';

/** Wraps the text of a value that counts as one leaf, so that deep-diff neither enters it nor mistakes it for a string. */
export function leaf(text: string): string {
  return LEAF + text;
}

/**
 * The JSON Pointers at which two trees of the same owned fields differ. Lists must have been wrapped
 * by {@link leaf} before; what they mean is decided by the catalog, not here.
 */
export function differingPointers(live: unknown, desired: unknown): ReadonlySet<string> {
  const pointers = new Set<string>();
  for (const difference of deepDiff.diff(live, desired) ?? []) {
    pointers.add(pointerOf((difference.path ?? []).map(String)));
  }
  return pointers;
}
