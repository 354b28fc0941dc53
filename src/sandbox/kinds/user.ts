import type { Answer, Call, Kind } from '../kind.js';
import { notFound } from '../errors.js';
import type { StoredObject } from '../store.js';
import { isRecord } from './normal-text.js';
import { registrationRoutes } from './registration.js';
import { normalUser, userView } from './user-fields.js';
import { newUserDefaults, userProblems, withDigest } from './user-rules.js';
import { searchUsers } from './user-search.js';

/** Users are data, not configuration, but a kickstart makes some. Source: FusionAuth docs apis/users. */
export const user: Kind = {
  name: 'user',
  label: 'User',
  path: '/api/user',
  one: 'user',
  many: 'users',
  idParameter: 'userId',
  shape: 'User',
  eventName: 'user',
  operations: ['create', 'delete', 'patch', 'read', 'update'],
  scope: 'tenant',
  belongsTo: 'tenant',
  readOnly: [
    'active',
    'connectorId',
    'identities',
    'lastLoginInstant',
    'memberships',
    'passwordLastUpdateInstant',
    'registrations',
    'usernameStatus',
    'verified',
    'verifiedInstant',
  ],
  kept: ['password'],
  patchReplaces: ['data', 'memberships', 'preferredLanguages', 'registrations'],
  defaults: ({ now }) => newUserDefaults(now()),
  unique: [
    { field: 'email', within: 'tenantId' },
    { field: 'username', within: 'tenantId' },
  ],
  normalise: (fields, { instance }) => withDigest(normalUser(fields), instance.now()),
  validate: (fields, { call, instance, sent }) =>
    // Duplicates are found by the rules above, with the same code.
    userProblems(fields, sent, isRecord(call.body) ? call.body : {}, instance).filter(
      ({ kind }) => kind !== 'duplicate',
    ),
  view: userView,
  deletes: 'soft',
  routes: [
    ...registrationRoutes,
    { method: 'GET', path: '/api/user', endpoint: '/api/user', scope: 'tenant', handle: findUser },
    { method: 'GET', path: '/api/user/search', endpoint: '/api/user/search', scope: 'tenant', handle: searchUsers },
    { method: 'POST', path: '/api/user/search', endpoint: '/api/user/search', scope: 'tenant', handle: searchUsers },
  ],
};

/** `GET /api/user?email=` (also `username`, `loginId`): one user, 404 when there is none. */
function findUser({ instance, query, tenantId }: Call): Answer {
  const found = [...instance.store.all('user')].find(
    (candidate) => (tenantId === undefined || candidate['tenantId'] === tenantId) && isNamed(candidate, query),
  );
  if (found === undefined) throw notFound();
  return { status: 200, body: { user: userView(found) } };
}

function isNamed(candidate: StoredObject, query: URLSearchParams): boolean {
  const same = (field: string, parameter: string): boolean => {
    const value = candidate[field];
    return typeof value === 'string' && value.toLowerCase() === query.get(parameter)?.trim().toLowerCase();
  };
  return (
    same('email', 'email') || same('username', 'username') || same('email', 'loginId') || same('username', 'loginId')
  );
}
