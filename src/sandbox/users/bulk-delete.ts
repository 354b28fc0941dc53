import { withState } from '../crud.js';
import { badUuid, invalid, madeUpError } from '../errors.js';
import { tell } from '../events/tell.js';
import type { Answer, Call, Instance } from '../kind.js';
import { checkedRequest } from '../request-envelope.js';
import { findByCriteria, type IndexedKind } from '../search-engine/index.js';
import { isUuid } from '../shape.js';
import type { Fields, StoredObject } from '../store.js';
import { sameTenant } from '../visible.js';
import { userView } from './user-view.js';

/** How users are found and forgotten. */
interface UserKind {
  readonly kind: IndexedKind;
  readonly forget: (user: StoredObject, instance: Instance) => void;
}

/**
 * Deactivates or deletes many users: those with the ids, or that a query finds. Webhooks are asked about all of them before
 * the first one goes. Ids of nobody are passed over. Source: FusionAuth docs apis/users, "Bulk Delete Users".
 */
export async function deleteUsers(call: Call, { kind, forget }: UserKind): Promise<Answer> {
  const { instance } = call;
  const { store } = instance;
  const request = requestOf(call);
  const found = usersOf(request, call, kind);
  const hardDelete = request['hardDelete'] === true;
  const dryRun = request['dryRun'] === true;
  if (!dryRun) {
    for (const user of found) {
      const told = hardDelete ? user : withState(user, false, call);
      const type = hardDelete ? 'user.delete' : 'user.deactivate';
      await tell(call, user, { type, fields: { user: userView(told) } });
    }
    const gone = found.flatMap(({ id }) => store.get('user', id) ?? []);
    for (const user of gone) {
      if (!hardDelete) store.put('user', withState(user, false, call));
      else {
        store.remove('user', user.id);
        forget(user, instance);
      }
    }
    for (const user of hardDelete ? gone : []) {
      await tell(call, user, { type: 'user.delete.complete', fields: { user: userView(user) } });
    }
  }
  const userIds = found.length === 0 ? undefined : found.map(({ id }) => id);
  return { status: 200, body: { dryRun, hardDelete, total: found.length, userIds } };
}

/** A DELETE has its request in the query, in the body, or in both; then the body goes first. */
function requestOf({ body, query, instance }: Call): Fields {
  for (const id of query.getAll('userId')) if (!isUuid(id)) throw badUuid('userId', id);
  const userIds = query.getAll('userId');
  const inQuery = {
    ...Object.fromEntries(
      ['dryRun', 'hardDelete', 'limit', 'query', 'queryString'].map((name) => [name, query.get(name) ?? undefined]),
    ),
    ...(userIds.length === 0 ? {} : { userIds }),
  };
  return {
    ...checkedRequest('UserDeleteRequest', inQuery, instance.switches),
    ...checkedRequest('UserDeleteRequest', body, instance.switches),
  };
}

function usersOf(request: Fields, call: Call, kind: IndexedKind): readonly StoredObject[] {
  const { userIds, query, queryString, limit = 10_000 } = request;
  if (typeof limit !== 'number' || limit < 1) {
    throw invalid(
      [{ field: 'limit', kind: 'invalid', message: 'The limit must be greater than 0.', at: 'request' }],
      '',
    );
  }
  if (Array.isArray(userIds) && userIds.length > 0) {
    return [...new Set(userIds)]
      .flatMap((id) => call.instance.store.get('user', String(id)) ?? [])
      .filter((user) => sameTenant(kind, user, call))
      .slice(0, limit);
  }
  const criteria = { accurateTotal: false, ids: [], numberOfResults: limit, startRow: 0, sortFields: [] };
  if (typeof query === 'string') return findByCriteria(kind, { ...criteria, query }, call).objects;
  if (typeof queryString === 'string') return findByCriteria(kind, { ...criteria, queryString }, call).objects;
  // The code is UNVERIFIED (switch undocumentedErrors).
  throw madeUpError('missing', 'userIds', 'The userIds, the query or the queryString is required.');
}
