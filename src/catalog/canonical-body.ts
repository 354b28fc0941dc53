import { canonicalJson, compareText } from '../model/index.js';
import { mapField } from './field-path.js';
import type { Kind } from './kind.js';

/**
 * A body in the form in which two bodies of a kind are compared: the server's own normalisation applied, sets sorted and
 * free of duplicates. Works on partial bodies; shares what it does not change. `T` is kept because only values move.
 */
export function canonicalBody<T extends object>(kind: Kind, body: T): T {
  // canonical() and mapField() return the shape they were given; the catalog's tests prove it kind by kind.
  let value: unknown = kind.canonical ? kind.canonical(body as never) : body;
  for (const list of kind.lists) {
    if (list.as === 'set') value = mapField(value, list.path, sortedSet);
  }
  return value as T;
}

function sortedSet(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  const byText = new Map(value.map((item: unknown) => [canonicalJson(item), item]));
  const sorted = [...byText].sort(([left], [right]) => compareText(left, right)).map(([, item]) => item);
  return sorted.length === value.length && sorted.every((item, index) => item === value[index]) ? value : sorted;
}
