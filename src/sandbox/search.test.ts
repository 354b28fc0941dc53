import { beforeEach, describe, expect, test } from 'vitest';

import { useSandbox } from './testing/http.js';

const clock = { now: Date.UTC(2026, 0, 15) };
const { call } = useSandbox({ clock: () => (clock.now += 10) });

beforeEach(async () => {
  for (const name of ['Web shop', 'web_admin', 'Crew*room', 'API']) {
    await call('POST', '/api/application', { application: { name, roles: ['crew'] } });
  }
});

const namesOf = (answer: { json: any }): readonly string[] =>
  answer.json.applications.map(({ name }: { name: string }) => name);
const byName = async (name: string): Promise<readonly string[]> =>
  namesOf(await call('POST', '/api/application/search', { search: { name } }));

describe('a text criterion', () => {
  test.each([
    ['web', ['Web shop', 'web_admin'], 'contains, without case'],
    ['web*', ['Web shop', 'web_admin'], 'begins with'],
    ['*shop', ['Web shop'], 'ends with'],
    ['w*n', ['web_admin'], 'has something between'],
    ['**', ['Crew*room'], 'two stars are a star'],
    ['%', [], 'is no SQL wildcard'],
    ['b_a', ['web_admin'], 'is no SQL wildcard either'],
    ['*', ['API', 'Crew*room', 'FusionAuth', 'Tenant manager', 'Web shop', 'web_admin'], 'a star is everything'],
  ])('%s finds %j: %s', async (criterion, found) => {
    expect(await byName(criterion)).toEqual(found);
  });
});

test('GET and POST find the same, with a total and whole objects', async () => {
  const post = await call('POST', '/api/application/search', { search: { name: 'web', numberOfResults: 1 } });
  const get = await call('GET', '/api/application/search?name=web&numberOfResults=1');
  expect(post.json).toEqual(get.json);
  expect(post.json.total).toBe(2);
  expect(post.json.applications).toMatchObject([{ name: 'Web shop', roles: [{ name: 'crew' }] }]);
});

test('pages do not overlap and end', async () => {
  const page = (startRow: number): Promise<readonly string[]> =>
    call('GET', `/api/application/search?startRow=${startRow}&numberOfResults=4`).then(namesOf);
  expect([...(await page(0)), ...(await page(4)), ...(await page(8))]).toEqual(await byName('*'));
});

test('25 come without being asked for more', async () => {
  for (let number = 0; number < 30; number += 1) {
    await call('POST', '/api/group', { group: { name: `Watch ${number}` } });
  }
  const { json } = await call('GET', '/api/group/search');
  expect(json.groups).toHaveLength(25);
  expect(json.total).toBe(30);
});

describe('orderBy', () => {
  const ordered = async (orderBy: string): Promise<readonly string[]> =>
    namesOf(await call('POST', '/api/application/search', { search: { name: 'e', orderBy } }));

  test('sorts by one or more columns, up or down', async () => {
    expect(await ordered('name DESC')).toEqual(['web_admin', 'Web shop', 'Tenant manager', 'Crew*room']);
    expect((await ordered('insertInstant desc, name asc')).slice(0, 2)).toEqual(['Crew*room', 'web_admin']);
  });

  test('that is not written like one is left out', async () => {
    expect(await ordered('name; DROP TABLE applications')).toEqual(await ordered('name ASC'));
  });

  test('of a column that there is not is left out, or a 500 where that is switched on', async () => {
    expect(await ordered('colour DESC')).toEqual(await ordered('name ASC'));
    await call('POST', '/__sandbox/switches', { unknownOrderColumn: 'error' });
    expect((await call('GET', '/api/application/search?orderBy=colour')).status).toBe(500);
  });
});

test('applications are found by state, tenant and being universal', async () => {
  const { json } = await call('GET', '/api/application/search?name=API');
  const { id, tenantId } = json.applications[0];
  await call('DELETE', `/api/application/${id}`);
  expect(namesOf(await call('GET', '/api/application/search?state=Inactive'))).toEqual(['API']);
  expect(namesOf(await call('GET', '/api/application/search?universal=true'))).toEqual(['Tenant manager']);
  expect(namesOf(await call('GET', `/api/application/search?tenantId=${tenantId}`))).not.toContain('Tenant manager');
});

test('search results of tenants have no SMTP password, reads by id do', async () => {
  const emailConfiguration = { password: 'swordfish' };
  const { json } = await call('POST', '/api/tenant', { tenant: { name: 'Acme', emailConfiguration } });
  const found = await call('GET', '/api/tenant/search?name=acme');
  expect(found.json.tenants[0].emailConfiguration).not.toHaveProperty('password');
  const read = await call('GET', `/api/tenant/${json.tenant.id}`);
  expect(read.json.tenant.emailConfiguration.password).toBe('swordfish');
});

test('webhooks come newest first', async () => {
  for (const url of ['https://one.test', 'https://two.test']) {
    await call('POST', '/api/webhook', { webhook: { url, connectTimeout: 1000, readTimeout: 1000 } });
  }
  const { json } = await call('GET', '/api/webhook/search');
  expect(json.webhooks.map(({ url }: { url: string }) => url)).toEqual(['https://two.test', 'https://one.test']);
});

test('a page has as many results as were asked for, or a hundred at most where the switch says so', async () => {
  for (let number = 0; number < 101; number += 1) await call('POST', '/api/tenant', { tenant: { name: `T${number}` } });
  const size = async (): Promise<number> =>
    (await call('GET', '/api/tenant/search?numberOfResults=1000')).json.tenants.length;
  expect(await size()).toBe(102);
  await call('POST', '/__sandbox/switches', { searchPageLimit: 'hundred' });
  expect(await size()).toBe(100);
});
