import type { Kind } from '../catalog/index.js';
import type { KindName, Location } from '../model/index.js';
import { type MergeRules, mergeWritten } from './layer-merge.js';
import type { FindingList } from './finding-list.js';
import type { WrittenEntry, WrittenMap } from './written.js';

/** The entries of one kind: logical key → what was written for it. */
export type EntryMap = Map<string, WrittenEntry>;

/** One item of `absent:`, as written: a logical key or an id. */
export interface AbsentItem {
  readonly kind: Kind;
  readonly text: string;
  readonly at: Location;
}

/** One item of `moved:`. */
export interface MovedItem {
  readonly kind: Kind;
  readonly from: string;
  readonly to: string;
  readonly at: Location;
}

/** Everything that the files of one layer say together. */
export interface LayerContent {
  readonly name: string;
  readonly entries: Map<KindName, EntryMap>;
  readonly existing: Map<KindName, EntryMap>;
  readonly absent: AbsentItem[];
  /** Items of `absent: { webhooks: !remove [...] }`: tombstones of lower layers that do not hold here. */
  readonly notAbsent: AbsentItem[];
  readonly moved: MovedItem[];
}

/** A layer that says nothing yet. */
export function emptyLayer(name: string): LayerContent {
  return { name, entries: new Map(), existing: new Map(), absent: [], notAbsent: [], moved: [] };
}

/** All layers laid over each other, from the lowest to the environment's own. */
export interface MergedLayers {
  readonly entries: ReadonlyMap<KindName, EntryMap>;
  readonly existing: ReadonlyMap<KindName, EntryMap>;
  readonly absent: readonly AbsentItem[];
  readonly moved: readonly MovedItem[];
}

/** How layers are merged: the rules of each kind, and another name for a key under which two layers may mean the same. */
export interface LayerRules {
  readonly rulesOf: (kind: KindName) => MergeRules;
  readonly canonical: (kind: KindName, entry: WrittenEntry) => WrittenEntry;
  readonly findings: FindingList;
}

/** Merges layers, lowest first. */
export function mergeLayers(layers: readonly LayerContent[], rules: LayerRules): MergedLayers {
  const plain: MergeRules = { findings: rules.findings, named: new Map() };
  const absent = new Map<string, AbsentItem>();
  const moved = new Map<string, MovedItem>();
  for (const layer of layers) {
    for (const item of layer.notAbsent) {
      if (absent.delete(absentKey(item))) continue;
      const message = `no lower layer has ${item.text} in absent, so !remove does nothing`;
      rules.findings.add({ code: 'desired/bad-tag', severity: 'warning', message, at: item.at });
    }
    for (const item of layer.absent) absent.set(absentKey(item), item);
    for (const item of layer.moved) moved.set(`${item.kind.kind}\n${item.from}\n${item.to}`, item);
  }
  return {
    entries: mergeEntries(layers, { part: 'entries', rulesOf: rules.rulesOf, canonical: rules.canonical }),
    existing: mergeEntries(layers, { part: 'existing', rulesOf: () => plain, canonical: (_, entry) => entry }),
    absent: [...absent.values()],
    moved: [...moved.values()],
  };
}

function mergeEntries(
  layers: readonly LayerContent[],
  how: Pick<LayerRules, 'rulesOf' | 'canonical'> & { readonly part: 'entries' | 'existing' },
): Map<KindName, EntryMap> {
  const merged = new Map<KindName, EntryMap>();
  for (const layer of layers) {
    for (const [kind, entries] of layer[how.part]) {
      const below = merged.get(kind) ?? new Map<string, WrittenEntry>();
      merged.set(kind, below);
      const rules = how.rulesOf(kind);
      for (const [key, entry] of entries) {
        const upper = layers.length > 1 ? how.canonical(kind, entry) : entry;
        const value = mergeWritten(below.get(key)?.value, upper.value, rules);
        if (value) below.set(key, { keyAt: entry.keyAt, value });
        else below.delete(key);
      }
    }
  }
  return merged;
}

function absentKey(item: AbsentItem): string {
  return `${item.kind.kind}\n${item.text}`;
}

/** The merged map of an entry, or undefined after a finding that it is none. */
export function entryMap(kind: Kind, key: string, entry: WrittenEntry, findings: FindingList): WrittenMap | undefined {
  if (entry.value.shape === 'map') return entry.value;
  const message = `the ${kind.title} '${key}' is not a map of fields`;
  const hint = 'write its fields below it; {} for none';
  findings.add({ code: 'desired/bad-type', message, hint, at: entry.keyAt });
  return undefined;
}
