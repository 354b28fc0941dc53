import { deleteObject, existing, refreshSearch, searchObjects } from '../crud.js';
import { notFound } from '../errors.js';
import type { Answer, Call, Instance, Kind, Route } from '../kind.js';
import type { StoredObject } from '../store.js';
import { onlyTenant } from '../tenant-rule.js';
import { failedLoginKind } from '../tokens/failed-logins.js';
import { forgetRefreshTokens, passwordRevocation, revokeOnPassword } from '../tokens/revoke.js';
import { deleteUsers } from '../users/bulk-delete.js';
import { composeUser, userDefaults } from '../users/compose-user.js';
import { findByLogin, identityTypes, type IdentityType } from '../users/identities.js';
import { recordsIn, withoutIdentities } from '../users/normal-user.js';
import { importUsers } from '../users/import-users.js';
import { userIndex } from '../users/user-index.js';
import { userEvents } from '../users/user-events.js';
import { takenLoginIds, userProblems } from '../users/user-problems.js';
import { internalFields, retrievedUserView, userView } from '../users/user-view.js';
import {
  findVerification,
  refreshVerifications,
  registrationVerificationIds,
  verificationIds,
  verificationKind,
  verificationsOf,
} from '../users/verifications.js';
import { leaveFamilies } from './family.js';
import { forgetUserGrants } from './grants.js';
import { forgetLinks } from './identity-provider/link.js';
import { isRecord } from './normal-text.js';
import { forgetActions } from './user-action-log.js';
import { forgetComments } from './user-comment.js';
import { forgetConsents } from './user-consent.js';

/**
 * Users. What is managed elsewhere (registrations, memberships after the create, whether one is active or verified) a PUT
 * or PATCH leaves as it is, and that without a word (fusionauth-issues #2488). Source: FusionAuth docs apis/users.
 */
export const user: Kind = {
  name: 'user',
  label: 'User',
  path: '/api/user',
  one: 'user',
  many: 'users',
  idParameter: 'userId',
  prepare: withoutIdentities,
  shape: 'User',
  request: 'UserRequest',
  eventName: 'user',
  operations: ['create', 'patch', 'update'],
  scope: 'tenant',
  belongsTo: 'tenant',
  readOnly: [
    'active',
    'breachedPasswordLastCheckedInstant',
    'breachedPasswordStatus',
    'cleanSpeakId',
    'connectorId',
    'identities',
    'lastLoginInstant',
    'passwordLastUpdateInstant',
    'registrations',
    'uniqueUsername',
    'verified',
    'verifiedInstant',
  ],
  createOnly: ['legacyIdentifier', 'memberships'],
  internal: internalFields,
  patchReplaces: ['data', 'memberships', 'preferredLanguages', 'registrations'],
  defaults: () => userDefaults,
  unique: [{ field: 'legacyIdentifier', within: 'tenantId', caseSensitive: true }],
  indexed: [
    { field: 'identities.*.value', within: 'tenantId' },
    { field: 'memberships.*.groupId' },
    { field: 'memberships.*.id' },
    { field: 'parentEmail', within: 'tenantId' },
    { field: 'registrations.*.applicationId' },
  ],
  taken: takenLoginIds,
  normalise: composeUser,
  validate: userProblems,
  afterWrite: (object, write) => {
    refreshVerifications(object, write.instance);
    revokeOnPassword(object, write);
  },
  alsoTells: (moment, object, write) => [
    ...userEvents(moment, object, write),
    ...(moment === 'before' ? passwordRevocation(object, write) : []),
  ],
  view: userView,
  beside: verificationIds,
  searchIndex: userIndex,
  deletes: 'soft',
  afterDelete: forgetUser,
  routes: [
    { method: 'GET', path: '/api/user/:userId?', endpoint: '/api/user', scope: 'tenant', handle: retrieve },
    { method: 'DELETE', path: '/api/user/:userId', endpoint: '/api/user', scope: 'tenant', handle: remove },
    route('POST', '/api/user/import', importUsers),
    route('DELETE', '/api/user/bulk', (call) =>
      deleteUsers(call, { kind: { ...user, searchIndex: userIndex }, forget: forgetUser }),
    ),
    route('GET', '/api/user/search', searchUsers),
    route('POST', '/api/user/search', searchUsers),
    route('PUT', '/api/user/search', (call) => refreshSearch(user, call)),
  ],
};

