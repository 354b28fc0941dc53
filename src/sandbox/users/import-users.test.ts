import { beforeEach, describe, expect, test } from 'vitest';

import { kinds } from '../kinds/registry.js';
import { user } from '../kinds/user.js';
import { callRoute, emptyInstance, recordedEvents } from '../testing/call.js';
import { useSandbox, type HttpAnswer } from '../testing/http.js';

const clock = { now: Date.UTC(2026, 0, 15) };
const { call } = useSandbox({ clock: () => clock.now });
const groupId = '2cb5c83f-53ff-4d16-88bd-c5e3802111a5';
const web = '00000000-0000-0000-0000-000000000002';

const codes = (answer: HttpAnswer): readonly string[] =>
  Object.values<{ code: string }[]>(answer.json?.fieldErrors ?? {}).flatMap((errors) => errors.map(({ code }) => code));
const importAll = (users: readonly unknown[], beside: object = {}): Promise<HttpAnswer> =>
  call('POST', '/api/user/import', { ...beside, users });
const byEmail = async (email: string): Promise<any> => (await call('GET', `/api/user?email=${email}`)).json?.user;

/** As in FusionAuth's documentation, users/import-request; the hash there is hexadecimal, which no encryptor makes. */
const documented = {
  active: true,
  birthDate: '1976-05-30',
  data: { displayName: 'Johnny Boy', favoriteColors: ['Red', 'Blue'] },
  email: 'example@fusionauth.io',
  encryptionScheme: 'salted-sha256',
  expiry: 1571786483322,
  factor: 24000,
  firstName: 'John',
  fullName: 'John Doe',
  imageUrl: 'http://65.media.tumblr.com/tumblr_l7dbl0MHbU1qz50x3o1_500.png',
  insertInstant: 1331449200000,
  lastName: 'Doe',
  memberships: [{ data: { externalId: 'cc6714c6-286c-411c-a6bc-ee413cda1dbc' }, groupId }],
  middleName: 'William',
  mobilePhone: '303-555-1234',
  password: '5ac152b6f8bdb8bb12959548d542cb237c4a730064bf88bbb8dd6e204912baad',
  passwordChangeRequired: false,
  phoneNumber: '303-555-1212',
  preferredLanguages: ['en', 'fr'],
  registrations: [
    {
      applicationId: web,
      data: { birthplace: 'Bremen' },
      insertInstant: 1331449200000,
      preferredLanguages: ['de'],
      roles: ['moderator'],
      username: 'Mausebär',
      verified: true,
    },
  ],
  salt: 'NDdiYWZkZDMtYjk5ZC00ZmZkLWE1YmUtZTQxNGM4MDkwNWYw',
  timezone: 'America/Denver',
  twoFactor: {
    methods: [
      {
        authenticator: { algorithm: 'HmacSHA1', codeLength: 6, timeStep: 30 },
        secret: 'aGVsbG8Kd29ybGQKaGVsbG8gaGVsbG8=',
        method: 'authenticator',
      },
      { method: 'sms', mobilePhone: '555-555-5555' },
      { method: 'email', email: 'example@fusionauth.io' },
    ],
    recoveryCodes: ['VN4S-SYGZ-D4QX'],
  },
  usernameStatus: 'ACTIVE',
  username: 'johnny123',
  verified: true,
};

beforeEach(async () => {
  await call('POST', `/api/group/${groupId}`, { group: { name: 'Deck' } });
  await call('POST', `/api/application/${web}`, { application: { name: 'Web', roles: [{ name: 'moderator' }] } });
});

test('the documented import is answered with nothing, and makes the documented user', async () => {
  expect(await importAll([documented])).toMatchObject({ status: 200, text: '' });
  const { json, text } = await call('GET', '/api/user?email=example@fusionauth.io');
  expect(json.user).toMatchObject({
    active: true,
    birthDate: '1976-05-30',
    email: 'example@fusionauth.io',
    encryptionScheme: 'salted-sha256',
    factor: 24000,
    identities: [
      { type: 'email', verified: true, verifiedReason: 'Import' },
      { type: 'phoneNumber', value: '+13035551212', verified: false, verifiedReason: 'Import' },
      { type: 'username', verifiedReason: 'Unverifiable' },
    ],
    insertInstant: 1331449200000,
    lastUpdateInstant: clock.now,
    memberships: [{ groupId, data: { externalId: 'cc6714c6-286c-411c-a6bc-ee413cda1dbc' } }],
    passwordLastUpdateInstant: clock.now,
    registrations: [
      {
        applicationId: web,
        data: { birthplace: 'Bremen' },
        insertInstant: 1331449200000,
        preferredLanguages: ['de'],
        roles: ['moderator'],
        username: 'Mausebär',
        usernameStatus: 'ACTIVE',
        verified: true,
        verifiedInstant: clock.now,
      },
    ],
    username: 'johnny123',
    verified: true,
    verifiedInstant: clock.now,
  });
  expect(json.user.twoFactor.methods).toHaveLength(3);
  expect(json.user).not.toHaveProperty('lastLoginInstant');
  for (const secret of ['5ac152b6', 'NDdiYWZk', 'aGVsbG8K', 'VN4S']) expect(text).not.toContain(secret);
});

test('trap: an imported user is inactive and unverified unless it says otherwise', async () => {
  await importAll([{ email: 'monica@acme.com' }]);
  const user = await byEmail('monica@acme.com');
  expect(user).toMatchObject({
    active: false,
    verified: false,
    insertInstant: clock.now,
    lastUpdateInstant: clock.now,
  });
  expect(user).not.toHaveProperty('passwordLastUpdateInstant');
});

