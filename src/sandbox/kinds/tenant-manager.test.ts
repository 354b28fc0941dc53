import { beforeEach, describe, expect, test } from 'vitest';

import { useSandbox } from '../testing/http.js';

const { call } = useSandbox();
const path = '/api/tenant-manager';
const types = `${path}/identity-provider`;
const own = { insertInstant: expect.any(Number), lastUpdateInstant: expect.any(Number) };

async function put(tenantManagerConfiguration: object): Promise<any> {
  return call('PUT', path, { tenantManagerConfiguration });
}

async function universalApplication(): Promise<string> {
  const application = { name: 'Portal', universalConfiguration: { universal: true } };
  return (await call('POST', '/api/application', { application })).json.application.id;
}

async function registrationForm(keys: readonly string[]): Promise<string> {
  const fields: string[] = [];
  for (const key of keys) {
    const { json } = await call('POST', '/api/form/field', { field: { key, name: `Acme ${key}` } });
    fields.push(json.field.id);
  }
  const { json } = await call('POST', '/api/form', { form: { name: 'Acme attributes', steps: [{ fields }] } });
  return json.form.id;
}

describe('the configuration of the Tenant Manager', () => {
  test('of a fresh install is empty', async () => {
    const { status, json } = await call('GET', path);
    expect(status).toBe(200);
    expect(json.tenantManagerConfiguration).toEqual({
      ...own,
      applicationConfigurations: [],
      identityProviderTypeConfigurations: {},
    });
  });

  test('comes back as it was put, and an empty PUT resets it', async () => {
    const applicationId = await universalApplication();
    const sent = { applicationConfigurations: [{ applicationId }], brandName: ' Acme portal ' };
    const { json } = await put(sent);
    expect(json.tenantManagerConfiguration).toEqual({
      ...own,
      ...sent,
      brandName: 'Acme portal',
      identityProviderTypeConfigurations: {},
    });
    expect((await put({})).json.tenantManagerConfiguration).not.toHaveProperty('brandName');
  });

  test('takes universal applications only', async () => {
    const { json } = await call('POST', '/api/application', { application: { name: 'Web' } });
    const field = 'tenantManagerConfiguration.applicationConfigurations[0].applicationId';
    const refused = await put({ applicationConfigurations: [{ applicationId: json.application.id }] });
    expect(refused.json.fieldErrors[field][0].code).toBe(`[invalid]${field}`);
  });

  test('forgets an application that is gone', async () => {
    const applicationId = await universalApplication();
    await put({ applicationConfigurations: [{ applicationId }] });
    await call('DELETE', `/api/application/${applicationId}?hardDelete=true`);
    expect((await call('GET', path)).json.tenantManagerConfiguration.applicationConfigurations).toEqual([]);
  });

  test('takes no form but one for registrations', async () => {
    const { json } = await call('GET', '/api/tenant');
    const { adminUserFormId } = json.tenants[0].formConfiguration;
    const field = 'tenantManagerConfiguration.attributeFormId';
    expect((await put({ attributeFormId: adminUserFormId })).json.fieldErrors[field][0].code).toBe(`[invalid]${field}`);
  });

  test('takes a form for registrations, which then cannot be deleted', async () => {
    const attributeFormId = await registrationForm(['user.email', 'user.password']);
    expect((await put({ attributeFormId })).json.tenantManagerConfiguration).toMatchObject({ attributeFormId });
    expect((await call('DELETE', `/api/form/${attributeFormId}`)).status).toBe(400);
  });

  test.each([
    ['application/json', { tenantManagerConfiguration: { brandName: 'Acme' } }],
    ['application/merge-patch+json', { tenantManagerConfiguration: { brandName: 'Acme' } }],
    ['application/json-patch+json', [{ op: 'add', path: '/tenantManagerConfiguration/brandName', value: 'Acme' }]],
  ])('is patched as %s', async (type, patch) => {
    const applicationId = await universalApplication();
    await put({ applicationConfigurations: [{ applicationId }] });
    const { json } = await call('PATCH', path, patch, { type });
    expect(json.tenantManagerConfiguration).toMatchObject({
      applicationConfigurations: [{ applicationId }],
      brandName: 'Acme',
    });
  });

  test('cannot be made or deleted', async () => {
    expect((await call('POST', path, { tenantManagerConfiguration: {} })).status).toBe(405);
    expect((await call('DELETE', path)).status).toBe(405);
  });
});

