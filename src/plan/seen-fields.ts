import { canonicalBody, fieldCovers, type Kind } from '../catalog/index.js';
import { isJsonObject, type JsonObject, keyedHash, pointerOf } from '../model/index.js';

/** JSON Pointer of a field → keyed hash of what the live object has there. */
export type SeenFields = { readonly [pointer: string]: string };

/**
 * The fields of a live object that a change does not own, each with the keyed hash of its value; a list is one field.
 * Secrets are left out, and so is what the server writes by itself.
 * @param input.owned - the pointers that are owned: these and all below them are left out.
 */
export function seenFields(
  kind: Kind,
  input: { readonly live: JsonObject; readonly owned: readonly string[]; readonly hashKey: string },
): SeenFields {
  const seen: Record<string, string> = {};
  const own = new Set(input.owned);
  const walk = (value: unknown, path: readonly string[]): void => {
    const pointer = pointerOf(path);
    if (own.has(pointer) || isLeftOut(kind, pointer)) return;
    if (isJsonObject(value) && Object.keys(value).length > 0) {
      for (const [key, item] of Object.entries(value)) walk(item, [...path, key]);
    } else if (path.length > 0) seen[pointer] = keyedHash(input.hashKey, value);
  };
  walk(canonicalBody(kind, input.live), []);
  return seen;
}

/** The pointers at which two views of one object differ, in order. */
export function movedFields(before: SeenFields, now: SeenFields): readonly string[] {
  const pointers = new Set([...Object.keys(before), ...Object.keys(now)]);
  return [...pointers].filter((pointer) => before[pointer] !== now[pointer]).sort();
}

function isLeftOut(kind: Kind, pointer: string): boolean {
  return (
    kind.serverOwned.some((path) => fieldCovers(path, pointer)) ||
    kind.secrets.some(({ path }) => fieldCovers(path, pointer))
  );
}
