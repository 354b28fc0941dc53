/** Any JSON value. Objects are read-only: rooms return new values instead of changing what they were given. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** True for a JSON object: not null, not a list. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for a JSON list. Unlike `Array.isArray` it narrows a JSON value to a list that is read-only. */
export function isJsonList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/**
 * JSON text with keys sorted by UTF-16 code unit at every level and no white space: equal values give equal bytes.
 * As in `JSON.stringify`, keys whose value is `undefined` are left out, and a value with `toJSON` is what that gives.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  if (Array.isArray(value)) {
    let items = '';
    for (const item of value) items += `${items === '' ? '' : ','}${canonicalJson(item)}`;
    return `[${items}]`;
  }
  // An object whose form is its own affair, as a secret's is.
  if (hasOwnForm(value)) return canonicalJson(value.toJSON());
  let fields = '';
  for (const key of Object.keys(value).sort()) {
    // `key` is one of its own; only the index signature is unknown to the compiler.
    const item = (value as Readonly<Record<string, unknown>>)[key];
    if (item !== undefined) fields += `${fields === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(item)}`;
  }
  return `{${fields}}`;
}

function hasOwnForm(value: object): value is { readonly toJSON: () => unknown } {
  return 'toJSON' in value && typeof value.toJSON === 'function';
}

/** Structural equality of two JSON values; the order of object keys does not count, the order of lists does. */
export function jsonEqual(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (Array.isArray(left)) {
    if (!Array.isArray(right) || left.length !== right.length) return false;
    return left.every((item, index) => jsonEqual(item, right[index]));
  }
  if (!isJsonObject(left) || !isJsonObject(right)) return false;
  const leftKeys = Object.keys(left);
  if (leftKeys.length !== Object.keys(right).length) return false;
  return leftKeys.every((key) => Object.hasOwn(right, key) && jsonEqual(left[key], right[key]));
}

/** Deeper than anything FusionAuth gives; what is deeper was made to be. */
const deepestJson = 100;

/**
 * What makes parsed JSON of a stranger's unfit to be walked, in words: levels beyond counting, or a key that would change
 * what an object is. Undefined where there is nothing of it.
 */
export function oddInJson(value: unknown): string | undefined {
  // Without recursion: it is there so that nothing else needs to fear some.
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepestJson) return `it is nested deeper than ${deepestJson} levels`;
    const next: unknown[] = [];
    for (const item of level) {
      if (typeof item !== 'object' || item === null) continue;
      for (const [key, inner] of Object.entries(item)) {
        if (key === '__proto__') return 'a field in it is called __proto__';
        next.push(inner);
      }
    }
    level = next;
  }
  return undefined;
}
