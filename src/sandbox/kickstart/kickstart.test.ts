import { describe, expect, test } from 'vitest';

import { parseJsonDocument } from './json-document.js';
import { readKickstart, type Kickstart, type KickstartSources } from './kickstart.js';

const tenant = 'd7d09513-a3f5-401c-9685-34ab6c552453';
const withKey = { apiKeys: [{ key: 'bridge' }] };

describe('variables', () => {
  test('are replaced in values, in parts of values and in keys', () => {
    const { requests } = read({
      ...withKey,
      variables: { app: 'a-1' },
      requests: [{ method: 'POST', url: '/api/x/#{app}', body: { map: { '#{app}': 'id #{app}' } } }],
    });
    expect(requests[0]).toMatchObject({ url: '/api/x/a-1', body: { map: { 'a-1': 'id a-1' } } });
  });

  test('may use the environment, a random id and variables written before them', () => {
    const { requests } = read(
      {
        ...withKey,
        variables: { domain: '#{ENV.DOMAIN}', id: '#{UUID()}', url: 'https://#{domain}/#{id}' },
        requests: [post({ url: '#{url}', again: '#{id}' })],
      },
      { env: { DOMAIN: 'acme.com' }, uuid: () => '11111111-1111-4111-8111-111111111111' },
    );
    expect(requests[0]?.body).toEqual({
      url: 'https://acme.com/11111111-1111-4111-8111-111111111111',
      again: '11111111-1111-4111-8111-111111111111',
    });
  });

  test('keep their value, while #{UUID()} in a request is new each time', () => {
    let count = 0;
    const uuid = (): string => `uuid-${(count += 1)}`;
    const { requests } = read(
      { ...withKey, variables: { id: '#{UUID()}' }, requests: [post(['#{id}', '#{id}', '#{UUID()}'])] },
      { uuid },
    );
    expect(requests[0]?.body).toEqual(['uuid-1', 'uuid-1', 'uuid-2']);
  });

  test('that are numbers stay numbers where they stand alone', () => {
    const { requests } = read({
      ...withKey,
      variables: { port: 1025 },
      requests: [post({ port: '#{port}', text: 'port #{port}' })],
    });
    expect(requests[0]?.body).toEqual({ port: 1025, text: 'port 1025' });
  });

  test('written later, or not at all, are an error at the place of use', () => {
    expect(() => read({ ...withKey, variables: { a: '#{b}', b: 'x' } })).toThrow(
      /^kickstart\.json:1:\d+ \/variables\/a there is no variable "b"/,
    );
    expect(() => read({ ...withKey, requests: [post({ name: '#{ENV.NOPE}' })] })).toThrow(
      'the environment has no variable NOPE',
    );
  });

  test('of FusionAuth follow the tenant id that the file forces, wherever it is written', () => {
    const { requests, ids } = read({
      ...withKey,
      variables: { first: '#{FUSIONAUTH_TENANT_ID}', defaultTenantId: tenant },
      requests: [post({ id: '#{first}' })],
    });
    expect(ids).toEqual({ defaultTenantId: tenant });
    expect(requests[0]?.body).toEqual({ id: tenant });
  });

  test('of FusionAuth may have brackets in their names', () => {
    const { requests } = read({ ...withKey, requests: [post({ id: '#{FUSIONAUTH_LAMBDA[OpenIDReconcile]_ID}' })] });
    expect(requests[0]?.body).toEqual({ id: 'lambda-id' });
  });

  test('that force an id must be a UUID', () => {
    expect(() => read({ ...withKey, variables: { defaultTenantId: 'main' } })).toThrow(
      '"defaultTenantId" must be a UUID',
    );
  });
});

describe('text that looks like a substitution', () => {
  test.each([
    ['an escaped variable', '\\#{name}', '#{name}'],
    ['a lone sign', 'Setup # @ & Password', 'Setup # @ & Password'],
    ['FreeMarker', "Hi ${user.firstName!''}", "Hi ${user.firstName!''}"],
  ])('%s is left as it is meant', (_, written, meant) => {
    expect(read({ ...withKey, requests: [post({ text: written })] }).requests[0]?.body).toEqual({ text: meant });
  });
});

