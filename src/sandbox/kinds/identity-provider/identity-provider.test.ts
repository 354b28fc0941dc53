import { randomUUID } from 'node:crypto';

import { beforeEach, describe, expect, test } from 'vitest';

import { useSandbox } from '../../testing/http.js';
import { makeProviderWorld, type ProviderWorld } from '../../testing/provider-bodies.js';

const { call, sandbox } = useSandbox();
let world: ProviderWorld;
beforeEach(async () => {
  world = await makeProviderWorld(call);
});

const path = '/api/identity-provider';
const oauth2 = { client_id: 'acme', client_secret: 's3cret', issuer: 'https://sso.acme.com' };
const google = { type: 'Google', client_id: 'acme', client_secret: 's3cret' };

/** A body with the fields of an OpenID Connect provider. */
function oidc(name: string, fields: object = {}): { identityProvider: object } {
  return { identityProvider: { type: 'OpenIDConnect', name, oauth2, ...fields } };
}

function saml(name: string, fields: object = {}): { identityProvider: object } {
  const { publicKey } = world;
  const own = { emailClaim: 'email', idpEndpoint: 'https://idp.acme.com', verificationKeyIds: [publicKey] };
  return { identityProvider: { type: 'SAMLv2', name, ...own, ...fields } };
}

async function made(body: object, options: object = {}): Promise<any> {
  const { status, json } = await call('POST', path, body, options);
  expect({ status, json }).toMatchObject({ status: 200 });
  return json.identityProvider;
}

/** The codes of an answer's field errors. */
async function codes(answer: Promise<{ status: number; json: any }>): Promise<readonly string[]> {
  const { status, json } = await answer;
  expect({ status, json }).toMatchObject({ status: 400 });
  return Object.values<any>(json.fieldErrors ?? {}).flatMap((errors) => errors.map(({ code }: any) => code));
}

const flip = (switches: object): Promise<unknown> => call('POST', '/__sandbox/switches', switches);

async function tenant(name: string): Promise<string> {
  return (await call('POST', '/api/tenant', { tenant: { name } })).json.tenant.id;
}

async function tenantKey(tenantId: string): Promise<string> {
  const { json } = await call('POST', '/api/api-key', { apiKey: { tenantId } });
  return json.apiKey.key;
}

describe('the id and the name', () => {
  const legacyId = '82339786-3dff-42a6-aac6-1f1ceecb6c46';

  test('of the one instance before 1.61 are fixed, and there cannot be two', async () => {
    expect(await made({ identityProvider: google })).toMatchObject({ id: legacyId, name: 'Google' });
    expect(await codes(call('POST', path, { identityProvider: google }))).toEqual(['[duplicate]identityProviderId']);
  });

  test('a name alone makes another instance with an id of its own', async () => {
    await made({ identityProvider: google });
    const { id } = await made({ identityProvider: { ...google, name: 'Google for the crew' } });
    expect(id).not.toBe(legacyId);
  });

  test('an id needs a name beside it', async () => {
    const id = randomUUID();
    const refused = call('POST', `${path}/${id}`, { identityProvider: google });
    expect(await codes(refused)).toEqual(['[blank]identityProvider.name']);
    const { json } = await call('POST', `${path}/${id}`, { identityProvider: { ...google, name: 'Crew' } });
    expect(json.identityProvider.id).toBe(id);
  });

  test('a tenant needs a name beside it', async () => {
    const refused = call('POST', path, { identityProvider: { ...google, tenantId: world.tenantId } });
    expect(await codes(refused)).toEqual(['[blank]identityProvider.name']);
  });

  test('a name is unique among the global ones and in each tenant', async () => {
    await made(oidc('Acme SSO'));
    const { tenantId } = world;
    await made(oidc('Acme SSO', { tenantId }));
    await made(oidc('Acme SSO', { tenantId: await tenant('Crew') }));
    const again = [call('POST', path, saml('Acme SSO')), call('POST', path, oidc('acme sso', { tenantId }))];
    for (const refused of again) expect(await codes(refused)).toEqual(['[duplicate]identityProvider.name']);
  });

  test('trap: a name is not trimmed', async () => {
    expect(await made(oidc(' Acme '))).toMatchObject({ name: ' Acme ' });
  });

  test('by type the one instance is updated and deleted, as before 1.61', async () => {
    await made({ identityProvider: google });
    const { json } = await call('PUT', `${path}?type=Google`, { identityProvider: { ...google, client_id: 'crew' } });
    expect(json.identityProvider).toMatchObject({ id: legacyId, client_id: 'crew', name: 'Google' });
    const patched = await call('PATCH', `${path}?type=Google`, { identityProvider: { scope: 'email' } });
    expect(patched.json.identityProvider).toMatchObject({ client_id: 'crew', scope: 'email' });
    expect((await call('DELETE', `${path}?type=Google`)).status).toBe(200);
    expect((await call('DELETE', `${path}?type=Google`)).status).toBe(404);
    expect(await codes(call('DELETE', `${path}?type=SAMLv2`))).toEqual(['[missing]identityProviderId']);
  });
});

