import type { Catalog, Kind } from '../catalog/index.js';
import { derivedId, isStamped, isUuid, type KindName, locationText } from '../model/index.js';
import type { FindingList } from './finding-list.js';
import type { LayerContent } from './layer-content.js';
import { entryOf, type Written, type WrittenEntry, type WrittenMap } from './written.js';

/** The logical key that an id stands for, in any layer; undefined for ids of objects that no file names. */
export type KeyOfId = (kind: KindName, id: string) => string | undefined;

/** Learns the logical keys of all ids that the layers write, and of those that are derived in this namespace. */
export function createKeyOfId(layers: readonly LayerContent[], namespace: string | undefined): KeyOfId {
  const written = new Map<string, string>();
  const keys = new Map<KindName, Set<string>>();
  for (const layer of layers) {
    for (const [kind, entries] of layer.entries) {
      const known = keys.get(kind) ?? new Set<string>();
      keys.set(kind, known);
      for (const [key, entry] of entries) {
        known.add(key);
        const id = entryOf(entry.value, 'id')?.value;
        if (id?.shape === 'scalar' && typeof id.value === 'string')
          written.set(`${kind} ${id.value.toLowerCase()}`, key);
      }
    }
  }
  const derived = new Map<KindName, Map<string, string>>();
  const derivedKeys = (kind: KindName, space: string): Map<string, string> => {
    const made =
      derived.get(kind) ??
      new Map([...(keys.get(kind) ?? [])].map((key) => [derivedId({ namespace: space, kind, key }), key] as const));
    derived.set(kind, made);
    return made;
  };
  return (kind, text) => {
    const id = text.toLowerCase();
    const found = written.get(`${kind} ${id}`);
    if (found !== undefined || namespace === undefined || !isStamped(id, namespace)) return found;
    return derivedKeys(kind, namespace).get(id);
  };
}

/**
 * Puts the logical key for an id where ids are keys of a map (`applicationConfiguration`), so that two layers that name
 * one application in two ways mean the same key when they are merged.
 */
export function canonicalEntry(
  entry: WrittenEntry,
  context: {
    readonly kind: Kind;
    readonly keyOfId: KeyOfId;
    readonly catalog: Catalog;
    readonly findings: FindingList;
  },
): WrittenEntry {
  let { value } = entry;
  for (const field of context.kind.refs) {
    if (!field.path.endsWith('{key}')) continue;
    const steps = field.path.slice(0, -'{key}'.length).split('.');
    value = renamed(
      value,
      steps,
      (key) => (isUuid(key) ? (context.keyOfId(field.kind, key) ?? key) : key),
      context.findings,
    );
  }
  return value === entry.value ? entry : { keyAt: entry.keyAt, value };
}

function renamed(
  node: Written,
  steps: readonly string[],
  rename: (key: string) => string,
  findings: FindingList,
): Written {
  if (node.shape !== 'map') return node;
  const [step, ...rest] = steps;
  if (step !== undefined) {
    const inner = node.entries.get(step);
    const value = inner && renamed(inner.value, rest, rename, findings);
    if (!inner || !value || value === inner.value) return node;
    return { ...node, entries: new Map(node.entries).set(step, { keyAt: inner.keyAt, value }) };
  }
  return renamedKeys(node, rename, findings);
}

function renamedKeys(map: WrittenMap, rename: (key: string) => string, findings: FindingList): WrittenMap {
  const entries = new Map<string, WrittenEntry>();
  for (const [key, entry] of map.entries) {
    const name = rename(key);
    const earlier = entries.get(name);
    if (earlier) {
      const message = `'${key}' and '${name}' at ${locationText(earlier.keyAt)} are one object`;
      findings.add({ code: 'desired/duplicate-key', message, hint: 'keep one of the two', at: entry.keyAt });
    }
    entries.set(name, entry);
  }
  return { ...map, entries };
}