test('a switch gives an imported user the lastUpdateInstant that it was inserted at', async () => {
  await call('POST', '/__sandbox/switches', { importedLastUpdate: 'insertInstant' });
  await importAll([{ email: 'monica@acme.com', insertInstant: 1331449200000 }]);
  expect((await byEmail('monica@acme.com')).lastUpdateInstant).toBe(1331449200000);
});

test('a password in clear is hashed, and the hash is known again', async () => {
  await importAll([{ email: 'monica@acme.com', password: 'swordfish-1' }], { encryptionScheme: 'bcrypt', factor: 8 });
  const user = await byEmail('monica@acme.com');
  expect(user).toMatchObject({ encryptionScheme: 'bcrypt', factor: 8 });
  const change = { currentPassword: 'swordfish-1', user: { password: 'swordfish-2' } };
  expect((await call('PATCH', `/api/user/${user.id}`, change)).status).toBe(200);
});

describe('an import is refused', () => {
  test.each([
    [[], ['[missing]users']],
    [[{}], ['[blank]user.email', '[blank]user.username']],
    [[{ email: 'a@b.c', registrations: [{}] }], ['[missing]user.registration.applicationId']],
    [[{ email: 'a@b.c', registrations: [{ applicationId: groupId }] }], ['[invalid]user.registration.applicationId']],
    [
      [{ email: 'a@b.c', registrations: [{ applicationId: web, roles: ['captain'] }] }],
      ['[invalid]user.registration.roles'],
    ],
    [[{ email: 'a@b.c', password: 'x', encryptionScheme: 'salted-md5' }], ['[missing]user.salt']],
    [[{ email: 'a@b.c', password: 'x', salt: '', encryptionScheme: 'rot13' }], ['[invalid]user.encryptionScheme']],
    [[{ email: 'a@b.c' }, { id: 'me' }], ['[couldNotConvert]users[1].id']],
  ])('with %j for %j, and nobody is there', async (users, expected) => {
    const answer = await importAll(users);
    expect([answer.status, codes(answer)]).toEqual([400, expected]);
    expect(await byEmail('a@b.c')).toBeUndefined();
  });

  test('trap: with 500 for a duplicate, unless additional validation is asked for', async () => {
    await importAll([{ email: 'monica@acme.com' }]);
    const users = [{ email: 'gavin@acme.com' }, { email: 'MONICA@acme.com' }];
    const answer = await importAll(users);
    expect([answer.status, answer.json.generalErrors[0].code]).toEqual([500, '[ImportRequestFailed]']);
    const validated = await importAll(users, { validateDbConstraints: true });
    expect([validated.status, codes(validated)]).toEqual([400, ['[duplicate]user.email']]);
    expect(await byEmail('gavin@acme.com')).toBeUndefined();
  });

  test('for two of one name in the request', async () => {
    const users = [{ username: 'monica' }, { username: 'Monica' }];
    expect(codes(await importAll(users, { validateDbConstraints: true }))).toEqual(['[duplicate]user.username']);
  });

  test('trap: with 500 for a group that does not exist, whatever is asked for', async () => {
    const users = [{ email: 'monica@acme.com', memberships: [{ groupId: web }] }];
    expect((await importAll(users, { validateDbConstraints: true })).status).toBe(500);
  });

  test('without a tenant where there are two, unless each user names one', async () => {
    const { json } = await call('POST', '/api/tenant', { tenant: { name: 'Acme' } });
    expect((await importAll([{ email: 'monica@acme.com' }])).json.generalErrors[0].code).toBe('[TenantIdRequired]');
    const named = await importAll([{ email: 'monica@acme.com', tenantId: json.tenant.id }]);
    expect(named.status).toBe(200);
    const found = await call('GET', '/api/user?email=monica@acme.com', undefined, { tenantId: json.tenant.id });
    expect(found.json.user.tenantId).toBe(json.tenant.id);
  });
});

test('webhooks are told of an import once for each tenant, and of no single user', async () => {
  const { told, events } = recordedEvents();
  const instance = emptyInstance(kinds, { events });
  const tenants = ['10000000-0000-0000-0000-000000000001', '10000000-0000-0000-0000-000000000002'];
  for (const id of tenants) instance.store.put('tenant', { id });
  const users = [0, 1, 0].map((tenant, at) => ({
    email: `crew-${at}@acme.com`,
    password: 'swordfish-1',
    tenantId: tenants[tenant],
  }));
  await callRoute(user, instance, { method: 'POST', path: '/api/user/import', body: { users } });
  expect(told).toMatchObject([
    { type: 'user.bulk.create', tenantId: tenants[0], fields: { users: [{}, {}] } },
    { type: 'user.bulk.create', tenantId: tenants[1], fields: { users: [{}] } },
  ]);
  expect(told[0]).not.toHaveProperty('linkedObjectId');
  expect(JSON.stringify(told)).not.toMatch(/swordfish|"salt"|"password"/);
});

test('10,000 users are imported and found again in a time that does not grow with their square', async () => {
  const start = performance.now();
  const crew = (from: number): readonly unknown[] =>
    Array.from({ length: 5000 }, (_, at) => ({
      active: true,
      email: `crew-${from + at}@acme.com`,
      memberships: [{ groupId }],
      registrations: [{ applicationId: web, roles: ['moderator'] }],
    }));
  expect((await importAll(crew(0))).status).toBe(200);
  expect((await importAll(crew(5000), { validateDbConstraints: true })).status).toBe(200);
  expect((await call('GET', '/api/user/search?queryString=crew-9999')).json.total).toBe(1);
  const found = await call('GET', '/api/user?email=crew-7777@acme.com');
  expect(found.json.user.memberships).toHaveLength(1);
  expect(performance.now() - start).toBeLessThan(20_000);
}, 30_000);
