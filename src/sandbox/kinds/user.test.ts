import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { beforeEach, describe, expect, test } from 'vitest';

import { startSandbox } from '../index.js';
import { callSandbox, useSandbox, type HttpAnswer } from '../testing/http.js';

// The clock stands still: what happens in one request has one instant.
const { call } = useSandbox({ clock: () => Date.UTC(2026, 0, 15, 8, 30) });
const userId = '00000000-0000-0001-0000-000000000000';
const groupId = '2cb5c83f-53ff-4d16-88bd-c5e3802111a5';
const path = `/api/user/${userId}`;
const mergePatch = { type: 'application/merge-patch+json' };

/** The tenant that there is. */
async function changeTenant(tenant: unknown): Promise<string> {
  const { json } = await call('GET', '/api/tenant');
  const { id } = json.tenants[0];
  const answer = await call('PATCH', `/api/tenant/${id}`, { tenant });
  if (answer.status !== 200) throw new Error(answer.text);
  return id;
}

const codes = (answer: HttpAnswer): readonly string[] =>
  Object.values<{ code: string }[]>(answer.json?.fieldErrors ?? {}).flatMap((errors) => errors.map(({ code }) => code));

const create = (user: unknown, beside: object = {}): Promise<HttpAnswer> => call('POST', path, { ...beside, user });

/** As in FusionAuth's documentation, users/create-request. */
const documented = {
  applicationId: '368994e6-ba8a-49b5-8446-7b99ab1fffdf',
  disableDomainBlock: false,
  user: {
    birthDate: '1976-05-30',
    data: { displayName: 'Johnny Boy', favoriteColors: ['Red', 'Blue'] },
    email: 'example@fusionauth.io',
    encryptionScheme: 'salted-sha256',
    factor: 24000,
    expiry: 1571786483322,
    firstName: 'John',
    fullName: 'John Doe',
    imageUrl: 'http://65.media.tumblr.com/tumblr_l7dbl0MHbU1qz50x3o1_500.png',
    lastName: 'Doe',
    memberships: [{ data: { externalId: 'cc6714c6-286c-411c-a6bc-ee413cda1dbc' }, groupId }],
    middleName: 'William',
    mobilePhone: '303-555-1234',
    password: 'supersecret',
    passwordChangeRequired: false,
    phoneNumber: '303-555-1212',
    preferredLanguages: ['en', 'fr'],
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
    },
    usernameStatus: 'ACTIVE',
    username: 'johnny123',
  },
};

