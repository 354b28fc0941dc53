import type { Catalog, Kind } from '../catalog/index.js';
import { mapField, visitField } from '../catalog/index.js';
import { type LiveResource, type LiveState, valueAt } from '../model/index.js';

/** Live resources by id and by natural key. */
export interface LiveIndex {
  readonly byId: (kind: string, id: string) => LiveResource | undefined;
  /** Live resources of a kind that answer to a natural key text of {@link naturalKeyOf}. */
  readonly byNaturalKey: (kind: string, key: string) => readonly LiveResource[];
  readonly all: (kind: string) => readonly LiveResource[];
  /** The children of one live parent. */
  readonly childrenOf: (kind: string, parentId: string) => readonly LiveResource[];
}

/** Indexes a live state once; every look-up after that is O(1). */
export function indexLive(catalog: Catalog, live: LiveState): LiveIndex {
  const ids = new Map<string, LiveResource>();
  const naturals = new Map<string, LiveResource[]>();
  const children = new Map<string, LiveResource[]>();
  for (const kind of catalog.kinds) {
    for (const resource of resourcesOf(live, kind.kind)) {
      ids.set(`${kind.kind}:${resource.id.toLowerCase()}`, resource);
      const natural = naturalKeyOf(kind, resource.body, resource.parentId);
      if (natural !== undefined) push(naturals, `${kind.kind}:${natural}`, resource);
      if (resource.parentId !== undefined) push(children, `${kind.kind}:${resource.parentId}`, resource);
    }
  }
  return {
    byId: (kind, id) => ids.get(`${kind}:${id.toLowerCase()}`),
    byNaturalKey: (kind, key) => naturals.get(`${kind}:${key}`) ?? [],
    all: (kind) => resourcesOf(live, kind),
    childrenOf: (kind, parentId) => children.get(`${kind}:${parentId}`) ?? [],
  };
}

/**
 * The natural key of a body (references already ids) as one text, or undefined when the kind has none or a field of it
 * is missing. Names are compared as the server stores them: trimmed by the kind's normalisation before this is called.
 */
export function naturalKeyOf(kind: Kind, body: unknown, parentId: string | undefined): string | undefined {
  if (kind.naturalKey.length === 0) return undefined;
  const parts: string[] = [];
  if (kind.scope === 'child') {
    if (parentId === undefined) return undefined;
    parts.push(parentId);
  }
  for (const field of kind.naturalKey) {
    const value = valueAt(body, field.split('.'));
    if (typeof value === 'string' && value !== '') parts.push(value);
    // What may belong to a tenant or to the whole instance is of the instance where it names no tenant.
    else if (field === 'tenantId' && kind.scope === 'instance') parts.push('');
    else return undefined;
  }
  return JSON.stringify(parts);
}

/** What an object is called in messages: its name field, or its id. */
export function nameOf(kind: Kind, resource: LiveResource): string {
  const value = valueAt(resource.body, kind.nameField.split('.'));
  return typeof value === 'string' && value !== '' ? value : resource.id;
}

/** Every id a body refers to, with the kind it refers to. */
export function referencesIn(kind: Kind, body: unknown): readonly { readonly kind: string; readonly id: string }[] {
  const found: { kind: string; id: string }[] = [];
  for (const ref of kind.refs) {
    visitField(body, ref.path, (value) => {
      if (typeof value === 'string') found.push({ kind: ref.kind, id: value.toLowerCase() });
    });
  }
  return found;
}

/** A body with one of its references mapped by `change`; undefined removes the field. */
export function mapReferences(
  kind: Kind,
  body: unknown,
  change: (value: unknown, at: { readonly kind: string; readonly path: readonly string[] }) => unknown,
): unknown {
  let value = body;
  for (const ref of kind.refs)
    value = mapField(value, ref.path, (item, path) => change(item, { kind: ref.kind, path }));
  return value;
}

function resourcesOf(live: LiveState, kind: string): readonly LiveResource[] {
  const read = live.kinds.get(kind);
  return read?.known ? read.resources : [];
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
