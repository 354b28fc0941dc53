import { beforeEach, describe, expect, test } from 'vitest';

import { useSandbox, type HttpAnswer } from '../testing/http.js';

const { call } = useSandbox();
const userId = '00000000-0000-0001-0000-000000000000';
const web = '10000000-0000-0002-0000-000000000001';
const api = '10000000-0000-0002-0000-000000000002';
const root = '/api/user/registration';
const one = `${root}/${userId}/${web}`;
const richard = { email: 'richard@example.com', password: 'password' };

const codes = (answer: HttpAnswer): readonly string[] =>
  Object.values<{ code: string }[]>(answer.json?.fieldErrors ?? {}).flatMap((errors) => errors.map(({ code }) => code));

beforeEach(async () => {
  const roles = [{ name: 'user' }, { name: 'community_helper' }, { name: 'crew', isDefault: true }];
  await call('POST', `/api/application/${web}`, { application: { name: 'Web', roles } });
  await call('POST', `/api/application/${api}`, { application: { name: 'API', roles: [{ name: 'reader' }] } });
});

/** As in FusionAuth's documentation, user-registrations/create-request. */
const documented = {
  applicationId: web,
  data: { displayName: 'Johnny', favoriteSports: ['Football', 'Basketball'] },
  id: '00000000-0000-0002-0000-000000000000',
  preferredLanguages: ['en', 'fr'],
  roles: ['user', 'community_helper'],
  timezone: 'America/Chicago',
  username: 'johnny123',
};

describe('a user who exists', () => {
  beforeEach(async () => {
    await call('POST', `/api/user/${userId}`, { user: richard });
  });

  test('is registered, and the registration comes back as documented', async () => {
    const { status, json } = await call('POST', `${root}/${userId}`, { registration: documented });
    expect(status).toBe(200);
    expect(json).toEqual({
      registration: {
        ...documented,
        roles: ['community_helper', 'user'],
        insertInstant: expect.any(Number),
        lastLoginInstant: json.registration.insertInstant,
        lastUpdateInstant: json.registration.insertInstant,
        usernameStatus: 'ACTIVE',
        verified: true,
        verifiedInstant: json.registration.insertInstant,
      },
    });
    expect((await call('GET', one)).json).toEqual(json);
    expect((await call('GET', `/api/user/${userId}`)).json.user.registrations).toEqual([json.registration]);
  });

  test('is registered for one more application, and for each only once', async () => {
    await call('POST', `${root}/${userId}`, { registration: { applicationId: api, roles: ['reader'] } });
    await call('POST', `${root}/${userId}`, { registration: { applicationId: web } });
    const { user } = (await call('GET', `/api/user/${userId}`)).json;
    expect(user.registrations).toMatchObject([{ applicationId: web, roles: ['crew'] }, { applicationId: api }]);
    const again = await call('POST', `${root}/${userId}`, { registration: { applicationId: web } });
    expect([again.status, codes(again)]).toEqual([400, ['[duplicate]registration']]);
  });

  test('keeps what a PATCH does not name and loses what a PUT does not name', async () => {
    await call('POST', `${root}/${userId}`, { registration: documented });
    const patched = await call('PATCH', one, { registration: { username: 'dick' } });
    expect(patched.json.registration).toMatchObject({ username: 'dick', timezone: 'America/Chicago' });
    const { json } = await call('PUT', one, { registration: { roles: ['user'] } });
    expect(json.registration).not.toHaveProperty('username');
    expect(json.registration).toMatchObject({ id: documented.id, applicationId: web, roles: ['user'], data: {} });
    expect(json.registration.insertInstant).toBe(patched.json.registration.insertInstant);
  });

  test('trap: a PATCH without the application in its path is a PUT', async () => {
    await call('POST', `${root}/${userId}`, { registration: documented });
    const body = { registration: { applicationId: web, username: 'dick' } };
    const { json } = await call('PATCH', `${root}/${userId}`, body);
    expect(json.registration).toMatchObject({ username: 'dick', roles: [], data: {} });
    expect(json.registration).not.toHaveProperty('timezone');
  });

  test.each([
    ['application/json', { registration: { data: { b: 2 }, roles: ['user'] } }, { b: 2 }, ['user']],
    ['application/merge-patch+json', { registration: { data: { b: 2 }, roles: ['user'] } }, { a: 1, b: 2 }, ['user']],
    [
      'application/json-patch+json',
      [{ op: 'add', path: '/registration/roles/-', value: 'user' }],
      { a: 1 },
      ['crew', 'user'],
    ],
  ])('is patched the way %s is meant', async (type, body, data, roles) => {
    await call('POST', `${root}/${userId}`, { registration: { applicationId: web, data: { a: 1 } } });
    const { json } = await call('PATCH', one, body, { type });
    expect(json.registration).toMatchObject({ data, roles });
    expect(json.registration.data).toEqual(data);
  });

  test('loses a registration by DELETE, and with its application', async () => {
    await call('POST', `${root}/${userId}`, { registration: { applicationId: web } });
    await call('POST', `${root}/${userId}`, { registration: { applicationId: api } });
    expect(await call('DELETE', one)).toMatchObject({ status: 200, text: '' });
    expect((await call('GET', one)).status).toBe(404);
    await call('DELETE', `/api/application/${api}?hardDelete=true`);
    expect((await call('GET', `/api/user/${userId}`)).json.user.registrations).toEqual([]);
  });

  test('loses a role that its application loses', async () => {
    await call('POST', `${root}/${userId}`, { registration: documented });
    await call('DELETE', `/api/application/${web}/role?name=user`);
    expect((await call('GET', one)).json.registration.roles).toEqual(['community_helper']);
  });

  test('gets a token to log in with when the request asks for one', async () => {
    const body = { generateAuthenticationToken: true, registration: { applicationId: web } };
    const { json } = await call('POST', `${root}/${userId}`, body);
    expect(json.registration.authenticationToken).toMatch(/^[\w-]{43}$/);
  });

  test('waits to be verified where the application wants it', async () => {
    await call('PATCH', `/api/application/${web}`, {
      application: { verifyRegistration: true, verificationEmailTemplateId: await template() },
    });
    const { json } = await call('POST', `${root}/${userId}`, { registration: { applicationId: web } });
    expect(json.registration.verified).toBe(false);
    const { registrationVerificationIds } = (await call('GET', `/api/user/${userId}`)).json;
    expect(registrationVerificationIds).toEqual({ [web]: json.registrationVerificationId });
    const verify = { verificationId: json.registrationVerificationId };
    expect((await call('POST', '/api/user/verify-registration', verify, { key: null })).status).toBe(200);
    expect((await call('GET', one)).json.registration).toMatchObject({ verified: true });
    expect((await call('POST', '/api/user/verify-registration', verify)).status).toBe(404);
  });

  test.each([
    [`${root}/me/${web}`, '[couldNotConvert]userId'],
    [`${root}/${userId}/web`, '[couldNotConvert]applicationId'],
  ])('is not looked for at %s', async (path, code) => {
    expect(codes(await call('GET', path))).toEqual([code]);
  });

  test('moves its own lastUpdateInstant only where a switch says so', async () => {
    const before = (await call('GET', `/api/user/${userId}`)).json.user.lastUpdateInstant;
    await call('POST', `${root}/${userId}`, { registration: { applicationId: web } });
    expect((await call('GET', `/api/user/${userId}`)).json.user.lastUpdateInstant).toBe(before);
    await call('POST', '/__sandbox/switches', { userPartBumps: 'on' });
    await call('DELETE', one);
    expect((await call('GET', `/api/user/${userId}`)).json.user.lastUpdateInstant).toBeGreaterThan(before);
  });
});

