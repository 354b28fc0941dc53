import { compareText, isUuid } from '../model/index.js';

/** An object that needs a logical key. */
export interface Named {
  readonly id: string;
  /** What people call it; may be empty. */
  readonly name: string;
  /** The key it already has in a record, which is kept where it can be. */
  readonly recorded?: string;
}

const longestKey = 60;

/** Words that no YAML key may be: a program that reads them as a property would get JavaScript's own. */
const forbidden: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * A logical key for each object of one kind, by id: its name in lower-case ASCII words joined by hyphens. Two objects of
 * the same words get a number, in the order of name and id, so that the order of the input does not count.
 * @param isTaken - says which keys stand for something else already.
 */
export function logicalKeys(
  objects: readonly Named[],
  fallback: string,
  isTaken: (key: string) => boolean = () => false,
): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  const taken = new Set<string>();
  const take = (id: string, key: string): void => {
    keys.set(id, key);
    taken.add(key);
  };
  const sorted = [...objects].sort((a, b) => compareText(a.name, b.name) || compareText(a.id, b.id));
  for (const { id, recorded } of sorted) {
    if (recorded !== undefined && isLogicalKey(recorded) && !taken.has(recorded) && !isTaken(recorded))
      take(id, recorded);
  }
  for (const { id, name } of sorted) {
    if (keys.has(id)) continue;
    const base = slugOf(name, fallback);
    let key = base;
    for (let count = 2; taken.has(key) || isTaken(key); count += 1) key = `${base}-${count}`;
    take(id, key);
  }
  return keys;
}

/** True for text that can stand as a logical key in front of an entry. */
function isLogicalKey(text: string): boolean {
  return text !== '' && text.trim() === text && !isUuid(text) && !forbidden.has(text) && !/[/@:]/.test(text);
}

function slugOf(name: string, fallback: string): string {
  const ascii = name.normalize('NFKD').replaceAll(/\p{Mark}/gu, '');
  const words = ascii.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  const slug = words.slice(0, longestKey).replaceAll(/^-+|-+$/g, '');
  if (slug === '') return fallback;
  return isUuid(slug) || forbidden.has(slug) ? `${fallback}-${slug}` : slug;
}
