import { beforeEach, describe, expect, test } from 'vitest';

import { fusionAuthConnectorId } from '../seeds/ids.js';
import { useSandbox } from '../testing/http.js';

const { call } = useSandbox();
const generic = { type: 'Generic', name: 'Acme directory', connectTimeout: 1000, readTimeout: 2000 };

async function create(connector: object): Promise<any> {
  const { json, status } = await call('POST', '/api/connector', { connector });
  expect({ status, json }).toMatchObject({ status: 200 });
  return json.connector;
}

async function reconcileLambda(type = 'LDAPConnectorReconcile'): Promise<string> {
  const lambda = { name: `crew ${type}`, body: 'function reconcile() {}', type };
  return (await call('POST', '/api/lambda', { lambda })).json.lambda.id;
}

const ldap = (reconcileId: string): object => ({
  type: 'LDAP',
  name: 'Acme LDAP',
  authenticationURL: 'ldap://ldap.acme.com:389',
  baseStructure: 'dc=acme,dc=com',
  connectTimeout: 500,
  identifyingAttribute: 'uid',
  lambdaConfiguration: { reconcileId },
  loginIdAttribute: 'mail',
  readTimeout: 700,
  requestedAttributes: ['mail', 'uid', 'cn'],
  securityMethod: 'LDAPS',
  systemAccountDN: 'uid=reader,ou=system',
  systemAccountPassword: 'hidden in a drawer',
});

describe('a generic connector', () => {
  test('of which only the required fields are given has the documented defaults', async () => {
    const created = await create(generic);
    expect(created).toEqual({
      ...generic,
      data: {},
      debug: false,
      headers: {},
      id: expect.any(String),
      insertInstant: expect.any(Number),
      lastUpdateInstant: created.insertInstant,
    });
  });

  test('comes back as it was sent, with its secrets', async () => {
    const { json } = await call('POST', '/api/key/generate', { key: { name: 'Acme client', algorithm: 'ES256' } });
    const full = {
      ...generic,
      authenticationURL: 'https://users.acme.com/authenticate',
      data: { owner: 'crew' },
      debug: true,
      headers: { 'X-Region': 'eu' },
      httpAuthenticationUsername: 'fusionauth',
      httpAuthenticationPassword: 'open sesame',
      sslCertificateKeyId: json.key.id,
    };
    const created = await create(full);
    expect(created).toMatchObject(full);
    expect((await call('GET', `/api/connector/${created.id}`)).json.connector).toEqual(created);
  });

  test('is what a request without a type is for', async () => {
    const { type: _type, ...untyped } = generic;
    expect((await create(untyped)).type).toBe('Generic');
  });

  test('goes back to its defaults with a PUT of only the required fields', async () => {
    const { id } = await create({ ...generic, debug: true, headers: { a: 'b' }, httpAuthenticationPassword: 'x' });
    const { json } = await call('PUT', `/api/connector/${id}`, { connector: { ...generic, name: 'Globex directory' } });
    expect(json.connector).toMatchObject({ name: 'Globex directory', debug: false, headers: {}, data: {} });
    expect(json.connector).not.toHaveProperty('httpAuthenticationPassword');
  });

  test('does not keep fields that only LDAP has', async () => {
    expect(await create({ ...generic, baseStructure: 'dc=acme' })).not.toHaveProperty('baseStructure');
  });

  test.each(['connectTimeout', 'readTimeout'])(
    'without a %s is [missing], and with 0 it is [invalid]',
    async (field) => {
      const none = await call('POST', '/api/connector', { connector: { ...generic, [field]: undefined } });
      expect(none.json.fieldErrors[`connector.${field}`][0].code).toBe(`[missing]connector.${field}`);
      const zero = await call('POST', '/api/connector', { connector: { ...generic, [field]: 0 } });
      expect(zero.json.fieldErrors[`connector.${field}`][0].code).toBe(`[invalid]connector.${field}`);
    },
  );

  test('has a name of its own', async () => {
    await create(generic);
    const { status, json } = await call('POST', '/api/connector', { connector: generic });
    expect([status, json.fieldErrors['connector.name'][0].code]).toEqual([400, '[duplicate]connector.name']);
  });

  test('of a type there is not cannot be read', async () => {
    const { status, text } = await call('POST', '/api/connector', { connector: { ...generic, type: 'SAML' } });
    expect([status, text]).toEqual([400, expect.stringContaining('[invalidJSON]')]);
  });

  test.each([
    [
      'application/json',
      { connector: { headers: { 'X-Team': 'crew' }, debug: true } },
      { 'X-Region': 'eu', 'X-Team': 'crew' },
    ],
    ['application/merge-patch+json', { connector: { headers: { 'X-Region': null }, debug: true } }, {}],
    [
      'application/json-patch+json',
      [
        { op: 'replace', path: '/connector/headers', value: { 'X-Team': 'crew' } },
        { op: 'add', path: '/connector/debug', value: true },
      ],
      { 'X-Team': 'crew' },
    ],
  ])('is patched as %s', async (type, patch, headers) => {
    const { id } = await create({ ...generic, headers: { 'X-Region': 'eu' }, httpAuthenticationPassword: 'x' });
    const { json } = await call('PATCH', `/api/connector/${id}`, patch, { type });
    expect(json.connector).toMatchObject({ ...generic, headers, debug: true, httpAuthenticationPassword: 'x' });
    expect(json.connector.headers).toEqual(headers);
  });

  test('cannot refer to a key there is not', async () => {
    const sslCertificateKeyId = '5a2a0c0e-6f0e-4a3b-9d0b-2f2b0c9a7c11';
    const { json } = await call('POST', '/api/connector', { connector: { ...generic, sslCertificateKeyId } });
    expect(json.fieldErrors['connector.sslCertificateKeyId'][0].code).toBe('[invalid]connector.sslCertificateKeyId');
  });

  test('keeps its key from being deleted', async () => {
    const { json } = await call('POST', '/api/key/generate', { key: { name: 'Acme client', algorithm: 'ES256' } });
    const { id } = await create({ ...generic, sslCertificateKeyId: json.key.id });
    expect((await call('DELETE', `/api/key/${json.key.id}`)).status).toBe(400);
    await call('DELETE', `/api/connector/${id}`);
    expect((await call('DELETE', `/api/key/${json.key.id}`)).status).toBe(200);
  });
});

