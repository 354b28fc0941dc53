import { kinds } from './registry.generated.js';
import type { BuiltIn, Kind } from './kind.js';
import type { KindName } from './kinds.generated.js';

/** The catalog every room asks: what kinds there are and all that is known about each. */
export interface Catalog {
  /** In alphabetical order of `kind`. */
  readonly kinds: readonly Kind[];
  /** @throws TypeError for a name that is no kind: a bug, since names come from the catalog itself. */
  readonly kind: (name: string) => Kind;
  readonly has: (name: string) => boolean;
  /** The kind whose YAML map has this key; undefined for no such collection. Child kinds have none at the top level. */
  readonly byCollection: (collection: string) => Kind | undefined;
  /** The built-in after `builtin:`, with its kind. */
  readonly builtIn: (name: string) => { readonly kind: KindName; readonly builtIn: BuiltIn } | undefined;
}

/** Makes a catalog of these kinds. Tests make small ones; everything else uses {@link catalog}. */
export function createCatalog(list: readonly Kind[]): Catalog {
  const byName = new Map<string, Kind>(list.map((kind) => [kind.kind, kind]));
  const byCollection = new Map(list.filter((kind) => kind.scope !== 'child').map((kind) => [kind.collection, kind]));
  const builtIns = new Map(
    list.flatMap((kind) => kind.builtIns.map((builtIn) => [builtIn.name, { kind: kind.kind, builtIn }] as const)),
  );
  return {
    kinds: list,
    kind: (name) => {
      const kind = byName.get(name);
      if (!kind) throw new TypeError(`the catalog has no kind '${name}'`);
      return kind;
    },
    has: (name) => byName.has(name),
    byCollection: (collection) => byCollection.get(collection),
    builtIn: (name) => builtIns.get(name),
  };
}

/** Every kind that kedge manages. */
export const catalog: Catalog = createCatalog(kinds);
