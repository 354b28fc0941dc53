import type { Catalog } from '../catalog/index.js';
import { type ApplyRecord, derivedId, type DesiredState, type KindName } from '../model/index.js';

/**
 * The ids to ask for of kinds that nobody lists: those the files and the record name. Each may or may not be there.
 * @returns kind → ids, for kinds that have any.
 */
export function idsToRead(input: {
  readonly catalog: Catalog;
  readonly desired: DesiredState;
  readonly record?: ApplyRecord | undefined;
}): ReadonlyMap<KindName, readonly string[]> {
  const { catalog, desired, record } = input;
  const { namespace } = desired;
  const found = new Map<KindName, Set<string>>();
  const add = (kind: KindName, ...ids: readonly (string | undefined)[]): void => {
    if (!catalog.kind(kind).reads.byIds) return;
    const of = found.get(kind) ?? new Set<string>();
    for (const id of ids) if (id !== undefined) of.add(id.toLowerCase());
    if (of.size > 0) found.set(kind, of);
  };
  for (const { ref, id } of desired.resources) add(ref.kind, id, derivedId({ namespace, ...ref }));
  for (const { ref, id } of desired.tombstones) add(ref.kind, id, derivedId({ namespace, ...ref }));
  for (const { ref, match } of desired.existing) add(ref.kind, match['id']);
  for (const { kind, from } of desired.moved) add(kind, derivedId({ namespace, kind, key: from }));
  for (const { kind, id } of record?.objects ?? []) if (catalog.has(kind)) add(kind, id);
  return new Map([...found].map(([kind, ids]) => [kind, [...ids].sort()]));
}
