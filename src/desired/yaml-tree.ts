import { type Document, isAlias, isMap, isScalar, isSeq, type LineCounter, type Pair, type Scalar } from 'yaml';
import type { Location } from '../model/index.js';
import type { FindingList } from './finding-list.js';
import type { Limits } from './limits.js';
import type { Written, WrittenEntry, WrittenTag } from './written.js';
import { checkTag, isValueTag, modeOf } from './yaml-tag.js';

/** What turning one file's nodes into {@link Written} needs to know. */
export interface TreeContext {
  readonly file: string;
  readonly lines: LineCounter;
  readonly limits: Limits;
  readonly findings: FindingList;
}

/** A file's content with the tags in it that stand for a value. */
export interface Tree {
  readonly root: Written;
  readonly tags: readonly WrittenTag[];
}

interface Anchored {
  readonly node: Written;
  readonly nodes: number;
  readonly height: number;
}

interface Walk extends TreeContext {
  readonly anchors: Map<string, Anchored>;
  readonly tags: WrittenTag[];
  /** Nodes met so far, aliases counted as what they stand for. */
  nodes: number;
  aliased: number;
  bomb: boolean;
}

/** A node with how many maps and lists are inside each other in it. */
type Grown = readonly [node: Written, height: number];

/** Keys that would reach the prototype of an object somewhere. No field of FusionAuth has such a name. */
const badKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);
/** Turns a parsed document into nodes that know their place. Reports misused tags, bad keys and alias bombs. */
export function createTree(document: Document.Parsed, context: TreeContext): Tree {
  const walk: Walk = { ...context, anchors: new Map(), tags: [], nodes: 0, aliased: 0, bomb: false };
  const [root] = grow(document.contents, walk);
  return { root, tags: walk.tags };
}

function grow(node: unknown, walk: Walk): Grown {
  if (isAlias(node)) return growAlias(node.source, node.range?.[0], walk);
  const before = walk.nodes;
  walk.nodes += 1;
  const grown = isMap(node) ? growMap(node, walk) : isSeq(node) ? growList(node, walk) : growScalar(node, walk);
  const anchor = (isMap(node) || isSeq(node) || isScalar(node)) && node.anchor;
  if (anchor) walk.anchors.set(anchor, { node: grown[0], nodes: walk.nodes - before, height: grown[1] });
  return grown;
}

function growAlias(name: string, offset: number | undefined, walk: Walk): Grown {
  const at = placeOf(offset, walk);
  const anchored = walk.anchors.get(name);
  if (!anchored) {
    const message = `the alias *${name} has no anchor &${name} before it`;
    walk.findings.add({ code: 'desired/yaml-syntax', message, at });
    return [nothing(at), 0];
  }
  walk.nodes += anchored.nodes;
  walk.aliased += anchored.nodes;
  if (walk.aliased > walk.limits.aliasedNodes) {
    if (!walk.bomb) {
      walk.bomb = true;
      const message = `the aliases up to here stand for more than ${walk.limits.aliasedNodes} values`;
      walk.findings.add({ code: 'desired/alias-bomb', message, hint: 'write fewer aliases of aliases', at });
    }
    return [nothing(at), 0];
  }
  return [anchored.node, anchored.height];
}

function growMap(
  node: { readonly tag?: string; readonly items: readonly Pair[]; readonly range?: Range },
  walk: Walk,
): Grown {
  const at = placeOf(node.range?.[0], walk);
  const entries = new Map<string, WrittenEntry>();
  const merged: Written[] = [];
  let height = 0;
  let patches = false;
  for (const pair of node.items) {
    // `stringKeys` made every key a scalar with text, or this file has been refused before.
    const key = pair.key as Scalar<string>;
    const name = String(key.value);
    const keyAt = placeOf(key.range?.[0], walk);
    const [value, valueHeight] = pair.value === null ? [nothing(keyAt), 0] : grow(pair.value, walk);
    height = Math.max(height, valueHeight);
    if (name === '<<' && key.type === 'PLAIN') {
      merged.push(value);
      continue;
    }
    if (value.patches) patches = true;
    const earlier = entries.get(name);
    if (badKeys.has(name)) {
      const message = `'${name}' cannot be a key`;
      walk.findings.add({ code: 'desired/bad-key', message, hint: 'choose another name', at: keyAt });
    } else if (earlier) {
      const message = `'${name}' is written twice in one map, first in line ${earlier.keyAt.line}`;
      walk.findings.add({ code: 'desired/duplicate-key', message, hint: 'keep one of the two', at: keyAt });
    } else entries.set(name, { keyAt, value });
  }
  for (const value of merged) patches = mergeKeys(value, { entries, walk }) || patches;
  if (tooHigh(height + 1, at, walk)) return [nothing(at), 0];
  const mode = modeOf(node.tag);
  if (mode === undefined) checkTag(node.tag, { at, shape: 'a map', findings: walk.findings });
  return [{ shape: 'map', at, entries, patches, ...(mode && { mode }) }, height + 1];
}