async function template(): Promise<string> {
  const texts = { defaultHtmlTemplate: 'hi', defaultTextTemplate: 'hi', defaultSubject: 'hi', name: 'Verify' };
  return (await call('POST', '/api/email/template', { emailTemplate: texts })).json.emailTemplate.id;
}

describe('a user and its registration made in one call', () => {
  test('come back as documented, without the password', async () => {
    const user = {
      birthDate: '1976-05-30',
      email: 'example@fusionauth.io',
      username: 'johnny123',
      password: 'swordfish-1',
    };
    const { status, json, text } = await call('POST', `${root}/${userId}`, {
      disableDomainBlock: false,
      sendSetPasswordEmail: false,
      skipVerification: false,
      registration: documented,
      user,
    });
    expect(status).toBe(200);
    expect(json).toMatchObject({
      registration: { ...documented, roles: ['community_helper', 'user'] },
      user: { id: userId, email: 'example@fusionauth.io', registrations: [{ id: documented.id }] },
    });
    expect(text).not.toContain('swordfish');
    expect(json.user.lastUpdateInstant).toBe(json.user.insertInstant);
  });

  test.each([
    [{ user: richard, registration: { applicationId: web, roles: ['captain'] } }, '[invalid]registration.roles'],
    [{ user: richard, registration: { applicationId: userId } }, '[invalid]registration.applicationId'],
    [{ user: richard, registration: { applicationId: 'web' } }, '[couldNotConvert]registration.applicationId'],
    [{ user: { email: 'a@b.c', password: 'short' }, registration: { applicationId: web } }, '[tooShort]user.password'],
    [{ user: { ...richard, email: 'no address' }, registration: { applicationId: web } }, '[notEmail]user.email'],
    [{ user: richard }, '[missing]registration'],
    [{ user: richard, registration: {} }, '[missing]registration.applicationId'],
    [{ registration: { applicationId: web } }, '[missing]userId'],
  ])('from %j are refused with %s, and nothing is stored', async (body, code) => {
    expect(codes(await call('POST', root, body))).toContain(code);
    expect((await call('GET', '/api/user?email=richard@example.com')).status).toBe(404);
  });

  test('need a tenant when there are two, and an application of it', async () => {
    const { json } = await call('POST', '/api/tenant', { tenant: { name: 'Acme' } });
    const body = { user: richard, registration: { applicationId: web } };
    expect((await call('POST', root, body)).json.generalErrors[0].code).toBe('[TenantIdRequired]');
    const elsewhere = await call('POST', root, body, { tenantId: json.tenant.id });
    expect(codes(elsewhere)).toEqual(['[invalid]registration.applicationId']);
  });

  test('are refused for a user who exists', async () => {
    await call('POST', `/api/user/${userId}`, { user: richard });
    const body = { user: richard, registration: { applicationId: web } };
    expect(codes(await call('POST', `${root}/${userId}`, body))).toEqual(['[duplicate]userId']);
    expect(codes(await call('POST', root, body))).toEqual(['[duplicate]user.email']);
  });
});
