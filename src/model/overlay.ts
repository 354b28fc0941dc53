import type { Overlay } from './change.js';
import type { DesiredObject, DesiredValue, ListMode } from './desired-state.js';
import type { Json, JsonObject } from './json.js';
import { isJsonObject, jsonEqual } from './json.js';
import { pointerOf } from './pointer.js';
import { Secret } from './secret.js';

/**
 * A copy of `live` with the owned fields laid over it: maps merge per key, `{}` empties a map, `null` removes the field,
 * a list replaces the list (or joins it, for `atLeast`), a secret is revealed. What the overlay does not name is shared
 * with `live` untouched. The result may hold secrets in clear: it is for the instance only.
 */
export function overlayFields(live: JsonObject, overlay: Overlay): JsonObject {
  return mergeObject(live, overlay.fields, { at: [], modes: overlay.listModes });
}

interface Place {
  readonly at: readonly string[];
  readonly modes: { readonly [pointer: string]: ListMode };
}

function mergeObject(live: JsonObject, desired: DesiredObject, place: Place): JsonObject {
  // A map, not assignment: a key called `__proto__` stays a key.
  const merged = new Map<string, Json>(Object.entries(live));
  for (const [key, value] of Object.entries(desired)) {
    if (value === null) merged.delete(key);
    else merged.set(key, mergeValue(merged.get(key), value, { at: [...place.at, key], modes: place.modes }));
  }
  return Object.fromEntries(merged);
}

function mergeValue(live: Json | undefined, desired: Exclude<DesiredValue, null>, place: Place): Json {
  if (isDesiredObject(desired)) {
    // A map that is complete once written (and `{}`, which means empty) takes the place of the live one.
    if (Object.keys(desired).length === 0 || place.modes[pointerOf(place.at)] === 'only') return revealed(desired);
    return mergeObject(isJsonObject(live) ? live : {}, desired, place);
  }
  if (!isDesiredList(desired)) return revealed(desired);
  const items = desired.map(revealed);
  if (place.modes[pointerOf(place.at)] !== 'atLeast' || !Array.isArray(live)) return items;
  // `Array.isArray` does not narrow a readonly list, so its items are told to be what `Json` says they are.
  const kept = live as readonly Json[];
  return [...kept, ...items.filter((item) => !kept.some((other) => jsonEqual(item, other)))];
}

/** The value with every secret in clear; `null` inside a list is a value, inside an object it is an absent field. */
function revealed(value: DesiredValue): Json {
  if (value instanceof Secret) return value.reveal();
  if (isDesiredList(value)) return value.map(revealed);
  if (!isDesiredObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== null)
      .map(([key, item]) => [key, revealed(item)] as const),
  );
}

/** True for a map of desired values; a {@link Secret} is a leaf. */
export function isDesiredObject(value: DesiredValue | undefined): value is DesiredObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Secret);
}

function isDesiredList(value: DesiredValue): value is readonly DesiredValue[] {
  return Array.isArray(value);
}

/** One owned value of an overlay: a scalar, a secret, a list, `null`, or an empty map. */
export interface OwnedLeaf {
  readonly path: readonly string[];
  readonly pointer: string;
  readonly value: DesiredValue;
}

/** Every owned leaf of the desired fields, in the order they are written. A list is one leaf, and so is `{}`. */
export function ownedLeaves(fields: DesiredObject): readonly OwnedLeaf[] {
  const leaves: OwnedLeaf[] = [];
  const walk = (value: DesiredValue, path: readonly string[]): void => {
    if (isDesiredObject(value) && Object.keys(value).length > 0) {
      for (const [key, item] of Object.entries(value)) walk(item, [...path, key]);
    } else leaves.push({ path, pointer: pointerOf(path), value });
  };
  for (const [key, value] of Object.entries(fields)) walk(value, [key]);
  return leaves;
}