describe('an LDAP connector', () => {
  test('comes back as it was sent', async () => {
    const sent = ldap(await reconcileLambda());
    const created = await create(sent);
    expect(created).toEqual({
      ...sent,
      data: {},
      debug: false,
      id: expect.any(String),
      insertInstant: expect.any(Number),
      lastUpdateInstant: expect.any(Number),
    });
  });

  test('names all that is missing at once', async () => {
    const { status, json } = await call('POST', '/api/connector', { connector: { type: 'LDAP', name: 'Acme LDAP' } });
    expect(status).toBe(400);
    expect(Object.values<any>(json.fieldErrors).map(([{ code }]) => code)).toEqual(
      expect.arrayContaining([
        '[blank]connector.authenticationURL',
        '[blank]connector.baseStructure',
        '[missing]connector.connectTimeout',
        '[blank]connector.identifyingAttribute',
        '[missing]connector.lambdaConfiguration.reconcileId',
        '[blank]connector.loginIdAttribute',
        '[missing]connector.readTimeout',
        '[missing]connector.requestedAttributes',
        '[missing]connector.securityMethod',
        '[blank]connector.systemAccountDN',
        '[blank]connector.systemAccountPassword',
      ]),
    );
  });

  test('appends to its attributes with a PATCH as application/json', async () => {
    const { id } = await create(ldap(await reconcileLambda()));
    const { json } = await call('PATCH', `/api/connector/${id}`, { connector: { requestedAttributes: ['sn'] } });
    expect(json.connector.requestedAttributes).toEqual(['mail', 'uid', 'cn', 'sn']);
  });

  test('wants a lambda that reconciles LDAP users, unless that is switched off', async () => {
    const connector = ldap(await reconcileLambda('GoogleReconcile'));
    const { json } = await call('POST', '/api/connector', { connector });
    const path = 'connector.lambdaConfiguration.reconcileId';
    expect(json.fieldErrors[path][0].code).toBe(`[invalid]${path}`);
    await call('POST', '/__sandbox/switches', { referenceTypes: 'unchecked' });
    await create(connector);
  });

  test('keeps its lambda from being deleted', async () => {
    const lambda = await reconcileLambda();
    await create(ldap(lambda));
    expect((await call('DELETE', `/api/lambda/${lambda}`)).status).toBe(400);
  });
});