describe('included files', () => {
  test('come in as text, with their own #{…} untouched', () => {
    const files = { 'emails/a.ftl': 'Line 1\n"${user.email}" #{count}\n' };
    const { requests } = read({ ...withKey, requests: [post({ text: '@{emails/a.ftl}' })] }, {}, files);
    expect(requests[0]?.body).toEqual({ text: 'Line 1\n"${user.email}" #{count}\n' });
  });

  test('come in as JSON, as a body or as a whole request, with substitutions of their own', () => {
    const files = {
      'requests/a.json': '{"method": "PUT", "url": "/api/#{app}", "body": "&{json/b.json}"}',
      'json/b.json': '{"text": "@{b.txt}"}',
      'b.txt': 'B',
    };
    const { requests } = read({ ...withKey, variables: { app: 'web' }, requests: ['&{requests/a.json}'] }, {}, files);
    expect(requests[0]).toMatchObject({ method: 'PUT', url: '/api/web', body: { text: 'B' } });
  });

  test('that include themselves are refused', () => {
    const files = { 'a.json': '["&{b.json}"]', 'b.json': '["&{a.json}"]' };
    expect(() => read({ ...withKey, requests: [post('&{a.json}')] }, {}, files)).toThrow(
      'b.json:1:2 /0 the file includes itself: a.json -> b.json -> a.json; take one &{…} out',
    );
  });
});

describe('a kickstart is refused at its place, with what to do', () => {
  const first = { key: 'bridge' };
  const request = { method: 'POST', url: '/api/tenant' };
  test.each([
    ['without API keys', {}, '"apiKeys" must have at least one key; write "apiKeys": [{"key": "…"}]'],
    ['when it is a list', [], 'a kickstart file must be an object: write it in {…}'],
    ['when its variables are a list', { ...withKey, variables: [] }, '/variables "variables" must be an object'],
    ['when its keys are an object', { apiKeys: first }, '/apiKeys "apiKeys" must be a list: write it in […]'],
    ['with an empty list of keys', { apiKeys: [] }, '/apiKeys "apiKeys" must have at least one key'],
    ['with a key that is a text', { apiKeys: ['bridge'] }, '/apiKeys/0 an API key must be an object'],
    ['with a key that has no value', { apiKeys: [{ description: 'd' }] }, '/apiKeys/0 an API key needs a "key"'],
    ['with a key that is a number', { apiKeys: [{ key: 7 }] }, '/apiKeys/0/key an API key needs a "key"'],
    [
      'when the first key is for one tenant',
      { apiKeys: [{ ...first, tenantId: tenant }] },
      '/apiKeys/0/tenantId the first API key must be unrestricted, for all requests are made with it; leave out "tenantId"',
    ],
    [
      'when the first key is for some endpoints',
      { apiKeys: [{ ...first, permissions: { endpoints: { '/api/user': ['GET'] } } }] },
      '/apiKeys/0/permissions the first API key must be unrestricted',
    ],
    ['with one key twice', { apiKeys: [first, { key: 'x' }, first] }, '/apiKeys/2 the key is that of /apiKeys/0;'],
    ['with a bad tenant of a key', { apiKeys: [first, { key: 'x', tenantId: 'a' }] }, '/apiKeys/1/tenantId "tenantId"'],
    [
      'with a bad list of addresses of a key',
      { apiKeys: [{ ...first, ipAccessControlListId: 'office' }] },
      '/apiKeys/0/ipAccessControlListId "ipAccessControlListId" must be a UUID; #{UUID()} in a variable makes one',
    ],
    [
      'with a manager that is a text',
      { apiKeys: [{ ...first, keyManager: 'yes' }] },
      '/apiKeys/0/keyManager "keyManager" must',
    ],
    [
      'with a description that is none',
      { apiKeys: [{ ...first, description: 1 }] },
      '/apiKeys/0/description "description"',
    ],
    [
      'with permissions that are none',
      { apiKeys: [first, { key: 'x', permissions: { endpoints: { '/api/user': 'GET' } } }] },
      '/apiKeys/1/permissions "permissions" must be like {"endpoints": {"/api/user": ["GET"]}}',
    ],
    ['when requests are no list', { ...withKey, requests: {} }, '/requests "requests" must be a list'],
    ['with a request that is a text', { ...withKey, requests: ['/api'] }, '/requests/0 a request must be an object'],
    [
      'with a DELETE',
      { ...withKey, requests: [{ method: 'DELETE', url: '/api/user/1' }] },
      '/requests/0/method "method" must be POST, PUT or PATCH; a kickstart neither reads nor deletes',
    ],
    [
      'without a URL',
      { ...withKey, requests: [request, { method: 'POST' }] },
      '/requests/1 "url" must be a path such as',
    ],
    [
      'with a request to another server',
      { ...withKey, requests: [{ ...request, url: 'https://evil.example/' }] },
      '/requests/0/url "url" must be a path on this server, not https://evil.example/; leave out everything before /api',
    ],
    [
      'with a text for a body',
      { ...withKey, requests: [request, request, request, { ...request, body: 'json/tenant.json' }] },
      '/requests/3/body "body" must be an object; "&{file.json}" includes one from a file',
    ],
    [
      'with a tenant that is none',
      { ...withKey, requests: [{ ...request, tenantId: 'a' }] },
      '/requests/0/tenantId "tenantId"',
    ],
    [
      'with a content type that is none',
      { ...withKey, requests: [{ ...request, contentType: 1 }] },
      '/requests/0/contentType "contentType" must be a text such as application/merge-patch+json',
    ],
    [
      'with a timeout that is none',
      { ...withKey, settings: { readTimeout: 0 } },
      '/settings/readTimeout "readTimeout" must be',
    ],
    ['with settings that are none', { ...withKey, settings: 7 }, '/settings "settings" must be an object'],
    ['with a licence id that is none', { ...withKey, licenseId: 7 }, '/licenseId "licenseId" must be a text'],
    ['with a licence alone', { ...withKey, license: 'x' }, '/license "license" needs the "licenseId"'],
    [
      'with a forced id that is none',
      { ...withKey, variables: { defaultTenantId: 'main' } },
      '/variables/defaultTenantId "defaultTenantId" must be a UUID such as',
    ],
    [
      'with a variable that is not there',
      { ...withKey, requests: [{ ...request, body: { tenant: { name: '#{name}' } } }] },
      '/requests/0/body/tenant/name there is no variable "name"; write it under "variables", before others that use it',
    ],
    [
      'with a variable that the environment has not',
      { apiKeys: [{ key: '#{ENV.KEY}' }] },
      '/apiKeys/0/key the environment has no variable KEY; set it where the sandbox is started',
    ],
    [
      'with a function that is not there',
      { apiKeys: [{ key: '#{NOW()}' }] },
      '/apiKeys/0/key there is no function "NOW()"; UUID() is the only one',
    ],
    [
      'with a key that is no text',
      { ...withKey, variables: { port: 25 }, requests: [{ ...request, body: { '#{port}': 1 } }] },
      '/requests/0/body/#{port} the key "#{port}" becomes 25; write the variable as a text',
    ],
  ])('%s', (_, written, message) => {
    expect(() => read(written)).toThrow(message);
    expect(() => read(written)).toThrow(/^kickstart\.json:\d+:\d+ /);
  });

  test('and a mistake in an included file is shown there', () => {
    const files = { 'a.json': '{\n "method": "POST",\n "url": 7\n}' };
    expect(() => read({ ...withKey, requests: ['&{a.json}'] }, {}, files)).toThrow(
      'a.json:3:9 /url "url" must be a path',
    );
  });
});