describe('the type', () => {
  test('that there is not is unreadable', async () => {
    const refused = call('POST', path, { identityProvider: { type: 'MySpace', name: 'Acme' } });
    expect(await codes(refused)).toEqual(['[invalidJSON]']);
    expect(await codes(call('GET', `${path}?type=MySpace`))).toEqual(['[couldNotConvert]type']);
  });

  test('trap: a body without one is read as External JWT', async () => {
    const { publicKey } = world;
    const body = { identityProvider: { name: 'Acme', verificationKeyIds: [publicKey] } };
    expect(await made(body)).toMatchObject({ type: 'ExternalJWT', headerKeyParameter: 'kid' });
  });

  test('trap: a PUT with another type, or without one, is refused', async () => {
    const { id } = await made({ identityProvider: google });
    for (const type of ['Facebook', undefined]) {
      const refused = call('PUT', `${path}/${id}`, { identityProvider: { ...google, type } });
      expect(await codes(refused)).toContain('[invalid]identityProvider.type');
    }
  });

  test('is left as it is by a server that does not mind', async () => {
    await flip({ providerTypeOnUpdate: 'ignored' });
    const { id } = await made({ identityProvider: google });
    for (const method of ['PUT', 'PATCH']) {
      const body = { identityProvider: { ...google, type: 'Facebook', scope: method } };
      const { json } = await call(method, `${path}/${id}`, body);
      expect(json.identityProvider).toMatchObject({ type: 'Google', scope: method });
    }
  });

  test('decides what settings of an application there are', async () => {
    const settings = { [world.applicationId]: { enabled: true, keyId: world.ecPair } };
    const provider = await made(oidc('Acme', { applicationConfiguration: settings }));
    expect(provider.applicationConfiguration[world.applicationId]).not.toHaveProperty('keyId');
    const wrong = { [world.applicationId]: { enabled: 'maybe' } };
    const refused = call('POST', path, oidc('Crew', { applicationConfiguration: wrong }));
    expect(await codes(refused)).toEqual(['[invalidJSON]']);
  });
});

test('trap: a PATCH that another one overtook is answered 409', async () => {
  const { id } = await made(oidc('Acme'));
  const patch = (fields: object): Promise<number> =>
    call('PATCH', `${path}/${id}`, { identityProvider: fields }).then(({ status }) => status);
  const statuses = await Promise.all([patch({ debug: true }), patch({ postRequest: true })]);
  expect(statuses.toSorted((left, right) => left - right)).toEqual([200, 409]);
});

