import { beforeEach, describe, expect, test } from 'vitest';

import { useSandbox } from '../testing/http.js';

const { call } = useSandbox();
const id = '2b2f3f0e-7b55-4f6e-8f5c-0d8f2a9d7c32';
const path = `/api/application/${id}`;
const fusionAuth = '/api/application/3c219e58-ed0e-4b18-ad48-f4f92793ae32';

async function create(fields: object = {}): Promise<any> {
  const { status, json } = await call('POST', path, { application: { name: 'Web', ...fields } });
  expect(json.fieldErrors).toBeUndefined();
  expect(status).toBe(200);
  return json.application;
}

async function put(fields: object = {}): Promise<any> {
  return (await call('PUT', path, { application: { name: 'Web', ...fields } })).json.application;
}

describe('the client of an application', () => {
  test('has the application’s id, whatever is sent', async () => {
    const application = await create({ oauthConfiguration: { clientId: 'my-client' } });
    expect(application.oauthConfiguration.clientId).toBe(id);
  });

  test('has a secret that is made, taken from a request, and kept when left out or blank', async () => {
    const made = (await create()).oauthConfiguration.clientSecret;
    expect(made).toMatch(/^[\w-]{43}$/);
    expect((await put()).oauthConfiguration.clientSecret).toBe(made);
    expect((await put({ oauthConfiguration: { clientSecret: ' ' } })).oauthConfiguration.clientSecret).toBe(made);
    expect((await put({ oauthConfiguration: { clientSecret: ' new ' } })).oauthConfiguration.clientSecret).toBe('new');
  });

  test('has one authentication policy under two names', async () => {
    const older = await create({ oauthConfiguration: { requireClientAuthentication: false } });
    expect(older.oauthConfiguration.clientAuthenticationPolicy).toBe('NotRequired');
    const newer = await put({ oauthConfiguration: { clientAuthenticationPolicy: 'NotRequiredWhenUsingPKCE' } });
    expect(newer.oauthConfiguration.requireClientAuthentication).toBe(false);
  });
});

test('the OAuth configuration is for everybody, its secret only for an API key', async () => {
  const { clientSecret } = (await create()).oauthConfiguration;
  const withKey = (await call('GET', `${path}/oauth-configuration`)).json;
  expect(withKey).toMatchObject({ httpSessionMaxInactiveInterval: 3600, oauthConfiguration: { clientSecret } });
  const { status, json } = await call('GET', `${path}/oauth-configuration`, undefined, { key: null });
  expect(status).toBe(200);
  expect(json.oauthConfiguration).toMatchObject({ clientId: id });
  expect(json.oauthConfiguration).not.toHaveProperty('clientSecret');
});

describe('what the server makes of an application', () => {
  test('trap: grants are sorted, blank URLs dropped, the name trimmed', async () => {
    const { name, oauthConfiguration } = await create({
      name: ' Web ',
      oauthConfiguration: {
        authorizedRedirectURLs: ['https://b.test', '', 'https://a.test'],
        enabledGrants: ['refresh_token', 'authorization_code', 'refresh_token'],
      },
    });
    expect(name).toBe('Web');
    expect(oauthConfiguration).toMatchObject({
      authorizedRedirectURLs: ['https://b.test', 'https://a.test'],
      enabledGrants: ['authorization_code', 'refresh_token'],
    });
  });

  test('trap: the revocation policy of refresh tokens is never there', async () => {
    const refreshTokenRevocationPolicy = { onLoginPrevented: true };
    const { jwtConfiguration } = await create({ jwtConfiguration: { enabled: true, refreshTokenRevocationPolicy } });
    expect(jwtConfiguration).not.toHaveProperty('refreshTokenRevocationPolicy');
  });

  test('trap: there is no trust policy without a login policy', async () => {
    const without = await create({ multiFactorConfiguration: { trustPolicy: 'This' } });
    expect(without.multiFactorConfiguration).toEqual({ email: {}, sms: {}, voice: {} });
    const { multiFactorConfiguration } = await put({ multiFactorConfiguration: { loginPolicy: 'Required' } });
    expect(multiFactorConfiguration).toMatchObject({ loginPolicy: 'Required', trustPolicy: 'Any' });
  });

  test('older SAML names show the first of the newer lists', async () => {
    const redirects = ['https://acs.test', 'https://other.test'];
    const { samlv2Configuration } = await create({ samlv2Configuration: { authorizedRedirectURLs: redirects } });
    expect(samlv2Configuration.callbackURL).toBe(redirects[0]);
    const { samlv2Configuration: older } = await put({ samlv2Configuration: { callbackURL: redirects[1] } });
    expect(older.authorizedRedirectURLs).toEqual([redirects[1]]);
  });

  test('trap: a SAML callback URL that is sent joins the redirect URLs', async () => {
    const [kept, removed] = ['https://acs.test', 'https://old.test'];
    await create({ samlv2Configuration: { authorizedRedirectURLs: [removed, kept] } });
    const both = { authorizedRedirectURLs: [kept], callbackURL: removed };
    const { samlv2Configuration } = await put({ samlv2Configuration: both });
    expect(samlv2Configuration).toMatchObject({ authorizedRedirectURLs: [kept, removed], callbackURL: kept });
    const patch = { application: { samlv2Configuration: { authorizedRedirectURLs: [removed] } } };
    const { json } = await call('PATCH', path, patch, { type: 'application/merge-patch+json' });
    expect(json.application.samlv2Configuration.authorizedRedirectURLs).toEqual([removed]);
  });

  test('defaults of the documentation are there', async () => {
    expect(await create()).toMatchObject({
      active: true,
      state: 'Active',
      loginConfiguration: { requireAuthentication: true, generateRefreshTokens: false },
      oauthConfiguration: { enabledGrants: [], logoutBehavior: 'AllApplications', requireClientAuthentication: true },
      registrationConfiguration: { type: 'basic', loginIdType: 'email' },
      roles: [],
      scopes: [],
    });
  });
});

