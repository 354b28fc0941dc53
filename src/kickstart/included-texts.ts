import type { Kind } from '../catalog/index.js';
import { isJsonObject, type Json, type JsonObject, pointerOf } from '../model/index.js';
import { textsOf } from '../pull/index.js';
import { needsEscape } from './escaped-text.js';
import { placeholderId } from './fresh-install.js';

/** Texts that stand in files beside the kickstart. */
export interface IncludedTexts {
  /** The body with a text that stands for the file in the place of each long one. */
  readonly included: (kind: Kind, key: string, body: JsonObject) => JsonObject;
  /** Text that stands for a file → its `@{…}`. */
  readonly expressions: ReadonlyMap<string, string>;
  readonly files: ReadonlyMap<string, string>;
}

/** Paths that mean the same on every system, and nothing else to a kickstart. */
const plainPath = /^(?!.*\.\.)[\w./ -]+$/;

/**
 * Collects the long texts of one export. One that a kickstart would take for more than text stays in the JSON, where it
 * can be escaped: no document says whether included text is looked through again.
 */
export function createIncludedTexts(): IncludedTexts {
  const expressions = new Map<string, string>();
  const files = new Map<string, string>();
  return {
    included: (kind, key, body) => {
      const places = new Map<string, string>();
      for (const { path, file, text } of textsOf(kind, key, body)) {
        if (needsEscape(text) || !plainPath.test(file)) continue;
        const token = placeholderId('file', file);
        expressions.set(token, `@{${file}}`);
        files.set(file, text);
        places.set(pointerOf(path), token);
      }
      return places.size === 0 ? body : withTexts(body, places, []);
    },
    expressions,
    files,
  };
}

function withTexts(body: JsonObject, places: ReadonlyMap<string, string>, at: readonly string[]): JsonObject {
  const entries = Object.entries(body).map(([key, value]): readonly [string, Json] => {
    const here = [...at, key];
    return [key, places.get(pointerOf(here)) ?? (isJsonObject(value) ? withTexts(value, places, here) : value)];
  });
  return Object.fromEntries(entries);
}
