import { randomUUID } from 'node:crypto';

import type { World } from './resources.js';
import { ask, type Answer, type Ask } from './target.js';
import type { Surroundings } from './world.js';

type Special = (surroundings: Surroundings) => Promise<Answer>;

/** A request made of what there is in the world. */
const request =
  (make: (world: World) => Omit<Ask, 'path'> & { readonly path: string }): Special =>
  ({ target, world }) =>
    ask(target, make(world));
const get = (path: string): Special => request(() => ({ method: 'GET', path }));
const searchAll = (path: string): Special =>
  request(() => ({ method: 'POST', path: `${path}/search`, body: { search: {} } }));

/** Makes something first and asks about what came of it. */
const after =
  <Made>(first: (surroundings: Surroundings) => Promise<Made>, then: (made: Made, world: World) => Ask): Special =>
  async (surroundings) =>
    ask(surroundings.target, then(await first(surroundings), surroundings.world));

/** Keys: they are generated or taken in, never created. FusionAuth docs apis/keys. */
const keys: Readonly<Record<string, Special>> = {
  'GET /api/key': get('/api/key'),
  'GET /api/key/{keyId}': after(newKey, (id) => ({ method: 'GET', path: `/api/key/${id}` })),
  'PUT /api/key/{keyId}': after(newKey, (id) => ({
    method: 'PUT',
    path: `/api/key/${id}`,
    body: { key: { name: `Renamed ${randomUUID()}` } },
  })),
  'DELETE /api/key/{keyId}': after(newKey, (id) => ({ method: 'DELETE', path: `/api/key/${id}` })),
  'POST /api/key/generate': request(() => ({ method: 'POST', path: '/api/key/generate', body: keyToMake() })),
  'POST /api/key/generate/{keyId}': request(() => ({
    method: 'POST',
    path: `/api/key/generate/${randomUUID()}`,
    body: keyToMake(),
  })),
  'POST /api/key/import': request(() => ({ method: 'POST', path: '/api/key/import', body: keyToTake() })),
  'POST /api/key/import/{keyId}': request(() => ({
    method: 'POST',
    path: `/api/key/import/${randomUUID()}`,
    body: keyToTake(),
  })),
  'POST /api/key/search': searchAll('/api/key'),
};

/** What there is once, and what the server says about itself. */
const instance: Readonly<Record<string, Special>> = {
  'GET /.well-known/jwks.json': get('/.well-known/jwks.json'),
  'GET /.well-known/openid-configuration': get('/.well-known/openid-configuration'),
  'GET /api/health': get('/api/health'),
  'GET /api/status': get('/api/status'),
  'GET /api/system/version': get('/api/system/version'),
  'PUT /api/integration': request(() => ({ method: 'PUT', path: '/api/integration', body: { integrations: {} } })),
  'PATCH /api/integration': request(() => ({ method: 'PATCH', path: '/api/integration', body: { integrations: {} } })),
  'PUT /api/system-configuration': request(() => ({
    method: 'PUT',
    path: '/api/system-configuration',
    body: { systemConfiguration: { reportTimezone: 'Europe/Oslo' } },
  })),
  'PATCH /api/system-configuration': request(() => ({
    method: 'PATCH',
    path: '/api/system-configuration',
    body: { systemConfiguration: { data: { owner: 'crew' } } },
  })),
  'PUT /api/tenant-manager': request(() => ({
    method: 'PUT',
    path: '/api/tenant-manager',
    body: { tenantManagerConfiguration: { brandName: 'Acme' } },
  })),
  'PATCH /api/tenant-manager': request(() => ({
    method: 'PATCH',
    path: '/api/tenant-manager',
    body: { tenantManagerConfiguration: { brandName: 'Acme' } },
  })),
  'POST /api/tenant-manager/identity-provider/{type}': after(withoutProviderType, () => providerType('POST')),
  'PUT /api/tenant-manager/identity-provider/{type}': after(withProviderType, () => providerType('PUT')),
  'PATCH /api/tenant-manager/identity-provider/{type}': after(withProviderType, () => providerType('PATCH')),
  'DELETE /api/tenant-manager/identity-provider/{type}': after(withProviderType, () => ({
    method: 'DELETE',
    path: '/api/tenant-manager/identity-provider/OpenIDConnect',
  })),
  'POST /api/reactor': request(() => ({ method: 'POST', path: '/api/reactor', body: { licenseId: randomUUID() } })),
  'GET /api/reactor/metrics': get('/api/reactor/metrics'),
  'GET /api/tenant/password-validation-rules': request(({ defaultTenantId = '' }) => ({
    method: 'GET',
    path: '/api/tenant/password-validation-rules',
    tenantId: defaultTenantId,
  })),
  'GET /api/tenant/password-validation-rules/{tenantId}': request(({ defaultTenantId }) => ({
    method: 'GET',
    path: `/api/tenant/password-validation-rules/${defaultTenantId}`,
  })),
};