describe('roles and scopes', () => {
  test('come with a create, as objects with their own ids or as names', async () => {
    const roleId = '4d2f3f0e-7b55-4f6e-8f5c-0d8f2a9d7c34';
    const { roles, scopes } = await create({
      roles: ['admin', { id: roleId, name: ' crew ', isDefault: true }],
      scopes: [{ name: 'orders:read' }],
    });
    expect(roles).toMatchObject([{ name: 'admin' }, { id: roleId, name: 'crew', isDefault: true, isSuperRole: false }]);
    expect(scopes).toMatchObject([{ name: 'orders:read', applicationId: id, required: false, data: {} }]);
  });

  test('trap: are left alone by PUT and PATCH of the application', async () => {
    const { roles, scopes } = await create({ roles: ['admin'], scopes: [{ name: 'orders:read' }] });
    expect(await put()).toMatchObject({ roles, scopes });
    expect(await put({ roles: ['other'], scopes: [] })).toMatchObject({ roles, scopes });
    const { json } = await call('PATCH', path, { application: { roles: [{ name: 'more' }] } });
    expect(json.application).toMatchObject({ roles, scopes });
  });

  test('without a name, or with one twice, are refused where they stand', async () => {
    const { json } = await call('POST', path, { application: { name: 'Web', roles: ['a', 'a', {}] } });
    expect(Object.values(json.fieldErrors).flat()).toMatchObject([
      { code: '[duplicate]application.roles[1].name' },
      { code: '[blank]application.roles[2].name' },
    ]);
  });
});

describe('a delete', () => {
  beforeEach(() => create({ roles: ['crew'] }));
  const ids = async (query = ''): Promise<readonly string[]> =>
    (await call('GET', `/api/application${query}`)).json.applications.map((item: { id: string }) => item.id);

  test('only makes it inactive: gone from the list, still read by its id', async () => {
    expect(await call('DELETE', path)).toMatchObject({ status: 200, text: '' });
    expect((await call('GET', path)).json.application).toMatchObject({ active: false, state: 'Inactive' });
    expect(await ids()).not.toContain(id);
    expect(await ids('?inactive=true')).toEqual([id]);
  });

  test('is undone by ?reactivate=true, and by nothing that a PUT says', async () => {
    await call('DELETE', path);
    expect(await put({ active: true, state: 'Active' })).toMatchObject({ active: false, state: 'Inactive' });
    const { status, json } = await call('PUT', `${path}?reactivate=true`);
    expect(status).toBe(200);
    expect(json.application).toMatchObject({ active: true, state: 'Active' });
    expect(await ids()).toContain(id);
  });

  test('with ?hardDelete=true is for good, and takes its roles out of groups', async () => {
    const roleId: string = (await call('GET', path)).json.application.roles[0].id;
    const { json } = await call('POST', '/api/group', { group: { name: 'Crew' }, roleIds: [roleId] });
    expect((await call('DELETE', `${path}?hardDelete=true`)).status).toBe(200);
    expect((await call('GET', path)).status).toBe(404);
    expect((await call('GET', `/api/group/${json.group.id}`)).json.group.roles).toEqual({});
  });

  test('of the FusionAuth application is refused', async () => {
    expect((await call('DELETE', fusionAuth)).status).toBe(400);
    expect((await call('DELETE', `${fusionAuth}?hardDelete=true`)).status).toBe(400);
  });
});

