import { coversItem, isJsonObject, type Json, jsonEqual, type ListMode, valueAt } from '../model/index.js';
import { canonicalBody } from './canonical-body.js';
import { fieldMatches } from './field-path.js';
import type { Kind } from './kind.js';
import { typeOf } from './kind-type.js';

/** An owned leaf with both sides in the server's own normalisation. */
export interface OwnedPair {
  readonly path: readonly string[];
  readonly pointer: string;
  /** How a list or a complete map owns; without a word about it the written value is complete. */
  readonly mode: ListMode | undefined;
  /** What is asked for, secrets in clear; `null` asks for absent or the server's default. */
  readonly desired: unknown;
  readonly live: unknown;
  /** The live object, whose type decides some defaults. */
  readonly body?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * True when the live value is what is asked for. This is the one rule: the differ decides by it what is an edit, and the
 * writer decides by it whether a write took.
 */
export function isSatisfied(kind: Kind, pair: OwnedPair): boolean {
  const { desired, live, mode } = pair;
  if (desired === null) return isEmptyValue(live) || isServerDefault(kind, pair);
  if (isEmptyValue(desired) && isEmptyValue(live)) return true;
  // A map that the server fills when it is empty cannot be emptier than that.
  if (isEmptyMap(desired) && isServerDefault(kind, pair)) return true;
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

/** True when the catalog knows what the server fills in at this path, in an object such as this one. */
export function hasServerDefault(kind: Kind, at: Pick<OwnedPair, 'path' | 'body'>): boolean {
  return serverDefault(kind, at) !== undefined;
}

function isServerDefault(kind: Kind, pair: OwnedPair): boolean {
  const value = serverDefault(kind, pair);
  return value !== undefined && jsonEqual(value, pair.live);
}

function serverDefault(kind: Kind, { path, body }: Pick<OwnedPair, 'path' | 'body'>): unknown {
  const ofType = body && typeOf(kind, body)?.defaults;
  const own = ofType && valueAt(canonicalBody(kind, ofType), path);
  return own === undefined ? valueAt(canonicalBody(kind, kind.defaults), path) : own;
}

function isEmptyMap(value: unknown): boolean {
  return isJsonObject(value) && Object.keys(value).length === 0;
}

function coversList(
  desired: readonly Json[],
  live: unknown,
  rule: { readonly set: boolean; readonly atLeast: boolean },
): boolean {
  if (!Array.isArray(live)) return false;
  const free: unknown[] = [...(live as readonly unknown[])];
  if (!rule.atLeast && desired.length !== free.length) return false;
  if (!rule.set && !rule.atLeast) return desired.every((item, index) => coversItem(item, free[index]));
  return desired.every((item) => {
    const index = free.findIndex((other) => coversItem(item, other));
    if (index < 0) return false;
    free.splice(index, 1);
    return true;
  });
}