describe('a user as the documentation has it', () => {
  test('is created and comes back as documented', async () => {
    await call('POST', `/api/group/${groupId}`, { group: { name: 'Deck' } });
    const { status, json, text } = await call('POST', path, documented);
    expect(status).toBe(200);
    const { user } = json;
    const identity = {
      insertInstant: user.insertInstant,
      lastLoginInstant: user.insertInstant,
      lastUpdateInstant: user.insertInstant,
      primary: true,
      verified: false,
    };
    expect(user).toEqual({
      active: true,
      birthDate: '1976-05-30',
      connectorId: 'e3306678-a53a-4964-9040-1c96f36dda72',
      data: { displayName: 'Johnny Boy', favoriteColors: ['Red', 'Blue'] },
      email: 'example@fusionauth.io',
      expiry: 1571786483322,
      firstName: 'John',
      fullName: 'John Doe',
      id: userId,
      identities: [
        { ...identity, type: 'email', value: 'example@fusionauth.io', verifiedReason: 'Disabled' },
        { ...identity, type: 'phoneNumber', value: '+13035551212', verifiedReason: 'Disabled' },
        {
          ...identity,
          displayValue: 'johnny123',
          moderationStatus: 'ACTIVE',
          type: 'username',
          value: 'johnny123',
          verifiedReason: 'Unverifiable',
        },
      ],
      imageUrl: 'http://65.media.tumblr.com/tumblr_l7dbl0MHbU1qz50x3o1_500.png',
      insertInstant: expect.any(Number),
      lastLoginInstant: user.insertInstant,
      lastName: 'Doe',
      lastUpdateInstant: user.insertInstant,
      memberships: [
        {
          data: { externalId: 'cc6714c6-286c-411c-a6bc-ee413cda1dbc' },
          groupId,
          id: expect.any(String),
          insertInstant: user.insertInstant,
        },
      ],
      middleName: 'William',
      mobilePhone: '303-555-1234',
      passwordChangeRequired: false,
      passwordLastUpdateInstant: user.insertInstant,
      phoneNumber: '+13035551212',
      preferredLanguages: ['en', 'fr'],
      registrations: [],
      tenantId: expect.any(String),
      timezone: 'America/Denver',
      twoFactor: {
        methods: [
          {
            authenticator: { algorithm: 'HmacSHA1', codeLength: 6, timeStep: 30 },
            id: expect.stringMatching(/^\w{4}$/),
            method: 'authenticator',
          },
          { id: expect.any(String), method: 'sms', mobilePhone: '555-555-5555' },
          { email: 'example@fusionauth.io', id: expect.any(String), method: 'email' },
        ],
        recoveryCodes: [],
      },
      username: 'johnny123',
      usernameStatus: 'ACTIVE',
      verified: true,
      verifiedInstant: user.insertInstant,
    });
    for (const secret of ['supersecret', 'aGVsbG8K', 'salted-sha256', 'salt']) expect(text).not.toContain(secret);
  });

  test('shows scheme and factor of its password only to who looks it up', async () => {
    const { user } = documented;
    await create({ ...user, memberships: [] });
    const { json, text } = await call('GET', path);
    expect(json.user).toMatchObject({ encryptionScheme: 'salted-sha256', factor: 24000 });
    expect(text).not.toContain('"salt"');
    expect((await call('PUT', path, { user: { email: user.email } })).text).not.toContain('encryptionScheme');
  });
});

describe('a user with only what is required', () => {
  test('has the documented defaults, and none of a password it was not given', async () => {
    const { json } = await create({ username: 'Monica' });
    expect(json.user).toEqual({
      active: true,
      connectorId: 'e3306678-a53a-4964-9040-1c96f36dda72',
      data: {},
      id: userId,
      identities: [expect.objectContaining({ type: 'username', value: 'Monica' })],
      insertInstant: expect.any(Number),
      lastLoginInstant: json.user.insertInstant,
      lastUpdateInstant: json.user.insertInstant,
      memberships: [],
      passwordChangeRequired: false,
      preferredLanguages: [],
      registrations: [],
      tenantId: expect.any(String),
      twoFactor: { methods: [], recoveryCodes: [] },
      username: 'Monica',
      usernameStatus: 'ACTIVE',
      verified: false,
    });
  });

  test('goes back to them by a PUT, but keeps its password', async () => {
    await create({ ...documented.user, memberships: [] });
    const before = (await call('GET', path)).json.user;
    const { json } = await call('PUT', path, { user: { email: 'monica@acme.com' } });
    expect(json.user).not.toHaveProperty('firstName');
    expect(json.user).toMatchObject({ data: {}, twoFactor: {}, preferredLanguages: [], verified: true });
    expect(json.user.identities.map(({ type }: { type: string }) => type)).toEqual(['email']);
    const after = (await call('GET', path)).json.user;
    expect(after).toMatchObject({
      encryptionScheme: before.encryptionScheme,
      passwordLastUpdateInstant: before.passwordLastUpdateInstant,
    });
  });
});

test('texts are trimmed, addresses lower-cased and languages counted once', async () => {
  const { json } = await create({
    email: ' Monica@ACME.com ',
    firstName: ' Monica ',
    parentEmail: 'Parent@acme.com',
    preferredLanguages: ['en', 'de', 'en', ''],
    data: { crew: 'deck', gone: null, empty: '' },
  });
  expect(json.user).toMatchObject({
    email: 'monica@acme.com',
    firstName: 'Monica',
    parentEmail: 'parent@acme.com',
    preferredLanguages: ['en', 'de'],
  });
  expect(json.user.data).toEqual({ crew: 'deck', empty: '' });
});