describe('an application is refused', () => {
  test.each([
    [{ verifyRegistration: true }, '[missing]application.verificationEmailTemplateId'],
    [{ registrationConfiguration: { type: 'advanced' } }, '[missing]application.registrationConfiguration.formId'],
    [
      { oauthConfiguration: { enabledGrants: ['urn:ietf:params:oauth:grant-type:device_code'] } },
      '[blank]application.oauthConfiguration.deviceVerificationURL',
    ],
    [{ lambdaConfiguration: { idTokenPopulateId: id } }, '[invalid]application.lambdaConfiguration.idTokenPopulateId'],
    [
      { jwtConfiguration: { enabled: true, timeToLiveInSeconds: 0 } },
      '[invalid]application.jwtConfiguration.timeToLiveInSeconds',
    ],
    [{ formConfiguration: { selfServiceFormId: id } }, '[invalid]application.formConfiguration.selfServiceFormId'],
    [{ oauthConfiguration: { enabledGrants: ['magic'] } }, '[invalidJSON]'],
    [
      { oauthConfiguration: { authorizedRedirectURLs: ['https://a.test', '/login'] } },
      '[invalidURL]application.oauthConfiguration.authorizedRedirectURLs',
    ],
    [
      { oauthConfiguration: { authorizedResourceUris: ['https://a.test/#top'] } },
      '[invalidURL]application.oauthConfiguration.authorizedResourceUris',
    ],
    [{ oauthConfiguration: { logoutURL: '/' } }, '[invalidURL]application.oauthConfiguration.logoutURL'],
    [
      { externalIdentifierConfiguration: { twoFactorTrustIdTimeToLiveInSeconds: 0 } },
      '[invalid]application.externalIdentifierConfiguration.twoFactorTrustIdTimeToLiveInSeconds',
    ],
    [
      { registrationDeletePolicy: { unverified: { numberOfDaysToRetain: 0 } } },
      '[invalid]application.registrationDeletePolicy.unverified.numberOfDaysToRetain',
    ],
    [
      {
        jwtConfiguration: {
          enabled: true,
          refreshTokenExpirationPolicy: 'SlidingWindowWithMaximumLifetime',
          refreshTokenSlidingWindowConfiguration: { maximumTimeToLiveInMinutes: 1 },
        },
      },
      '[invalid]application.jwtConfiguration.refreshTokenSlidingWindowConfiguration.maximumTimeToLiveInMinutes',
    ],
    [
      { samlv2Configuration: { assertionEncryptionConfiguration: { digestAlgorithm: 'MD5' } } },
      '[invalid]application.samlv2Configuration.assertionEncryptionConfiguration.digestAlgorithm',
    ],
  ])('with %j', async (fields, code) => {
    const { status, json } = await call('POST', path, { application: { name: 'Web', ...fields } });
    expect(status).toBe(400);
    expect(Object.values(json.fieldErrors).flat()).toMatchObject([{ code }]);
  });
});

test('URLs of native applications and with wildcards are taken, and FusionAuth itself has paths', async () => {
  const authorizedRedirectURLs = ['com.acme.app:/done', 'com.acme.app://done', 'https://*.acme.test/a?b=c'];
  const { oauthConfiguration } = await create({ oauthConfiguration: { authorizedRedirectURLs } });
  expect(oauthConfiguration.authorizedRedirectURLs).toEqual(authorizedRedirectURLs);
  const patched = await call('PATCH', fusionAuth, { application: { name: 'Admin' } });
  expect(patched.json.application.oauthConfiguration).toMatchObject({ authorizedRedirectURLs: ['/admin/login'] });
});

test('CleanSpeak settings are whole where there are any', async () => {
  expect(await create()).not.toHaveProperty('cleanSpeakConfiguration');
  const { cleanSpeakConfiguration } = await put({ cleanSpeakConfiguration: { applicationIds: [id] } });
  expect(cleanSpeakConfiguration).toEqual({
    applicationIds: [id],
    enabled: false,
    usernameModeration: { enabled: false },
  });
});

