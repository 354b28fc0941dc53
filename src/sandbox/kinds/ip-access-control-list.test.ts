import { beforeEach, describe, expect, test } from 'vitest';

import { useSandbox } from '../testing/http.js';

const { call } = useSandbox();
const id = 'd5b2f3f0-7b55-4f6e-8f5c-0d8f2a9d7c45';
const path = `/api/ip-acl/${id}`;
const everybody = { startIPAddress: '*', action: 'Allow' };
const nobody = { startIPAddress: '*', action: 'Block' };
const office = { startIPAddress: '10.1.0.0', endIPAddress: '10.1.255.255', action: 'Allow' };
const printer = { startIPAddress: '10.1.0.9', endIPAddress: '10.1.0.9', action: 'Block' };
const merge = { type: 'application/merge-patch+json' };
const operations = { type: 'application/json-patch+json' };

async function create(entries: readonly object[]): Promise<any> {
  const { json } = await call('POST', path, { ipAccessControlList: { name: 'Office', entries } });
  expect(json.fieldErrors).toBeUndefined();
  return json.ipAccessControlList;
}

const entriesOf = ({ json }: { json: any }): unknown => json.ipAccessControlList.entries;

test('a list of little is as it was sent, and a PUT goes back to it', async () => {
  const { insertInstant, ...list } = await create([everybody]);
  expect(list).toEqual({ id, name: 'Office', entries: [everybody], lastUpdateInstant: insertInstant });
  await call('PATCH', path, { ipAccessControlList: { entries: [office], data: { floor: 2 } } });
  const put = await call('PUT', path, { ipAccessControlList: { name: 'Office', entries: [everybody] } });
  expect(put.json.ipAccessControlList).toEqual({
    ...list,
    insertInstant,
    lastUpdateInstant: put.json.ipAccessControlList.lastUpdateInstant,
  });
});

test('the documented example comes back as it was sent', async () => {
  const entries = [
    nobody,
    { action: 'Allow', startIPAddress: '192.168.7.1', endIPAddress: '192.168.7.20' },
    { action: 'Block', startIPAddress: '192.168.9.5', endIPAddress: '192.168.9.5' },
  ];
  expect((await create(entries)).entries).toEqual(entries);
});

describe('a PATCH', () => {
  beforeEach(() => create([nobody, office]));

  test('trap: appends entries, and the list has its first default still', async () => {
    const patched = await call('PATCH', path, { ipAccessControlList: { entries: [everybody, printer] } });
    expect(entriesOf(patched)).toEqual([nobody, office, printer]);
  });

  test('replaces them as a merge-patch, and reaches one as a json-patch', async () => {
    const entries = [everybody, printer];
    expect(entriesOf(await call('PATCH', path, { ipAccessControlList: { entries } }, merge))).toEqual(entries);
    const replace = [{ op: 'replace', path: '/ipAccessControlList/entries/0/action', value: 'Block' }];
    expect(entriesOf(await call('PATCH', path, replace, operations))).toEqual([nobody, printer]);
  });
});

describe('what the server makes of a list', () => {
  test('trap: entries are sorted as texts, the one for all others first and without an end', async () => {
    const ten = { ...office, startIPAddress: '10.1.0.9' };
    const nine = { startIPAddress: '9.0.0.0', endIPAddress: '9.0.0.1', action: 'Allow' };
    const list = await create([nine, ten, printer, { ...everybody, endIPAddress: '10.0.0.1' }]);
    expect(list.entries).toEqual([everybody, printer, ten, nine]);
  });

  test('an entry without an action blocks', async () => {
    expect((await create([{ startIPAddress: '*' }])).entries).toEqual([nobody]);
  });
});

