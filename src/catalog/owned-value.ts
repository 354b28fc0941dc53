import { coversItem, isJsonObject, type Json, jsonEqual, type ListMode, valueAt } from '../model/index.js';
import { canonicalBody } from './canonical-body.js';
import { fieldMatches } from './field-path.js';
import type { Kind } from './kind.js';

/** An owned leaf with both sides in the server's own normalisation. */
export interface OwnedPair {
  readonly path: readonly string[];
  readonly pointer: string;
  /** How a list or a complete map owns; without a word about it the written value is complete. */
  readonly mode: ListMode | undefined;
  /** What is asked for, secrets in clear; `null` asks for absent or the server's default. */
  readonly desired: unknown;
  readonly live: unknown;
}

/**
 * True when the live value is what is asked for. This is the one rule: the differ decides by it what is an edit, and the
 * writer decides by it whether a write took.
 */
export function isSatisfied(kind: Kind, pair: OwnedPair): boolean {
  const { desired, live, mode } = pair;
  if (desired === null) return isEmptyValue(live) || isServerDefault(kind, pair);
  if (isEmptyValue(desired) && isEmptyValue(live)) return true;
  if (Array.isArray(desired)) {
    const set = kind.lists.some((list) => list.as === 'set' && fieldMatches(list.path, pair.pointer));
    // Items of a JSON body are JSON.
    return coversList(desired as readonly Json[], live, { set, atLeast: mode === 'atLeast' });
  }
  if (mode === 'atLeast' && isJsonObject(desired)) return coversItem(desired, live);
  return jsonEqual(desired, live);
}

/** Absent, `null`, `""`, `[]` and `{}`: to the server these are one and the same. */
export function isEmptyValue(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** True when the catalog knows what the server fills in at this path. */
export function hasServerDefault(kind: Kind, path: readonly string[]): boolean {
  return valueAt(kind.defaults, path) !== undefined;
}

function isServerDefault(kind: Kind, { path, live }: OwnedPair): boolean {
  const value = valueAt(canonicalBody(kind, kind.defaults), path);
  return value !== undefined && jsonEqual(value, live);
}

function coversList(
  desired: readonly Json[],
  live: unknown,
  rule: { readonly set: boolean; readonly atLeast: boolean },
): boolean {
  const free: unknown[] = Array.isArray(live) ? [...(live as readonly unknown[])] : [];
  if (!rule.atLeast && desired.length !== free.length) return false;
  if (!rule.set && !rule.atLeast) return desired.every((item, index) => coversItem(item, free[index]));
  return desired.every((item) => {
    const index = free.findIndex((other) => coversItem(item, other));
    if (index < 0) return false;
    free.splice(index, 1);
    return true;
  });
}
