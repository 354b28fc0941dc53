import { describe, expect, test } from 'vitest';

import { useSandbox } from './testing/http.js';

const { call } = useSandbox();
const web = { application: { name: 'Web' } };

async function newTenant(name: string): Promise<string> {
  const { json } = await call('POST', '/api/tenant', { tenant: { name } });
  return json.tenant.id;
}

test('with one tenant no header is needed', async () => {
  const { json: tenants } = await call('GET', '/api/tenant');
  const { status, json } = await call('POST', '/api/application', web);
  expect(status).toBe(200);
  expect(json.application.tenantId).toBe(tenants.tenants[0].id);
});

describe('with several tenants', () => {
  test.each(['application', 'group'])('a create of a %s without a header is [TenantIdRequired]', async (kind) => {
    await newTenant('Acme');
    const answer = await call('POST', `/api/${kind}`, { [kind]: { name: 'Web' } });
    expect(answer.status).toBe(400);
    expect(answer.json).toEqual({
      generalErrors: [{ code: '[TenantIdRequired]', message: expect.stringContaining('X-FusionAuth-TenantId') }],
    });
  });

  test('the header says which', async () => {
    const tenantId = await newTenant('Acme');
    const { json } = await call('POST', '/api/application', web, { tenantId });
    expect(json.application.tenantId).toBe(tenantId);
  });

  test('the header counts and not the body, whose tenantId alone is not enough unless switched so', async () => {
    const [acme, globex] = [await newTenant('Acme'), await newTenant('Globex')];
    const body = { application: { name: 'Web', tenantId: acme } };
    expect((await call('POST', '/api/application', body)).status).toBe(400);
    expect((await call('POST', '/api/application', body, { tenantId: globex })).json.application.tenantId).toBe(globex);
    await call('POST', '/__sandbox/switches', { bodyTenantId: 'enough' });
    expect((await call('POST', '/api/application', body)).json.application.tenantId).toBe(acme);
  });

  test('by id no header is needed, and with the wrong one there is nothing', async () => {
    const [acme, globex] = [await newTenant('Acme'), await newTenant('Globex')];
    const { json } = await call('POST', '/api/application', web, { tenantId: acme });
    const path = `/api/application/${json.application.id}`;
    expect((await call('GET', path)).status).toBe(200);
    expect((await call('GET', path, undefined, { tenantId: acme })).status).toBe(200);
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
      const body = method === 'PUT' || method === 'PATCH' ? web : undefined;
      expect(await call(method, path, body, { tenantId: globex })).toMatchObject({ status: 404, text: '' });
    }
  });

  test('two tenants may have an application of one name', async () => {
    const [acme, globex] = [await newTenant('Acme'), await newTenant('Globex')];
    expect((await call('POST', '/api/application', web, { tenantId: acme })).status).toBe(200);
    expect((await call('POST', '/api/application', web, { tenantId: globex })).status).toBe(200);
    expect((await call('POST', '/api/application', web, { tenantId: acme })).status).toBe(400);
  });
});

test('the search for tenants takes no header', async () => {
  const tenantId = await newTenant('Acme');
  expect((await call('GET', '/api/tenant/search')).status).toBe(200);
  expect(await call('GET', '/api/tenant/search', undefined, { tenantId })).toMatchObject({ status: 401, text: '' });
  expect((await call('POST', '/api/tenant/search', { search: {} }, { tenantId })).status).toBe(401);
});

test('a header that names no tenant is answered 400', async () => {
  const nobody = { tenantId: '0e3ba31f-7d36-4d5f-8f0f-5a3a2e1d9f11' };
  expect((await call('POST', '/api/application', web, nobody)).status).toBe(400);
  expect((await call('GET', '/api/application', undefined, { tenantId: 'acme' })).status).toBe(400);
});
