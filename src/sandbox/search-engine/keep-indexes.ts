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
  const { store, indexes, switches } = instance;
  if (indexes.size === 0) return;
  store.listen({
    changed: (kind, object, before) => {
      const index = indexes.get(kind);
      const id = (object ?? before)?.id;
      if (index === undefined || id === undefined) return;
      if (object === undefined && switches.staleTenantEntities === 'on' && kind === 'entity') {
        // The tenant goes first, then what it held.
        if (store.get('tenant', String(before?.['tenantId'])) === undefined) return;
      }
      index.written(id, object, instance);
    },
    restored: () => rebuildIndexes(instance),
  });
}

/** Makes all indexes anew from what is stored. */
export function rebuildIndexes(instance: Instance): void {
  for (const [kind, index] of instance.indexes) index.rebuild(instance.store.all(kind), instance);
}
