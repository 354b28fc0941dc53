import {
  type Change,
  compareText,
  isStamped,
  type LiveResource,
  type Ref,
  refText,
  type UnmanagedResource,
} from '../model/index.js';
import type { DiffInput } from './diff-input.js';
import type { Identity } from './identity.js';
import { nameOf } from './live-index.js';

/** A live object that the files want gone, and why. */
export interface Surplus {
  readonly change: Change & { readonly op: 'delete' };
  readonly live: LiveResource;
}

/**
 * The deletes a difference calls for: tombstones; children of a complete list that are not in it; and objects that this
 * project owns (by stamp or record) and the files no longer name. Whether any of them happens is for policy to say.
 */
export function findSurplus(input: DiffInput, identity: Identity): readonly Surplus[] {
  const buried = identity.tombstoned
    .filter(({ live }) => live.active !== false)
    .map(({ ref, live, at }) => surplus(input, { ref, live, why: 'tombstone', at }));
  return [...buried, ...unlistedChildren(input, identity), ...abandoned(input, identity)];
}

function unlistedChildren(input: DiffInput, identity: Identity): readonly Surplus[] {
  const ids = new Map(identity.resources.map((item) => [refText(item.resource.ref), item.live?.id]));
  return input.desired.childLists.flatMap((list) => {
    const parentId = ids.get(refText(list.parent));
    if (list.mode !== 'only' || parentId === undefined) return [];
    const kind = input.catalog.kind(list.kind);
    if (identity.builtIns.hasFixed(list.kind, { kind: list.parent.kind, id: parentId })) return [];
    return identity.index.childrenOf(list.kind, parentId).flatMap((live) => {
      if (identity.owners.has(`${live.kind}:${live.id}`)) return [];
      const ref: Ref = { kind: list.kind, key: `${list.parent.key}/${kind.collection}/${nameOf(kind, live)}` };
      return [surplus(input, { ref, live, why: 'unlisted', at: list.at })];
    });
  });
}

/** Only what this project made or recorded as made, and never a child: those are governed by their parent's list. */
function abandoned(input: DiffInput, identity: Identity): readonly Surplus[] {
  const recorded = new Map(input.record?.objects.map((object) => [`${object.kind}:${object.id}`, object]));
  return input.catalog.kinds.flatMap((kind) => {
    if (kind.scope === 'child') return [];
    return identity.index.all(kind.kind).flatMap((live) => {
      const id = `${kind.kind}:${live.id}`;
      const known = recorded.get(id);
      const ours = known ? !known.adopted : isStamped(live.id, input.desired.namespace);
      if (!ours || live.active === false || identity.owners.has(id) || identity.builtIns.isBuiltIn(kind.kind, live.id))
        return [];
      const ref: Ref = { kind: kind.kind, key: known?.key ?? `(${live.id})` };
      return [surplus(input, { ref, live, why: 'prune' })];
    });
  });
}

/** Live top-level objects that neither the files nor this project's stamp or record know, less what every instance has. */
export function findUnmanaged(
  input: DiffInput,
  identity: Identity,
  surplusIds: ReadonlySet<string>,
): readonly UnmanagedResource[] {
  return input.catalog.kinds.flatMap((kind) => {
    if (kind.scope === 'child') return [];
    const found = identity.index.all(kind.kind).flatMap((live): readonly UnmanagedResource[] => {
      const id = `${kind.kind}:${live.id}`;
      if (identity.owners.has(id) || surplusIds.has(id) || identity.builtIns.isBuiltIn(kind.kind, live.id)) return [];
      if (kind.shipped?.(live.body)) return [];
      return [{ kind: kind.kind, id: live.id, name: nameOf(kind, live) }];
    });
    return found.sort((left, right) => compareText(left.name, right.name) || compareText(left.id, right.id));
  });
}

function surplus(
  input: DiffInput,
  item: { ref: Ref; live: LiveResource; why: 'prune' | 'tombstone' | 'unlisted'; at?: Change['at'] },
): Surplus {
  const { ref, live, why, at } = item;
  const tenantId = live.body['tenantId'];
  return {
    live,
    change: {
      op: 'delete',
      ref,
      id: live.id,
      why,
      name: nameOf(input.catalog.kind(live.kind), live),
      ...(at && { at }),
      ...(live.parentId !== undefined && { parentId: live.parentId }),
      ...(typeof tenantId === 'string' && { tenantId }),
    },
  };
}
