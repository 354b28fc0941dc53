import { isJsonList, isJsonObject, type Json, type JsonObject, pathOf } from '../model/index.js';

/**
 * A request's body as it is after a PATCH. Source: FusionAuth docs apis, "PATCH": the plain way merges maps and adds to
 * lists, a merge patch (RFC 7396) replaces lists, a JSON Patch (RFC 6902) is a list of operations.
 * @returns undefined for an operation that is not understood.
 */
export function patchedBody(body: JsonObject, patch: Json, contentType: string | undefined): JsonObject | undefined {
  if (contentType === 'application/json-patch+json') return operated(body, patch);
  if (!isJsonObject(patch)) return undefined;
  return merged(body, patch, contentType !== 'application/merge-patch+json');
}

function merged(body: JsonObject, patch: JsonObject, appends: boolean): JsonObject {
  const result = new Map<string, Json>(Object.entries(body));
  for (const [key, value] of Object.entries(patch)) {
    const before = result.get(key);
    if (value === null) result.delete(key);
    else if (isJsonObject(value)) result.set(key, merged(isJsonObject(before) ? before : {}, value, appends));
    else if (appends && isJsonList(value) && before !== undefined && isJsonList(before))
      result.set(key, [...before, ...value]);
    else result.set(key, value);
  }
  return Object.fromEntries(result);
}

function operated(body: JsonObject, operations: Json): JsonObject | undefined {
  if (!isJsonList(operations)) return undefined;
  let result: JsonObject | undefined = body;
  for (const operation of operations) {
    if (!isJsonObject(operation) || typeof operation['path'] !== 'string' || result === undefined) return undefined;
    const { op, path, value = null } = operation;
    if (op !== 'add' && op !== 'replace' && op !== 'remove') return undefined;
    result = placed(result, pathOf(path), op === 'remove' ? undefined : value);
  }
  return result;
}

function placed(
  body: JsonObject,
  [step = '', ...rest]: readonly string[],
  value: Json | undefined,
): JsonObject | undefined {
  const result = new Map<string, Json>(Object.entries(body));
  const before = result.get(step);
  if (rest.length > 0) {
    // Into a list, only at its end.
    if (before !== undefined && isJsonList(before)) {
      if (rest[0] !== '-' || rest.length > 1 || value === undefined) return undefined;
      result.set(step, [...before, value]);
    } else {
      const inner = placed(isJsonObject(before) ? before : {}, rest, value);
      if (inner === undefined) return undefined;
      result.set(step, inner);
    }
  } else if (value === undefined) result.delete(step);
  else result.set(step, value);
  return Object.fromEntries(result);
}