/** Logs. */
const logs: Readonly<Record<string, Special>> = {
  'POST /api/system/audit-log': request(() => ({ method: 'POST', path: '/api/system/audit-log', body: entry })),
  'POST /api/system/audit-log/search': searchAll('/api/system/audit-log'),
  'GET /api/system/audit-log/{auditLogId}': after(
    async ({ target }) => ask(target, { method: 'POST', path: '/api/system/audit-log', body: entry }),
    ({ body }) => ({ method: 'GET', path: `/api/system/audit-log/${body.auditLog.id}` }),
  ),
  'POST /api/system/event-log/search': searchAll('/api/system/event-log'),
  'POST /api/system/login-record/search': searchAll('/api/system/login-record'),
  'POST /api/system/webhook-event-log/search': searchAll('/api/system/webhook-event-log'),
  'POST /api/system/reindex': request(() => ({
    method: 'POST',
    path: '/api/system/reindex',
    body: { index: 'fusionauth_user' },
  })),
};

/** What hangs on applications, templates, providers and entities. */
const parts: Readonly<Record<string, Special>> = {
  'GET /api/application/{applicationId}/oauth-configuration': request(({ applicationId }) => ({
    method: 'GET',
    path: `/api/application/${applicationId}/oauth-configuration`,
  })),
  'POST /api/email/template/preview': request(() => ({
    method: 'POST',
    path: '/api/email/template/preview',
    body: {
      emailTemplate: {
        name: 'Preview',
        defaultSubject: 'Hello',
        defaultHtmlTemplate: '<p>Hello</p>',
        defaultTextTemplate: 'Hello',
      },
    },
  })),
  'POST /api/message/template/preview': request(() => ({
    method: 'POST',
    path: '/api/message/template/preview',
    body: { messageTemplate: { name: 'Preview', type: 'SMS', defaultTemplate: 'Hello' } },
  })),
  'GET /api/identity-provider': get('/api/identity-provider?type=OpenIDConnect'),
  'GET /api/lambda': get('/api/lambda?type=JWTPopulate'),
  'GET /api/entity/search': request(({ entityId }) => ({ method: 'GET', path: `/api/entity/search?ids=${entityId}` })),
  'POST /api/entity/{entityId}/grant': request(grant),
  'GET /api/entity/{entityId}/grant': after(
    ({ target, world }) => ask(target, grant(world)),
    (_, { entityId }) => ({ method: 'GET', path: `/api/entity/${entityId}/grant` }),
  ),
  'DELETE /api/entity/{entityId}/grant': after(
    ({ target, world }) => ask(target, grant(world)),
    (_, { entityId, userId }) => ({ method: 'DELETE', path: `/api/entity/${entityId}/grant?userId=${userId}` }),
  ),
  'POST /api/entity/grant/search': request(({ entityId }) => ({
    method: 'POST',
    path: '/api/entity/grant/search',
    body: { search: { entityId } },
  })),
};

