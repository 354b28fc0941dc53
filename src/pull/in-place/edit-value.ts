import { isAlias, isMap, isScalar, isSeq, type Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { coversItem, isJsonList, isJsonObject, type Json } from '../../model/index.js';
import {
  addPairs,
  type Edited,
  type EditRefusal,
  editList,
  type ListStep,
  removePairs,
  replaceScalar,
} from './edits.js';
import { matchItems } from './list-match.js';
import { type SourceFile, startAt } from './source-file.js';
import type { Splice } from './splice.js';

/** Both sides of a value that differs, in the server's own normalisation, and how the files would write the live one. */
export interface Sides {
  readonly written: Json;
  readonly live: Json | undefined;
  /** As `live`, with logical keys where ids of other objects are. */
  readonly named: Json | undefined;
}

/** How the value owns. */
export interface ValueRules {
  /** The order of the list means nothing. */
  readonly set: boolean;
  /** The live list or map may have more than is written. */
  readonly atLeast: boolean;
  /** The map is complete as it is written. */
  readonly wholeMap: boolean;
  /** True for a reference to something that gets another name. */
  readonly isStale?: (text: unknown) => boolean;
}

/** Why a value stays as it is written. */
export type ValueRefusal =
  | EditRefusal
  /** `!var`, `!sub` or `!env` gives it. */
  | { readonly why: 'made'; readonly tag: string; readonly offset: number }
  /** An alias repeats it elsewhere, or gives it. */
  | { readonly why: 'repeated'; readonly offset: number }
  /** A `!secret` stands in it. */
  | { readonly why: 'secret'; readonly offset: number };

export type ValueEdited =
  | { readonly ok: true; readonly splices: readonly Splice[] }
  | { readonly ok: false; readonly refusal: ValueRefusal };

const plainRules: ValueRules = { set: false, atLeast: false, wholeMap: false };
const madeTags: ReadonlySet<string> = new Set(['!var', '!sub', '!env', '!file']);

/** Writes the live side of a value where the written one stands, with as little of the text changed as can be. */
export function editValue(source: SourceFile, node: Node, sides: Sides, rules: ValueRules): ValueEdited {
  const offset = startAt(node);
  if (isAlias(node) || source.isRepeated(node)) return refused({ why: 'repeated', offset });
  if (isScalar(node)) {
    if (node.tag === '!secret') return refused({ why: 'secret', offset });
    if (node.tag !== undefined && madeTags.has(node.tag)) return refused({ why: 'made', tag: node.tag, offset });
    return replaceScalar(source, node, jsonNode(sides.named ?? null));
  }
  const { written, live, named } = sides;
  const gone = live === undefined || live === null;
  if (isSeq(node) && isJsonList(written) && (gone || isJsonList(live))) return editItems(source, node, sides, rules);
  if (isMap(node) && isJsonObject(written) && (gone || isJsonObject(live))) {
    const there = gone ? {} : live;
    const text = isJsonObject(named) ? named : {};
    return editKeys(source, node, { written, live: there, named: text }, rules);
  }
  return refused({ why: 'odd-place', offset });
}

function editItems(source: SourceFile, list: YAMLSeq, sides: Sides, rules: ValueRules): ValueEdited {
  const written = isJsonList(sides.written) ? sides.written : [];
  const live = isJsonList(sides.live) ? sides.live : [];
  const named = isJsonList(sides.named) ? sides.named : [];
  const offset = startAt(list);
  // What an `!append` adds to a lower layer is not the whole list.
  if (list.items.length !== written.length || live.length !== named.length)
    return refused({ why: 'odd-place', offset });
  const matched = rules.atLeast
    ? matchItems(written, live, rules).filter((item) => item.written !== undefined)
    : matchItems(written, live, rules);
  const kept = new Set(matched.map((item) => item.written));
  // In a file every item is a node.
  const items = list.items as Node[];
  for (const [index, item] of items.entries()) {
    if (kept.has(index)) continue;
    const tag = tagInside(item);
    if (tag !== undefined) return refused({ ...tag, offset: startAt(item) });
  }
  const splices: Splice[] = [];
  const steps: ListStep[] = [];
  for (const item of matched) {
    const value = named[item.live] ?? null;
    const node = item.written === undefined ? undefined : items[item.written];
    if (item.written === undefined || node === undefined) {
      steps.push({ add: jsonNode(value) });
      continue;
    }
    if (isScalar(node) && rules.isStale?.(node.value) === true) {
      steps.push({ add: jsonNode(value) });
      continue;
    }
    steps.push({ keep: item.written });
    const inner = { written: written[item.written] ?? null, live: live[item.live], named: value };
    if (coversItem(inner.written, inner.live)) continue;
    const edited = editValue(source, node, inner, plainRules);
    if (!edited.ok) return edited;
    splices.push(...edited.splices);
  }
  const edited = editList(source, list, steps);
  return edited.ok ? { ok: true, splices: [...splices, ...edited.splices] } : edited;
}

function editKeys(
  source: SourceFile,
  map: YAMLMap,
  sides: {
    readonly written: { readonly [key: string]: Json };
    readonly live: { readonly [key: string]: Json };
    readonly named: { readonly [key: string]: Json };
  },
  rules: ValueRules,
): ValueEdited {
  const { written, live, named } = sides;
  const splices: Splice[] = [];
  const offset = startAt(map);
  const gone: Pair<Node, Node | null>[] = [];
  for (const [key, value] of Object.entries(written)) {
    const now = live[key];
    if (value === null ? now === undefined || now === null : coversItem(value, now)) continue;
    const pair = map.items.find((item) => isScalar(item.key) && item.key.value === key);
    // In a file every key and value is a node.
    const found = pair as Pair<Node, Node | null> | undefined;
    if (!found?.value) return refused({ why: 'repeated', offset });
    const tag = tagInside(found.value);
    if (now === undefined && rules.wholeMap && tag) return refused({ ...tag, offset });
    if (now === undefined && rules.wholeMap) {
      gone.push(found);
      continue;
    }
    const edited = editValue(source, found.value, { written: value, live: now, named: named[key] }, plainRules);
    if (!edited.ok) return edited;
    splices.push(...edited.splices);
  }
  const more = new YAMLMap();
  for (const [key, value] of rules.wholeMap && !rules.atLeast ? Object.entries(named) : []) {
    if (written[key] === undefined) more.add(new Pair(new Scalar(key), jsonNode(value)));
  }
  const refilled = more.items.length > 0;
  const steps: Edited[] = [
    ...(gone.length > 0 ? [removePairs(source, map, gone, { refilled })] : []),
    ...(refilled ? [addPairs(source, map, more, { spaced: false })] : []),
  ];
  for (const step of steps) {
    if (!step.ok) return step;
    splices.push(...step.splices);
  }
  return { ok: true, splices };
}

/** A value as pull writes it: lists of short texts on one line. */
export function jsonNode(value: Json): Node {
  if (isJsonList(value)) {
    const list = new YAMLSeq();
    for (const item of value) list.add(jsonNode(item));
    const texts = value.map((item) => (isJsonList(item) || isJsonObject(item) ? undefined : String(item)));
    list.flow = !texts.includes(undefined) && texts.join(', ').length < 80;
    return list;
  }
  if (!isJsonObject(value)) return new Scalar(value);
  const map = new YAMLMap();
  for (const [key, item] of Object.entries(value)) map.add(new Pair(new Scalar(key), jsonNode(item)));
  map.flow = map.items.length === 0;
  return map;
}

/** The first tag inside a node that its text must not be lost for. */
function tagInside(node: Node): ValueRefusal | undefined {
  const offset = startAt(node);
  if (isScalar(node)) {
    if (node.tag === '!secret') return { why: 'secret', offset };
    return node.tag !== undefined && madeTags.has(node.tag) ? { why: 'made', tag: node.tag, offset } : undefined;
  }
  if (isSeq(node)) return firstOf(node.items as Node[]);
  if (isMap(node)) return firstOf(node.items.flatMap((pair) => (pair.value ? [pair.value as Node] : [])));
  return undefined;
}

function firstOf(nodes: readonly Node[]): ReturnType<typeof tagInside> {
  for (const node of nodes) {
    const tag = tagInside(node);
    if (tag) return tag;
  }
  return undefined;
}

function refused(refusal: ValueRefusal): ValueEdited {
  return { ok: false, refusal };
}