describe('the type of a connector', () => {
  let id: string;
  let other: object;
  beforeEach(async () => {
    ({ id } = await create(generic));
    other = ldap(await reconcileLambda());
  });

  test('is not changed by a PUT, which is refused', async () => {
    const { status, json } = await call('PUT', `/api/connector/${id}`, { connector: other });
    expect([status, json.fieldErrors['connector.type'][0].code]).toEqual([400, '[invalid]connector.type']);
  });

  test('is kept by a PUT where that is switched on, and so are its fields', async () => {
    await call('POST', '/__sandbox/switches', { subtypeChange: 'ignored' });
    const { json } = await call('PUT', `/api/connector/${id}`, { connector: other });
    expect(json.connector).toMatchObject({ type: 'Generic', name: 'Acme LDAP', headers: {} });
    expect(json.connector).not.toHaveProperty('baseStructure');
  });

  test('is not read by a PATCH as application/json', async () => {
    const { json } = await call('PATCH', `/api/connector/${id}`, { connector: { type: 'LDAP', debug: true } });
    expect(json.connector).toMatchObject({ type: 'Generic', debug: true });
  });
});

describe('the connector of FusionAuth itself', () => {
  const path = `/api/connector/${fusionAuthConnectorId}`;

  test('is there from the start and cannot be deleted', async () => {
    expect((await call('GET', '/api/connector')).json.connectors).toMatchObject([
      { id: fusionAuthConnectorId, name: 'Default', type: 'FusionAuth' },
    ]);
    expect((await call('DELETE', path)).status).toBe(400);
  });

  test('is the only one of its type', async () => {
    const { json } = await call('POST', '/api/connector', { connector: { type: 'FusionAuth', name: 'Another' } });
    expect(json.fieldErrors['connector.type'][0].code).toBe('[invalid]connector.type');
  });
});

describe('in a tenant’s policies', () => {
  const tenantWith = (connectorId: string): object => ({
    tenant: { name: 'Acme', connectorPolicies: [{ connectorId, domains: ['acme.com'], migrate: true }] },
  });

  test('only connectors that exist are taken', async () => {
    const { id } = await create(generic);
    expect((await call('POST', '/api/tenant', tenantWith(id))).status).toBe(200);
    const nobody = 'c1b0f1de-7a3e-4f0e-8a4e-0f9d6f3c2b11';
    const { json } = await call('POST', '/api/tenant', tenantWith(nobody));
    const field = 'tenant.connectorPolicies[0].connectorId';
    expect(json.fieldErrors[field][0].code).toBe(`[invalid]${field}`);
  });

  test('a connector cannot be deleted, unless that is switched off', async () => {
    const { id } = await create(generic);
    const { json } = await call('POST', '/api/tenant', tenantWith(id));
    const refused = await call('DELETE', `/api/connector/${id}`);
    expect([refused.status, refused.json.fieldErrors.connectorId[0].code]).toEqual([400, '[inUse]connectorId']);
    await call('DELETE', `/api/tenant/${json.tenant.id}`);
    expect(await call('DELETE', `/api/connector/${id}`)).toMatchObject({ status: 200, text: '' });
  });
});

describe('secrets', () => {
  test('are hidden where that is switched on, and still there', async () => {
    const { id } = await create({ ...generic, headers: { 'X-Key': 'secret' }, httpAuthenticationPassword: 'x' });
    await call('POST', '/__sandbox/switches', { connectorSecretsOnRead: 'hidden' });
    const { json } = await call('GET', `/api/connector/${id}`);
    expect(json.connector.headers).toEqual({ 'X-Key': '' });
    expect(json.connector).not.toHaveProperty('httpAuthenticationPassword');
    await call('POST', '/__sandbox/switches', { connectorSecretsOnRead: 'shown' });
    expect((await call('GET', `/api/connector/${id}`)).json.connector.httpAuthenticationPassword).toBe('x');
  });

  test('stay through a PUT without them where that is switched on', async () => {
    const { id } = await create({ ...generic, httpAuthenticationPassword: 'x' });
    await call('POST', '/__sandbox/switches', { connectorSecretsOnOmit: 'kept' });
    const { json } = await call('PUT', `/api/connector/${id}`, { connector: generic });
    expect(json.connector.httpAuthenticationPassword).toBe('x');
  });
});

test('without a licence there is only FusionAuth’s own', async () => {
  await call('POST', '/__sandbox/switches', { licensed: 'off' });
  const { status, json } = await call('POST', '/api/connector', { connector: generic });
  expect([status, json.fieldErrors['connector.type'][0].code]).toEqual([400, '[notLicensed]connector.type']);
  const own = { connector: { type: 'FusionAuth', name: 'Default', debug: true } };
  expect((await call('PUT', `/api/connector/${fusionAuthConnectorId}`, own)).status).toBe(200);
});

test('connectors are for keys of no tenant', async () => {
  const { json } = await call('GET', '/api/tenant');
  const apiKey = { key: 'crew-of-acme', tenantId: json.tenants[0].id };
  await call('POST', '/api/api-key', { apiKey });
  expect((await call('GET', '/api/connector', undefined, { key: 'crew-of-acme' })).status).toBe(401);
});
