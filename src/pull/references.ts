import { canonicalBody, type Catalog, type Kind, mapField } from '../catalog/index.js';
import { type JsonObject, type LiveResource, valueAt } from '../model/index.js';
import type { LiveObjects } from './live-objects.js';

/** How the files speak of a live object. */
export type ReferenceText =
  | { readonly found: true; readonly text: string }
  /** Its id, with words about what it is where they are known. */
  | { readonly found: false; readonly text: string; readonly label?: string; readonly shared: boolean };

/** Gives the text a reference to a live object takes. */
export type NameReference = (kind: string, id: string) => ReferenceText;

/** What naming needs to know: the objects and the logical keys of those that are written or declared as existing. */
export interface NamingContext {
  readonly catalog: Catalog;
  readonly objects: LiveObjects;
  /** By `kind:id`. */
  readonly keys: ReadonlyMap<string, string>;
}

/** Names references: a logical key, `web/admin` for a child, `builtin:…`, or the id where there is no name. */
export function createNaming(context: NamingContext): NameReference {
  const { catalog, objects, keys } = context;
  return (kind, id) => {
    const key = keys.get(`${kind}:${id}`);
    if (key !== undefined) return { found: true, text: key };
    const builtIn = objects.builtIn(kind, id);
    if (builtIn) return { found: true, text: `builtin:${builtIn.builtIn.name}` };
    const live = objects.byId(kind, id);
    const parentKind = catalog.kind(kind).parent;
    const { parentId } = live ?? {};
    if (!live || parentKind === undefined || parentId === undefined) return { found: false, text: id, shared: false };
    const name = liveName(catalog.kind(kind), live);
    const parentKey = keys.get(`${parentKind}:${parentId}`);
    const builtInParent = objects.builtIn(parentKind, parentId);
    if (parentKey !== undefined && !builtInParent) {
      const short = !name.includes('/');
      return {
        found: true,
        text: short ? `${parentKey}/${name}` : `${parentKey}/${catalog.kind(kind).collection}/${name}`,
      };
    }
    // The roles of FusionAuth's own applications have the same ids everywhere, and are in no file.
    const owner = objects.byId(parentKind, parentId);
    const ownerName = owner === undefined ? parentId : liveName(catalog.kind(parentKind), owner);
    return { found: false, text: id, label: `${name} of ${ownerName}`, shared: builtInParent !== undefined };
  };
}

/** What {@link nameReferences} gives back. */
export interface NamedBody {
  readonly body: JsonObject;
  /** Ids that stayed, with words for a comment beside them. */
  readonly labels: ReadonlyMap<string, string>;
  /** References that lead to nothing that is pulled. */
  readonly unknown: readonly { readonly field: string; readonly kind: string; readonly id: string }[];
}

/** A body with logical keys where ids of other objects were. Sets are sorted anew: by what now stands in them. */
export function nameReferences(
  kind: Kind,
  body: JsonObject,
  context: { readonly catalog: Catalog; readonly name: NameReference },
): NamedBody {
  const labels = new Map<string, string>();
  const unknown: { field: string; kind: string; id: string }[] = [];
  let value: unknown = body;
  for (const ref of kind.refs) {
    if (!context.catalog.has(ref.kind)) continue;
    value = mapField(value, ref.path, (id, at) => {
      if (typeof id !== 'string' || id === '') return id;
      const named = context.name(ref.kind, id);
      if (!named.found && named.label !== undefined) labels.set(id, named.label);
      if (!named.found && !named.shared) unknown.push({ field: at.join('.'), kind: ref.kind, id });
      return named.text;
    });
  }
  // mapField gives back the object it was given, with other texts at the references.
  return { body: canonicalBody(kind, value as JsonObject), labels, unknown };
}

/** What an object is called on the instance. */
export function liveName(kind: Kind, live: LiveResource): string {
  const name = valueAt(live.body, kind.nameField.split('.'));
  if (typeof name === 'string' && name.trim() !== '') return name.trim();
  const url = live.body['url'];
  return typeof url === 'string' ? (/^[a-z]+:\/\/([^/:?#]+)/i.exec(url)?.[1] ?? '') : '';
}
