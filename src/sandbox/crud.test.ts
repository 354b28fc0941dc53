import { describe, expect, test } from 'vitest';

import { useSandbox } from './testing/http.js';

const { call, sandbox } = useSandbox();
const id = '5c1a2f0e-51fc-4a31-9bd6-5d0d5c7d8a10';

describe('paths', () => {
  test('one that is not there is a bare 404', async () => {
    expect(await call('GET', '/api/nothing')).toMatchObject({ status: 404, text: '' });
  });

  test('a method that is not there is a bare 405', async () => {
    for (const [method, path] of [
      ['DELETE', '/api/tenant'],
      ['PATCH', `/api/key/${id}`],
      ['GET', `/api/application/${id}/role`],
    ] as const) {
      expect(await call(method, path, method === 'PATCH' ? {} : undefined)).toMatchObject({ status: 405, text: '' });
    }
  });

  test('an id that nothing has is a bare 404, and one that is none is [couldNotConvert]', async () => {
    expect(await call('GET', `/api/tenant/${id}`)).toMatchObject({ status: 404, text: '' });
    const { status, json } = await call('GET', '/api/tenant/acme');
    expect(status).toBe(400);
    expect(json.fieldErrors.tenantId[0]).toEqual({
      code: '[couldNotConvert]tenantId',
      message: 'Invalid tenantId [acme]. This must be a valid UUID String (e.g. 25a872da-bb44-4af8-a43d-e7bcb5351ebc).',
    });
  });

  test('HEAD has the headers of GET, OPTIONS says what is allowed', async () => {
    const head = await call('HEAD', '/api/tenant');
    expect(head).toMatchObject({ status: 200, text: '' });
    const options = await call('OPTIONS', '/api/tenant/search', undefined, { key: null });
    expect(options.headers.get('allow')).toContain('POST');
  });
});

describe('bodies', () => {
  test('what is no JSON is [invalidJSON]', async () => {
    const { status, json } = await call('POST', '/api/tenant', '{"tenant":');
    expect(status).toBe(400);
    expect(json.generalErrors[0].code).toBe('[invalidJSON]');
  });

  test('a value of the wrong type is [invalidJSON] under its property', async () => {
    const { status, json } = await call('POST', '/api/tenant', {
      tenant: { name: 'Acme', emailConfiguration: { port: 'many' }, connectorPolicies: {} },
    });
    expect(status).toBe(400);
    expect(Object.keys(json.fieldErrors)).toEqual(['tenant.emailConfiguration.port', 'tenant.connectorPolicies']);
    expect(json.fieldErrors['tenant.emailConfiguration.port'][0].code).toBe('[invalidJSON]');
  });

  test('a bad UUID in a body is [couldNotConvert]', async () => {
    const { json } = await call('POST', '/api/tenant', { tenant: { name: 'Acme', themeId: 'blue' } });
    expect(json.fieldErrors['tenant.themeId'][0].code).toBe('[couldNotConvert]tenant.themeId');
  });

  test('a property that there is not is dropped, or refused where that is switched on', async () => {
    const body = { tenant: { name: 'Acme', colour: 'blue' }, extra: 1 };
    const { json } = await call('POST', '/api/tenant', body);
    expect(json.tenant).not.toHaveProperty('colour');
    await call('POST', '/__sandbox/switches', { unknownProperties: 'reject' });
    const refused = await call('PUT', `/api/tenant/${json.tenant.id}`, body);
    expect(Object.keys(refused.json.fieldErrors)).toEqual(['tenant.colour', 'extra']);
  });

  test('one without the object is [missing], one without a JSON content type is refused', async () => {
    const { json } = await call('POST', '/api/tenant', {});
    expect(json.fieldErrors.tenant[0].code).toBe('[missing]tenant');
    expect((await call('POST', '/api/tenant', { tenant: { name: 'A' } }, { type: 'text/plain' })).status).toBe(400);
  });
});

describe('a create', () => {
  test('is answered 200, with both instants alike', async () => {
    const { status, json } = await call('POST', `/api/tenant/${id}`, { tenant: { name: 'Acme' } });
    expect(status).toBe(200);
    expect(json.tenant).toMatchObject({ id, name: 'Acme', lastUpdateInstant: json.tenant.insertInstant });
  });

  test('takes the id of the path, or of the body', async () => {
    const { json } = await call('POST', '/api/tenant', { tenant: { id: id.toUpperCase(), name: 'Acme' } });
    expect(json.tenant.id).toBe(id);
  });

  test('with an id in use is [duplicate] of the parameter', async () => {
    await call('POST', `/api/tenant/${id}`, { tenant: { name: 'Acme' } });
    const { status, json } = await call('POST', `/api/tenant/${id}`, { tenant: { name: 'Globex' } });
    expect(status).toBe(400);
    expect(json.fieldErrors.tenantId[0].code).toBe('[duplicate]tenantId');
  });

  test('with a name in use is [duplicate], whatever its case unless switched so', async () => {
    await call('POST', '/api/tenant', { tenant: { name: 'Acme' } });
    const { json } = await call('POST', '/api/tenant', { tenant: { name: 'acme ' } });
    expect(json.fieldErrors['tenant.name'][0]).toEqual({
      code: '[duplicate]tenant.name',
      message: 'A Tenant with name = [acme] already exists.',
    });
    await call('POST', '/__sandbox/switches', { nameCase: 'sensitive' });
    expect((await call('POST', '/api/tenant', { tenant: { name: 'acme' } })).status).toBe(200);
    expect((await call('POST', '/api/tenant', { tenant: { name: 'Acme' } })).status).toBe(400);
  });

  test('tells everything that is wrong at once', async () => {
    const { json } = await call('POST', '/api/webhook', { webhook: { tenantIds: [id] } });
    expect(Object.values(json.fieldErrors).flat()).toMatchObject([
      { code: '[missing]webhook.connectTimeout' },
      { code: '[missing]webhook.readTimeout' },
      { code: '[blank]webhook.url' },
      { code: '[invalid]webhook.tenantIds[0]' },
    ]);
  });
});

