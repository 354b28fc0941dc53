import type { BuiltIn, Catalog, Kind } from '../catalog/index.js';
import { compareText, type JsonObject, type LiveResource, type LiveState } from '../model/index.js';

/** A built-in as it is on this instance. */
export interface LiveBuiltIn {
  readonly builtIn: BuiltIn;
  readonly kind: Kind;
  readonly id: string;
}

/** The live objects of one instance, filed for pulling. */
export interface LiveObjects {
  /** Sorted by id, so that the order in which the server lists does not count. */
  readonly all: (kind: string) => readonly LiveResource[];
  /** Those of a kind that come with every FusionAuth. */
  readonly shipped: (kind: string) => readonly LiveResource[];
  readonly byId: (kind: string, id: string) => LiveResource | undefined;
  readonly builtIn: (kind: string, id: string) => LiveBuiltIn | undefined;
  /** The id behind `builtin:<name>` on this instance. */
  readonly builtInId: (name: string) => string | undefined;
}

/** Files live objects by id, and finds the built-in ones among them by fixed id or role. */
export function fileLive(catalog: Catalog, live: LiveState): LiveObjects {
  const lists = new Map<string, readonly LiveResource[]>();
  const ids = new Map<string, LiveResource>();
  for (const [kind, read] of live.kinds) {
    const resources = read.known ? read.resources : [];
    lists.set(
      kind,
      [...resources].sort((a, b) => compareText(a.id, b.id)),
    );
    for (const resource of resources) ids.set(`${kind}:${resource.id.toLowerCase()}`, resource);
  }
  const all = (kind: string): readonly LiveResource[] => lists.get(kind) ?? [];
  const lookup = { bodies: (kind: string): readonly JsonObject[] => all(kind).map(bodyWithParent) };
  const found = new Map<string, LiveBuiltIn>();
  const names = new Map<string, string>();
  for (const kind of catalog.kinds) {
    for (const builtIn of kind.builtIns) {
      const id = 'id' in builtIn.find ? builtIn.find.id : builtIn.find.byRole(lookup);
      if (id === undefined) continue;
      found.set(`${kind.kind}:${id.toLowerCase()}`, { builtIn, kind, id });
      names.set(builtIn.name, id);
    }
  }
  return {
    all,
    shipped: (kind) => {
      const { shipped } = catalog.kind(kind);
      return shipped ? all(kind).filter(({ body }) => shipped(body)) : [];
    },
    byId: (kind, id) => ids.get(`${kind}:${id.toLowerCase()}`),
    builtIn: (kind, id) => found.get(`${kind}:${id.toLowerCase()}`),
    builtInId: (name) => names.get(name),
  };
}

function bodyWithParent({ body, parentId }: LiveResource): JsonObject {
  return parentId === undefined ? body : { ...body, parentId };
}