describe('linkingStrategy', () => {
  const change = (id: string, fields: object): ReturnType<typeof call> =>
    call('PUT', `${path}/${id}`, oidc('Acme', { linkingStrategy: 'LinkAnonymously', ...fields }));

  test('trap: it changes only while the provider is disabled, so not in the request that disables it', async () => {
    const { id } = await made(oidc('Acme', { enabled: true }));
    for (const enabled of [true, false]) {
      expect(await codes(change(id, { enabled }))).toEqual(['[invalid]identityProvider.linkingStrategy']);
    }
    await call('PATCH', `${path}/${id}`, { identityProvider: { enabled: false } });
    expect((await change(id, { enabled: true })).json.identityProvider).toMatchObject({
      enabled: true,
      linkingStrategy: 'LinkAnonymously',
    });
  });

  test('changes in the request that disables, or always, where the server lets it', async () => {
    const { id } = await made(oidc('Acme', { enabled: true }));
    await flip({ linkingStrategyChange: 'whileDisabling' });
    expect((await change(id, { enabled: true })).status).toBe(400);
    expect((await change(id, { enabled: false })).status).toBe(200);
    await flip({ linkingStrategyChange: 'free' });
    await call('PATCH', `${path}/${id}`, { identityProvider: { enabled: true } });
    expect((await change(id, { enabled: true, linkingStrategy: 'Disabled' })).status).toBe(200);
  });

  test('of HYPR is what the API page says, by a switch', async () => {
    await flip({ hyprLinkingStrategy: 'Unsupported' });
    const hypr = { type: 'HYPR', relyingPartyApplicationId: 'acme', relyingPartyURL: 'https://acme.example.com' };
    expect(await made({ identityProvider: hypr })).toMatchObject({ linkingStrategy: 'Unsupported' });
  });
});

describe('verification keys', () => {
  test('the former field alone makes a list of one', async () => {
    const { publicKey } = world;
    const provider = await made(saml('Acme', { keyId: publicKey, verificationKeyIds: undefined }));
    expect(provider).toMatchObject({ keyId: publicKey, verificationKeyIds: [publicKey] });
  });

  test('trap: a PATCH of the former field changes nothing, since the list counts', async () => {
    const { publicKey, ecPair } = world;
    const jwt = { type: 'ExternalJWT', name: 'Acme', verificationKeyIds: [publicKey] };
    const { id } = await made({ identityProvider: jwt });
    const patch = (): ReturnType<typeof call> =>
      call('PATCH', `${path}/${id}`, { identityProvider: { defaultKeyId: ecPair } });
    expect((await patch()).json.identityProvider).toMatchObject({
      defaultKeyId: publicKey,
      verificationKeyIds: [publicKey],
    });
    await flip({ formerKeyBesideList: 'first' });
    expect((await patch()).json.identityProvider).toMatchObject({
      defaultKeyId: ecPair,
      verificationKeyIds: [ecPair, publicKey],
    });
  });

  test('are required', async () => {
    const missing = ['[missing]identityProvider.verificationKeyIds'];
    expect(await codes(call('POST', path, saml('Acme', { verificationKeyIds: [] })))).toEqual(missing);
    expect(await codes(call('POST', path, { identityProvider: { type: 'ExternalJWT', name: 'Acme' } }))).toEqual(
      missing,
    );
  });
});

