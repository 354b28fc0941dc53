import { describe, expect, test } from 'vitest';

import { useSandbox } from './testing/http.js';

const { call, sandbox } = useSandbox();

/** Makes an API key and gives its value. */
async function newKey(fields: Record<string, unknown>): Promise<string> {
  const { status, json } = await call('POST', '/api/api-key', { apiKey: fields });
  expect(status).toBe(200);
  return json.apiKey.key;
}

describe('a key', () => {
  test.each([
    ['no key', null],
    ['an unknown key', 'nobody-made-this'],
    ['a key with a scheme before it', 'Bearer kedge-sandbox-api-key'],
  ])('%s is answered 401 with an empty body', async (_, key) => {
    const answer = await call('GET', '/api/tenant', undefined, { key });
    expect(answer).toMatchObject({ status: 401, text: '' });
  });

  test('an expired key is answered 401', async () => {
    const key = await newKey({ expirationInstant: 1000 });
    expect((await call('GET', '/api/tenant', undefined, { key })).status).toBe(401);
  });

  test('is held to the endpoints and methods it is permitted', async () => {
    const key = await newKey({
      permissions: { endpoints: { '/api/tenant': ['GET'], '/api/application/role': ['POST'] } },
    });
    expect((await call('GET', '/api/tenant', undefined, { key })).status).toBe(200);
    expect((await call('POST', '/api/tenant', { tenant: { name: 'Acme' } }, { key })).status).toBe(401);
    expect((await call('GET', '/api/tenant/search?name=a', undefined, { key })).status).toBe(401);
    const web = await call('POST', '/api/application', { application: { name: 'Web' } });
    const roles = `/api/application/${web.json.application.id}/role`;
    expect((await call('POST', roles, { role: { name: 'crew' } }, { key })).status).toBe(200);
  });

  test('without any permitted endpoint may do everything, but only a key manager makes keys', async () => {
    const key = await newKey({ name: 'all', permissions: { endpoints: {} } });
    expect((await call('GET', '/api/lambda', undefined, { key })).status).toBe(200);
    expect((await call('POST', '/api/api-key', { apiKey: {} }, { key })).status).toBe(401);
  });

  test('that was just made is not known yet where that is switched on', async () => {
    await call('POST', '/__sandbox/switches', { newKeyLatency: 'on' });
    const key = await newKey({ name: 'new' });
    expect((await call('GET', '/api/tenant', undefined, { key })).status).toBe(401);
    expect((await call('GET', '/api/tenant')).status).toBe(200);
  });
});

describe('a key that is tied to a tenant', () => {
  test('gets an empty 401 from endpoints of the whole instance', async () => {
    const { key } = await tenantWithKey();
    for (const path of ['/api/lambda', '/api/theme', '/api/key', '/api/email/template', '/api/tenant/search']) {
      expect(await call('GET', path, undefined, { key })).toMatchObject({ status: 401, text: '' });
    }
  });

  test('sees its tenant and what belongs to it, and nothing else', async () => {
    const { key, tenantId } = await tenantWithKey();
    const own = await call('POST', '/api/application', { application: { name: 'Own' } }, { key });
    expect(own.json.application.tenantId).toBe(tenantId);
    const other = await call('GET', '/api/application/3c219e58-ed0e-4b18-ad48-f4f92793ae32', undefined, { key });
    expect(other).toMatchObject({ status: 404, text: '' });
    const tenants = await call('GET', '/api/tenant', undefined, { key });
    expect(tenants.json.tenants.map(({ id }: { id: string }) => id)).toEqual([tenantId]);
  });

  test('may not be used with the header of another tenant', async () => {
    const { key } = await tenantWithKey();
    const { json } = await call('POST', '/api/tenant', { tenant: { name: 'Other' } });
    const answer = await call('GET', '/api/group', undefined, { key, tenantId: json.tenant.id });
    expect(answer).toMatchObject({ status: 401, text: '' });
  });

  async function tenantWithKey(): Promise<{ key: string; tenantId: string }> {
    const { json } = await call('POST', '/api/tenant', { tenant: { name: 'Acme' } });
    const tenantId: string = json.tenant.id;
    return { tenantId, key: await newKey({ tenantId }) };
  }
});

test('what everybody may see needs no key', async () => {
  for (const path of ['/.well-known/jwks.json', '/api/jwt/public-key', '/api/health', '/api/status']) {
    expect((await call('GET', path, undefined, { key: null })).status).toBe(200);
  }
  expect((await call('GET', '/api/status', undefined, { key: null })).json).not.toHaveProperty('version');
  expect((await call('GET', '/api/status')).json).toMatchObject({ version: '1.69.0' });
  expect(sandbox().apiKey).toBe('kedge-sandbox-api-key');
});