describe('a user is refused', () => {
  test.each([
    [{}, ['[blank]user.email', '[blank]user.username']],
    [{ email: 'no address' }, ['[notEmail]user.email']],
    [{ email: 'a@b.c', password: 'short' }, ['[tooShort]user.password']],
    [{ email: 'a@b.c', password: 'x'.repeat(257) }, ['[tooLong]user.password']],
    [{ email: 'a@b.c', birthDate: '30.05.1976' }, ['[invalidJSON]']],
    [{ email: 'a@b.c', birthDate: '2023-02-30' }, ['[invalidJSON]']],
    [{ email: 'a@b.c', timezone: 'Mars/Olympus' }, ['[invalidJSON]']],
    [{ email: 'a@b.c', memberships: [{ groupId }] }, ['[invalid]user.memberships[0].groupId']],
    [{ email: 'a@b.c', password: 'password', encryptionScheme: 'rot13' }, ['[invalid]user.encryptionScheme']],
    [{ phoneNumber: '12' }, ['[invalid]user.phoneNumber']],
    [
      { email: 'a@b.c', twoFactor: { methods: [{ method: 'authenticator' }] } },
      ['[blank]user.twoFactor.methods[0].secret'],
    ],
  ])('for %j with %j', async (user, expected) => {
    const answer = await create(user);
    expect([answer.status, codes(answer)]).toEqual([400, expected]);
    expect((await call('GET', path)).status).toBe(404);
  });

  test('for a domain that the tenant blocks, unless the request says otherwise', async () => {
    await changeTenant({ registrationConfiguration: { blockedDomains: ['Spam.io'] } });
    const user = { email: 'monica@spam.io' };
    expect(codes(await create(user))).toEqual(['[blocked]user.email']);
    expect((await create(user, { disableDomainBlock: true })).status).toBe(200);
  });

  test('when a login id is taken, whatever its case', async () => {
    await call('POST', '/api/user', {
      user: { email: 'monica@acme.com', username: 'Monica', phoneNumber: '3035551212' },
    });
    const answer = await create({ email: 'MONICA@acme.com', username: 'monica', phoneNumber: '+1 303-555-1212' });
    expect(codes(answer)).toEqual(['[duplicate]user.email', '[duplicate]user.phoneNumber', '[duplicate]user.username']);
    expect(answer.json.fieldErrors['user.email'][0].message).toBe(
      'A User with email = [monica@acme.com] already exists.',
    );
    const { json } = await call('POST', '/api/tenant', { tenant: { name: 'Acme' } });
    const elsewhere = await call('POST', path, { user: { email: 'monica@acme.com' } }, { tenantId: json.tenant.id });
    expect(elsewhere.status).toBe(200);
  });
});

test('what a password must be like is told to anybody, of the tenant that is named or the only one', async () => {
  const tenantId = await changeTenant({ passwordValidationRules: { requireNumber: true } });
  const path = '/api/tenant/password-validation-rules';
  const { json } = await call('GET', path, undefined, { key: null });
  expect(json.passwordValidationRules).toMatchObject({ minLength: 8, requireNumber: true });
  await call('POST', '/api/tenant', { tenant: { name: 'Acme' } });
  expect((await call('GET', `${path}/${tenantId}`, undefined, { key: null })).json).toEqual(json);
  expect((await call('GET', path, undefined, { key: null })).json.generalErrors[0].code).toBe('[TenantIdRequired]');
  expect((await call('GET', `${path}/${userId}`, undefined, { key: null })).status).toBe(404);
});

