import { isMap, isScalar, isSeq, type Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { type Edited, type EditRefusal, addPairs, editList, replaceScalar } from './edits.js';
import { type SourceFile, startAt } from './source-file.js';
import type { Splice } from './splice.js';

/** What is to be added to a map, by key. `O` tells what each part is for, where it cannot be added. */
export interface Additions<O> {
  readonly shape: 'map';
  readonly parts: Map<string, Addition<O>>;
  /** Its parts stand apart from each other, as the entries of a collection do. */
  spaced?: true;
}

/** Items that are to be added to a list of named things, and parts of those that may be there, by name. */
export interface ListAdditions<O> {
  readonly shape: 'list';
  readonly nameField: string;
  readonly items: AddedValue<O>[];
  readonly named: Map<string, Additions<O>>;
}

/** A value that is to be added. */
export interface AddedValue<O> {
  readonly shape: 'value';
  readonly node: Node;
  readonly origin: O;
}

export type Addition<O> = Additions<O> | ListAdditions<O> | AddedValue<O>;

/** Nothing to add yet. */
export function noAdditions<O>(): Additions<O> {
  return { shape: 'map', parts: new Map() };
}

/** The part of these additions at a path, made where there is none. Undefined where another value stands in the way. */
export function additionsAt<O>(root: Additions<O>, path: readonly string[]): Additions<O> | undefined {
  let at = root;
  for (const step of path) {
    const next = at.parts.get(step) ?? noAdditions<O>();
    if (next.shape !== 'map') return undefined;
    at.parts.set(step, next);
    at = next;
  }
  return at;
}

/** What adding came to: changes of the file, and what could not be added. */
export interface AddedParts<O> {
  readonly splices: readonly Splice[];
  readonly refused: readonly { readonly origins: readonly O[]; readonly refusal: EditRefusal }[];
  /** Maps that got keys. */
  readonly filled: readonly YAMLMap[];
}

/** Adds to a map what it lacks: whole keys after its last one, and what is inside those it has. */
export function addToMap<O>(source: SourceFile, map: YAMLMap, additions: Additions<O>): AddedParts<O> {
  const found = {
    splices: [] as Splice[],
    refused: [] as { origins: readonly O[]; refusal: EditRefusal }[],
    filled: [] as YAMLMap[],
  };
  const take = (edited: Edited, origins: readonly O[]): void => {
    if (edited.ok) found.splices.push(...edited.splices);
    else found.refused.push({ origins, refusal: edited.refusal });
  };
  const into = (parts: AddedParts<O>): void => {
    found.splices.push(...parts.splices);
    found.refused.push(...parts.refused);
    found.filled.push(...parts.filled);
  };
  const missing: (readonly [string, Addition<O>])[] = [];
  for (const [key, part] of additions.parts) {
    const pair = map.items.find((item) => isScalar(item.key) && item.key.value === key);
    if (!pair) {
      missing.push([key, part]);
      continue;
    }
    // In a file every value is a node.
    const value = pair.value as Node | null;
    const odd = { why: 'odd-place', offset: startAt(value ?? map) } as const;
    if (value === null || source.isRepeated(value)) found.refused.push({ origins: originsOf(part), refusal: odd });
    else if (isMap(value) && part.shape === 'map') into(addToMap(source, value, part));
    else if (isSeq(value) && part.shape === 'list') into(addToList(source, value, part));
    else if (isScalar(value) && value.value === null && value.tag === undefined)
      take(replaceScalar(source, value, nodeOf(part)), originsOf(part));
    else found.refused.push({ origins: originsOf(part), refusal: odd });
  }
  if (missing.length > 0) {
    const more = mapOf(missing);
    found.filled.push(map);
    const spaced = isSpaced(source, map, additions);
    take(
      addPairs(source, map, more, { spaced }),
      missing.flatMap(([, part]) => originsOf(part)),
    );
  }
  return found;
}

function addToList<O>(source: SourceFile, list: YAMLSeq, additions: ListAdditions<O>): AddedParts<O> {
  const parts: AddedParts<O>[] = [];
  const items: Node[] = additions.items.map(({ node }) => node);
  for (const [name, inner] of additions.named) {
    const item = list.items.find((one): one is YAMLMap => isMap(one) && one.get(additions.nameField) === name);
    if (item) parts.push(addToMap(source, item, inner));
    else items.push(namedItem(additions.nameField, name, inner));
  }
  const origins = additions.items.map(({ origin }) => origin);
  const steps = [...list.items.keys()].map((keep) => ({ keep }));
  const edited = editList(source, list, [...steps, ...items.map((add) => ({ add }))]);
  return {
    filled: parts.flatMap(({ filled }) => filled),
    splices: [...parts.flatMap(({ splices }) => splices), ...(edited.ok ? edited.splices : [])],
    refused: [
      ...parts.flatMap(({ refused }) => refused),
      ...(edited.ok ? [] : [{ origins: [...origins, ...originsOf(additions)], refusal: edited.refusal }]),
    ],
  };
}

/** Everything that these additions are for. */
export function originsOf<O>(part: Addition<O>): readonly O[] {
  if (part.shape === 'value') return [part.origin];
  if (part.shape === 'map') return [...part.parts.values()].flatMap(originsOf);
  return [...part.items.flatMap(originsOf), ...[...part.named.values()].flatMap(originsOf)];
}

/** Additions as the node that stands where nothing stands yet. */
function nodeOf<O>(part: Addition<O>): Node {
  if (part.shape === 'value') return part.node;
  if (part.shape === 'map') return mapOf([...part.parts], part.spaced);
  const list = new YAMLSeq();
  for (const { node } of part.items) list.add(node);
  for (const [name, inner] of part.named) list.add(namedItem(part.nameField, name, inner));
  return list;
}

function namedItem<O>(nameField: string, name: string, inner: Additions<O>): YAMLMap {
  const item = mapOf([...inner.parts]);
  item.items.unshift(new Pair(new Scalar(nameField), new Scalar(name)));
  return item;
}

function mapOf<O>(parts: readonly (readonly [string, Addition<O>])[], spaced?: boolean): YAMLMap {
  const map = new YAMLMap();
  for (const [index, [name, part]] of parts.entries()) {
    const key = new Scalar(name);
    if (spaced === true && index > 0) key.spaceBefore = true;
    map.add(new Pair(key, nodeOf(part)));
  }
  return map;
}

/** True where the parts of a map stand apart: those of a file, and entries that have a blank line between them. */
function isSpaced<O>(source: SourceFile, map: YAMLMap, additions: Additions<O>): boolean {
  if (map === source.root) return true;
  if (additions.spaced !== true) return false;
  const [one, other] = map.items.slice(-2);
  if (!one || !other) return true;
  // In a file every key is a node.
  const [from, to] = [startAt(one.key as Node), startAt(other.key as Node)];
  return /\n[ \t]*\n/.test(source.text.slice(from, to));
}
