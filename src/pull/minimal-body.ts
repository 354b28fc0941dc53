import { isJsonList, isJsonObject, type Json, type JsonObject, jsonEqual } from '../model/index.js';

/**
 * What of a body differs from a baseline: equal values, `null`, and empty containers that the baseline does not speak of
 * are left out, at any depth. Lists are one value. Keys come sorted.
 */
export function minimalBody(body: JsonObject, baseline: JsonObject): JsonObject {
  const entries: (readonly [string, Json])[] = [];
  for (const key of Object.keys(body).sort()) {
    const value = body[key];
    const under = Object.hasOwn(baseline, key) ? baseline[key] : undefined;
    if (value === undefined || value === null || jsonEqual(value, under)) continue;
    if (isJsonObject(value)) {
      const inner = minimalBody(value, isJsonObject(under) ? under : {});
      if (Object.keys(inner).length > 0) entries.push([key, inner]);
    } else if (!isBlank(value) || (under !== undefined && !isBlank(under))) {
      entries.push([key, isJsonList(value) ? value.map(tidy) : value]);
    }
  }
  return Object.fromEntries(entries);
}

/** Two bodies laid over each other, maps merged; lists and scalars of the upper one win. */
export function mergedBody(lower: JsonObject, upper: JsonObject): JsonObject {
  const merged = new Map<string, Json>(Object.entries(lower));
  for (const [key, value] of Object.entries(upper)) {
    const under = merged.get(key);
    merged.set(key, isJsonObject(value) && isJsonObject(under) ? mergedBody(under, value) : value);
  }
  return Object.fromEntries(merged);
}

/** A list item without what stands for nothing: the fields that are `null`. */
function tidy(item: Json): Json {
  if (isJsonList(item)) return item.map(tidy);
  if (!isJsonObject(item)) return item;
  const entries = Object.entries(item).filter(([, value]) => value !== null);
  return Object.fromEntries(entries.map(([key, value]) => [key, tidy(value)] as const));
}

function isBlank(value: Json): boolean {
  return value === '' || value === null || (isJsonList(value) && value.length === 0);
}

/** The body without the field at these steps; containers on the way stay, even empty. */
export function withoutPath(body: JsonObject, path: readonly string[]): JsonObject {
  const [step, ...rest] = path;
  if (step === undefined || !Object.hasOwn(body, step)) return body;
  const entries = Object.entries(body).flatMap(([key, value]): readonly (readonly [string, Json])[] => {
    if (key !== step) return [[key, value]];
    return rest.length > 0 && isJsonObject(value) ? [[key, withoutPath(value, rest)]] : [];
  });
  return Object.fromEntries(entries);
}

/** A body that holds nothing but this value at these steps. */
export function nestedAt(path: readonly string[], value: Json): JsonObject {
  const [step = '', ...rest] = path;
  return { [step]: rest.length === 0 ? value : nestedAt(rest, value) };
}
