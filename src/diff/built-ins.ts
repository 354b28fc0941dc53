import type { Catalog } from '../catalog/index.js';
import type { JsonObject, LiveState } from '../model/index.js';

/** The ids that `builtin:<name>` stands for on this instance. */
export interface BuiltInIds {
  /** The id of a built-in by its name, or undefined where this instance has none. */
  readonly idOf: (name: string) => string | undefined;
  /** True for the id of any built-in object of that kind. */
  readonly isBuiltIn: (kind: string, id: string) => boolean;
  /** True for a built-in that the API refuses to change. */
  readonly isReadOnly: (kind: string, id: string) => boolean;
  /** True for the children of a kind that a built-in parent has for good: the roles of the FusionAuth application. */
  readonly hasFixed: (childKind: string, parent: { readonly kind: string; readonly id: string }) => boolean;
}

/** Finds every built-in by its fixed id or by its role among the live objects; never by name. */
export function findBuiltIns(catalog: Catalog, live: LiveState): BuiltInIds {
  const lookup = { bodies: (kind: string): readonly JsonObject[] => bodiesOf(live, kind) };
  const ids = new Map<string, string>();
  const writable = new Map<string, boolean>();
  const fixed = new Set<string>();
  for (const kind of catalog.kinds) {
    for (const builtIn of kind.builtIns) {
      const id = 'id' in builtIn.find ? builtIn.find.id : builtIn.find.byRole(lookup);
      if (id === undefined) continue;
      ids.set(builtIn.name, id);
      writable.set(`${kind.kind}:${id}`, builtIn.writable);
      for (const child of builtIn.fixedChildren ?? []) fixed.add(`${kind.kind}:${id}:${child}`);
    }
  }
  return {
    idOf: (name) => ids.get(name),
    isBuiltIn: (kind, id) => writable.has(`${kind}:${id}`),
    isReadOnly: (kind, id) => writable.get(`${kind}:${id}`) === false,
    hasFixed: (childKind, parent) => fixed.has(`${parent.kind}:${parent.id}:${childKind}`),
  };
}

function bodiesOf(live: LiveState, kind: string): readonly JsonObject[] {
  const read = live.kinds.get(kind);
  return read?.known
    ? read.resources.map(({ body, parentId }) => (parentId === undefined ? body : { ...body, parentId }))
    : [];
}
