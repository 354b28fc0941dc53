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
      /^kickstart\.json:1:\d+ there is no variable "b"/,
    );
    expect(() => read({ ...withKey, requests: [post('#{ENV.NOPE}')] })).toThrow('the environment has no variable NOPE');
  });

  test('of FusionAuth follow the tenant id that the file forces, wherever it is written', () => {
    const { requests, ids } = read({
      ...withKey,
      variables: { first: '#{FUSIONAUTH_TENANT_ID}', defaultTenantId: tenant },
      requests: [post('#{first}')],
    });
    expect(ids).toEqual({ defaultTenantId: tenant });
    expect(requests[0]?.body).toBe(tenant);
  });

  test('of FusionAuth may have brackets in their names', () => {
    const { requests } = read({ ...withKey, requests: [post('#{FUSIONAUTH_LAMBDA[OpenIDReconcile]_ID}')] });
    expect(requests[0]?.body).toBe('lambda-id');
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
    expect(read({ ...withKey, requests: [post(written)] }).requests[0]?.body).toBe(meant);
  });
});

describe('included files', () => {
  test('come in as text, with their own #{…} untouched', () => {
    const files = { 'emails/a.ftl': 'Line 1\n"${user.email}" #{count}\n' };
    const { requests } = read({ ...withKey, requests: [post('@{emails/a.ftl}')] }, {}, files);
    expect(requests[0]?.body).toBe('Line 1\n"${user.email}" #{count}\n');
  });

  test('come in as JSON, as a body or as a whole request, with substitutions of their own', () => {
    const files = {
      'requests/a.json': '{"method": "PUT", "url": "/api/#{app}", "body": "&{json/b.json}"}',
      'json/b.json': '{"text": "@{b.txt}"}',
      'b.txt': 'B',
    };
    const { requests } = read({ ...withKey, variables: { app: 'web' }, requests: ['&{requests/a.json}'] }, {}, files);
    expect(requests[0]).toMatchObject({ index: 0, method: 'PUT', url: '/api/web', body: { text: 'B' } });
  });

  test('that include themselves are refused', () => {
    const files = { 'a.json': '["&{b.json}"]', 'b.json': '["&{a.json}"]' };
    expect(() => read({ ...withKey, requests: [post('&{a.json}')] }, {}, files)).toThrow(
      'b.json:1:2 includes itself: a.json -> b.json -> a.json',
    );
  });
});

describe('a kickstart is refused', () => {
  test.each([
    ['without API keys', {}, '"apiKeys" must have at least one key'],
    ['with a key that has no value', { apiKeys: [{ description: 'd' }] }, 'an API key needs a "key"'],
    ['when the first key is for one tenant', { apiKeys: [{ key: 'k', tenantId: tenant }] }, 'must be unrestricted'],
    [
      'when the first key is for some endpoints',
      { apiKeys: [{ key: 'k', permissions: { endpoints: { '/api/user': ['GET'] } } }] },
      'must be unrestricted',
    ],
    [
      'with a DELETE',
      { ...withKey, requests: [{ method: 'DELETE', url: '/api/user/1' }] },
      'requests[0]: "method" must be POST, PUT or PATCH',
    ],
    [
      'with a request to another server',
      { ...withKey, requests: [{ method: 'POST', url: 'https://evil.example/' }] },
      'must be a path on this server',
    ],
    ['when requests are no list', { ...withKey, requests: {} }, '"requests" must be a list'],
  ])('%s', (_, written, message) => {
    expect(() => read(written)).toThrow(message);
  });
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