/** Tokens and logins. */
const tokens: Readonly<Record<string, Special>> = {
  'GET /api/jwt/public-key': get('/api/jwt/public-key'),
  'POST /api/jwt/vend': request(() => ({
    method: 'POST',
    path: '/api/jwt/vend',
    body: { claims: { crew: 'deck' }, timeToLiveInSeconds: 60 },
  })),
  'POST /api/login': request(login),
  'GET /api/jwt/validate': after(
    ({ target, world }) => ask(target, login(world)),
    ({ body }) => ({ method: 'GET', path: '/api/jwt/validate', authorization: `Bearer ${body.token}` }),
  ),
  'POST /api/jwt/refresh': after(
    ({ target, world }) => ask(target, login(world)),
    ({ body }) => ({ method: 'POST', path: '/api/jwt/refresh', body: { refreshToken: body.refreshToken } }),
  ),
  'GET /api/jwt/refresh': after(
    ({ target, world }) => ask(target, login(world)),
    (_, { userId }) => ({ method: 'GET', path: `/api/jwt/refresh?userId=${userId}` }),
  ),
  'GET /api/jwt/refresh/{tokenId}': after(
    ({ target, world }) => ask(target, login(world)),
    ({ body }) => ({ method: 'GET', path: `/api/jwt/refresh/${body.refreshTokenId}` }),
  ),
  'DELETE /api/jwt/refresh/{tokenId}': after(
    ({ target, world }) => ask(target, login(world)),
    ({ body }) => ({ method: 'DELETE', path: `/api/jwt/refresh/${body.refreshTokenId}` }),
  ),
  'DELETE /api/jwt/refresh': after(
    ({ target, world }) => ask(target, login(world)),
    (_, { userId }) => ({ method: 'DELETE', path: `/api/jwt/refresh?userId=${userId}` }),
  ),
  'POST /api/logout': request(() => ({ method: 'POST', path: '/api/logout', body: {} })),
};

/** Users and what is theirs. */
const users: Readonly<Record<string, Special>> = {
  'GET /api/user': after(
    ({ target, world }) => ask(target, { method: 'GET', path: `/api/user/${world['userId']}` }),
    ({ body }, { defaultTenantId = '' }) => ({
      method: 'GET',
      path: `/api/user?email=${body.user.email}`,
      tenantId: defaultTenantId,
    }),
  ),
  'GET /api/user/search': request(({ userId }) => ({ method: 'GET', path: `/api/user/search?ids=${userId}` })),
  'POST /api/user/search': request(() => ({
    method: 'POST',
    path: '/api/user/search',
    body: { search: { queryString: '*' } },
  })),
  'POST /api/user/import': request(({ defaultTenantId = '' }) => ({
    method: 'POST',
    path: '/api/user/import',
    tenantId: defaultTenantId,
    body: {
      users: [{ id: randomUUID(), active: true, email: `${randomUUID()}@acme.test`, password: 'a password for tests' }],
    },
  })),
  'DELETE /api/user/bulk': after(newUser, (id) => ({
    method: 'DELETE',
    path: '/api/user/bulk',
    body: { userIds: [id], hardDelete: true },
  })),
  'POST /api/user/registration': request(({ applicationId, defaultTenantId = '' }) => ({
    method: 'POST',
    path: '/api/user/registration',
    tenantId: defaultTenantId,
    body: {
      user: { email: `${randomUUID()}@acme.test`, password: 'a password for tests' },
      registration: { applicationId },
    },
  })),
  'POST /api/user/registration/{userId}': after(newUser, (id, { applicationId }) => ({
    method: 'POST',
    path: `/api/user/registration/${id}`,
    body: { registration: { applicationId } },
  })),
  'GET /api/user/registration/{userId}/{applicationId}': request(({ userId, applicationId }) => ({
    method: 'GET',
    path: `/api/user/registration/${userId}/${applicationId}`,
  })),
  'PUT /api/user/registration/{userId}': request(({ userId, applicationId }) => ({
    method: 'PUT',
    path: `/api/user/registration/${userId}`,
    body: { registration: { applicationId, username: 'ada' } },
  })),
  'PATCH /api/user/registration/{userId}': request(({ userId, applicationId }) => ({
    method: 'PATCH',
    path: `/api/user/registration/${userId}`,
    body: { registration: { applicationId, username: 'ada' } },
  })),
  'DELETE /api/user/registration/{userId}/{applicationId}': after(registered, (id, { applicationId }) => ({
    method: 'DELETE',
    path: `/api/user/registration/${id}/${applicationId}`,
  })),
  'POST /api/group/member': after(newUser, (id, { groupId = '' }) => members('POST', groupId, id)),
  'PUT /api/group/member': after(newUser, (id, { groupId = '' }) => members('PUT', groupId, id)),
  'DELETE /api/group/member': after(newUser, (id, { groupId }) => ({
    method: 'DELETE',
    path: `/api/group/member?groupId=${groupId}`,
    body: { members: { [String(groupId)]: [id] } },
  })),
  'POST /api/group/member/search': request(({ groupId }) => ({
    method: 'POST',
    path: '/api/group/member/search',
    body: { search: { groupId } },
  })),
  'POST /api/user/comment': request(({ userId }) => ({
    method: 'POST',
    path: '/api/user/comment',
    body: { userComment: { userId, commenterId: userId, comment: 'On deck' } },
  })),
  'GET /api/user/comment/{userId}': request(({ userId }) => ({ method: 'GET', path: `/api/user/comment/${userId}` })),
  'POST /api/user/comment/search': request(({ userId }) => ({
    method: 'POST',
    path: '/api/user/comment/search',
    body: { search: { userId } },
  })),
  'POST /api/user/action': request(action),
  'GET /api/user/action': request(({ userId }) => ({ method: 'GET', path: `/api/user/action?userId=${userId}` })),
  'GET /api/user/recent-login': request(({ userId }) => ({
    method: 'GET',
    path: `/api/user/recent-login?userId=${userId}`,
  })),
};