describe('a PUT', () => {
  test('puts everything that it leaves out back to its default', async () => {
    const fields = { name: 'Acme', issuer: 'acme.test', httpSessionMaxInactiveInterval: 60, data: { a: 1 } };
    await call('POST', `/api/tenant/${id}`, { tenant: fields });
    const { json } = await call('PUT', `/api/tenant/${id}`, { tenant: { name: 'Acme' } });
    expect(json.tenant).toMatchObject({ issuer: 'acme.com', httpSessionMaxInactiveInterval: 3600, data: {} });
  });

  test('must send required fields again', async () => {
    await call('POST', `/api/tenant/${id}`, { tenant: { name: 'Acme' } });
    const { json } = await call('PUT', `/api/tenant/${id}`, { tenant: { issuer: 'acme.test' } });
    expect(json.fieldErrors['tenant.name'][0].code).toBe('[blank]tenant.name');
  });

  test('cannot set id and instants', async () => {
    const created = await call('POST', `/api/tenant/${id}`, { tenant: { name: 'Acme', insertInstant: 1 } });
    const { json } = await call('PUT', `/api/tenant/${id}`, {
      tenant: { id: '6c1a2f0e-51fc-4a31-9bd6-5d0d5c7d8a10', name: 'Acme', insertInstant: 5, lastUpdateInstant: 6 },
    });
    expect(json.tenant).toMatchObject({ id, insertInstant: created.json.tenant.insertInstant });
    expect(json.tenant.lastUpdateInstant).toBeGreaterThan(created.json.tenant.lastUpdateInstant);
  });

  test('moves lastUpdateInstant every time, even if nothing changes, unless switched otherwise', async () => {
    const instants: number[] = [];
    const put = async (): Promise<void> => {
      const { json } = await call('PUT', `/api/tenant/${id}`, { tenant: { name: 'Acme' } });
      instants.push(json.tenant.lastUpdateInstant);
    };
    await call('POST', `/api/tenant/${id}`, { tenant: { name: 'Acme' } });
    for (let times = 0; times < 5; times += 1) await put();
    expect(new Set(instants).size).toBe(5);
    expect(instants).toEqual(instants.toSorted((left, right) => left - right));
    await call('POST', '/__sandbox/switches', { noopUpdate: 'keeps' });
    await put();
    expect(instants.at(-1)).toBe(instants.at(-2));
  });
});

test('an answer has no nulls, and sections that are empty', async () => {
  const { text, json } = await call('POST', '/api/tenant', { tenant: { name: 'Acme', logoutURL: null } });
  expect(text).not.toContain('null');
  expect(json.tenant).toMatchObject({ data: {}, registrationConfiguration: { blockedDomains: [] } });
});

test('a delete is answered 200 with an empty body, and 404 the second time', async () => {
  await call('POST', `/api/tenant/${id}`, { tenant: { name: 'Acme' } });
  expect(await call('DELETE', `/api/tenant/${id}`)).toMatchObject({ status: 200, text: '' });
  expect(await call('DELETE', `/api/tenant/${id}`)).toMatchObject({ status: 404, text: '' });
});

test('an object in use is not deleted', async () => {
  const { json } = await call('POST', '/api/lambda', { lambda: { name: 'claims', type: 'JWTPopulate', body: '//' } });
  const lambdaId: string = json.lambda.id;
  const lambdaConfiguration = { accessTokenPopulateId: lambdaId };
  await call('POST', '/api/application', { application: { name: 'Web', lambdaConfiguration } });
  const { status, json: refused } = await call('DELETE', `/api/lambda/${lambdaId}`);
  expect(status).toBe(400);
  expect(refused.fieldErrors.lambdaId[0]).toMatchObject({ code: '[inUse]lambdaId' });
  expect(refused.fieldErrors.lambdaId[0].message).toContain('application [Web]');
});

test('a key named __proto__ is only a key', async () => {
  const body = '{"tenant":{"name":"Acme","data":{"__proto__":{"polluted":true}}}}';
  const { status } = await call('POST', '/api/tenant', body);
  expect(status).toBe(200);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  expect(sandbox().url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});
