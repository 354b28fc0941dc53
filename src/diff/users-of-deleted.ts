import { type Catalog, withoutCopies } from '../catalog/index.js';
import { type Change, type LiveResource, overlayFields, type Policy, refText } from '../model/index.js';
import { type LiveIndex, nameOf, referencesIn } from './live-index.js';

/**
 * By ref text of a delete that FusionAuth refuses while the object is in use: what still names it when everything else of
 * the plan is done, as `tenant Main`. Objects that the files do not manage count like any other; a deactivated one still
 * names what it named.
 */
export function usersOfDeleted(input: {
  readonly catalog: Catalog;
  readonly index: LiveIndex;
  readonly changes: readonly Change[];
  readonly policy: Policy;
}): ReadonlyMap<string, readonly string[]> {
  const { catalog, index, changes, policy } = input;
  const isGuarded = (name: string): boolean => catalog.has(name) && catalog.kind(name).keptWhileUsed === true;
  const guarded = changes.filter((change) => change.op === 'delete' && isGuarded(change.ref.kind));
  const users = new Map<string, string[]>();
  if (guarded.length === 0) return users;
  const wanted = new Map(guarded.map((change) => [`${change.ref.kind}:${change.id}`, refText(change.ref)]));
  const changeOf = new Map(
    changes.filter((change) => mayHappen(change, policy)).map((change) => [`${change.ref.kind}:${change.id}`, change]),
  );
  for (const kind of catalog.kinds) {
    if (!kind.refs.some((ref) => isGuarded(ref.kind))) continue;
    for (const live of index.all(kind.kind)) {
      const body = bodyAfter(live, changeOf, catalog);
      for (const { kind: name, id } of body === undefined ? [] : referencesIn(kind, body)) {
        const text = wanted.get(`${name}:${id}`);
        if (text === undefined) continue;
        const list = users.get(text) ?? [];
        const called = `${kind.title} ${nameOf(kind, live)}`;
        if (!list.includes(called)) list.push(called);
        users.set(text, list);
      }
    }
  }
  return users;
}

/** What a live object is after the plan; undefined for one that is gone by then, by itself or with its tenant. */
function bodyAfter(
  live: LiveResource,
  changeOf: ReadonlyMap<string, Change>,
  catalog: Catalog,
): LiveResource['body'] | undefined {
  const change = changeOf.get(`${live.kind}:${live.id}`);
  const tenantId = live.body['tenantId'];
  if (typeof tenantId === 'string' && changeOf.get(`tenant:${tenantId}`)?.op === 'delete') return undefined;
  if (change?.op === 'delete') return catalog.kind(live.kind).softDelete ? live.body : undefined;
  if (change === undefined) return live.body;
  const body = overlayFields(live.body, change.overlay);
  // What only repeats another field moves with it.
  return withoutCopies(body, catalog.kind(live.kind).copies?.(body) ?? {});
}

/** False for what policy withholds for certain: the object stays as it is. */
function mayHappen(change: Change, policy: Policy): boolean {
  if (change.op === 'replace') return false;
  if (change.op !== 'delete') return true;
  const isProtected = policy.protect.some((item) => refText(item.ref) === refText(change.ref));
  return !isProtected && (change.why === 'tombstone' || change.why === 'rollback' || policy.prune.has(change.ref.kind));
}