describe('a key', () => {
  test('must be there and be able to do what it is for', async () => {
    const { ecPair, rsaPair, publicKey } = world;
    const apple = { type: 'Apple', servicesId: 'com.acme', teamId: 'ACME42' };
    const secret = await call('POST', '/api/key/import', { key: { name: 'Salt', type: 'Secret', secret: 's' } });
    const cases: readonly (readonly [field: string, body: object])[] = [
      ['keyId', { identityProvider: { ...apple, keyId: rsaPair } }],
      ['keyId', { identityProvider: { ...apple, keyId: publicKey } }],
      ['keyId', { identityProvider: { ...apple, keyId: randomUUID() } }],
      ['verificationKeyIds[0]', saml('Acme', { verificationKeyIds: [ecPair] })],
      ['verificationKeyIds[1]', saml('Acme', { verificationKeyIds: [publicKey, randomUUID()] })],
      ['requestSigningKeyId', saml('Acme', { signRequest: true, requestSigningKeyId: publicKey })],
      [
        'assertionDecryptionConfiguration.keyTransportDecryptionKeyId',
        saml('Acme', { assertionDecryptionConfiguration: { enabled: true, keyTransportDecryptionKeyId: ecPair } }),
      ],
      [
        'verificationKeyIds[0]',
        { identityProvider: { type: 'ExternalJWT', name: 'Acme', verificationKeyIds: [secret.json.key.id] } },
      ],
    ];
    for (const [field, body] of cases) {
      expect(await codes(call('POST', path, body))).toEqual([`[invalid]identityProvider.${field}`]);
    }
  });

  test('with a private part verifies SAML where the server takes one', async () => {
    await flip({ samlVerificationKeys: 'any' });
    expect(await made(saml('Acme', { verificationKeyIds: [world.ecPair] }))).toMatchObject({ keyId: world.ecPair });
  });

  test('of an application is checked too', async () => {
    const { applicationId, ecPair, rsaPair } = world;
    const apple = (keyId: string): object => ({
      identityProvider: {
        type: 'Apple',
        applicationConfiguration: { [applicationId]: { enabled: true, keyId } },
        bundleId: 'com.acme',
        keyId: ecPair,
        teamId: 'ACME42',
      },
    });
    expect(await codes(call('POST', path, apple(rsaPair)))).toEqual([
      `[invalid]identityProvider.applicationConfiguration.${applicationId}.keyId`,
    ]);
    await made(apple(ecPair));
    const refused = await call('DELETE', `/api/key/${ecPair}`);
    expect(refused.json.fieldErrors.keyId).toMatchObject([{ code: '[inUse]keyId' }]);
  });
});

describe('a reconcile lambda', () => {
  const lambdaOf = async (type: string): Promise<string> => {
    const lambda = { name: `Acme ${type}`, type, body: 'function reconcile() {}' };
    return (await call('POST', '/api/lambda', { lambda })).json.lambda.id;
  };

  test('must be of the type that goes with the provider, and stays while it is used', async () => {
    const saml2 = { lambdaConfiguration: { reconcileId: await lambdaOf('SAMLv2Reconcile') } };
    const openId = { lambdaConfiguration: { reconcileId: await lambdaOf('OpenIDReconcile') } };
    const nowhere = { lambdaConfiguration: { reconcileId: randomUUID() } };
    const wrong = ['[invalid]identityProvider.lambdaConfiguration.reconcileId'];
    for (const fields of [saml2, nowhere]) expect(await codes(call('POST', path, oidc('Acme', fields)))).toEqual(wrong);
    await made(oidc('Acme', openId));
    await made(saml('Crew', saml2));
    const refused = call('DELETE', `/api/lambda/${openId.lambdaConfiguration.reconcileId}`);
    expect(await codes(refused)).toEqual(['[inUse]lambdaId']);
  });

  test('and attribute mappings exclude each other', async () => {
    const attributeMappings = { 'user.firstName': 'given_name', 'registration.data.department': '/dept' };
    expect(await made(oidc('Acme', { attributeMappings }))).toMatchObject({ attributeMappings });
    const lambdaConfiguration = { reconcileId: await lambdaOf('OpenIDReconcile') };
    const refused = ['[invalid]identityProvider.attributeMappings'];
    expect(await codes(call('POST', path, oidc('Crew', { attributeMappings, lambdaConfiguration })))).toEqual(refused);
    expect(await codes(call('POST', path, oidc('Crew', { attributeMappings: { firstName: 'x' } })))).toEqual(refused);
  });
});

