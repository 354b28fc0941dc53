import { beforeEach, describe, expect, test } from 'vitest';

import { kinds } from '../kinds/registry.js';
import { registration } from '../kinds/registration.js';
import { user } from '../kinds/user.js';
import { userVerification } from '../kinds/user-verification.js';
import type { Answer, Instance } from '../kind.js';
import { callRoute, emptyInstance, recordedEvents } from '../testing/call.js';
import { useSandbox } from '../testing/http.js';

const tenantId = '10000000-0000-0000-0000-000000000001';
const userId = '00000000-0000-0000-0000-000000000001';
const web = '00000000-0000-0000-0000-000000000002';

let instance: Instance;
let recorded: ReturnType<typeof recordedEvents>;
beforeEach(() => {
  recorded = recordedEvents();
  instance = emptyInstance(kinds, { events: recorded.events });
  instance.store.put('tenant', { id: tenantId });
  instance.store.put('application', { id: web, tenantId, roles: [{ id: 'r-1', name: 'crew' }] });
});

const params = { userId };
const create = (sent: object): Promise<Answer> =>
  callRoute(user, instance, { method: 'POST', path: '/api/user/:userId?', params, body: { user: sent } });
const update = (sent: object): Promise<Answer> =>
  callRoute(user, instance, { method: 'PUT', path: '/api/user/:userId', params, body: { user: sent } });

describe('webhooks are told', () => {
  test('that a user is created, before and after it is, without its password', async () => {
    await create({ email: 'monica@acme.com', password: 'swordfish-1' });
    expect(recorded.types()).toEqual(['user.create', 'user.create.complete']);
    expect(recorded.told[0]).toMatchObject({ tenantId, linkedObjectId: userId, fields: { user: { id: userId } } });
    expect(JSON.stringify(recorded.told)).not.toMatch(/swordfish|password"|salt|encryptionScheme|factor"/);
  });

  test('what a user was before, and which login ids and password are other ones', async () => {
    await create({ email: 'monica@acme.com', username: 'monica', password: 'swordfish-1' });
    recorded.told.length = 0;
    await update({ email: 'Monica@example.com', username: 'mon', password: 'swordfish-2' });
    expect(recorded.types()).toEqual([
      'user.update',
      'user.identity.update',
      'user.identity.update',
      'user.update.complete',
      'user.email.update',
      'user.password.update',
    ]);
    const [changed, email, username, , emailUpdate] = recorded.told;
    expect(changed?.fields).toMatchObject({ original: { username: 'monica' }, user: { username: 'mon' } });
    expect(email?.fields).toMatchObject({
      loginIdType: 'email',
      newLoginId: 'monica@example.com',
      previousLoginId: 'monica@acme.com',
    });
    expect(username?.fields).toMatchObject({ loginIdType: 'username', newLoginId: 'mon', previousLoginId: 'monica' });
    expect(emailUpdate?.fields).toMatchObject({ previousEmail: 'monica@acme.com' });
  });

  test('of a login id that is taken, with the user who has it', async () => {
    await create({ email: 'monica@acme.com', username: 'monica' });
    recorded.told.length = 0;
    const other = callRoute(user, instance, {
      method: 'POST',
      path: '/api/user/:userId?',
      body: { user: { email: 'MONICA@acme.com', username: 'mon' } },
    });
    await expect(other).rejects.toThrow('[duplicate]user.email');
    expect(recorded.types()).toEqual(['user.loginId.duplicate.create']);
    expect(recorded.told[0]?.fields).toMatchObject({
      duplicateEmail: 'monica@acme.com',
      duplicateIdentities: [{ type: 'email', value: 'monica@acme.com' }],
      existing: { id: userId, username: 'monica' },
      user: { username: 'mon' },
    });
    expect(recorded.told[0]?.fields['duplicateUsername']).toBeUndefined();
  });

  test('that a user is deactivated, reactivated and deleted', async () => {
    await create({ email: 'monica@acme.com' });
    recorded.told.length = 0;
    const one = { path: '/api/user/:userId', params };
    await callRoute(user, instance, { ...one, method: 'DELETE' });
    await callRoute(user, instance, { ...one, method: 'PUT', query: 'reactivate=true' });
    await callRoute(user, instance, { ...one, method: 'DELETE', query: 'hardDelete=true' });
    expect(recorded.types()).toEqual(['user.deactivate', 'user.reactivate', 'user.delete', 'user.delete.complete']);
  });

  test('of registrations, with a user who shows none', async () => {
    const body = { user: { email: 'monica@acme.com' }, registration: { applicationId: web } };
    await callRoute(registration, instance, { method: 'POST', path: '/api/user/registration/:userId?', params, body });
    expect(recorded.types()).toEqual([
      'user.create',
      'user.registration.create',
      'user.create.complete',
      'user.registration.create.complete',
    ]);
    recorded.told.length = 0;
    const one = { path: '/api/user/registration/:userId/:applicationId?', params: { userId, applicationId: web } };
    await callRoute(registration, instance, { ...one, method: 'PUT', body: { registration: { username: 'mon' } } });
    expect(recorded.types()).toEqual(['user.registration.update', 'user.registration.update.complete']);
    expect(recorded.told[0]).toMatchObject({
      linkedObjectId: userId,
      fields: {
        applicationId: web,
        original: { applicationId: web },
        registration: { username: 'mon' },
        user: { id: userId, registrations: [] },
      },
    });
    recorded.told.length = 0;
    await callRoute(registration, instance, { ...one, path: one.path.slice(0, -1), method: 'DELETE' });
    expect(recorded.types()).toEqual(['user.registration.delete', 'user.registration.delete.complete']);
  });

  test('that an address is verified', async () => {
    const emailConfiguration = { verifyEmail: true, verificationStrategy: 'FormField' };
    instance.store.put('tenant', { id: tenantId, emailConfiguration });
    const { body } = await create({ email: 'monica@acme.com' });
    recorded.told.length = 0;
    const verify = (oneTimeCode: unknown): Promise<Answer> =>
      callRoute(userVerification, instance, {
        method: 'POST',
        path: '/api/user/verify-email/:verificationId?',
        body: { verificationId: body?.['emailVerificationId'], oneTimeCode },
      });
    await expect(verify('wrong')).rejects.toMatchObject({ status: 404 });
    await verify(body?.['emailVerificationOneTimeCode']);
    expect(recorded.types()).toEqual(['user.email.verified', 'user.identity.verified']);
    expect(instance.store.get('user', userId)).toMatchObject({
      verified: true,
      identities: [{ type: 'email', verified: true, verifiedReason: 'Completed' }],
    });
  });
});

