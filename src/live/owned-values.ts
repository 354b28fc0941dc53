import { canonicalBody, fieldCovers, isSatisfied, type Kind } from '../catalog/index.js';
import {
  isJsonObject,
  type JsonObject,
  keyedHash,
  type Overlay,
  overlayFields,
  overlayLeaves,
  type OverlayLeaf,
  pointerOf,
  valueAt,
} from '../model/index.js';

/** An owned leaf with both sides in the server's own normalisation. */
export interface OwnedValue {
  readonly leaf: OverlayLeaf;
  readonly desired: unknown;
  readonly live: unknown;
  /** True for a secret that no read gives back: nothing can be said of `live`. */
  readonly unreadable: boolean;
  /** The whole live object. */
  readonly body: JsonObject;
}

/** True when the live value is what is asked for, by the one rule of the catalog. */
export function isMet(kind: Kind, value: OwnedValue): boolean {
  const { leaf, live, body } = value;
  const desired = leaf.value === null ? null : value.desired;
  // What the server drops by its own rules cannot be there, and the differ does not look for it either.
  if (desired === undefined) return true;
  return isSatisfied(kind, { path: leaf.path, pointer: leaf.pointer, mode: leaf.mode, desired, live, body });
}

/** What the owned leaves of an overlay ask for and what a live body has there. */
export function ownedValues(input: {
  readonly kind: Kind;
  readonly overlay: Overlay;
  readonly live: JsonObject;
}): readonly OwnedValue[] {
  const { kind, overlay } = input;
  const live = canonicalBody(kind, input.live);
  const desired = canonicalBody(kind, overlayFields({}, overlay));
  return overlayLeaves(overlay)
    .flatMap((leaf) => partsOf(leaf, valueAt(desired, leaf.path)))
    .map((leaf) => ({
      leaf,
      desired: valueAt(desired, leaf.path),
      live: valueAt(live, leaf.path),
      unreadable: kind.secrets.some((secret) => secret.readBack === 'never' && fieldCovers(secret.path, leaf.pointer)),
      body: input.live,
    }));
}

/** A text that the normalisation takes apart (messages by key) is owned part by part; every other leaf is its own part. */
function partsOf(leaf: OverlayLeaf, desired: unknown): readonly OverlayLeaf[] {
  if (typeof leaf.value !== 'string' || !isJsonObject(desired)) return [leaf];
  return Object.entries(desired).map(([key, value]) => {
    const path = [...leaf.path, key];
    return { path, pointer: pointerOf(path), value, mode: leaf.mode };
  });
}

/** The keyed hash that stands for a value in edits and records; an absent value hashes like `null`. */
export function valueHash(hashKey: string, value: unknown): string {
  return keyedHash(hashKey, value ?? null);
}

/**
 * JSON Pointer of each owned leaf → keyed hash of what the live body has there: what the record keeps of an object. For a
 * secret that no read gives back it is the hash of what was `written`; where nothing was, the previous one if there is one.
 */
export function pathHashes(input: {
  readonly kind: Kind;
  readonly overlay: Overlay;
  readonly live: JsonObject;
  readonly hashKey: string;
  readonly written: boolean;
  readonly previous?: { readonly [pointer: string]: string } | undefined;
}): { readonly [pointer: string]: string } {
  const { hashKey, written, previous } = input;
  const hashes: Record<string, string> = {};
  for (const value of ownedValues(input)) {
    const { pointer } = value.leaf;
    if (!value.unreadable) hashes[pointer] = valueHash(hashKey, value.live);
    else if (written) hashes[pointer] = valueHash(hashKey, value.desired);
    else if (previous?.[pointer] !== undefined) hashes[pointer] = previous[pointer];
  }
  return hashes;
}