describe('domains', () => {
  test('are a lower-case set, and each has one global manager of whatever type', async () => {
    const provider = await made(oidc('Acme', { domains: ['ACME.com', 'acme.com', 'acme.org'] }));
    expect(provider.domains).toEqual(['acme.com', 'acme.org']);
    const duplicate = ['[duplicate]identityProvider.domains'];
    expect(await codes(call('POST', path, saml('Crew', { domains: ['Acme.ORG'] })))).toEqual(duplicate);
    const ofTenant = saml('Crew', { domains: ['acme.org'], tenantId: world.tenantId });
    expect(await codes(call('POST', path, ofTenant))).toEqual(duplicate);
    expect((await call('PATCH', `${path}/${provider.id}`, { identityProvider: { debug: true } })).status).toBe(200);
  });

  test('may be managed once in each of several tenants', async () => {
    const domains = ['acme.com'];
    const { tenantId } = world;
    await made(oidc('Acme', { domains, tenantId }));
    await made(oidc('Acme', { domains, tenantId: await tenant('Crew') }));
    const duplicate = ['[duplicate]identityProvider.domains'];
    for (const body of [oidc('Again', { domains, tenantId }), oidc('Again', { domains })]) {
      expect(await codes(call('POST', path, body))).toEqual(duplicate);
    }
  });
});

describe('what SAML and OpenID Connect need of each other', () => {
  test.each([
    ['emailClaim', 'blank', { emailClaim: undefined }],
    ['usernameClaim', 'blank', { linkingStrategy: 'LinkByUsername' }],
    ['requestSigningKeyId', 'missing', { signRequest: true }],
    ['xmlSignatureC14nMethod', 'missing', { signRequest: true, postRequest: true }],
    ['idpInitiatedConfiguration.issuer', 'blank', { idpInitiatedConfiguration: { enabled: true } }],
    ['loginHintConfiguration.parameterName', 'blank', { loginHintConfiguration: { parameterName: '' } }],
    [
      'assertionDecryptionConfiguration.keyTransportDecryptionKeyId',
      'missing',
      { assertionDecryptionConfiguration: { enabled: true } },
    ],
    ['issuer', 'blank', { issuer: '' }],
    ['idpEndpoint', 'invalid', { idpEndpoint: 'idp' }],
  ])('SAML: %s is %s', async (field, kind, fields) => {
    expect(await codes(call('POST', path, saml('Acme', fields)))).toContain(`[${kind}]identityProvider.${field}`);
  });

  test('OpenID Connect: a secret unless it authenticates with none, and endpoints unless there is an issuer', async () => {
    const bare = oidc('Acme', { oauth2: { client_id: 'acme' } });
    expect(await codes(call('POST', path, bare))).toEqual([
      '[blank]identityProvider.oauth2.client_secret',
      '[missing]identityProvider.oauth2.authorization_endpoint',
      '[missing]identityProvider.oauth2.token_endpoint',
      '[missing]identityProvider.oauth2.userinfo_endpoint',
    ]);
    const { client_secret: _secret, ...withoutSecret } = oauth2;
    await made(oidc('Acme', { oauth2: { ...withoutSecret, clientAuthenticationMethod: 'none' } }));
  });

  test('External JWT maps claims only to fields of users', async () => {
    const jwt = {
      type: 'ExternalJWT',
      name: 'Acme',
      verificationKeyIds: [world.publicKey],
      claimMap: { a: 'shoeSize' },
    };
    expect(await codes(call('POST', path, { identityProvider: jwt }))).toEqual(['[invalid]identityProvider.claimMap']);
  });

  test('Apple has a bundle or a Services identifier', async () => {
    const apple = { type: 'Apple', keyId: world.ecPair, teamId: 'ACME42' };
    expect(await codes(call('POST', path, { identityProvider: apple }))).toEqual([
      '[blank]identityProvider.bundleId',
      '[blank]identityProvider.servicesId',
    ]);
  });
});

