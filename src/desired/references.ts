import { type Catalog, type RefField, visitField } from '../catalog/index.js';
import { isUuid, type KindName, type Location, pointerOf, type Ref } from '../model/index.js';
import { didYouMean } from './closest.js';
import type { FindingList } from './finding-list.js';
import type { BuiltResource } from './resource-builder.js';

/** Everything a reference may name, by kind. */
export interface ReferenceIndex {
  readonly has: (kind: KindName, text: string) => boolean;
  readonly keys: (kind: KindName) => readonly string[];
}

/** What checking references needs to know. */
export interface ReferenceContext {
  readonly catalog: Catalog;
  readonly index: ReferenceIndex;
  readonly findings: FindingList;
}

/** Files the logical keys of all resources; a child is also known by its short form, `web/admin` for `web/roles/admin`. */
export function createReferenceIndex(refs: readonly Ref[], catalog: Catalog): ReferenceIndex {
  const byKind = new Map<KindName, Set<string>>();
  for (const { kind, key } of refs) {
    const keys = byKind.get(kind) ?? new Set<string>();
    byKind.set(kind, keys);
    keys.add(key);
    const [parent, collection, name, ...rest] = key.split('/');
    if (catalog.kind(kind).scope === 'child' && name !== undefined && rest.length === 0 && collection !== undefined) {
      keys.add(`${parent}/${name}`);
    }
  }
  return {
    has: (kind, text) => byKind.get(kind)?.has(text) ?? false,
    keys: (kind) => [...(byKind.get(kind) ?? [])],
  };
}

/** The full key of a child that may be written short: `web/admin` is `web/roles/admin`. */
export function fullKey(catalog: Catalog, kindName: KindName, text: string): string {
  const kind = catalog.kind(kindName);
  const [parent, ...rest] = text.split('/');
  if (kind.scope !== 'child' || rest.length !== 1) return text;
  return `${parent}/${kind.collection}/${rest.join('/')}`;
}

/** Reports every reference of a resource that leads nowhere. */
export function checkReferences(built: BuiltResource, context: ReferenceContext): void {
  const { kind, resource, unresolved } = built;
  for (const field of kind.refs) {
    visitField(resource.fields, field.path, (value, at) => {
      // What is not text is the schema's news; empty text stands for a value that could not be made.
      if (typeof value !== 'string') return;
      const pointer = pointerOf(at);
      if (unresolved.has(pointer)) return;
      const what = `${at.join('.')} of the ${kind.title} '${resource.ref.key}'`;
      checkReference(value, { field, what, at: resource.locations.get(pointer) ?? resource.at }, context);
    });
  }
}

/** Reports one reference that is no UUID, no logical key and no built-in of its kind. */
export function checkReference(
  text: string,
  use: { readonly field: RefField; readonly what: string; readonly at: Location },
  context: ReferenceContext,
): void {
  const { catalog, index, findings } = context;
  const { field, what, at } = use;
  if (isUuid(text)) return;
  const add = (message: string, hint: string | undefined): void => {
    findings.add({ code: 'desired/unknown-reference', message, hint, at });
  };
  const kind = catalog.kind(field.kind);
  if (text.startsWith('builtin:')) {
    const name = text.slice('builtin:'.length);
    const found = catalog.builtIn(name);
    if (found?.kind === field.kind) return;
    const names = kind.builtIns.map((builtIn) => builtIn.name);
    const message = found
      ? `${what} takes a ${kind.title}, and ${text} is a ${catalog.kind(found.kind).title}`
      : `${what} names '${text}', and there is no such built-in`;
    const known = names.length === 0 ? undefined : `built in are ${names.map((one) => `builtin:${one}`).join(', ')}`;
    add(
      message,
      didYouMean(
        text,
        names.map((one) => `builtin:${one}`),
      ) ?? known,
    );
    return;
  }
  if (index.has(field.kind, text)) return;
  const hint =
    didYouMean(text, index.keys(field.kind)) ?? `declare it under ${where(catalog, field.kind)}, or write its id`;
  add(`${what} names the ${kind.title} '${text}', and there is none`, hint);
}

function where(catalog: Catalog, kindName: KindName): string {
  const kind = catalog.kind(kindName);
  return kind.scope === 'child'
    ? `${kind.collection} of its parent`
    : `${kind.collection} or existing.${kind.collection}`;
}
