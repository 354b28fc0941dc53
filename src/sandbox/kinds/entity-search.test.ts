import { FusionAuthClient, Sort } from '@fusionauth/typescript-client';
import { beforeEach, describe, expect, test } from 'vitest';

import { useSandbox, type HttpAnswer } from '../testing/http.js';

const clock = { now: Date.UTC(2026, 0, 15) };
const engines = {
  database: useSandbox({ clock: () => (clock.now += 10) }),
  elasticsearch: useSandbox({ clock: () => (clock.now += 10), search: 'elasticsearch' }),
};
const lagging = useSandbox({ clock: () => clock.now, search: 'elasticsearch', searchLagMs: 1000 });

const namesOf = ({ json }: HttpAnswer): readonly string[] => json.entities.map(({ name }: { name: string }) => name);

async function seed({ call }: typeof lagging): Promise<Record<string, string>> {
  const ids: Record<string, string> = {};
  const customer = (await call('POST', '/api/entity/type', { entityType: { name: 'Customer' } })).json.entityType.id;
  const vendor = (await call('POST', '/api/entity/type', { entityType: { name: 'Vendor' } })).json.entityType.id;
  for (const [name, type, data] of [
    ['Pied Piper API', customer, { audited: true, seats: 40 }],
    ['Raviga', customer, { audited: false, seats: 5 }],
    ['API Gateway', vendor, { seats: 12 }],
  ]) {
    ids[name] = (await call('POST', '/api/entity', { entity: { name, type: { id: type }, data } })).json.entity.id;
  }
  return { ...ids, customer, vendor };
}

describe('on the database engine', () => {
  const { call } = engines.database;
  beforeEach(async () => {
    await seed(engines.database);
  });

  test('a term is found in names, client ids and names of types', async () => {
    const body = (queryString: string) => ({
      search: { numberOfResults: 25, queryString, sortFields: [{ name: 'name', order: 'asc' }], startRow: 0 },
    });
    expect(namesOf(await call('POST', '/api/entity/search', body('piper')))).toEqual(['Pied Piper API']);
    expect(namesOf(await call('POST', '/api/entity/search', body('CUSTOMER')))).toEqual(['Pied Piper API', 'Raviga']);
    expect(namesOf(await call('POST', '/api/entity/search', body('*')))).toHaveLength(3);
    const { json } = await call('GET', '/api/entity/search?queryString=raviga');
    expect(json.entities[0]).toMatchObject({ type: { name: 'Customer' }, clientSecret: expect.any(String) });
    expect(namesOf(await call('GET', `/api/entity/search?queryString=${json.entities[0].clientId}`))).toEqual([
      'Raviga',
    ]);
  });

  test('raw queries and tokens are refused', async () => {
    for (const name of ['query', 'nextResults']) {
      const { status, json } = await call('POST', '/api/entity/search', { search: { [name]: '{"match_all":{}}' } });
      expect([status, json.fieldErrors[name][0].code]).toEqual([400, `[invalid]${name}`]);
    }
  });
});

