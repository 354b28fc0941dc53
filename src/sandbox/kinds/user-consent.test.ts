import { beforeEach, describe, expect, test } from 'vitest';

import type { Answer, Instance } from '../kind.js';
import { callRoute, emptyInstance } from '../testing/call.js';
import { useSandbox } from '../testing/http.js';
import { forgetConsents, userConsent } from './user-consent.js';
import { kinds } from './registry.js';

const tenantId = '10000000-0000-0000-0000-000000000001';
const consentId = 'd512b9b8-876f-4b5e-81f0-3e180b6ea485';
const userConsentId = '674b5cd8-482a-43c9-986e-f9764bbee01d';
const [parent, child, stranger] = [
  '605e88b7-a2fb-40b8-9c94-0123c0f6a70c',
  '841d8b33-bf4d-488d-9f2f-2f50d769c3d2',
  '941d8b33-bf4d-488d-9f2f-2f50d769c3d2',
];
const byId = '/api/user/consent/:userConsentId';

let instance: Instance;
beforeEach(() => {
  instance = emptyInstance(kinds);
  for (const id of [parent, child, stranger]) instance.store.put('user', { id: String(id), tenantId });
  instance.store.put('consent', {
    id: consentId,
    name: 'Patient Consent',
    defaultMinimumAgeForSelfConsent: 18,
    multipleValuesAllowed: false,
    values: ['Written', 'Verbal'],
  });
  const members = [
    { userId: parent, role: 'Adult' },
    { userId: child, role: 'Child' },
  ];
  instance.store.put('family', { id: 'family', tenantId, members });
});

const ask = (method: string, path: string, request: object = {}): Promise<Answer> =>
  callRoute(userConsent, instance, { method, path, params: { userConsentId }, ...request });
const grant = (sent: object = {}): Promise<Answer> =>
  ask('POST', `${byId}?`, {
    body: { userConsent: { consentId, giverUserId: parent, userId: child, values: ['Written'], ...sent } },
  });

test('a consent is granted, and comes back with what was consented to', async () => {
  const { body } = await grant();
  expect(body).toEqual({
    userConsent: {
      consent: expect.objectContaining({ id: consentId, name: 'Patient Consent' }),
      consentId,
      data: {},
      giverUserId: parent,
      id: userConsentId,
      insertInstant: expect.any(Number),
      lastUpdateInstant: expect.any(Number),
      status: 'Active',
      userId: child,
      values: ['Written'],
    },
  });
  expect((await ask('GET', `${byId}?`)).body).toEqual(body);
  const all = await ask('GET', `${byId}?`, { params: {}, query: `userId=${child}` });
  expect(all.body).toEqual({ userConsents: [body?.['userConsent']] });
});

describe('a consent is refused', () => {
  test.each([
    [{ consentId: undefined }, '[missing]userConsent.consentId'],
    [{ consentId: child }, '[invalid]userConsent.consentId'],
    [{ userId: consentId }, '[invalid]userConsent.userId'],
    [{ giverUserId: undefined }, '[missing]userConsent.giverUserId'],
    [{ giverUserId: stranger }, '[invalid]userConsent.giverUserId'],
    [{ values: ['Whispered'] }, '[invalid]userConsent.values'],
    [{ values: ['Written', 'Verbal'] }, '[invalid]userConsent.values'],
  ])('with %j: %s', async (sent, code) => {
    await expect(grant(sent)).rejects.toThrow(code);
  });

  test('that is there already', async () => {
    await grant();
    await expect(ask('POST', `${byId}?`, { body: {} })).rejects.toThrow('[duplicate]userConsentId');
    const again = ask('POST', `${byId}?`, {
      params: {},
      body: { userConsent: { consentId, giverUserId: parent, userId: child } },
    });
    await expect(again).rejects.toThrow('[duplicate]userConsent.consentId');
  });

  test('from a user who is too young to consent for himself', async () => {
    instance.store.put('user', { id: String(child), tenantId, birthDate: '2015-05-30' });
    await expect(grant({ giverUserId: child })).rejects.toThrow('[invalid]userConsent.giverUserId');
    instance.store.put('user', { id: String(child), tenantId, birthDate: '1976-05-30' });
    expect((await grant({ giverUserId: child })).status).toBe(200);
  });
});

test('only status and values of a consent can be changed', async () => {
  await grant();
  const changed = await ask('PUT', byId, {
    body: { userConsent: { status: 'Active', values: ['Verbal'], userId: parent } },
  });
  expect(changed.body).toMatchObject({ userConsent: { userId: child, values: ['Verbal'] } });
  await expect(ask('PUT', byId, { body: { userConsent: {} } })).rejects.toThrow('[missing]userConsent.status');
  const patched = await ask('PATCH', byId, { body: { userConsent: { status: 'Revoked' } } });
  expect(patched.body).toMatchObject({ userConsent: { status: 'Revoked', values: ['Verbal'] } });
});

test('a revoked consent stays, and can become active again', async () => {
  await grant();
  expect(await ask('DELETE', byId)).toEqual({ status: 200 });
  expect((await ask('GET', `${byId}?`)).body).toMatchObject({ userConsent: { status: 'Revoked' } });
  const again = await ask('PUT', byId, { body: { userConsent: { status: 'Active' } } });
  expect(again.body).toMatchObject({ userConsent: { status: 'Active' } });
});

test('a consent goes with what was consented to', async () => {
  await grant();
  forgetConsents('consentId', consentId, instance);
  await expect(ask('GET', `${byId}?`)).rejects.toMatchObject({ status: 404 });
});

describe('over HTTP', () => {
  const { call } = useSandbox();

  test('a consent that is defined is granted within a family, and gone with its definition', async () => {
    const consent = { name: 'Patient Consent', defaultMinimumAgeForSelfConsent: 18, values: ['Written', 'Verbal'] };
    const defined = await call('POST', `/api/consent/${consentId}`, { consent });
    expect(defined.status).toBe(200);
    for (const [id, role] of [
      [parent, 'Adult'],
      [child, 'Child'],
    ]) {
      await call('POST', `/api/user/${id}`, { user: { username: `${role}` } });
      const method = role === 'Adult' ? 'POST' : 'PUT';
      await call(method, `/api/user/family/${stranger}`, { familyMember: { userId: id, role } });
    }
    const request = { userConsent: { consentId, giverUserId: parent, userId: child, values: ['Written'] } };
    const { status, json } = await call('POST', '/api/user/consent', request);
    expect(status).toBe(200);
    expect(json.userConsent).toMatchObject({ ...request.userConsent, consent: defined.json.consent, status: 'Active' });
    const path = `/api/user/consent/${json.userConsent.id}`;
    expect(await call('DELETE', path)).toMatchObject({ status: 200, text: '' });
    expect((await call('GET', path)).json.userConsent.status).toBe('Revoked');
    await call('DELETE', `/api/consent/${consentId}`);
    expect((await call('GET', path)).status).toBe(404);
  });
});
