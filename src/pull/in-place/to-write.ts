import type { Node, Pair, YAMLMap, YAMLSeq } from 'yaml';
import type { Json, Location, Ref } from '../../model/index.js';
import type { WantedSecret } from '../pull-files.js';
import type { PullNote } from '../pull-note.js';
import { type Additions, noAdditions } from './additions.js';
import type { SourceFile } from './source-file.js';
import type { Splice } from './splice.js';

/** One place of a file that was brought up to date. */
export interface PulledEdit {
  readonly ref: Ref;
  /** Field names joined by dots; absent where it is about the whole object. */
  readonly field?: string;
  readonly what: 'changed' | 'added' | 'removed';
  /** The file, and where in it for a value that was there before. */
  readonly at: Location | { readonly file: string };
}

/** What is to be written, as it is collected. */
export interface ToWrite {
  readonly splices: Map<SourceFile, Splice[]>;
  /** By the map that they begin at. */
  readonly additions: Map<YAMLMap, AddedTo>;
  readonly lists: Map<YAMLSeq, ListChange>;
  readonly drops: Map<YAMLMap, DroppedPairs>;
  /** Of a `!file`, by path in the repository. */
  readonly texts: Map<string, string>;
  /** Maps that got keys. */
  readonly refilled: Set<YAMLMap>;
  readonly edits: PulledEdit[];
  readonly notes: PullNote[];
  readonly secrets: WantedSecret[];
  /** Comments in the middle of brackets that must change, by place, with what would change there. */
  readonly inFlow: Map<string, { readonly at: Location; readonly of: Set<string> }>;
  /** `kind/key pointer` of what still differs. */
  readonly left: Set<string>;
}

/** What a map of a file gets. */
interface AddedTo {
  readonly source: SourceFile;
  readonly root: Additions<Origin>;
}

/** Items that a list gets and loses. */
interface ListChange {
  readonly source: SourceFile;
  readonly add: Node[];
  readonly drop: Set<number>;
  readonly origins: Origin[];
}

/** Keys that a map loses. */
interface DroppedPairs {
  readonly source: SourceFile;
  readonly pairs: Pair<Node, Node | null>[];
  readonly origins: Origin[];
}

/** Nothing to write yet. */
export function nothingToWrite(): ToWrite {
  return {
    splices: new Map(),
    additions: new Map(),
    lists: new Map(),
    drops: new Map(),
    texts: new Map(),
    refilled: new Set(),
    edits: [],
    notes: [],
    secrets: [],
    inFlow: new Map(),
    left: new Set(),
  };
}

/** What a part of an addition is for. */
export interface Origin {
  readonly edit: PulledEdit;
  /** What the instance has, for a note. */
  readonly live?: Json;
  readonly pointer?: string;
  /** An environment variable that it wants. */
  readonly secret?: WantedSecret;
}

/** Collects changes of a file. */
export function addSplices(out: ToWrite, source: SourceFile, splices: readonly Splice[]): void {
  out.splices.set(source, [...(out.splices.get(source) ?? []), ...splices]);
}

/** Collects a key that goes from a map; one that goes already goes once. */
export function addDrop(
  out: ToWrite,
  source: SourceFile,
  what: { readonly map: YAMLMap; readonly pair: Pair<Node, Node | null>; readonly edit: PulledEdit },
): void {
  const drops = out.drops.get(what.map) ?? { source, pairs: [], origins: [] };
  out.drops.set(what.map, drops);
  if (drops.pairs.includes(what.pair)) return;
  drops.pairs.push(what.pair);
  drops.origins.push({ edit: what.edit });
}

/** What is collected for a list. */
export function listChange(out: ToWrite, source: SourceFile, list: YAMLSeq): ListChange {
  const change = out.lists.get(list) ?? { source, add: [], drop: new Set<number>(), origins: [] };
  out.lists.set(list, change);
  return change;
}

/** What is collected for a map to get. */
export function additionsOf(out: ToWrite, source: SourceFile, map: YAMLMap): AddedTo {
  const there = out.additions.get(map) ?? { source, root: noAdditions<Origin>() };
  out.additions.set(map, there);
  return there;
}

/** Tells what an addition that has its place was for. */
export function accept(out: ToWrite, origin: Origin): void {
  out.edits.push(origin.edit);
  if (origin.secret) out.secrets.push(origin.secret);
}
