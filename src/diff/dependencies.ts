import { canonicalBody, type Catalog } from '../catalog/index.js';
import { type Change, changeKey, type LiveResource, refText } from '../model/index.js';
import type { Identity } from './identity.js';
import { naturalKeyOf, referencesIn } from './live-index.js';

interface Input {
  readonly identity: Identity;
  readonly changes: readonly Change[];
  readonly catalog: Catalog;
  readonly live: ReadonlyMap<string, LiveResource>;
}

/** By ref text: the refs of what must be done before. */
export interface Dependencies {
  /** Because of a parent, a name, or something that goes. */
  readonly firm: ReadonlyMap<string, ReadonlySet<string>>;
  /** Because of a reference to it, or to what it is in. */
  readonly references: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * What must be done before each change: what it refers to, what still holds its name, and, for a delete, everything that
 * still refers to what goes away.
 */
export function dependenciesOf(input: Input): Dependencies {
  const firm = new Map<string, Set<string>>();
  const references = new Map<string, Set<string>>();
  const add = (text: string, before: string, to = firm): void => {
    if (text === before) return;
    const set = to.get(text);
    if (set) set.add(before);
    else to.set(text, new Set([before]));
  };
  const partsOf = new Map<string, string[]>();
  for (const { resource } of input.identity.resources) {
    if (!resource.parent) continue;
    const parts = partsOf.get(refText(resource.parent));
    if (parts) parts.push(refText(resource.ref));
    else partsOf.set(refText(resource.parent), [refText(resource.ref)]);
  }
  for (const { resource, resolved } of input.identity.resources) {
    const text = refText(resource.ref);
    for (const ref of resolved.dependsOn) {
      add(text, refText(ref), references);
      // What is in it may be meant by its name: a grant names permissions of the entity's type.
      for (const part of partsOf.get(refText(ref)) ?? []) add(text, part, references);
    }
    if (resource.parent) add(text, refText(resource.parent));
  }
  holdersOfNames(input, add);
  referrersOfDeleted(input, add);
  return { firm, references };
}

/** A new name is free only after the object that has it now was renamed or deleted. */
function holdersOfNames(input: Input, add: (text: string, before: string) => void): void {
  const { identity } = input;
  for (const { resource, kind, resolved, live, tenantId, parentId } of identity.resources) {
    if (kind.naturalKey.length === 0) continue;
    const inTenant = kind.scope === 'tenant' && tenantId !== undefined ? { tenantId } : {};
    const wanted = naturalKeyOf(
      kind,
      canonicalBody(kind, { ...live?.body, ...inTenant, ...resolved.fields }),
      parentId,
    );
    if (wanted === undefined) continue;
    for (const holder of identity.index.byNaturalKey(kind.kind, wanted)) {
      const owner = holder.id === live?.id ? undefined : identity.owners.get(`${kind.kind}:${holder.id}`);
      if (owner) add(refText(resource.ref), refText(owner));
    }
  }
}

function referrersOfDeleted(input: Input, add: (text: string, before: string) => void): void {
  const deleted = new Map<string, string>();
  for (const change of input.changes) {
    if (change.op === 'delete') deleted.set(`${change.ref.kind}:${change.id.toLowerCase()}`, refText(change.ref));
  }
  if (deleted.size === 0) return;
  for (const [text, live] of input.live) {
    for (const reference of referencesIn(input.catalog.kind(live.kind), live.body)) {
      const gone = deleted.get(`${reference.kind}:${reference.id}`);
      if (gone !== undefined) add(gone, text);
    }
    const parent = input.catalog.kind(live.kind).parent;
    const goneParent = parent === undefined ? undefined : deleted.get(`${parent}:${live.parentId ?? ''}`);
    if (goneParent !== undefined) add(goneParent, text);
  }
}

/**
 * The conflict groups of every change: its object (a role's is its application: the server stores them as one), and what
 * else the catalog says its write touches, before and after.
 */
export function locksOf(input: Input): ReadonlyMap<string, readonly string[]> {
  const fields = new Map(input.identity.resources.map((item) => [refText(item.resource.ref), item.resolved.fields]));
  return new Map(
    input.changes.map((change) => {
      const text = refText(change.ref);
      const kind = input.catalog.kind(change.ref.kind);
      const own = kind.parent === undefined ? `${kind.kind}:${change.id}` : `${kind.parent}:${change.parentId ?? ''}`;
      // `alsoLocks` looks at reference fields, which are resolved ids on both sides.
      const also = [input.live.get(text)?.body, fields.get(text)].flatMap((body) =>
        body ? (kind.alsoLocks?.(body as never) ?? []) : [],
      );
      return [changeKey(change), [...new Set([own, ...also])].sort()] as const;
    }),
  );
}