describe('settings', () => {
  test('trap: a PUT replaces both maps as a whole', async () => {
    const second = await call('POST', '/api/application', { application: { name: 'Crew' } });
    const { applicationId, tenantId } = world;
    const applicationConfiguration = { [applicationId]: {}, [second.json.application.id]: { enabled: true } };
    const { id } = await made(oidc('Acme', { applicationConfiguration, tenantConfiguration: { [tenantId]: {} } }));
    const put = oidc('Acme', { applicationConfiguration: { [applicationId]: { enabled: true } } });
    const { json } = await call('PUT', `${path}/${id}`, put);
    expect(Object.keys(json.identityProvider.applicationConfiguration)).toEqual([applicationId]);
    expect(json.identityProvider.tenantConfiguration).toEqual({});
  });

  test('have their own defaults, and `data` only with something in it', async () => {
    const { applicationId, tenantId } = world;
    const maps = { applicationConfiguration: { [applicationId]: {} }, tenantConfiguration: { [tenantId]: {} } };
    const provider = await made({ identityProvider: { ...google, ...maps, data: {} } });
    expect(provider).not.toHaveProperty('data');
    expect(provider).toMatchObject({
      applicationConfiguration: { [applicationId]: { createRegistration: true, enabled: false, properties: {} } },
      tenantConfiguration: { [tenantId]: { limitUserLinkCount: { enabled: false, maximumLinks: 42 } } },
    });
    expect(provider.applicationConfiguration[applicationId]).not.toHaveProperty('data');
    const withData = oidc('Acme', { data: { a: 1 }, tenantConfiguration: { [tenantId]: { data: { b: 2 } } } });
    expect(await made(withData)).toMatchObject({
      data: { a: 1 },
      tenantConfiguration: { [tenantId]: { data: { b: 2 } } },
    });
  });

  test('for what is not there are refused', async () => {
    const nowhere = { [randomUUID()]: { enabled: true } };
    expect(await codes(call('POST', path, oidc('Acme', { applicationConfiguration: nowhere })))).toEqual([
      '[invalid]identityProvider.applicationConfiguration',
    ]);
    expect(await codes(call('POST', path, oidc('Acme', { tenantConfiguration: { [randomUUID()]: {} } })))).toEqual([
      '[invalid]identityProvider.tenantConfiguration',
    ]);
  });

  test.each(['dropped', 'kept'] as const)(
    'are %s when the application or the tenant is deleted',
    async (settingsOfDeleted) => {
      await flip({ settingsOfDeleted });
      const tenantId = await tenant('Crew');
      const { applicationId } = world;
      const maps = { applicationConfiguration: { [applicationId]: {} }, tenantConfiguration: { [tenantId]: {} } };
      const { id } = await made(oidc('Acme', maps));
      await call('DELETE', `/api/application/${applicationId}?hardDelete=true`);
      await call('DELETE', `/api/tenant/${tenantId}`);
      const { applicationConfiguration, tenantConfiguration } = (await call('GET', `${path}/${id}`)).json
        .identityProvider;
      const left = settingsOfDeleted === 'kept' ? 1 : 0;
      expect([applicationConfiguration, tenantConfiguration].map((map) => Object.keys(map).length)).toEqual([
        left,
        left,
      ]);
    },
  );
});

