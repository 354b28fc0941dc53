import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { startSandbox, type Sandbox } from '../index.js';
import { callSandbox, useSandbox } from '../testing/http.js';

const { call } = useSandbox();
const id = 'd9b2f3f0-7b55-4f6e-8f5c-0d8f2a9d7c49';
const path = `/api/api-key/${id}`;
const listId = 'dab2f3f0-7b55-4f6e-8f5c-0d8f2a9d7c4a';
const merge = { type: 'application/merge-patch+json' };
const operations = { type: 'application/json-patch+json' };
const permissions = { endpoints: { '/api/application': ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'] } };

async function create(fields: object = {}): Promise<any> {
  const { json } = await call('POST', path, { apiKey: fields });
  expect(json.fieldErrors).toBeUndefined();
  return json.apiKey;
}

async function newList(entries: readonly object[]): Promise<void> {
  const ipAccessControlList = { name: 'Office', entries };
  expect((await call('POST', `/api/ip-acl/${listId}`, { ipAccessControlList })).status).toBe(200);
}

test('a key of nothing has the documented defaults', async () => {
  const { insertInstant, lastUpdateInstant, key, ...apiKey } = await create();
  expect(apiKey).toEqual({ id, keyManager: false, metaData: { attributes: {} }, retrievable: true });
  expect(key).toMatch(/^[\w-]{64}$/);
  expect(lastUpdateInstant).toBe(insertInstant);
});

test('the documented examples come back as they were sent', async () => {
  await newList([{ startIPAddress: '*', action: 'Allow' }]);
  const { tenants } = (await call('GET', '/api/tenant')).json;
  const apiKey = {
    expirationInstant: 872_812_800_000,
    ipAccessControlListId: listId,
    key: 'swordfish-of-the-seven-seas',
    metaData: { attributes: { description: 'for the harbour' } },
    name: 'Harbour',
    permissions,
    retrievable: false,
    tenantId: tenants[0].id,
  };
  expect(await create(apiKey)).toMatchObject({ ...apiKey, keyManager: false });
  const changed = {
    expirationInstant: 1_878_422_400_000,
    ipAccessControlListId: listId,
    metaData: { attributes: { description: 'for two harbours' } },
    name: 'Harbours',
    permissions,
  };
  const put = await call('PUT', path, { apiKey: changed });
  expect(put.json.apiKey).toMatchObject({ ...changed, retrievable: false, tenantId: tenants[0].id });
  expect((await call('GET', path)).json).toEqual(put.json);
});

describe('a PUT', () => {
  test('trap: without an expiration makes the key last for ever', async () => {
    await create({ name: 'Harbour', expirationInstant: 4_000_000_000_000, permissions });
    const { json } = await call('PUT', path, { apiKey: { name: 'Harbour' } });
    for (const gone of ['expirationInstant', 'permissions']) expect(json.apiKey).not.toHaveProperty(gone);
  });

  test('leaves key, tenant, retrievable and key manager as they are', async () => {
    const { tenants } = (await call('GET', '/api/tenant')).json;
    const before = await create({ name: 'Harbour', retrievable: false });
    const apiKey = { name: 'Harbour', key: 'other', tenantId: tenants[0].id, retrievable: true, keyManager: true };
    const { json } = await call('PUT', path, { apiKey });
    expect(json.apiKey).toMatchObject({ retrievable: false, keyManager: false });
    for (const hidden of ['key', 'tenantId']) expect(json.apiKey).not.toHaveProperty(hidden);
    expect((await call('GET', '/api/tenant', undefined, { key: before.key })).status).toBe(200);
  });
});

describe('a PATCH', () => {
  test('merges, takes away as a merge-patch, and sets as a json-patch', async () => {
    await create({ name: 'Harbour', metaData: { attributes: { description: 'a' } }, expirationInstant: 4e12 });
    const attributes = { owner: 'crew' };
    const patched = await call('PATCH', path, { apiKey: { metaData: { attributes } } });
    expect(patched.json.apiKey).toMatchObject({
      expirationInstant: 4e12,
      metaData: { attributes: { description: 'a', owner: 'crew' } },
    });
    const merged = await call('PATCH', path, { apiKey: { expirationInstant: null } }, merge);
    expect(merged.json.apiKey).not.toHaveProperty('expirationInstant');
    const replace = [{ op: 'replace', path: '/apiKey/name', value: 'Harbours' }];
    expect((await call('PATCH', path, replace, operations)).json.apiKey.name).toBe('Harbours');
  });

  test('is answered 405 where that is switched on', async () => {
    await create();
    await call('POST', '/__sandbox/switches', { apiKeyPatch: 'missing' });
    expect(await call('PATCH', path, { apiKey: { name: 'Harbour' } })).toMatchObject({ status: 405, text: '' });
  });
});

describe('a key that is not retrievable', () => {
  test('is shown once, and needs a name', async () => {
    const { key } = await create({ name: 'Harbour', retrievable: false });
    expect(key).toBeDefined();
    expect((await call('GET', path)).json.apiKey).not.toHaveProperty('key');
    const { json } = await call('POST', '/api/api-key', { apiKey: { retrievable: false } });
    expect(json.fieldErrors['apiKey.name'][0].code).toBe('[blank]apiKey.name');
  });
});

describe('a copy', () => {
  const copyOf = (sourceKeyId: string, apiKey?: object): object => ({ sourceKeyId, ...(apiKey && { apiKey }) });

  test('has the rights of its source and a key of its own', async () => {
    const { key } = await create({ name: 'Harbour', permissions, expirationInstant: 4e12 });
    const { json } = await call('POST', '/api/api-key', copyOf(id, { name: 'Harbour 2' }));
    expect(json.apiKey).toMatchObject({ name: 'Harbour 2', permissions, expirationInstant: 4e12, keyManager: false });
    expect(json.apiKey.key).not.toBe(key);
  });

  test('needs no name, unless its source is not retrievable', async () => {
    await create();
    expect((await call('POST', '/api/api-key', copyOf(id))).status).toBe(200);
    await call('DELETE', path);
    await create({ name: 'Harbour', retrievable: false });
    const { json } = await call('POST', '/api/api-key', copyOf(id));
    expect(json.fieldErrors['apiKey.name'][0].code).toBe('[blank]apiKey.name');
    const named = await call('POST', '/api/api-key', copyOf(id, { name: 'Harbour 2' }));
    expect(named.json.apiKey).toMatchObject({ retrievable: false, key: expect.any(String) });
  });

  test('is made by POST only, of a key that there is, with nothing beside the name', async () => {
    await create();
    const refused: readonly (readonly [string, string, object])[] = [
      ['PUT', path, copyOf(id, { name: 'Harbour' })],
      ['PATCH', path, copyOf(id, { name: 'Harbour' })],
      ['POST', '/api/api-key', copyOf(listId)],
      ['POST', '/api/api-key', copyOf(id, { permissions })],
    ];
    for (const request of refused) {
      const { status, json } = await call(...request);
      expect([status, Object.keys(json.fieldErrors)]).toEqual([400, ['sourceKeyId']]);
    }
  });
});

describe('a key is refused', () => {
  test.each([
    [{ ipAccessControlListId: listId }, '[invalid]apiKey.ipAccessControlListId'],
    [{ tenantId: listId }, '[invalid]apiKey.tenantId'],
    [{ key: 'kedge-sandbox-api-key' }, '[duplicate]apiKey.key'],
  ])('with %j', async (apiKey, code) => {
    const { status, json } = await call('POST', '/api/api-key', { apiKey });
    expect(status).toBe(400);
    expect(Object.values(json.fieldErrors).flat()).toMatchObject([{ code }]);
  });

  test('with a name that another one has', async () => {
    await create({ name: 'Harbour' });
    const { json } = await call('POST', '/api/api-key', { apiKey: { name: 'Harbour' } });
    expect(json.fieldErrors['apiKey.name'][0].code).toBe('[duplicate]apiKey.name');
  });
});

test('trap: the permission to make keys cannot be given', async () => {
  const endpoints = { '/api/api-key': ['POST'], '/api/user': ['GET'] };
  expect((await create({ permissions: { endpoints }, keyManager: true })).permissions).toEqual({
    endpoints: { '/api/user': ['GET'] },
  });
});

test('a key that is deleted opens nothing', async () => {
  const { key } = await create();
  expect(await call('DELETE', path)).toMatchObject({ status: 200, text: '' });
  expect((await call('GET', '/api/tenant', undefined, { key })).status).toBe(401);
  expect((await call('GET', path)).status).toBe(404);
});

describe('the access control list of a key', () => {
  afterEach(() => call('DELETE', path));

  test('lets in and keeps out by the address that the request comes from', async () => {
    await newList([
      { startIPAddress: '*', action: 'Block' },
      { startIPAddress: '127.0.0.1', endIPAddress: '127.0.0.1', action: 'Allow' },
    ]);
    const { key } = await create({ ipAccessControlListId: listId });
    expect((await call('GET', '/api/tenant', undefined, { key })).status).toBe(200);
    const entries = [{ startIPAddress: '*', action: 'Block' }];
    await call('PUT', `/api/ip-acl/${listId}`, { ipAccessControlList: { name: 'Office', entries } });
    expect(await call('GET', '/api/tenant', undefined, { key })).toMatchObject({ status: 401, text: '' });
  });

  test('goes by the first address of X-Forwarded-For', async () => {
    await newList([
      { startIPAddress: '*', action: 'Block' },
      { startIPAddress: '10.1.0.0', endIPAddress: '10.1.0.9', action: 'Allow' },
    ]);
    const { key } = await create({ ipAccessControlListId: listId });
    const from = (forwarded: string) => call('GET', '/api/tenant', undefined, { key, forwarded });
    expect((await from('10.1.0.7, 192.168.1.1')).status).toBe(200);
    expect((await from('192.168.1.1, 10.1.0.7')).status).toBe(401);
  });

  test('makes a blocked key on a route for everybody the same as none', async () => {
    await newList([{ startIPAddress: '*', action: 'Block' }]);
    const { key } = await create({ ipAccessControlListId: listId });
    expect((await call('GET', '/api/status', undefined, { key })).text).toBe('{}');
  });
});

describe('key managers', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kedge-api-keys-'));
  const tenantId = 'dbb2f3f0-7b55-4f6e-8f5c-0d8f2a9d7c4b';
  const endpoints = { '/api/user': ['GET', 'POST'] };
  let sandbox: Sandbox;
  const ask = (key: string, method: string, to: string, body?: object) =>
    callSandbox(sandbox, method, to, body, { key });

  beforeAll(async () => {
    const file = join(folder, 'kickstart.json');
    const kickstart = {
      variables: { defaultTenantId: tenantId },
      apiKeys: [
        { key: 'captain', keyManager: true, description: 'for all' },
        { key: 'mate', keyManager: true, permissions: { endpoints: { ...endpoints, '/api/api-key': ['POST'] } } },
        { key: 'purser', keyManager: true, tenantId },
        { key: 'sailor' },
      ],
    };
    writeFileSync(file, JSON.stringify(kickstart));
    sandbox = await startSandbox({ kickstart: file });
  });
  afterAll(async () => {
    await sandbox.close();
    rmSync(folder, { recursive: true });
  });

  test('alone may make keys, whatever else they may not do', async () => {
    expect((await ask('sailor', 'POST', '/api/api-key', { apiKey: {} })).status).toBe(401);
    const made = await ask('mate', 'POST', '/api/api-key', { apiKey: { permissions: { endpoints } } });
    expect(made.status).toBe(200);
    expect((await ask('mate', 'GET', '/api/tenant')).status).toBe(401);
  });

  test('give no more rights than they have', async () => {
    const wider = { endpoints: { '/api/user': ['GET', 'DELETE'] } };
    for (const apiKey of [{}, { permissions: wider }]) {
      const { status, json } = await ask('mate', 'POST', '/api/api-key', { apiKey });
      expect([status, Object.keys(json.fieldErrors)]).toEqual([400, ['apiKey.permissions.endpoints']]);
    }
    const { json } = await ask('captain', 'POST', '/api/api-key', { apiKey: { name: 'wide', permissions: wider } });
    const copy = await ask('mate', 'POST', '/api/api-key', { sourceKeyId: json.apiKey.id });
    expect(copy.status).toBe(400);
  });

  test('do not see, change or delete a key that may do more', async () => {
    const { json } = await ask('captain', 'POST', '/api/api-key', { apiKey: {} });
    const all = `/api/api-key/${json.apiKey.id}`;
    const body = { apiKey: { permissions: { endpoints } } };
    expect(await ask('mate', 'GET', all)).toMatchObject({ status: 401, text: '' });
    expect((await ask('mate', 'PUT', all, body)).status).toBe(401);
    expect((await ask('mate', 'PATCH', all, body)).status).toBe(401);
    expect((await ask('mate', 'DELETE', all)).status).toBe(401);
    expect((await ask('captain', 'PUT', all, body)).status).toBe(200);
    expect((await ask('mate', 'GET', all)).status).toBe(200);
    expect((await ask('mate', 'DELETE', all)).status).toBe(200);
  });

  test('that are tied to a tenant make and see keys of that tenant', async () => {
    const { json } = await ask('captain', 'POST', '/api/api-key', { apiKey: {} });
    expect((await ask('purser', 'GET', `/api/api-key/${json.apiKey.id}`)).status).toBe(404);
    const refused = await ask('purser', 'POST', '/api/api-key', { apiKey: {} });
    expect(refused.json.fieldErrors['apiKey.tenantId'][0].code).toBe('[invalid]apiKey.tenantId');
    const made = await ask('purser', 'POST', '/api/api-key', { apiKey: { tenantId } });
    expect((await ask('purser', 'DELETE', `/api/api-key/${made.json.apiKey.id}`)).status).toBe(200);
  });
});