/** `<<: *base` and `<<: [*one, *two]`: keys that are not written here come from there; the first that has one wins. */
function mergeKeys(
  value: Written,
  into: { readonly entries: Map<string, WrittenEntry>; readonly walk: Walk },
): boolean {
  const maps = value.shape === 'list' ? value.items : [value];
  let patches = false;
  for (const map of maps) {
    if (map.shape !== 'map') {
      const message = '<< takes a map, or a list of maps';
      into.walk.findings.add({ code: 'desired/bad-type', message, hint: 'write <<: *name', at: map.at });
      continue;
    }
    patches ||= map.patches;
    for (const [key, entry] of map.entries) if (!into.entries.has(key)) into.entries.set(key, entry);
  }
  return patches;
}

type Range = readonly [number, number, number] | null;

function growList(
  node: { readonly tag?: string; readonly items: readonly unknown[]; readonly range?: Range },
  walk: Walk,
): Grown {
  const at = placeOf(node.range?.[0], walk);
  const items: Written[] = [];
  let height = 0;
  const patch = node.tag === '!append' ? 'append' : node.tag === '!remove' ? 'remove' : undefined;
  let patches = patch !== undefined;
  for (const item of node.items) {
    const [value, valueHeight] = grow(item, walk);
    items.push(value);
    patches ||= value.patches;
    height = Math.max(height, valueHeight);
  }
  if (tooHigh(height + 1, at, walk)) return [nothing(at), 0];
  const mode = modeOf(node.tag);
  if (mode === undefined && patch === undefined) checkTag(node.tag, { at, shape: 'a list', findings: walk.findings });
  return [{ shape: 'list', at, items, patches, ...(mode && { mode }), ...(patch && { patch }) }, height + 1];
}

function growScalar(node: unknown, walk: Walk): Grown {
  // A missing list item or value is a null of its own; everything else that is no collection is a scalar.
  if (!isScalar(node)) return [nothing(placeOf(undefined, walk)), 0];
  const at = placeOf(node.range?.[0], walk);
  const name = node.tag?.startsWith('!') ? node.tag.slice(1) : undefined;
  if (name === 'unset') {
    if (node.value !== '') walk.findings.add({ code: 'desired/bad-tag', message: '!unset takes no value', at });
    return [{ shape: 'unset', at, patches: true }, 0];
  }
  if (name !== undefined && isValueTag(name)) {
    const text = String(node.value);
    if (text.trim() === '') walk.findings.add({ code: 'desired/bad-tag', message: `!${name} needs text after it`, at });
    const tag: WrittenTag = { shape: 'tag', at, patches: false, tag: name, text };
    walk.tags.push(tag);
    return [tag, 0];
  }
  checkTag(node.tag, { at, shape: 'text', findings: walk.findings });
  return [
    { shape: 'scalar', at, patches: false, value: scalarValue(node.value, at, walk), endLine: endLine(node, at, walk) },
    0,
  ];
}

function scalarValue(value: unknown, at: Location, walk: Walk): null | boolean | number | string {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value !== 'number') return null;
  const exact = Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
  if (!exact) {
    const message = 'this number cannot be held exactly';
    walk.findings.add({ code: 'desired/bad-type', message, hint: 'put it in quotes if it is text', at });
  }
  return value;
}

/** Only text runs over several lines; the end of the range is after the last line break of a block. */
function endLine(node: Scalar, at: Location, walk: Walk): number {
  if (typeof node.value !== 'string' || node.range === undefined || node.range === null) return at.line;
  if (node.range[1] - node.range[0] === node.value.length) return at.line;
  return walk.lines.linePos(node.range[1]).line;
}

/** Aliases of aliases can be nested deeper than the text that the parser counts. */
function tooHigh(height: number, at: Location, walk: Walk): boolean {
  if (height <= walk.limits.depth) return false;
  const message = `more than ${walk.limits.depth} maps and lists are inside each other here`;
  walk.findings.add({ code: 'desired/too-deep', message, at });
  return true;
}

function placeOf(offset: number | undefined, walk: Walk): Location {
  const { line, col } = walk.lines.linePos(offset ?? 0);
  return { file: walk.file, line: Math.max(1, line), col: Math.max(1, col) };
}

function nothing(at: Location): Written {
  return { shape: 'scalar', at, patches: false, value: null, endLine: at.line };
}