/** What is about a user goes with it. */
function forgetUser({ id }: StoredObject, instance: Instance): void {
  for (const { id: verificationId } of verificationsOf(id, instance)) {
    instance.store.remove(verificationKind, verificationId);
  }
  forgetLinks('userId', id, instance);
  leaveFamilies(id, instance);
  forgetConsents('userId', id, instance);
  forgetConsents('giverUserId', id, instance);
  forgetComments(id, instance);
  forgetActions(id, instance);
  forgetUserGrants(id, instance);
  forgetRefreshTokens({ userId: id }, instance);
  instance.store.remove(failedLoginKind, id);
}

/** `hardDelete` may also be in the body. Source: `UserDeleteSingleRequest` of fusionauth-java-client. */
function remove(call: Call): Promise<Answer> {
  const query = new URLSearchParams(call.query);
  if (isRecord(call.body) && call.body['hardDelete'] === true) query.set('hardDelete', 'true');
  return deleteObject(user, { ...call, query });
}

/** A user by id or by what it is known by; 404 when there is none. Source: FusionAuth docs apis/users, "Retrieve a User". */
function retrieve(call: Call): Answer {
  const found = call.params['userId'] === undefined ? lookedUp(call) : existing(user, call);
  if (found === undefined) throw notFound();
  return {
    status: 200,
    body: {
      ...verificationIds(found, call.instance),
      ...registrationVerificationIds(found, call.instance),
      user: retrievedUserView(found),
    },
  };
}

/** By a login id, in the one tenant that the call can mean. */
function lookedUp(call: Call): StoredObject | undefined {
  const { instance, query } = call;
  const verification = query.get('verificationId');
  if (verification !== null) {
    const userId = findVerification(verification, instance)?.userId;
    const found = userId === undefined ? undefined : instance.store.get('user', userId);
    return call.tenantId === undefined || found?.['tenantId'] === call.tenantId ? found : undefined;
  }
  const asked = (['email', 'username', 'loginId'] as const).find((name) => (query.get(name) ?? '') !== '');
  if (asked === undefined) return undefined;
  const types = asked === 'loginId' ? loginIdTypes(query) : [asked];
  return findByLogin(instance, onlyTenant(call), { loginId: query.get(asked) ?? '', types });
}

function loginIdTypes(query: URLSearchParams): readonly IdentityType[] {
  const asked = query.getAll('loginIdTypes').flatMap((type) => identityTypes.find((known) => known === type) ?? []);
  return asked.length === 0 ? ['email', 'username'] : asked;
}

function route(method: Route['method'], path: string, handle: Route['handle']): Route {
  return { method, path, endpoint: path, scope: 'tenant', handle };
}

const expandable = ['memberships', 'registrations'] as const;

/** What `expand` does not name is left out of each user. Source: FusionAuth docs apis/users, search (since 1.48). */
function searchUsers(call: Call): Answer {
  const answer = searchObjects(user, call);
  const asked = call.method === 'GET' ? queried(call.query) : isRecord(call.body) ? call.body['expand'] : undefined;
  const left = Array.isArray(asked) ? expandable.filter((name) => !asked.includes(name)) : [];
  const users = recordsIn(answer.body?.['users']).map((found) =>
    Object.fromEntries(Object.entries(found).filter(([name]) => !left.some((other) => other === name))),
  );
  return { ...answer, body: { ...answer.body, users, expandable: left } };
}

/** `expand=` asks for nothing; without it everything is there. */
function queried(query: URLSearchParams): readonly string[] | undefined {
  return query.has('expand') ? query.getAll('expand').flatMap((names) => names.split(',')) : undefined;
}
