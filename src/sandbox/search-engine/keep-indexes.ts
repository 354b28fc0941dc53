import type { Instance, Kind } from '../kind.js';
import { LiveIndex } from './live-index.js';

/** An empty index for each kind that has one; none at all on the database engine, which has no index. */
export function createIndexes(
  kinds: readonly Kind[],
  { search, searchLagMs }: { readonly search: Instance['search']; readonly searchLagMs: number },
): ReadonlyMap<string, LiveIndex<Instance>> {
  if (search === 'database') return new Map();
  return new Map(
    kinds.flatMap(({ name, searchIndex }) =>
      searchIndex === undefined ? [] : [[name, new LiveIndex(searchIndex, searchLagMs)] as const],
    ),
  );
}

/** Lets the indexes hear of every change in the store. */
export function keepIndexes(instance: Instance): void {
  const { store, indexes } = instance;
  if (indexes.size === 0) return;
  store.listen({
    changed: (kind, object, before) => {
      const index = indexes.get(kind);
      if (object !== undefined) index?.written(object, instance);
      else if (before !== undefined) index?.removed(before, instance);
    },
    restored: () => rebuildIndexes(instance),
  });
}

/** Makes all indexes anew from what is stored. */
export function rebuildIndexes(instance: Instance): void {
  for (const [kind, index] of instance.indexes) index.rebuild(instance.store.all(kind), instance);
}