describe('SAML of an application', () => {
  const saml = { enabled: true, issuer: 'saml.acme.test', authorizedRedirectURLs: ['https://acs.test'] };
  async function codes(samlv2Configuration: object): Promise<unknown> {
    const { json } = await call('POST', path, { application: { name: 'Web', samlv2Configuration } });
    return Object.values<{ code: string }[]>(json.fieldErrors)
      .flat()
      .map(({ code }) => code.replace('application.samlv2Configuration.', ''));
  }

  test('needs an issuer and somewhere to answer to', async () => {
    expect(await codes({ enabled: true })).toEqual(['[blank]issuer', '[missing]authorizedRedirectURLs']);
  });

  test('needs keys to verify what must be signed, and an address to log out at', async () => {
    const logout = { requireSignedRequests: true, singleLogout: { enabled: true } };
    expect(await codes({ ...saml, requireSignedRequests: true, logout })).toEqual([
      '[missing]verificationKeyIds',
      '[missing]logout.verificationKeyIds',
      '[blank]logout.singleLogout.url',
    ]);
  });

  test('encrypts for an RSA certificate only', async () => {
    const encryption = (keyTransportEncryptionKeyId?: string): object => ({
      ...saml,
      assertionEncryptionConfiguration: { enabled: true, keyTransportEncryptionKeyId },
    });
    const field = 'assertionEncryptionConfiguration.keyTransportEncryptionKeyId';
    expect(await codes(encryption())).toEqual([`[missing]${field}`]);
    const { json } = await call('POST', '/api/key/generate', { key: { name: 'EC', algorithm: 'ES256' } });
    expect(await codes(encryption(json.key.id))).toEqual([`[invalid]${field}`]);
  });

  test('has an issuer of its own in its tenant', async () => {
    await create({ samlv2Configuration: { issuer: saml.issuer } });
    const application = { name: 'Other', samlv2Configuration: { issuer: saml.issuer } };
    const { json } = await call('POST', '/api/application', { application });
    const field = 'application.samlv2Configuration.issuer';
    expect(json.fieldErrors[field][0].code).toBe(`[duplicate]${field}`);
    const { json: tenant } = await call('POST', '/api/tenant', { tenant: { name: 'Acme' } });
    const elsewhere = await call('POST', '/api/application', { application }, { tenantId: tenant.tenant.id });
    expect(elsewhere.status).toBe(200);
  });
});

test.each([
  ['idTokenPopulateId', 'JWTPopulate', 'SAMLv2Populate'],
  ['samlv2PopulateId', 'SAMLv2Populate', 'JWTPopulate'],
  ['userinfoPopulateId', 'UserInfoPopulate', 'JWTPopulate'],
  ['selfServiceRegistrationValidationId', 'SelfServiceRegistrationValidation', 'LoginValidation'],
])('a lambda is taken as %s when it is of type %s, not %s', async (name, type, other) => {
  await create();
  const putLambda = async (lambdaType: string) => {
    const lambda = { name: lambdaType, body: 'function f() {}', type: lambdaType };
    const { json } = await call('POST', '/api/lambda', { lambda });
    return call('PUT', path, { application: { name: 'Web', lambdaConfiguration: { [name]: json.lambda.id } } });
  };
  expect((await putLambda(type)).status).toBe(200);
  const { json } = await putLambda(other);
  expect(Object.keys(json.fieldErrors)).toEqual([`application.lambdaConfiguration.${name}`]);
});

test('a copy has credentials and ids of its own', async () => {
  const source = await create({
    roles: ['crew', 'guest'],
    scopes: [{ name: 'log:read' }, { name: 'log:write' }],
    oauthConfiguration: { authorizedRedirectURLs: ['https://a.test'] },
    samlv2Configuration: { authorizedRedirectURLs: ['https://acs.test'] },
  });
  const { json } = await call('POST', '/api/application', { sourceApplicationId: id, application: { name: 'Copy' } });
  const copy = json.application;
  expect(copy.oauthConfiguration.authorizedRedirectURLs).toEqual(['https://a.test']);
  expect(copy.samlv2Configuration.authorizedRedirectURLs).toEqual(['https://acs.test']);
  expect(copy.oauthConfiguration.clientId).toBe(copy.id);
  expect(copy.oauthConfiguration.clientSecret).not.toBe(source.oauthConfiguration.clientSecret);
  expect(copy.roles).toMatchObject([{ name: 'crew' }, { name: 'guest' }]);
  expect(copy.scopes).toMatchObject([{ name: 'log:read' }, { name: 'log:write' }]);
  const ids = [...source.roles, ...source.scopes, ...copy.roles, ...copy.scopes].map((part) => part.id);
  expect(new Set(ids).size).toBe(8);
});

test('SAML that is switched on without a key gets one of its own, once', async () => {
  const samlv2Configuration = { enabled: true, issuer: 'saml.acme.test', authorizedRedirectURLs: ['https://acs.test'] };
  const { keyId } = (await create({ samlv2Configuration })).samlv2Configuration;
  expect((await call('GET', `/api/key/${keyId}`)).json.key).toMatchObject({ type: 'RSA', hasPrivateKey: true });
  expect((await put({ samlv2Configuration })).samlv2Configuration.keyId).toBe(keyId);
  const before = (await call('GET', '/api/key')).json.keys.length;
  const refused = await call('POST', '/api/application', { application: { name: '', samlv2Configuration } });
  expect(refused.status).toBe(400);
  expect((await call('GET', '/api/key')).json.keys).toHaveLength(before);
});

test('a universal application belongs to no tenant and is seen from all', async () => {
  const { json } = await call('POST', '/api/tenant', { tenant: { name: 'Acme' } });
  const application = await create({ universalConfiguration: { universal: true } });
  expect(application).not.toHaveProperty('tenantId');
  expect((await call('GET', path, undefined, { tenantId: json.tenant.id })).status).toBe(200);
});