describe('passwords', () => {
  test.each([
    ['requireMixedCase', 'password', '[singleCase]user.password'],
    ['requireNonAlpha', 'Passw0rd', '[onlyAlpha]user.password'],
    ['requireNumber', 'password', '[requireNumber]user.password'],
    ['disallowUserLoginId', 'xx-Monica@acme.com', '[containsUserLoginId]user.password'],
  ])('must follow the tenant’s %s', async (rule, password, code) => {
    await changeTenant({ passwordValidationRules: { [rule]: true } });
    expect(codes(await create({ email: 'monica@acme.com', password }))).toEqual([code]);
    expect((await create({ email: 'monica@acme.com', password: 'xY1!xY1!' })).status).toBe(200);
  });

  test('that were used before are remembered as long as the tenant says', async () => {
    await changeTenant({ passwordValidationRules: { rememberPreviousPasswords: { enabled: true, count: 2 } } });
    await create({ email: 'monica@acme.com', password: 'password-1' });
    const put = (password: string): Promise<HttpAnswer> =>
      call('PUT', path, { user: { email: 'monica@acme.com', password } });
    expect(codes(await put('password-1'))).toEqual(['[previouslyUsed]user.password']);
    expect((await put('password-2')).status).toBe(200);
    expect(codes(await put('password-1'))).toEqual(['[previouslyUsed]user.password']);
    expect((await put('password-3')).status).toBe(200);
    expect((await put('password-1')).status).toBe(200);
  });

  test('cannot be changed before their time', async () => {
    await changeTenant({ minimumPasswordAge: { enabled: true, seconds: 3600 } });
    await create({ email: 'monica@acme.com', password: 'password-1' });
    const answer = await call('PATCH', path, { user: { password: 'password-2' } });
    expect(codes(answer)).toEqual(['[tooYoung]user.password']);
  });

  test('are changed only when the present one is right, where it is named', async () => {
    await create({ email: 'monica@acme.com', password: 'password-1' });
    const change = { user: { password: 'password-2' } };
    const wrong = await call('PATCH', path, { ...change, currentPassword: 'password-0' });
    expect(codes(wrong)).toEqual(['[invalid]currentPassword']);
    expect((await call('PATCH', path, { ...change, currentPassword: 'password-1' })).status).toBe(200);
    expect((await call('PATCH', path, { currentPassword: 'password-2', user: {} })).status).toBe(200);
  });

  test('may come as a hash by an update, with all that belongs to it', async () => {
    await create({ email: 'monica@acme.com' });
    const hash = { encryptionScheme: 'bcrypt', factor: 5, salt: 'CCCCCCCCCCCCCCCCCCCCC.' };
    const missing = await call('PATCH', path, { passwordFieldType: 'HASHED', user: { ...hash, password: undefined } });
    expect(codes(missing)).toEqual(['[missing]user.password']);
    const user = { ...hash, password: 'E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW' };
    expect((await call('PATCH', path, { passwordFieldType: 'HASHED', user })).status).toBe(200);
    expect((await call('PATCH', path, { currentPassword: 'U*U', user: {} })).status).toBe(200);
  });

  test('are not looked at when a message is to be sent to set one', async () => {
    const { json } = await create({ email: 'monica@acme.com', password: 'x' }, { sendSetPasswordEmail: true });
    expect(json.user).not.toHaveProperty('passwordLastUpdateInstant');
    expect(json.user).not.toHaveProperty('lastLoginInstant');
  });
});

describe('a PATCH', () => {
  const start = {
    email: 'monica@acme.com',
    data: { a: 1, b: { c: 1 } },
    preferredLanguages: ['en'],
    firstName: 'Monica',
  };

  test('trap: of the legacy kind replaces data and languages as a whole', async () => {
    await create(start);
    const { json } = await call('PATCH', path, {
      user: { data: { b: { d: 2 } }, preferredLanguages: ['fr'], firstName: null },
    });
    expect(json.user.data).toEqual({ b: { d: 2 } });
    expect(json.user).toMatchObject({ email: 'monica@acme.com', preferredLanguages: ['fr'] });
    expect(json.user).not.toHaveProperty('firstName');
  });

  test('as a merge-patch merges data and replaces lists', async () => {
    await create(start);
    const { json } = await call(
      'PATCH',
      path,
      { user: { data: { b: { d: 2 } }, preferredLanguages: ['fr'] } },
      mergePatch,
    );
    expect(json.user.data).toEqual({ a: 1, b: { c: 1, d: 2 } });
    expect(json.user.preferredLanguages).toEqual(['fr']);
  });

  test('as a json-patch points into the envelope', async () => {
    await create(start);
    const operations = [
      { op: 'replace', path: '/user/data/a', value: 2 },
      { op: 'add', path: '/user/preferredLanguages/-', value: 'fr' },
    ];
    const { json } = await call('PATCH', path, operations, { type: 'application/json-patch+json' });
    expect(json.user).toMatchObject({ data: { a: 2, b: { c: 1 } }, preferredLanguages: ['en', 'fr'] });
  });

  test('keeps second factors with their secrets, and so does a PUT of what a GET shows', async () => {
    const methods = [{ method: 'authenticator', secret: 'aGVsbG8Kd29ybGQKaGVsbG8gaGVsbG8=' }];
    const made = await create({ ...start, twoFactor: { methods } });
    const patched = await call('PATCH', path, { user: { firstName: 'Gavin' } });
    expect(patched.json.user.twoFactor).toEqual(made.json.user.twoFactor);
    const { json } = await call('GET', path);
    const put = await call('PUT', path, json);
    expect(put.text).toContain('twoFactor');
    expect(put.json.user.twoFactor).toEqual(made.json.user.twoFactor);
  });
});

