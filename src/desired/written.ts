import { type ListMode, type Location, pathOf } from '../model/index.js';

/** One node of a YAML file with the place it stands at: what was written, before variables and layers. Never changed. */
export type Written = WrittenScalar | WrittenMap | WrittenList | WrittenTag | WrittenUnset;

interface WrittenBase {
  readonly at: Location;
  /** True when `!unset`, `!append` or `!remove` is somewhere at or below: it only means something over a lower layer. */
  readonly patches: boolean;
}

export interface WrittenScalar extends WrittenBase {
  readonly shape: 'scalar';
  readonly value: null | boolean | number | string;
  /** The last line of the value; later than `at.line` for a block of text. */
  readonly endLine: number;
}

export interface WrittenMap extends WrittenBase {
  readonly shape: 'map';
  readonly entries: ReadonlyMap<string, WrittenEntry>;
  readonly mode?: ListMode;
}

/** One key of a map with its value. */
export interface WrittenEntry {
  readonly keyAt: Location;
  readonly value: Written;
}

export interface WrittenList extends WrittenBase {
  readonly shape: 'list';
  readonly items: readonly Written[];
  readonly mode?: ListMode;
  /** What the list does to the list of a lower layer, instead of replacing it. */
  readonly patch?: 'append' | 'remove';
}

/** A value that comes from somewhere else: `!var NAME`, `!sub "…${NAME}…"`, `!env NAME`, `!secret …`, `!file PATH`. */
export interface WrittenTag extends WrittenBase {
  readonly shape: 'tag';
  readonly tag: ValueTag;
  readonly text: string;
}

/** `!unset`: what a lower layer wrote here is no longer owned. */
export interface WrittenUnset extends WrittenBase {
  readonly shape: 'unset';
}

/** The tags that stand for a value. */
export const valueTags = ['var', 'sub', 'env', 'secret', 'file'] as const;
export type ValueTag = (typeof valueTags)[number];

/** In a sentence: what stands there. Never the value itself. */
export function shapeText(node: Written): string {
  switch (node.shape) {
    case 'map':
      return 'a map';
    case 'list':
      return 'a list';
    case 'tag':
      return `!${node.tag}`;
    case 'unset':
      return '!unset';
    case 'scalar':
      return node.value === null ? 'nothing' : typeof node.value === 'string' ? 'text' : `a ${typeof node.value}`;
  }
}

/** A map with nothing in it, at a place. */
export function emptyMap(at: Location): WrittenMap {
  return { shape: 'map', at, patches: false, entries: new Map() };
}

/** The value under a key of a map; undefined for every other shape. */
export function entryOf(node: Written | undefined, key: string): WrittenEntry | undefined {
  return node?.shape === 'map' ? node.entries.get(key) : undefined;
}

/** Calls `visit` for each tag that stands for a value, at any depth. */
export function visitTags(node: Written, visit: (tag: WrittenTag) => void): void {
  if (node.shape === 'tag') visit(node);
  else if (node.shape === 'list') for (const item of node.items) visitTags(item, visit);
  else if (node.shape === 'map') for (const entry of node.entries.values()) visitTags(entry.value, visit);
}

/** What was written at a path, or the variable that stands for a part of it. */
export function nodeAt(written: Written, path: readonly string[]): Written | undefined {
  let node: Written | undefined = written;
  for (const step of path) node = node?.shape === 'list' ? node.items[Number(step)] : entryOf(node, step)?.value;
  return node;
}

/** The key and value at a pointer inside what was written; undefined inside variables and lists. */
export function writtenEntryAt(written: WrittenMap, pointer: string): WrittenEntry | undefined {
  const path = pathOf(pointer);
  return entryOf(nodeAt(written, path.slice(0, -1)), path.at(-1) ?? '');
}
