import { type Json, type JsonObject, pointerOf } from '../model/index.js';

/** Looks for secrets where none should be. */
export interface SecretNet {
  /** The body with every secret in any text or key of it replaced by `(secret)`, and the pointers at which there was one. */
  readonly redactBody: (body: JsonObject) => { readonly body: JsonObject; readonly found: readonly string[] };
}

/**
 * The fewest characters of a value that is looked for everywhere. A shorter one is likely to be a word, and a role that is
 * called like somebody's password must not lose its name.
 */
const shortest = 8;

/** Makes a net of these values. One look at a text finds all of them, however many there are. */
export function createSecretNet(secrets: Iterable<string>): SecretNet {
  const byStart = new Map<string, readonly string[]>();
  for (const secret of new Set(secrets)) {
    if (secret.length < shortest) continue;
    const start = secret.slice(0, shortest);
    // Longest first: one that begins with another must not leave its tail behind.
    const known = [...(byStart.get(start) ?? []), secret].sort((left, right) => right.length - left.length);
    byStart.set(start, known);
  }
  const redact = (text: string): string => {
    let safe = '';
    let kept = 0;
    for (let at = 0; at + shortest <= text.length; at += 1) {
      const found = byStart.get(text.slice(at, at + shortest))?.find((secret) => text.startsWith(secret, at));
      if (found === undefined) continue;
      safe += `${text.slice(kept, at)}(secret)`;
      kept = at + found.length;
      at = kept - 1;
    }
    return kept === 0 ? text : safe + text.slice(kept);
  };
  return {
    redactBody: (body) => {
      const found: string[] = [];
      const clean = (value: Json, at: readonly string[]): Json => {
        if (typeof value === 'string') {
          const safe = redact(value);
          if (safe !== value) found.push(pointerOf(at));
          return safe;
        }
        if (Array.isArray(value)) return value.map((item: Json, index) => clean(item, [...at, String(index)]));
        if (typeof value !== 'object' || value === null) return value;
        return cleanObject(value as JsonObject, at);
      };
      const cleanObject = (value: JsonObject, at: readonly string[]): JsonObject =>
        Object.fromEntries(
          Object.entries(value).map(([key, item]) => {
            const safe = redact(key);
            const inside = [...at, safe];
            if (safe !== key) found.push(pointerOf(inside));
            return [safe, clean(item, inside)];
          }),
        );
      return byStart.size === 0 ? { body, found } : { body: cleanObject(body, []), found };
    },
  };
}