test('trap: a PUT ignores memberships, registrations and what the server sets, without a word', async () => {
  await call('POST', `/api/group/${groupId}`, { group: { name: 'Deck' } });
  await create({ email: 'monica@acme.com', memberships: [{ groupId }] });
  const user = { email: 'monica@acme.com', memberships: [], active: false, verified: false, registrations: [{}] };
  const { status, json } = await call('PUT', path, { user });
  expect(status).toBe(200);
  expect(json.user).toMatchObject({ active: true, verified: true, registrations: [], memberships: [{ groupId }] });
});

test('a password can be asked to be changed only where there is one', async () => {
  const { json } = await create({ email: 'monica@acme.com', passwordChangeRequired: true });
  expect(json.user.passwordChangeRequired).toBe(false);
  const changed = await call('PATCH', path, { user: { password: 'password', passwordChangeRequired: true } });
  expect(changed.json.user).toMatchObject({ passwordChangeRequired: true, passwordChangeReason: 'Administrative' });
});

describe('a user is looked up', () => {
  beforeEach(() => create({ email: 'monica@acme.com', username: 'Monica', phoneNumber: '+13035551212' }));

  test.each([
    'email=MONICA@acme.com',
    'username=monica',
    'loginId=monica@acme.com',
    'loginId=monica',
    'loginId=303-555-1212&loginIdTypes=phoneNumber',
  ])('by %j', async (query) => {
    expect((await call('GET', `/api/user?${query}`)).json.user.id).toBe(userId);
  });

  test.each([
    'loginId=303-555-1212',
    'loginId=monica&loginIdTypes=email',
    'email=monica',
    'loginId=%20monica',
    'changePasswordId=abc',
    'verificationId=abc',
    '',
  ])('in vain by %j', async (query) => {
    expect(await call('GET', `/api/user?${query}`)).toMatchObject({ status: 404, text: '' });
  });

  test('trap: by what is unique in a tenant only when the tenant is known', async () => {
    const { tenantId } = (await call('GET', path)).json.user;
    const other = (await call('POST', '/api/tenant', { tenant: { name: 'Acme' } })).json.tenant.id;
    const query = '/api/user?email=monica@acme.com';
    expect((await call('GET', query)).json.generalErrors[0].code).toBe('[TenantIdRequired]');
    expect((await call('GET', query, undefined, { tenantId })).status).toBe(200);
    expect((await call('GET', query, undefined, { tenantId: other })).status).toBe(404);
    expect((await call('GET', path)).status).toBe(200);
  });
});

describe('a tenant that verifies addresses', () => {
  test('gives the id that a message would carry, until the address is another or needs none', async () => {
    await changeTenant({ emailConfiguration: { verifyEmail: true, verificationEmailTemplateId: await template() } });
    const { json } = await create({ email: 'monica@acme.com' });
    expect(json.user).toMatchObject({ verified: false, identities: [{ verified: false, verifiedReason: 'Pending' }] });
    expect(json.user).not.toHaveProperty('verifiedInstant');
    expect(json.verificationIds).toEqual([{ id: json.emailVerificationId, type: 'email', value: 'monica@acme.com' }]);
    const found = await call('GET', `/api/user?verificationId=${json.emailVerificationId}`);
    expect(found.json).toMatchObject({ emailVerificationId: json.emailVerificationId, user: { id: userId } });
    await call('DELETE', `${path}?hardDelete=true`);
    expect((await call('GET', `/api/user?verificationId=${json.emailVerificationId}`)).status).toBe(404);
  });

  test('lets a request skip it', async () => {
    await changeTenant({ emailConfiguration: { verifyEmail: true, verificationEmailTemplateId: await template() } });
    const { json } = await create({ email: 'monica@acme.com' }, { skipVerification: true });
    expect(json.user).toMatchObject({ verified: true, identities: [{ verified: false, verifiedReason: 'Skipped' }] });
    expect(json).not.toHaveProperty('emailVerificationId');
  });

  async function template(): Promise<string> {
    const texts = { defaultHtmlTemplate: 'hi', defaultTextTemplate: 'hi', defaultSubject: 'hi', name: 'Verify' };
    return (await call('POST', '/api/email/template', { emailTemplate: texts })).json.emailTemplate.id;
  }
});