test('settings have the documented default and are read', () => {
  expect(read(withKey).readTimeoutMs).toBe(5000);
  expect(read({ ...withKey, settings: { connectTimeout: 7000, readTimeout: 8000 } }).readTimeoutMs).toBe(8000);
});

test('what is null is left out', () => {
  const nothing = { body: null, tenantId: null, contentType: null };
  const { requests } = read({
    ...withKey,
    licenseId: null,
    requests: [{ method: 'PUT', url: '/api/reactor', ...nothing }],
  });
  expect(requests).toEqual([{ at: expect.anything(), method: 'PUT', url: '/api/reactor' }]);
});

test('lists may be included from files', () => {
  const files = { 'keys.json': '[{"key": "bridge"}]', 'requests.json': '[{"method": "POST", "url": "api/x"}]' };
  const { apiKeys, requests } = read({ apiKeys: '&{keys.json}', requests: '&{requests.json}' }, {}, files);
  expect([apiKeys.length, requests.length]).toEqual([1, 1]);
});

test('a url may leave out its leading slash', () => {
  expect(read({ ...withKey, requests: [{ method: 'POST', url: 'api/tenant' }] }).requests[0]?.url).toBe('/api/tenant');
});

test('a key named __proto__ is an ordinary key', () => {
  const { requests } = read(
    `{"apiKeys": [{"key": "k"}], "requests": [{"method": "POST", "url": "/x", "body": {"__proto__": {"polluted": true}}}]}`,
  );
  expect(Object.keys(requests[0]?.body as object)).toEqual(['__proto__']);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

function post(body: unknown): Record<string, unknown> {
  return { method: 'POST', url: '/api/x', body };
}

function read(
  written: unknown,
  sources: Partial<KickstartSources> = {},
  files: Record<string, string> = {},
): Kickstart {
  const open = (path: string): string => {
    const text = files[path];
    if (text === undefined) throw new Error(`no ${path}`);
    return text;
  };
  return readKickstart(
    parseJsonDocument('kickstart.json', typeof written === 'string' ? written : JSON.stringify(written)),
    {
      env: {},
      uuid: () => 'uuid',
      provide: ({ defaultTenantId = 'random-tenant' }) => ({
        FUSIONAUTH_TENANT_ID: defaultTenantId,
        'FUSIONAUTH_LAMBDA[OpenIDReconcile]_ID': 'lambda-id',
      }),
      readText: open,
      readJson: (path) => parseJsonDocument(path, open(path)),
      ...sources,
    },
  );
}