test('what webhooks do not agree to is not done', async () => {
  const refused = emptyInstance(kinds, {
    events: { send: () => Promise.reject(new Error('504')) },
  });
  refused.store.put('tenant', { id: tenantId });
  const answer = callRoute(user, refused, {
    method: 'POST',
    path: '/api/user/:userId?',
    params,
    body: { user: { email: 'monica@acme.com' } },
  });
  await expect(answer).rejects.toThrow('504');
  expect(refused.store.count('user')).toBe(0);
});

test('a registration that is made while webhooks are asked about the user is not lost', async () => {
  await create({ email: 'monica@acme.com' });
  const made = { id: 'reg-1', applicationId: web };
  const slow: Instance = {
    ...instance,
    events: {
      send: ({ type }) => {
        const present = instance.store.get('user', userId);
        if (type === 'user.update' && present !== undefined) {
          instance.store.put('user', { ...present, registrations: [made] });
        }
        return Promise.resolve();
      },
    },
  };
  const { body } = await callRoute(user, slow, {
    method: 'PUT',
    path: '/api/user/:userId',
    params,
    body: { user: { email: 'monica@acme.com', firstName: 'Monica' } },
  });
  expect(body).toMatchObject({ user: { firstName: 'Monica', registrations: [made] } });
});

describe('over HTTP', () => {
  const { call, sandbox } = useSandbox();
  const typesSince = (): readonly string[] => {
    const types = sandbox()
      .events()
      .map(({ eventType }) => eventType);
    sandbox().clearEvents();
    return types;
  };

  test('each call that changes users is an event, and no event has a secret in it', async () => {
    const secret = 'aGVsbG8Kd29ybGQKaGVsbG8gaGVsbG8=';
    const twoFactor = { methods: [{ method: 'authenticator', secret }], recoveryCodes: ['VN4S-SYGZ-D4QX'] };
    const one = { email: 'monica@acme.com', password: 'swordfish-1', twoFactor };
    await call('POST', `/api/user/${userId}`, { user: one, eventInfo: { ipAddress: '203.0.113.7' } });
    await call('POST', '/api/user/import', { users: [{ ...one, email: 'gavin@acme.com' }] });
    await call('PATCH', `/api/user/${userId}`, { user: { password: 'swordfish-2' } });
    expect(JSON.stringify(sandbox().events())).not.toMatch(/swordfish|aGVsbG8K|VN4S|"salt"|encryptionScheme/);
    expect(sandbox().events()[0]).toMatchObject({
      linkedObjectId: userId,
      event: { event: { type: 'user.create', info: { ipAddress: '203.0.113.7' }, user: { email: 'monica@acme.com' } } },
    });
    expect(typesSince()).toEqual([
      'user.create',
      'user.create.complete',
      'user.bulk.create',
      'user.update',
      'user.update.complete',
      'user.password.update',
    ]);
    const group = (await call('POST', '/api/group', { group: { name: 'Deck' } })).json.group.id;
    typesSince();
    await call('POST', '/api/group/member', { members: { [group]: [{ userId }] } });
    await call('DELETE', `/api/user/bulk?userId=${userId}`);
    await call('DELETE', `/api/user/bulk?userId=${userId}&hardDelete=true`);
    expect(typesSince()).toEqual([
      'group.member.add',
      'group.member.add.complete',
      'user.deactivate',
      'user.delete',
      'user.delete.complete',
    ]);
  });
});
