import {
  type DesiredObject,
  type DesiredValue,
  isJsonObject,
  type Json,
  jsonEqual,
  type ListMode,
  Secret,
} from '../model/index.js';

/** How a written list is compared with the live one. */
export interface ListRule {
  readonly set: boolean;
  readonly mode: ListMode;
}

/**
 * True when the live list is what the written list asks for. Items that are objects are partly owned: an item matches
 * when every field written in it is equal. In a set each written item needs a live item of its own; `atLeast` lets the
 * live list hold more.
 */
export function covers(desired: readonly Json[], live: readonly unknown[], rule: ListRule): boolean {
  if (rule.mode === 'only' && desired.length !== live.length) return false;
  if (!rule.set && rule.mode === 'only') return desired.every((item, index) => itemCovers(item, live[index]));
  const free = [...live];
  return desired.every((item) => {
    const index = free.findIndex((other) => itemCovers(item, other));
    if (index < 0) return false;
    free.splice(index, 1);
    return true;
  });
}

function itemCovers(desired: Json, live: unknown): boolean {
  if (!isJsonObject(desired) || !isJsonObject(live)) return jsonEqual(desired, live);
  return Object.entries(desired).every(([key, value]) =>
    value === null ? live[key] === undefined || live[key] === null : itemCovers(value, live[key]),
  );
}

/** A desired value in clear. The result may be a secret: it is compared and hashed, never shown. */
export function revealed(value: DesiredValue): Json {
  if (value instanceof Secret) return value.reveal();
  if (Array.isArray(value)) return value.map((item: DesiredValue) => revealed(item));
  if (typeof value !== 'object' || value === null) return value;
  // What is left of the union is an object of desired values.
  return Object.fromEntries(Object.entries(value as DesiredObject).map(([key, item]) => [key, revealed(item)]));
}
