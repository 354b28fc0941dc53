import type { Overlay } from './change.js';
import {
  type DesiredObject,
  type DesiredValue,
  isDesiredList,
  isDesiredObject,
  type ListMode,
} from './desired-state.js';
import type { Json, JsonObject } from './json.js';
import { isJsonList, isJsonObject, jsonEqual } from './json.js';
import { pointerOf } from './pointer.js';
import { Secret } from './secret.js';

/**
 * A copy of `live` with the owned fields laid over it. Maps merge per key, unless the overlay's `listModes` says `only`
 * for one; `null` removes the field; a list replaces the list (or joins it, for `atLeast`), but an item that is already
 * there stays as it is, with the fields nobody wrote; a secret is revealed. What the overlay does not name is shared with
 * `live`, untouched. The result may hold secrets in clear: it is for the instance only.
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
    if (value === null) {
      merged.delete(key);
      continue;
    }
    const next = mergeValue(merged.get(key), value, { at: [...place.at, key], modes: place.modes });
    if (next !== undefined) merged.set(key, next);
  }
  return Object.fromEntries(merged);
}

function mergeValue(live: Json | undefined, desired: Exclude<DesiredValue, null>, place: Place): Json | undefined {
  const mode = place.modes[pointerOf(place.at)];
  if (isDesiredObject(desired)) {
    if (mode === 'only') return revealed(desired);
    // A struct that is written empty owns nothing: it must not come into being either.
    if (Object.keys(desired).length === 0) return live;
    return mergeObject(isJsonObject(live) ? live : {}, desired, place);
  }
  return isDesiredList(desired) ? mergeList(live, desired.map(plainValue), mode) : revealed(desired);
}

function mergeList(live: Json | undefined, desired: readonly Json[], mode: ListMode | undefined): Json {
  const there = isJsonList(live) ? live : [];
  const free = [...there];
  const items = desired.map((item) => {
    const index = free.findIndex((other) => coversItem(item, other));
    return index < 0
      ? { item: withoutNulls(item), found: false }
      : { item: free.splice(index, 1)[0] ?? item, found: true };
  });
  if (mode !== 'atLeast') return items.map(({ item }) => item);
  return [...there, ...items.filter(({ found }) => !found).map(({ item }) => item)];
}

/** True when a live list item has every field that is written in the desired one; items that are no objects are equal. */
export function coversItem(desired: Json, live: unknown): boolean {
  if (!isJsonObject(desired) || !isJsonObject(live)) return jsonEqual(desired, live);
  return Object.entries(desired).every(([key, value]) =>
    value === null ? live[key] === undefined || live[key] === null : coversItem(value, live[key]),
  );
}

/** A desired value in clear, as JSON. The result may be a secret: it is compared, hashed and sent, never shown. */
export function plainValue(value: DesiredValue): Json {
  if (value instanceof Secret) return value.reveal();
  if (isDesiredList(value)) return value.map(plainValue);
  if (!isDesiredObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plainValue(item)] as const));
}

/** What is sent for a value: inside an object, `null` is an absent field. */
function revealed(value: DesiredValue): Json {
  return withoutNulls(plainValue(value));
}

function withoutNulls(value: Json): Json {
  if (isJsonList(value)) return value.map(withoutNulls);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== null)
      .map(([key, item]) => [key, withoutNulls(item)] as const),
  );
}

/** One owned value of an overlay: a scalar, a secret, a `null`, a whole list, or a map that is complete as written. */
export interface OverlayLeaf {
  readonly path: readonly string[];
  readonly pointer: string;
  readonly value: DesiredValue;
  /** How a list or a complete map owns; undefined for everything else, and for a list without a word about it. */
  readonly mode: ListMode | undefined;
}

/** Every owned leaf of an overlay, in the order they are written: what an edit or a recorded path can point at. */
export function overlayLeaves(overlay: Overlay): readonly OverlayLeaf[] {
  const leaves: OverlayLeaf[] = [];
  const walk = (value: DesiredValue, path: readonly string[]): void => {
    const pointer = pointerOf(path);
    const mode = overlay.listModes[pointer];
    if (isDesiredObject(value) && mode === undefined) {
      for (const [key, item] of Object.entries(value)) walk(item, [...path, key]);
    } else leaves.push({ path, pointer, value, mode });
  };
  for (const [key, value] of Object.entries(overlay.fields)) walk(value, [key]);
  return leaves;
}

/** The overlay without the leaves that `keep` says no to. */
export function filterOverlay(overlay: Overlay, keep: (leaf: OverlayLeaf) => boolean): Overlay {
  const dropped = new Set(
    overlayLeaves(overlay)
      .filter((leaf) => !keep(leaf))
      .map((leaf) => leaf.pointer),
  );
  const filter = (fields: DesiredObject, path: readonly string[]): DesiredObject =>
    Object.fromEntries(
      Object.entries(fields).flatMap(([key, value]) => {
        const pointer = pointerOf([...path, key]);
        if (dropped.has(pointer)) return [];
        const whole = overlay.listModes[pointer] !== undefined;
        return [[key, isDesiredObject(value) && !whole ? filter(value, [...path, key]) : value] as const];
      }),
    );
  return dropped.size === 0 ? overlay : { ...overlay, fields: filter(overlay.fields, []) };
}

/** Every secret value in the fields, in clear: for the redactor and nobody else. */
export function secretValues(value: DesiredValue): readonly string[] {
  if (value instanceof Secret) return [value.reveal()];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((item: DesiredValue) => secretValues(item));
}
