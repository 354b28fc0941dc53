import { isJsonList, isJsonObject, type Json, type JsonObject } from '../../model/index.js';

/** What stands in a before-image for a text that holds a secret where none belongs. */
const hidden = { $secret: 'elsewhere' } as const;

/**
 * The object as a journal may keep it: a text in which a known secret stands is not in it. It is left out whole, not
 * rewritten, so that nobody ever takes a redacted text for what was there.
 * @param redact - takes every known secret out of a text.
 */
export function beforeImage(body: JsonObject, redact: (text: string) => string): JsonObject {
  const text = JSON.stringify(body);
  // As a rule there is none, and then one look at all of it is enough.
  return redact(text) === text ? body : mapTexts(body, (value) => (redact(value) === value ? value : hidden));
}

function mapTexts(body: JsonObject, map: (text: string) => Json): JsonObject {
  const one = (value: Json): Json => {
    if (typeof value === 'string') return map(value);
    if (isJsonList(value)) return value.map(one);
    return isJsonObject(value) ? mapTexts(value, map) : value;
  };
  return Object.fromEntries(Object.entries(body).map(([key, item]) => [key, one(item)]));
}
