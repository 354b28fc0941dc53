import { canonicalBody, fieldCovers, fieldMatches, type Kind } from '../catalog/index.js';
import {
  coversItem,
  isJsonObject,
  type Json,
  jsonEqual,
  type JsonObject,
  keyedHash,
  type Overlay,
  overlayFields,
  overlayLeaves,
  type OverlayLeaf,
  valueAt,
} from '../model/index.js';

/** An owned leaf with both sides in the server's own normalisation. */
export interface OwnedValue {
  readonly leaf: OverlayLeaf;
  readonly desired: unknown;
  readonly live: unknown;
  /** True for a secret that no read gives back: nothing can be said of `live`. */
  readonly unreadable: boolean;
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
  return overlayLeaves(overlay).map((leaf) => ({
    leaf,
    desired: valueAt(desired, leaf.path),
    live: valueAt(live, leaf.path),
    unreadable: kind.secrets.some((secret) => secret.readBack === 'never' && fieldCovers(secret.path, leaf.pointer)),
  }));
}

/** True when the live value is what is asked for, by the same rules as the difference: normalised, sets as sets. */
export function isSatisfied(kind: Kind, value: OwnedValue): boolean {
  const { leaf, desired, live } = value;
  if (leaf.value === null) return isEmpty(live) || isDefault(kind, value);
  if (isEmpty(desired) && isEmpty(live)) return true;
  if (Array.isArray(desired)) {
    const set = kind.lists.some((list) => list.as === 'set' && fieldMatches(list.path, leaf.pointer));
    // Items of a JSON body are JSON.
    return coversList(desired as readonly Json[], live, { set, atLeast: leaf.mode === 'atLeast' });
  }
  if (leaf.mode === 'atLeast' && isJsonObject(desired)) return coversItem(desired, live);
  return jsonEqual(desired, live);
}

function isDefault(kind: Kind, { leaf, live }: OwnedValue): boolean {
  const value = valueAt(canonicalBody(kind, kind.defaults), leaf.path);
  return value !== undefined && jsonEqual(value, live);
}

/** Absent, `""`, `[]` and `{}` are the same to the server. */
function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

function coversList(
  desired: readonly Json[],
  live: unknown,
  rule: { readonly set: boolean; readonly atLeast: boolean },
): boolean {
  const free: unknown[] = Array.isArray(live) ? live.map((item: unknown) => item) : [];
  if (!rule.atLeast && desired.length !== free.length) return false;
  if (!rule.set && !rule.atLeast) return desired.every((item, index) => coversItem(item, free[index]));
  return desired.every((item) => {
    const index = free.findIndex((other) => coversItem(item, other));
    if (index < 0) return false;
    free.splice(index, 1);
    return true;
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