describe('tenant, source and secrets', () => {
  test('trap: tenant and source are set by the create and silently kept after it', async () => {
    const { tenantId } = world;
    const created = await made(oidc('Acme', { source: 'Crew console', tenantId }));
    expect(created).toMatchObject({ source: 'Crew console', tenantId });
    const { json } = await call(
      'PUT',
      `${path}/${created.id}`,
      oidc('Acme', { source: 'Other', tenantId: randomUUID() }),
    );
    expect(json.identityProvider).toMatchObject({ source: 'Crew console', tenantId });
    const patched = await call('PATCH', `${path}/${created.id}`, {
      identityProvider: { source: null, tenantId: null },
    });
    expect(patched.json.identityProvider).toMatchObject({ source: 'Crew console', tenantId });
    expect(await codes(call('POST', path, oidc('Crew', { source: 'x'.repeat(192) })))).toEqual([
      '[tooLong]identityProvider.source',
    ]);
  });

  test('secrets come back in clear, or nowhere', async () => {
    const { applicationId } = world;
    const overrides = { [applicationId]: { enabled: true, oauth2: { client_secret: 'other-s3cret' } } };
    const { id } = await made(oidc('Acme', { applicationConfiguration: overrides }));
    expect((await call('GET', `${path}/${id}`)).text).toMatch(/"s3cret".*"other-s3cret"|"other-s3cret".*"s3cret"/);
    await flip({ providerSecretsOnRead: 'hidden' });
    for (const from of [`${path}/${id}`, path, `${path}/search`]) {
      expect((await call('GET', from)).text).not.toContain('s3cret');
    }
    const { json } = await call('PATCH', `${path}/${id}`, { identityProvider: { debug: true } });
    expect(json.identityProvider.oauth2).toMatchObject({ client_id: 'acme' });
    await flip({ providerSecretsOnRead: 'shown' });
    expect((await call('GET', `${path}/${id}`)).json.identityProvider.oauth2.client_secret).toBe('s3cret');
  });
});

describe('a caller who is confined to a tenant', () => {
  test('trap: with a tenant key sees and changes no global identity provider', async () => {
    const key = await tenantKey(world.tenantId);
    const { id } = await made(oidc('Acme'));
    const own = await made(oidc('Crew', { domains: ['crew.com'] }), { key });
    expect(own).toMatchObject({ tenantId: world.tenantId });
    const paths = [`${path}/${id}`, `${path}/${own.id}`];
    expect(await Promise.all(paths.map(async (one) => (await call('GET', one, undefined, { key })).status))).toEqual([
      404, 200,
    ]);
    expect((await call('DELETE', `${path}/${id}`, undefined, { key })).status).toBe(404);
    expect((await call('GET', path, undefined, { key })).json.identityProviders).toHaveLength(1);
  });

  test('cannot make one for another tenant', async () => {
    const other = await tenant('Crew');
    const refused = call('POST', path, oidc('Acme', { tenantId: other }), { tenantId: world.tenantId });
    expect(await codes(refused)).toEqual(['[invalid]identityProvider.tenantId']);
  });

  test('by the header alone is confined too, or not at all', async () => {
    const { tenantId } = world;
    const { id } = await made(oidc('Acme'));
    expect((await call('GET', `${path}/${id}`, undefined, { tenantId })).status).toBe(404);
    expect(await made(oidc('Crew'), { tenantId })).toMatchObject({ tenantId });
    await flip({ providerTenantHeader: 'ignored' });
    expect((await call('GET', `${path}/${id}`, undefined, { tenantId })).status).toBe(200);
    expect(await made(oidc('Portal'), { tenantId })).not.toHaveProperty('tenantId');
    const key = await tenantKey(tenantId);
    expect((await call('GET', `${path}/${id}`, undefined, { key })).status).toBe(404);
  });

  test('of a tenant is for the applications of that tenant, and universal ones', async () => {
    const other = await tenant('Crew');
    const elsewhere = await call('POST', '/api/application', { application: { name: 'Crew' } }, { tenantId: other });
    const universal = await call('POST', '/api/application', {
      application: { name: 'All', universalConfiguration: { universal: true } },
    });
    const settings = (id: string): object => ({ applicationConfiguration: { [id]: {} }, tenantId: world.tenantId });
    await made(oidc('Acme', settings(universal.json.application.id)));
    expect(await codes(call('POST', path, oidc('Crew', settings(elsewhere.json.application.id))))).toEqual([
      '[invalid]identityProvider.applicationConfiguration',
    ]);
  });

  test('goes with the tenant', async () => {
    const tenantId = await tenant('Crew');
    const { id } = await made(oidc('Acme', { tenantId }));
    await call('DELETE', `/api/tenant/${tenantId}`);
    expect((await call('GET', `${path}/${id}`)).status).toBe(404);
  });
});