describe('an identity provider type', () => {
  const typeConfiguration = { linkingStrategy: 'LinkByEmail' };

  test('with only the required field has the documented defaults, and is shown with the configuration', async () => {
    const { status, json } = await call('POST', `${types}/OpenIDConnect`, { typeConfiguration });
    expect(status).toBe(200);
    const expected = {
      ...own,
      defaultAttributeMappings: {},
      enabled: true,
      linkingStrategy: 'LinkByEmail',
      type: 'OpenIDConnect',
    };
    expect(json).toEqual({ typeConfiguration: expected });
    const all = (await call('GET', path)).json.tenantManagerConfiguration.identityProviderTypeConfigurations;
    expect(all).toEqual({ OpenIDConnect: expected });
  });

  test('comes back as it was sent but for the type, which is the one of the path, and the password', async () => {
    const mappings = { 'user.email': 'email', 'user.firstName': 'given_name' };
    const { json } = await call('POST', `${types}/SAMLv2`, {
      typeConfiguration: {
        defaultAttributeMappings: { ...mappings, 'user.password': 'password' },
        enabled: false,
        linkingStrategy: 'LinkByUsernameForExistingUser',
        type: 'OpenIDConnect',
      },
    });
    expect(json.typeConfiguration).toEqual({
      ...own,
      defaultAttributeMappings: mappings,
      enabled: false,
      linkingStrategy: 'LinkByUsernameForExistingUser',
      type: 'SAMLv2',
    });
  });

  test('has mappings of what the form asks for, but never of the password', async () => {
    await put({ attributeFormId: await registrationForm(['user.email', 'user.password']) });
    const defaultAttributeMappings = { 'user.email': 'email', 'user.firstName': 'given_name', 'user.password': 'pw' };
    const { json } = await call('POST', `${types}/SAMLv2`, {
      typeConfiguration: { ...typeConfiguration, defaultAttributeMappings },
    });
    expect(json.typeConfiguration.defaultAttributeMappings).toEqual({ 'user.email': 'email' });
  });

  test('may have no mappings while there is no form, where that is switched so', async () => {
    await call('POST', '/__sandbox/switches', { mappingsWithoutForm: 'dropped' });
    const mapped = { ...typeConfiguration, defaultAttributeMappings: { 'user.email': 'email' } };
    const { json } = await call('POST', `${types}/SAMLv2`, { typeConfiguration: mapped });
    expect(json.typeConfiguration.defaultAttributeMappings).toEqual({});
  });

  test('is made once', async () => {
    await call('POST', `${types}/SAMLv2`, { typeConfiguration });
    const again = await call('POST', `${types}/SAMLv2`, { typeConfiguration });
    expect([again.status, again.json.fieldErrors.type[0].code]).toEqual([400, '[duplicate]type']);
  });

  test.each(['Google', 'samlv2', ''])('cannot be of the type [%s]', async (type) => {
    const { status, json } = await call('POST', `${types}/${type}`, { typeConfiguration });
    expect([status, json.fieldErrors.type[0].code]).toEqual([400, '[invalid]type']);
  });

  test.each([
    [undefined, '[missing]typeConfiguration.linkingStrategy'],
    ['CreatePendingLink', '[invalid]typeConfiguration.linkingStrategy'],
    ['LinkByLuck', '[invalidJSON]'],
  ])('with the linking strategy %s is %s', async (linkingStrategy, code) => {
    const { status, json } = await call('POST', `${types}/SAMLv2`, { typeConfiguration: { linkingStrategy } });
    expect([status, json.fieldErrors['typeConfiguration.linkingStrategy'][0].code]).toEqual([400, code]);
  });

  describe('that is there', () => {
    beforeEach(async () => {
      const full = {
        enabled: false,
        linkingStrategy: 'LinkByUsername',
        defaultAttributeMappings: { 'user.email': 'email' },
      };
      await call('POST', `${types}/OpenIDConnect`, { typeConfiguration: full });
    });

    test('goes back to its defaults with a PUT of only the required field', async () => {
      const { json } = await call('PUT', `${types}/OpenIDConnect`, { typeConfiguration });
      expect(json.typeConfiguration).toEqual({
        ...own,
        ...typeConfiguration,
        defaultAttributeMappings: {},
        enabled: true,
        type: 'OpenIDConnect',
      });
    });

    test.each([
      ['application/json', { typeConfiguration: { enabled: true } }],
      ['application/merge-patch+json', { typeConfiguration: { enabled: true } }],
      ['application/json-patch+json', [{ op: 'replace', path: '/typeConfiguration/enabled', value: true }]],
    ])('is patched as %s', async (type, patch) => {
      const { json } = await call('PATCH', `${types}/OpenIDConnect`, patch, { type });
      expect(json.typeConfiguration).toMatchObject({
        defaultAttributeMappings: { 'user.email': 'email' },
        enabled: true,
        linkingStrategy: 'LinkByUsername',
      });
    });

    test('outlives a PUT of the configuration it is shown in', async () => {
      const { json } = await put({ brandName: 'Acme', identityProviderTypeConfigurations: {} });
      expect(Object.keys(json.tenantManagerConfiguration.identityProviderTypeConfigurations)).toEqual([
        'OpenIDConnect',
      ]);
    });

    test('can be deleted, once', async () => {
      expect(await call('DELETE', `${types}/OpenIDConnect`)).toMatchObject({ status: 200, text: '' });
      expect(await call('DELETE', `${types}/OpenIDConnect`)).toMatchObject({ status: 404, text: '' });
      expect((await call('PUT', `${types}/OpenIDConnect`, { typeConfiguration })).status).toBe(404);
    });
  });
});

describe('a call as a tenant', () => {
  test.each([
    ['GET', path],
    ['PUT', path],
    ['POST', `${types}/SAMLv2`],
    ['DELETE', `${types}/SAMLv2`],
  ])('is forbidden: %s %s', async (method, where) => {
    const { json } = await call('GET', '/api/tenant');
    const tenantId: string = json.tenants[0].id;
    await call('POST', '/api/api-key', { apiKey: { key: 'crew-of-acme', tenantId } });
    const body = method === 'GET' || method === 'DELETE' ? undefined : {};
    expect(await call(method, where, body, { tenantId })).toMatchObject({ status: 403, text: '' });
    expect(await call(method, where, body, { key: 'crew-of-acme' })).toMatchObject({ status: 403, text: '' });
    expect(await call(method, where, body, { key: 'nobody' })).toMatchObject({ status: 401, text: '' });
  });
});