/** Every operation that is not made, read, changed and deleted in the usual way: `GET /api/status` → how it is called. */
export const specials: Readonly<Record<string, Special>> = {
  ...keys,
  ...instance,
  ...logs,
  ...parts,
  ...tokens,
  ...users,
};

const entry = { auditLog: { insertUser: 'admin@acme.test', message: 'Looked at the horizon' } };

function keyToMake(): object {
  return { key: { algorithm: 'ES256', name: `Key ${randomUUID()}` } };
}

function keyToTake(): object {
  const secret = 'a shared secret that is long enough for HS256';
  return { key: { algorithm: 'HS256', type: 'HMAC', name: `Key ${randomUUID()}`, secret } };
}

async function newKey({ target }: Surroundings): Promise<string> {
  const { body } = await ask(target, { method: 'POST', path: '/api/key/generate', body: keyToMake() });
  return body.key.id;
}

async function newUser({ target, world }: Surroundings): Promise<string> {
  const { defaultTenantId = '' } = world;
  const user = { email: `${randomUUID()}@acme.test`, password: 'a password for tests' };
  const { body } = await ask(target, { method: 'POST', path: '/api/user', body: { user }, tenantId: defaultTenantId });
  return body.user.id;
}

async function registered(surroundings: Surroundings): Promise<string> {
  const id = await newUser(surroundings);
  const { applicationId } = surroundings.world;
  const body = { registration: { applicationId } };
  await ask(surroundings.target, { method: 'POST', path: `/api/user/registration/${id}`, body });
  return id;
}

function providerType(method: string): Ask {
  return {
    method,
    path: '/api/tenant-manager/identity-provider/OpenIDConnect',
    body: { typeConfiguration: { linkingStrategy: 'LinkByEmail' } },
  };
}

async function withoutProviderType({ target }: Surroundings): Promise<void> {
  await ask(target, { method: 'DELETE', path: '/api/tenant-manager/identity-provider/OpenIDConnect' });
}

async function withProviderType(surroundings: Surroundings): Promise<void> {
  await withoutProviderType(surroundings);
  await ask(surroundings.target, providerType('POST'));
}

function grant({ entityId, userId }: World): Ask {
  return { method: 'POST', path: `/api/entity/${entityId}/grant`, body: { grant: { userId } } };
}

function login({ userEmail, applicationId, defaultTenantId = '' }: World): Ask {
  return {
    method: 'POST',
    path: '/api/login',
    tenantId: defaultTenantId,
    body: { loginId: userEmail, password: 'a password for tests', applicationId },
  };
}

function members(method: string, groupId: string, userId: string): Ask {
  return { method, path: '/api/group/member', body: { members: { [groupId]: [{ userId }] } } };
}

function action({ userId, userActionId }: World): Ask {
  return {
    method: 'POST',
    path: '/api/user/action',
    body: {
      broadcast: false,
      action: {
        actioneeUserId: userId,
        actionerUserId: userId,
        userActionId,
        comment: 'On deck',
        expiry: 4_102_444_800_000,
      },
    },
  };
}
