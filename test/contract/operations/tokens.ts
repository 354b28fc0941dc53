import { randomUUID } from 'node:crypto';

import type { World } from '../resources.js';
import { ask, type Ask } from '../target.js';
import { after, get, request, type Specials } from './special.js';

/** Tokens and logins. */
export const tokens: Specials = {
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
  'GET /api/jwt/issue': after(
    ({ target, world }) => ask(target, login(world)),
    ({ body }, { applicationId }) => ({
      method: 'GET',
      path: `/api/jwt/issue?applicationId=${applicationId}`,
      authorization: `Bearer ${body.token}`,
    }),
  ),
  'PUT /api/login': request(({ userId, applicationId }) => ({
    method: 'PUT',
    path: '/api/login',
    body: { userId, applicationId },
  })),
  'PUT /api/login/{userId}/{applicationId}': request(({ userId, applicationId }) => ({
    method: 'PUT',
    path: `/api/login/${userId}/${applicationId}`,
  })),
  'POST /api/user/refresh-token/import': request(({ userId, applicationId }) => ({
    method: 'POST',
    path: '/api/user/refresh-token/import',
    body: {
      refreshTokens: [{ applicationId, userId, startInstant: 1_700_000_000_000, token: randomUUID() }],
      validateDbConstraints: true,
    },
  })),
  'POST /api/logout': request(() => ({ method: 'POST', path: '/api/logout', body: {} })),
};

function login({ userEmail, applicationId, defaultTenantId = '' }: World): Ask {
  return {
    method: 'POST',
    path: '/api/login',
    tenantId: defaultTenantId,
    body: { loginId: userEmail, password: 'a password for tests', applicationId },
  };
}