describe('a tenant where names need not be unique', () => {
  test('puts a number behind the second one', async () => {
    const unique = { enabled: true, numberOfDigits: 4, separator: '#', strategy: 'OnCollision' };
    await changeTenant({ usernameConfiguration: { unique } });
    const first = await call('POST', '/api/user', { user: { username: 'monica' } });
    expect(first.json.user).toMatchObject({ username: 'monica', uniqueUsername: 'monica' });
    const { json } = await create({ username: 'Monica' });
    expect(json.user).toMatchObject({ username: 'Monica', uniqueUsername: expect.stringMatching(/^Monica#\d{4}$/) });
    expect(json.user.identities[0]).toMatchObject({ displayValue: 'Monica', value: json.user.uniqueUsername });
    const kept = await call('PUT', path, { user: { username: 'Monica', firstName: 'Monica' } });
    expect(kept.json.user.uniqueUsername).toBe(json.user.uniqueUsername);
    const found = await call('GET', `/api/user?username=${encodeURIComponent(json.user.uniqueUsername)}`);
    expect(found.json.user.id).toBe(userId);
  });
});

test('a legacyIdentifier is given once, and is nobody else’s', async () => {
  await create({ email: 'monica@acme.com', legacyIdentifier: 'crew-1' });
  const { json } = await call('PUT', path, { user: { email: 'monica@acme.com', legacyIdentifier: 'crew-2' } });
  expect(json.user.legacyIdentifier).toBe('crew-1');
  const other = await call('POST', '/api/user', { user: { email: 'gavin@acme.com', legacyIdentifier: 'crew-1' } });
  expect(codes(other)).toEqual(['[duplicate]user.legacyIdentifier']);
});

test('a user is inactive after DELETE and active again after reactivation', async () => {
  await create({ email: 'monica@acme.com' });
  expect(await call('DELETE', path)).toMatchObject({ status: 200, text: '' });
  expect((await call('GET', path)).json.user.active).toBe(false);
  expect(codes(await call('POST', '/api/user', { user: { email: 'monica@acme.com' } }))).toEqual([
    '[duplicate]user.email',
  ]);
  expect((await call('PUT', `${path}?reactivate=true`)).json.user.active).toBe(true);
  expect((await call('DELETE', path, { hardDelete: true })).status).toBe(200);
  expect((await call('GET', path)).status).toBe(404);
});

test('ids of identities that were verified beforehand are none that the sandbox could know', async () => {
  const answer = await create({ email: 'monica@acme.com' }, { verificationIds: ['abc'] });
  expect(codes(answer)).toEqual(['[invalid]verificationIds']);
});

test('the state that a sandbox keeps in a file has no password in clear', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'sandbox-users-'));
  const lines: string[] = [];
  const keeping = await startSandbox({ dataDir, log: (line) => lines.push(line) });
  const user = { email: 'monica@acme.com', password: 'swordfish-1' };
  await callSandbox(keeping, 'POST', '/api/user', { user });
  await callSandbox(keeping, 'POST', '/api/user/import', { users: [{ ...user, email: 'gavin@acme.com' }] });
  await keeping.close();
  const kept = readdirSync(dataDir).map((name) => readFileSync(join(dataDir, name), 'utf8'));
  rmSync(dataDir, { recursive: true });
  expect(kept.join()).toContain('gavin@acme.com');
  expect([...kept, ...lines].join()).not.toContain('swordfish-1');
});
