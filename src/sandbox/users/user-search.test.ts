import { beforeEach, describe, expect, test } from 'vitest';

import { useSandbox, type HttpAnswer } from '../testing/http.js';

const web = 'c50329fa-93e5-4618-8d9f-73d0ab069a54';
const groupId = '7f318a9d-3de4-4ded-9b53-1d97fd730868';
const ids = ['00000000-0000-0001-0000-000000000001', '00000000-0000-0001-0000-000000000002'] as const;
const engines = { database: useSandbox(), elasticsearch: useSandbox({ search: 'elasticsearch' }) };

const emailsOf = ({ json }: HttpAnswer): readonly string[] => json.users.map(({ email }: { email: string }) => email);

async function seed({ call }: typeof engines.database): Promise<void> {
  const roles = [{ name: 'admin' }, { name: 'user' }];
  await call('POST', `/api/application/${web}`, { application: { name: 'Web', roles } });
  await call('POST', `/api/group/${groupId}`, { group: { name: 'Deck' } });
  const users = [
    {
      id: ids[0],
      active: true,
      email: 'dinesh@fusionauth.io',
      firstName: 'Dinesh',
      lastName: 'Chugtai',
      phoneNumber: '303-555-1212',
      data: { userMigrated: true },
      memberships: [{ groupId }],
      registrations: [{ applicationId: web, roles: ['admin'], verified: true, data: { minprice: 60_000 } }],
    },
    {
      id: ids[1],
      active: true,
      email: 'monica@acme.com',
      fullName: 'Monica Hall',
      insertInstant: 1331449200000,
      registrations: [{ applicationId: web, roles: ['user'], data: { minprice: 10 } }],
    },
    { active: false, username: 'erlich', email: 'erlich@aviato.com' },
  ];
  const { status, text } = await call('POST', '/api/user/import', { users });
  if (status !== 200) throw new Error(text);
}

const role = { match: { 'registrations.roles': 'admin' } };
const application = { match: { 'registrations.applicationId': web } };
const nested = (must: readonly unknown[]): unknown => ({
  nested: { path: 'registrations', query: { bool: { must } } },
});

describe('on Elasticsearch', () => {
  const { call } = engines.elasticsearch;
  beforeEach(() => seed(engines.elasticsearch));

  // As in FusionAuth's documentation, users/*-query.json.
  test.each([
    ['of a role', { bool: { must: [[nested([application, role])]] } }, ['dinesh@fusionauth.io']],
    [
      'with unverified registrations',
      { bool: { must: [nested([application, { match: { 'registrations.verified': false } }])] } },
      ['monica@acme.com'],
    ],
    [
      'by a range in the data of registrations',
      {
        bool: {
          must: [
            {
              nested: {
                path: 'registrations',
                query: { range: { 'registrations.data.minprice': { gte: 50_000, lte: 100_000 } } },
              },
            },
          ],
        },
      },
      ['dinesh@fusionauth.io'],
    ],
    ['by an address', { match: { email: { query: 'dinesh@fusionauth.io' } } }, ['dinesh@fusionauth.io']],
    ['by data', { match: { 'data.userMigrated': { query: 'true' } } }, ['dinesh@fusionauth.io']],
    ['by a number', { wildcard: { phoneNumber: { value: '*(303) 555*' } } }, ['dinesh@fusionauth.io']],
  ])('the documented query finds users %s', async (_, query, expected) => {
    const answer = await call('POST', '/api/user/search', { search: { query: JSON.stringify(query) } });
    expect(emailsOf(answer)).toEqual(expected);
  });

  test.each([
    [`memberships.groupId:${groupId}`, ['dinesh@fusionauth.io']],
    ['email:*acme.com', ['monica@acme.com']],
    ['phoneNumber:303*', ['dinesh@fusionauth.io']],
    ['fullName:chugtai', ['dinesh@fusionauth.io']],
    ['active:false', ['erlich@aviato.com']],
    ['insertInstant:[* TO 1331449200000]', ['monica@acme.com']],
    ['login:erlich@aviato.com', ['erlich@aviato.com']],
  ])('queryString %j finds %j', async (queryString, expected) => {
    expect(emailsOf(await call('POST', '/api/user/search', { search: { queryString } }))).toEqual(expected);
  });

  test('pages go on by token, and sort by what registrations have', async () => {
    const first = await call('POST', '/api/user/search', { search: { queryString: '*', numberOfResults: 2 } });
    expect(first.json).toMatchObject({ total: 3, expandable: [], nextResults: expect.any(String) });
    const next = await call('GET', `/api/user/search?nextResults=${encodeURIComponent(first.json.nextResults)}`);
    expect([...emailsOf(first), ...emailsOf(next)].toSorted()).toEqual([
      'dinesh@fusionauth.io',
      'erlich@aviato.com',
      'monica@acme.com',
    ]);
    const sortFields = [{ name: 'registrations.roles', order: 'desc', missing: '_last' }];
    const sorted = await call('POST', '/api/user/search', { search: { queryString: '*', sortFields } });
    expect(emailsOf(sorted)).toEqual(['monica@acme.com', 'dinesh@fusionauth.io', 'erlich@aviato.com']);
  });

  test('a group that is left is no longer found by', async () => {
    await call('DELETE', `/api/group/${groupId}`);
    const search = { queryString: `memberships.groupId:${groupId}` };
    expect((await call('POST', '/api/user/search', { search })).json.total).toBe(0);
    expect((await call('PUT', '/api/user/search')).status).toBe(200);
  });
});