describe('a list is refused', () => {
  test.each([
    [{ name: null }, '[blank]ipAccessControlList.name'],
    [{ entries: [] }, '[missing]ipAccessControlList.entries'],
    [{ entries: [office] }, '[invalid]ipAccessControlList.entries'],
    [{ entries: [everybody, { startIPAddress: '10.0.0.1' }] }, '[blank]ipAccessControlList.entries[1].endIPAddress'],
    [{ entries: [everybody, { endIPAddress: '10.0.0.1' }] }, '[blank]ipAccessControlList.entries[1].startIPAddress'],
    [
      { entries: [everybody, { ...office, startIPAddress: '10.1.0' }] },
      '[invalid]ipAccessControlList.entries[1].startIPAddress',
    ],
    [
      { entries: [everybody, { ...office, endIPAddress: '::1' }] },
      '[invalid]ipAccessControlList.entries[1].endIPAddress',
    ],
    [
      { entries: [everybody, { ...office, endIPAddress: '9.0.0.0' }] },
      '[invalid]ipAccessControlList.entries[1].endIPAddress',
    ],
    [{ entries: [{ startIPAddress: '*', action: 'Ask' }] }, '[invalidJSON]'],
  ])('with %j', async (fields, code) => {
    const ipAccessControlList = { name: 'Office', entries: [everybody], ...fields };
    const { status, json } = await call('POST', path, { ipAccessControlList });
    expect(status).toBe(400);
    expect(Object.values(json.fieldErrors).flat()).toMatchObject([{ code }]);
  });

  test('with a name that another one has', async () => {
    await create([everybody]);
    const { json } = await call('POST', '/api/ip-acl', { ipAccessControlList: { name: 'Office', entries: [nobody] } });
    expect(json.fieldErrors['ipAccessControlList.name'][0].code).toBe('[duplicate]ipAccessControlList.name');
  });

  test('without a licence, as is its use', async () => {
    await create([everybody]);
    await call('POST', '/__sandbox/switches', { licensed: 'off' });
    const put = await call('PUT', path, { ipAccessControlList: { name: 'Office', entries: [everybody] } });
    expect(put.json.generalErrors[0].code).toBe('[notLicensed]');
    const { json } = await call('POST', '/api/api-key', { apiKey: { ipAccessControlListId: id } });
    const field = 'apiKey.ipAccessControlListId';
    expect(json.fieldErrors[field][0].code).toBe(`[notLicensed]${field}`);
  });
});

test('lists are found by search only', async () => {
  await create([everybody]);
  await call('POST', '/api/ip-acl', { ipAccessControlList: { name: 'Home', entries: [nobody] } });
  expect((await call('GET', '/api/ip-acl')).status).toBe(405);
  const { json } = await call('GET', '/api/ip-acl/search?orderBy=lastUpdateInstant%20DESC');
  expect(json).toMatchObject({ total: 2, ipAccessControlLists: [{ name: 'Home' }, { name: 'Office' }] });
  const posted = await call('POST', '/api/ip-acl/search', { search: { name: 'off*' } });
  expect(posted.json).toMatchObject({ total: 1, ipAccessControlLists: [{ id }] });
});

describe('a list in use', () => {
  const accessControlConfiguration = { uiIPAccessControlListId: id };
  const inUse = async (): Promise<unknown> => {
    const { status, json } = await call('DELETE', path);
    return [status, json?.fieldErrors?.ipAccessControlListId?.[0].code];
  };

  beforeEach(() => create([everybody]));

  test.each(['tenant', 'application'])('by a %s stays, or is taken from it where that is switched on', async (kind) => {
    const { json } = await call('POST', `/api/${kind}`, { [kind]: { name: 'Acme', accessControlConfiguration } });
    expect(await inUse()).toEqual([400, '[inUse]ipAccessControlListId']);
    await call('POST', '/__sandbox/switches', { ipAclDelete: 'detached' });
    expect(await inUse()).toEqual([200, undefined]);
    const { json: read } = await call('GET', `/api/${kind}/${json[kind].id}`);
    expect(read[kind].accessControlConfiguration).toEqual({});
  });

  test.each(['refused', 'detached'])('by an API key stays (%s)', async (ipAclDelete) => {
    await call('POST', '/api/api-key', { apiKey: { ipAccessControlListId: id } });
    await call('POST', '/__sandbox/switches', { ipAclDelete });
    expect(await inUse()).toEqual([400, '[inUse]ipAccessControlListId']);
  });

  test.each(['tenant', 'application'])('that there is not is [invalid] in a %s', async (kind) => {
    const uiIPAccessControlListId = 'd6b2f3f0-7b55-4f6e-8f5c-0d8f2a9d7c46';
    const fields = { name: 'Acme', accessControlConfiguration: { uiIPAccessControlListId } };
    const field = `${kind}.accessControlConfiguration.uiIPAccessControlListId`;
    const { json } = await call('POST', `/api/${kind}`, { [kind]: fields });
    expect(json.fieldErrors[field][0].code).toBe(`[invalid]${field}`);
  });
});
