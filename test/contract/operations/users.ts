import { randomUUID } from 'node:crypto';

import { ask, type Ask } from '../target.js';
import { actionOn, newAction, newUser, registered } from './new-user.js';
import { after, request, type Specials } from './special.js';

/** Users and what is theirs. */
export const users: Specials = {
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
  'POST /api/user/action': after(newUser, actionOn),
  'GET /api/user/action/{actionId}': after(newAction, ({ id }) => ({ method: 'GET', path: `/api/user/action/${id}` })),
  'PUT /api/user/action/{actionId}': after(newAction, ({ id, userId }) => ({
    method: 'PUT',
    path: `/api/user/action/${id}`,
    body: { action: { actionerUserId: userId, comment: 'Below deck', expiry: 4_102_444_800_001 } },
  })),
  'DELETE /api/user/action/{actionId}': after(newAction, ({ id, userId }) => ({
    method: 'DELETE',
    path: `/api/user/action/${id}`,
    body: { action: { actionerUserId: userId, comment: 'On shore' } },
  })),
  'GET /api/user/action': request(({ userId }) => ({ method: 'GET', path: `/api/user/action?userId=${userId}` })),
  'GET /api/user/recent-login': request(({ userId }) => ({
    method: 'GET',
    path: `/api/user/recent-login?userId=${userId}`,
  })),
};

function members(method: string, groupId: string, userId: string): Ask {
  return { method, path: '/api/group/member', body: { members: { [groupId]: [{ userId }] } } };
}