describe('on Elasticsearch', () => {
  const { call, sandbox } = engines.elasticsearch;
  let ids: Record<string, string>;
  beforeEach(async () => {
    ids = await seed(engines.elasticsearch);
  });
  const found = async (search: object): Promise<readonly string[]> =>
    namesOf(await call('POST', '/api/entity/search', { search }));

  test('the requests of the documentation find what they say', async () => {
    expect(await found({ queryString: 'name:*API' })).toEqual(['Pied Piper API']);
    const { json } = await call('GET', '/api/tenant');
    const sortFields = [{ missing: '_first', name: 'name', order: 'asc' }];
    const inTenant = { numberOfResults: 25, queryString: `tenantId:${json.tenants[0].id}`, sortFields, startRow: 0 };
    expect(await found(inTenant)).toEqual(['API Gateway', 'Pied Piper API', 'Raviga']);
    expect(await found({ queryString: 'tenantId:39666465-6535-3731-3139-666363356438' })).toEqual([]);
    expect(await found({ query: JSON.stringify({ match: { 'data.audited': { query: true } } }) })).toEqual([
      'Pied Piper API',
    ]);
    expect(await found({ query: JSON.stringify({ match: { name: { query: 'Raviga' } } }) })).toEqual(['Raviga']);
  });

  test('fields, types, data and instants are searched, and words without a field anywhere', async () => {
    expect(await found({ queryString: 'piper' })).toEqual(['Pied Piper API']);
    expect(await found({ queryString: 'API Gateway' })).toEqual(['API Gateway']);
    expect(await found({ queryString: `typeId:${ids['customer']} AND data.seats:>=10` })).toEqual(['Pied Piper API']);
    const { json } = await call('GET', `/api/entity/${ids['Raviga']}`);
    const since = json.entity.lastUpdateInstant;
    expect(await found({ queryString: `lastUpdateInstant:[${since} TO *]` })).toEqual(['API Gateway', 'Raviga']);
    const range = JSON.stringify({ range: { lastUpdateInstant: { gt: since } } });
    expect(await found({ query: range })).toEqual(['API Gateway']);
    await call('POST', '/__sandbox/switches', { epochRanges: 'missed' });
    expect(await found({ query: range })).toEqual([]);
  });

  test('ids go before query, and query before queryString', async () => {
    const query = JSON.stringify({ term: { typeId: ids['vendor'] } });
    expect(await found({ queryString: 'raviga', query })).toEqual(['API Gateway']);
    expect(await found({ queryString: 'raviga', query, ids: [ids['Pied Piper API']] })).toEqual(['Pied Piper API']);
    expect(namesOf(await call('GET', `/api/entity/search?ids=${ids['Raviga']}&ids=${ids['API Gateway']}`))).toEqual([
      'Raviga',
      'API Gateway',
    ]);
  });

  test('a token goes on, in GET and POST and through the official client', async () => {
    const first = await call(
      'GET',
      '/api/entity/search?queryString=*&numberOfResults=2&sortFields[0].name=insertInstant',
    );
    expect([namesOf(first), first.json.total]).toEqual([['Pied Piper API', 'Raviga'], 3]);
    const client = new FusionAuthClient(sandbox().apiKey, sandbox().url);
    const { response } = await client.searchEntities({ search: { nextResults: first.json.nextResults } });
    expect(response.entities?.map(({ name }) => name)).toEqual(['API Gateway']);
    const last = await call('GET', `/api/entity/search?nextResults=${response.nextResults}`);
    expect(last.json).toEqual({ entities: [], total: 3 });
    const sorted = { queryString: '*', sortFields: [{ name: 'typeId', order: Sort.desc }, { name: 'name' }] };
    expect((await client.searchEntities({ search: sorted })).response.total).toBe(3);
  });

  test('what is not emulated is refused by name', async () => {
    const query = JSON.stringify({ more_like_this: { fields: ['name'] } });
    const { status, json } = await call('POST', '/api/entity/search', { search: { query } });
    expect([status, json.fieldErrors.query[0]]).toMatchObject([
      400,
      { code: '[invalid]query', message: expect.stringContaining('unknown query [more_like_this]') },
    ]);
  });

  test('trap: grants are found by a nested query', async () => {
    const { json } = await call('POST', '/api/user', { user: { email: 'crew@acme.com', password: 'password' } });
    const userId = json.user.id;
    const nested = JSON.stringify({ nested: { path: 'grants', query: { term: { 'grants.userId': userId } } } });
    await call('POST', `/api/entity/${ids['Raviga']}/grant`, { grant: { userId } });
    expect(await found({ query: nested })).toEqual(['Raviga']);
    expect(await found({ queryString: `grants.userId:${userId}` })).toEqual(['Raviga']);
    await call('POST', '/__sandbox/switches', { nestedInQueryString: 'hidden' });
    expect(await found({ queryString: `grants.userId:${userId}` })).toEqual([]);
    await call('DELETE', `/api/entity/${ids['Raviga']}/grant?userId=${userId}`);
    expect(await found({ query: nested })).toEqual([]);
  });

  test('trap: a property of another type hides an entity from searches, not from reads', async () => {
    const { customer } = ids;
    const odd = { name: 'Hooli', type: { id: customer }, data: { seats: { of: 'many' } } };
    const { json } = await call('POST', '/api/entity', { entity: odd });
    expect(await found({ queryString: 'hooli' })).toEqual([]);
    expect((await call('GET', `/api/entity/${json.entity.id}`)).status).toBe(200);
    expect(await found({ ids: [json.entity.id] })).toEqual(['Hooli']);
  });

  test('trap: a deleted tenant may leave its entities in the index until it is made anew', async () => {
    await call('POST', '/__sandbox/switches', { staleTenantEntities: 'on' });
    const { json } = await call('POST', '/api/tenant', { tenant: { name: 'Acme' } });
    const tenantId = json.tenant.id;
    await call('POST', '/api/entity', { entity: { name: 'Hooli', type: { id: ids['customer'] } } }, { tenantId });
    await call('DELETE', `/api/tenant/${tenantId}`);
    const stale = await call('GET', '/api/entity/search?queryString=hooli');
    expect(stale.json).toMatchObject({ entities: [], total: 1 });
    expect((await call('POST', '/api/system/reindex', { index: 'fusionauth_entity' })).status).toBe(200);
    expect((await call('GET', '/api/system/reindex')).status).toBe(404);
    expect((await call('GET', '/api/entity/search?queryString=hooli')).json.total).toBe(0);
    const unknown = await call('POST', '/api/system/reindex', { index: 'fusionauth_ship' });
    expect(unknown.json.fieldErrors.index[0].code).toBe('[invalid]index');
  });

  test('a reset lets the index forget', async () => {
    await sandbox().reset();
    expect(await found({})).toEqual([]);
  });
});

test('trap: a write is found when the index has heard of it, or when it is told to refresh', async () => {
  const { call } = lagging;
  const ids = await seed(lagging);
  const total = async (): Promise<number> => (await call('GET', '/api/entity/search?accurateTotal=true')).json.total;
  expect(await total()).toBe(0);
  expect((await call('GET', `/api/entity/search?ids=${ids['Raviga']}`)).json.total).toBe(1);
  clock.now += 1000;
  expect(await total()).toBe(3);
  await call('DELETE', `/api/entity/${ids['Raviga']}`);
  expect((await call('GET', '/api/entity/search')).json).toMatchObject({ entities: { length: 2 }, total: 3 });
  expect(await call('PUT', '/api/entity/search')).toMatchObject({ status: 200, text: '' });
  expect(await total()).toBe(2);
});
