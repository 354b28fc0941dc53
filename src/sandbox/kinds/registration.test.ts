import { beforeEach, describe, expect, test } from 'vitest';

import type { Answer, Instance } from '../kind.js';
import type { Fields } from '../store.js';
import { callRoute, emptyInstance } from '../testing/call.js';
import { user } from './user.js';

const register = '/api/user/registration/:userId?';
const userId = '00000000-0000-0000-0000-000000000001';
const web = '00000000-0000-0000-0000-000000000002';
const richard = { email: ' Richard@Example.com ', password: 'password', data: { crew: 'deck', empty: '' } };

let instance: Instance;
beforeEach(() => {
  instance = emptyInstance([user]);
  instance.store.put('tenant', { id: 't-1' });
  const roles = [{ name: 'admin' }, { name: 'crew', isDefault: true }];
  instance.store.put('application', { id: web, tenantId: 't-1', roles });
});

describe('a user and its registration made in one call', () => {
  test('come back normalised, without the password', async () => {
    const { body } = await post(
      { user: richard, registration: { applicationId: web, roles: ['crew', 'admin', 'crew'] } },
      userId,
    );
    expect(body).toMatchObject({
      user: { id: userId, tenantId: 't-1', email: 'richard@example.com', data: { crew: 'deck' }, active: true },
      registration: { applicationId: web, roles: ['admin', 'crew'] },
    });
    expect(body?.['user']).not.toHaveProperty('password');
  });

  test('do not keep the password in clear', async () => {
    await post({ user: { ...richard, password: 'swordfish-12' }, registration: { applicationId: web } }, userId);
    expect(JSON.stringify(instance.store.get('user', userId))).not.toContain('swordfish-12');
  });

  test('get the default roles when none are named', async () => {
    const { body } = await post({ user: richard, registration: { applicationId: web } });
    expect(body).toMatchObject({ registration: { roles: ['crew'] } });
  });

  test.each([
    [{ user: richard, registration: { applicationId: web, roles: ['captain'] } }, '[invalid]registration.roles'],
    [{ user: richard, registration: { applicationId: 'nope' } }, '[invalid]registration.applicationId'],
    [{ user: { email: 'a@b.c' }, registration: { applicationId: web } }, '[blank]user.password'],
    [{ user: { email: 'a@b.c', password: 'short' }, registration: { applicationId: web } }, '[tooShort]user.password'],
    [{ user: { password: 'password' }, registration: { applicationId: web } }, '[blank]user.email'],
    [{ user: { ...richard, email: 'no address' }, registration: { applicationId: web } }, '[notEmail]user.email'],
    [{ user: richard }, '[missing]registration'],
  ])('from %j are refused with %s, and nothing is stored', async (body, code) => {
    await expect(post(body)).rejects.toThrow(code);
    expect(instance.store.count('user')).toBe(0);
  });

  test('need a tenant when there are two', async () => {
    instance.store.put('tenant', { id: 't-2' });
    await expect(post({ user: richard, registration: { applicationId: web } })).rejects.toThrow('[TenantIdRequired]');
  });
});

test('an e-mail address is taken once per tenant', async () => {
  await post({ user: richard, registration: { applicationId: web } });
  const again = post({ user: { ...richard, email: 'RICHARD@example.com' }, registration: { applicationId: web } });
  await expect(again).rejects.toThrow('[duplicate]user.email');
});

describe('a user who exists', () => {
  beforeEach(async () => {
    instance.store.put('application', { id: 'api', tenantId: 't-1', roles: [{ name: 'reader' }] });
    await post({ user: richard, registration: { applicationId: web } }, userId);
  });

  test('is registered for one more application, once', async () => {
    const { body } = await post({ registration: { applicationId: 'api', roles: ['reader'] } }, userId);
    expect(body).toMatchObject({ registration: { roles: ['reader'] } });
    expect(instance.store.get('user', userId)).toMatchObject({
      registrations: [{ applicationId: web }, { applicationId: 'api' }],
    });
    await expect(post({ registration: { applicationId: 'api' } }, userId)).rejects.toThrow(
      '[duplicate]registration.applicationId',
    );
  });

  test('keeps what a PATCH does not name and loses what a PUT does not name', async () => {
    const one = { params: { userId, applicationId: web }, path: '/api/user/registration/:userId/:applicationId?' };
    const set = { registration: { username: 'rich', timezone: 'Europe/Oslo' } };
    await callRoute(user, instance, { ...one, method: 'PATCH', body: set });
    const patched = await callRoute(user, instance, {
      ...one,
      method: 'PATCH',
      body: { registration: { username: 'dick' } },
    });
    expect(patched.body).toMatchObject({
      registration: { username: 'dick', timezone: 'Europe/Oslo', roles: ['crew'] },
    });
    const put = await callRoute(user, instance, {
      ...one,
      method: 'PUT',
      body: { registration: { roles: ['admin'] } },
    });
    expect(put.body?.['registration']).not.toHaveProperty('username');
    expect(put.body).toMatchObject({ registration: { roles: ['admin'], applicationId: web } });
  });

  test.each([
    ['application/json', { registration: { data: { b: 2 }, roles: ['admin'] } }, { b: 2 }, ['admin']],
    ['application/merge-patch+json', { registration: { data: { b: 2 }, roles: ['admin'] } }, { a: 1, b: 2 }, ['admin']],
    [
      'application/json-patch+json',
      [{ op: 'add', path: '/registration/roles/-', value: 'admin' }],
      { a: 1 },
      ['admin', 'crew'],
    ],
  ])('is patched the way %s is meant', async (contentType, body, data, roles) => {
    const one = { params: { userId, applicationId: web }, path: '/api/user/registration/:userId/:applicationId?' };
    await callRoute(user, instance, { ...one, method: 'PATCH', body: { registration: { data: { a: 1 } } } });
    const answer = await callRoute(user, instance, { ...one, method: 'PATCH', contentType, body });
    expect(answer.body).toMatchObject({ registration: { roles } });
    expect(answer.body).toHaveProperty('registration.data', data);
  });

  test.each(['userId', 'applicationId'])('is not looked for by a %s that is no UUID', async (name) => {
    const params = { userId, applicationId: web, [name]: 'me' };
    const path = '/api/user/registration/:userId/:applicationId';
    const answer = callRoute(user, instance, { method: 'GET', path, params });
    await expect(answer).rejects.toThrow(`[couldNotConvert]${name}`);
  });

  test('loses a registration by DELETE', async () => {
    const one = { params: { userId, applicationId: web }, path: '/api/user/registration/:userId/:applicationId' };
    await callRoute(user, instance, { ...one, method: 'DELETE' });
    await expect(callRoute(user, instance, { ...one, method: 'GET' })).rejects.toMatchObject({ status: 404 });
  });

  test.each([
    ['?queryString=richard', 1],
    ['?queryString=*example.com', 1],
    ['?queryString=nobody', 0],
    [`?ids=${userId}`, 1],
    ['?', 1],
  ])('is looked for with %s', async (query, total) => {
    const { body } = await callRoute(user, instance, { method: 'GET', path: '/api/user/search', query });
    expect(body).toMatchObject({ total });
  });

  test('is found by e-mail, whatever the case', async () => {
    const { body } = await callRoute(user, instance, {
      method: 'GET',
      path: '/api/user',
      query: 'email=RICHARD@example.com',
    });
    expect(body).toMatchObject({ user: { id: userId } });
  });
});

function post(body: Fields, id?: string): Promise<Answer> {
  return callRoute(user, instance, {
    method: 'POST',
    path: register,
    params: id === undefined ? {} : { userId: id },
    body,
  });
}