describe('a search', () => {
  test('finds by every criterion, and sorts', async () => {
    const { applicationId, tenantId } = world;
    const enabled = { applicationConfiguration: { [applicationId]: { enabled: true } }, enabled: true };
    await made(oidc('Crew SSO', { ...enabled, source: 'Console', tenantId }));
    await made(oidc('Acme SSO', { applicationConfiguration: { [applicationId]: { enabled: false } } }));
    await made(saml('Acme SAML'));
    const names = async (search: object): Promise<readonly string[]> => {
      const { json } = await call('POST', `${path}/search`, { search });
      expect(json.total).toBe(json.identityProviders.length);
      return json.identityProviders.map(({ name }: any) => name);
    };
    expect(await names({})).toEqual(['Acme SAML', 'Acme SSO', 'Crew SSO']);
    expect(await names({ name: 'sso' })).toEqual(['Acme SSO', 'Crew SSO']);
    expect(await names({ type: 'SAMLv2' })).toEqual(['Acme SAML']);
    expect(await names({ applicationId })).toEqual(['Crew SSO']);
    expect(await names({ tenantId })).toEqual(['Crew SSO']);
    expect(await names({ source: 'con*' })).toEqual(['Crew SSO']);
    expect(await names({ orderBy: 'type DESC, name DESC' })).toEqual(['Acme SAML', 'Crew SSO', 'Acme SSO']);
    const get = await call('GET', `${path}/search?applicationId=${applicationId}&orderBy=enabled`);
    expect(get.json).toMatchObject({ total: 1, identityProviders: [{ name: 'Crew SSO' }] });
  });

  test('trap: the tenant of the header goes before the one of the criteria', async () => {
    const { tenantId } = world;
    const other = await tenant('Crew');
    await made(oidc('Acme', { tenantId }));
    await made(oidc('Crew', { tenantId: other }));
    const options = { tenantId };
    const post = await call('POST', `${path}/search`, { search: { tenantId: other } }, options);
    const get = await call('GET', `${path}/search?tenantId=${other}`, undefined, options);
    for (const { json } of [post, get]) expect(json.identityProviders).toMatchObject([{ name: 'Acme' }]);
  });

  test('a list gives all, or all of a type', async () => {
    await made(oidc('Acme'));
    await made(saml('Crew'));
    expect((await call('GET', path)).json.identityProviders).toHaveLength(2);
    const { json } = await call('GET', `${path}?type=SAMLv2`);
    expect(json.identityProviders).toMatchObject([{ name: 'Crew' }]);
  });
});

test('without a licence the types of games and IdP-initiated SAML are refused', async () => {
  await flip({ licensed: 'off' });
  const client = { client_id: 'acme', client_secret: 's3cret' };
  for (const type of ['EpicGames', 'Nintendo', 'SonyPSN', 'Twitch', 'Xbox']) {
    expect(await codes(call('POST', path, { identityProvider: { type, ...client } }))).toEqual([
      '[notLicensed]identityProvider.type',
    ]);
  }
  expect(
    await codes(call('POST', path, { identityProvider: { type: 'Steam', client_id: 'a', webAPIKey: 'b' } })),
  ).toEqual(['[notLicensed]identityProvider.type']);
  const initiated = { idpInitiatedConfiguration: { enabled: true, issuer: 'https://idp.acme.com' } };
  expect(await codes(call('POST', path, saml('Acme', initiated)))).toEqual([
    '[notLicensed]identityProvider.idpInitiatedConfiguration.enabled',
  ]);
  await made(saml('Acme'));
  await made({ identityProvider: google });
});

test('a login through one is not emulated, and says so', async () => {
  const { status, json } = await call('POST', `${path}/login`, {});
  expect(status).toBe(501);
  expect(json.generalErrors[0].message).toContain('identityProviderLogin');
  expect(sandbox().requests().total).toBeGreaterThan(0);
});
