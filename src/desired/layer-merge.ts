import type { FindingList } from './finding-list.js';
import { emptyMap, shapeText, type Written, type WrittenEntry, type WrittenList, type WrittenMap } from './written.js';

/** Which lists of a map hold named things, by field. Only an entry itself has such lists, not the maps inside it. */
export interface MergeRules {
  readonly findings: FindingList;
  readonly named: ReadonlyMap<string, NamedList>;
}

/** A list whose items are told apart by a field, such as an application's roles by their name. */
export interface NamedList {
  readonly nameField: string;
  readonly rules: MergeRules;
}

/**
 * Lays what a layer wrote over what the layers below it made: maps merge, named lists merge by name, everything else
 * replaces, `!append` and `!remove` change the list below. Undefined where `!unset` leaves nothing. Neither is changed.
 */
export function mergeWritten(lower: Written | undefined, upper: Written, rules: MergeRules): Written | undefined {
  if (upper.shape === 'unset') {
    if (!lower) {
      const message = 'no lower layer wrote this, so !unset does nothing';
      rules.findings.add({ code: 'desired/bad-tag', severity: 'warning', message, at: upper.at });
    }
    return undefined;
  }
  if (upper.shape === 'map') {
    if (lower?.shape === 'map') return mergeMaps(lower, upper, rules);
    return upper.patches ? mergeMaps(emptyMap(upper.at), upper, rules) : upper;
  }
  if (upper.shape === 'list') {
    if (!upper.patches) return upper;
    const items = upper.items.flatMap((item) => mergeItem(undefined, item, rules));
    return patchList(lower, { ...upper, items }, { rules, same: sameWritten });
  }
  return upper;
}

function mergeMaps(lower: WrittenMap, upper: WrittenMap, rules: MergeRules): WrittenMap {
  const inner: MergeRules = rules.named.size === 0 ? rules : { findings: rules.findings, named: new Map() };
  const entries = new Map<string, WrittenEntry>(lower.entries);
  for (const [key, entry] of upper.entries) {
    const below = lower.entries.get(key)?.value;
    const named = rules.named.get(key);
    const value = named
      ? mergeNamed(below, entry.value, { list: named, outer: inner })
      : mergeWritten(below, entry.value, inner);
    if (value) entries.set(key, { keyAt: entry.keyAt, value });
    else entries.delete(key);
  }
  const mode = upper.mode ?? lower.mode;
  return { shape: 'map', at: upper.at, patches: false, entries, ...(mode && { mode }) };
}

function mergeNamed(
  lower: Written | undefined,
  upper: Written,
  how: { readonly list: NamedList; readonly outer: MergeRules },
): Written | undefined {
  if (upper.shape !== 'list') return mergeWritten(lower, upper, how.outer);
  const { nameField, rules } = how.list;
  const nameOf = (item: Written): string | undefined => nameText(item, nameField);
  const same = (one: Written, other: Written): boolean => {
    const name = nameOf(one);
    return name !== undefined && name === nameOf(other);
  };
  if (upper.patch) {
    const items =
      upper.patch === 'remove' ? upper.items : upper.items.flatMap((item) => mergeItem(undefined, item, rules));
    return patchList(lower, { ...upper, items }, { rules, same });
  }
  const below = lower?.shape === 'list' ? lower.items : [];
  const merged = [...below];
  for (const item of upper.items) {
    const index = below.findIndex((other) => same(item, other));
    if (index < 0) merged.push(...mergeItem(undefined, item, rules));
    else merged.splice(index, 1, ...mergeItem(below[index], item, rules));
  }
  const mode = upper.mode ?? (lower?.shape === 'list' ? lower.mode : undefined);
  return { shape: 'list', at: upper.at, patches: false, items: merged, ...(mode && { mode }) };
}

function patchList(
  lower: Written | undefined,
  upper: WrittenList,
  how: { readonly rules: MergeRules; readonly same: (one: Written, other: Written) => boolean },
): Written {
  const { patch, patches: _, ...list } = upper;
  if (!patch) return { ...list, patches: false };
  const { findings } = how.rules;
  if (lower?.shape !== 'list') {
    const message = `!${patch} changes the list of a lower layer, and there is ${lower ? shapeText(lower) : 'none'} here`;
    const hint =
      patch === 'append' ? 'write the list without a tag, or !atLeast to keep what the live list has' : 'leave it out';
    findings.add({ code: 'desired/bad-tag', message, hint, at: upper.at });
    return { ...list, items: [], patches: false };
  }
  const isIn = (item: Written, items: readonly Written[]): boolean => items.some((other) => how.same(item, other));
  const mode = lower.mode && { mode: lower.mode };
  if (patch === 'append') {
    const added = upper.items.filter((item) => !isIn(item, lower.items));
    return { shape: 'list', at: upper.at, patches: false, items: [...lower.items, ...added], ...mode };
  }
  for (const item of upper.items.filter((one) => !isIn(one, lower.items))) {
    const message = 'the list of the lower layer does not have this, so !remove does nothing';
    findings.add({ code: 'desired/bad-tag', severity: 'warning', message, at: item.at });
  }
  const items = lower.items.filter((item) => !isIn(item, upper.items));
  return { shape: 'list', at: upper.at, patches: false, items, ...mode };
}

/** An item of a list, or nothing: a list has no place for `!unset`. */
function mergeItem(lower: Written | undefined, item: Written, rules: MergeRules): readonly Written[] {
  if (item.shape === 'unset') {
    const message = '!unset cannot stand in a list';
    rules.findings.add({ code: 'desired/bad-tag', message, hint: 'write !remove [...] for the list', at: item.at });
    return [];
  }
  const merged = mergeWritten(lower, item, rules);
  return merged ? [merged] : [];
}

/** The name of an item: its name field, or for `!remove [admin]` the text itself. A tag is known by how it is written. */
function nameText(item: Written, nameField: string): string | undefined {
  const name = item.shape === 'map' ? item.entries.get(nameField)?.value : item;
  if (name?.shape === 'scalar' && name.value !== null) return String(name.value);
  return name?.shape === 'tag' ? `!${name.tag} ${name.text}` : undefined;
}

/** True for nodes that were written alike, wherever they stand. */
export function sameWritten(left: Written, right: Written): boolean {
  if (left.shape === 'scalar' && right.shape === 'scalar') return left.value === right.value;
  if (left.shape === 'tag' && right.shape === 'tag') return left.tag === right.tag && left.text === right.text;
  if (left.shape === 'list' && right.shape === 'list') {
    if (left.items.length !== right.items.length) return false;
    return left.items.every((item, index) => {
      const other = right.items[index];
      return other !== undefined && sameWritten(item, other);
    });
  }
  if (left.shape !== 'map' || right.shape !== 'map' || left.entries.size !== right.entries.size) return false;
  return [...left.entries].every(([key, entry]) => {
    const other = right.entries.get(key);
    return other !== undefined && sameWritten(entry.value, other.value);
  });
}