describe('on the database', () => {
  const { call } = engines.database;
  beforeEach(() => seed(engines.database));

  test.each([
    ['dinesh', ['dinesh@fusionauth.io']],
    ['303-555-1212', ['dinesh@fusionauth.io']],
    ['HALL', ['monica@acme.com']],
    ['nobody', []],
    ['memberships.groupId:7f318a9d', []],
  ])('the term %j finds %j', async (term, expected) => {
    expect(emailsOf(await call('GET', `/api/user/search?queryString=${term}`))).toEqual(expected);
  });

  test('raw queries and sorting by registrations are refused', async () => {
    const raw = await call('POST', '/api/user/search', { search: { query: '{"match_all":{}}' } });
    const sortFields = [{ name: 'registrations.roles' }];
    const sorted = await call('POST', '/api/user/search', { search: { queryString: '*', sortFields } });
    expect([raw.status, sorted.status]).toEqual([400, 400]);
  });

  test('users are looked up by ids, and sorted otherwise', async () => {
    const found = await call('GET', `/api/user/search?ids=${ids[1]}&ids=${ids[0]}&ids=${web}`);
    expect(emailsOf(found)).toEqual(['monica@acme.com', 'dinesh@fusionauth.io']);
    const path = '/api/user/search?queryString=*&sortFields%5B0%5D.name=email&sortFields%5B0%5D.order=desc';
    expect(emailsOf(await call('GET', path))).toEqual(['monica@acme.com', 'erlich@aviato.com', 'dinesh@fusionauth.io']);
  });
});

describe.each(Object.keys(engines) as (keyof typeof engines)[])('what is expanded, on %s', (engine) => {
  const { call } = engines[engine];
  beforeEach(() => seed(engines[engine]));

  test.each([
    [undefined, true, true, []],
    [[], false, false, ['memberships', 'registrations']],
    [['registrations'], false, true, ['memberships']],
  ])('with %j', async (expand, memberships, registrations, expandable) => {
    const { json } = await call('POST', '/api/user/search', { expand, search: { ids: [ids[0]] } });
    expect(json.expandable).toEqual(expandable);
    const [found] = json.users;
    expect(['memberships' in found, 'registrations' in found]).toEqual([memberships, registrations]);
    const query = expand === undefined ? '' : expand.length === 0 ? '&expand=' : `&expand=${expand.join('&expand=')}`;
    const get = await call('GET', `/api/user/search?ids=${ids[0]}${query}`);
    expect(get.json).toEqual(json);
  });

  test('shows neither scheme nor salt of a password', async () => {
    await call('POST', '/api/user', { user: { email: 'gavin@hooli.com', password: 'swordfish-1' } });
    expect((await call('GET', '/api/user/search?queryString=gavin')).text).not.toMatch(
      /"(?:salt|encryptionScheme|factor|password|quickHash)"/,
    );
  });
});

describe('many users are deleted', () => {
  const { call } = engines.elasticsearch;
  beforeEach(() => seed(engines.elasticsearch));

  test('by id, to be inactive', async () => {
    const { json } = await call('DELETE', `/api/user/bulk?userId=${ids[0]}&userId=${ids[1]}&userId=${web}`);
    expect(json).toEqual({ dryRun: false, hardDelete: false, total: 2, userIds: [...ids] });
    expect((await call('GET', `/api/user/${ids[0]}`)).json.user.active).toBe(false);
  });

  test('for good, with a body as documented', async () => {
    const query = JSON.stringify({
      bool: { must: [nested([application, { match: { 'registrations.verified': false } }])] },
    });
    const dry = await call('DELETE', '/api/user/bulk', { dryRun: true, hardDelete: true, query });
    expect(dry.json).toEqual({ dryRun: true, hardDelete: true, total: 1, userIds: [ids[1]] });
    expect((await call('GET', `/api/user/${ids[1]}`)).status).toBe(200);
    const wet = await call('DELETE', '/api/user/bulk', { dryRun: false, hardDelete: true, query });
    expect(wet.json.total).toBe(1);
    expect((await call('GET', `/api/user/${ids[1]}`)).status).toBe(404);
  });

  test('by queryString, no more than the limit', async () => {
    const { json } = await call('DELETE', '/api/user/bulk?queryString=*&limit=2&dryRun=true');
    expect(json).toMatchObject({ dryRun: true, total: 2 });
  });

  test('trap: and nobody is named when there was nobody', async () => {
    const { json } = await call('DELETE', '/api/user/bulk?queryString=nobody');
    expect(json).toEqual({ dryRun: false, hardDelete: false, total: 0 });
  });

  test.each([
    ['', undefined, '[missing]userIds'],
    ['?userId=me', undefined, '[couldNotConvert]userId'],
    ['', { userIds: ['me'] }, '[couldNotConvert]userIds[0]'],
  ])('only when the request %j %j says whom: %s', async (query, body, code) => {
    const { status, text } = await call('DELETE', `/api/user/bulk${query}`, body);
    expect([status, text]).toEqual([400, expect.stringContaining(code)]);
  });
});
