import { beforeEach, describe, expect, test } from 'vitest';

import { useSandbox } from '../testing/http.js';

const { call } = useSandbox();
const id = 'ce485a91-906f-4615-af75-81d37dc71e90';
const path = `/api/entity/type/${id}`;
const switched = (switches: object) => call('POST', '/__sandbox/switches', switches);

async function newKey(): Promise<string> {
  const { json } = await call('POST', '/api/key/generate', { key: { name: 'Fleet', algorithm: 'ES256' } });
  return json.key.id;
}

describe('an entity type', () => {
  test('of a name only has the documented defaults', async () => {
    const { json } = await call('POST', path, { entityType: { name: ' Customer ' } });
    expect(json.entityType).toEqual({
      id,
      name: 'Customer',
      data: {},
      jwtConfiguration: { accessTokenVerificationKeyIds: [], enabled: false, timeToLiveInSeconds: 0 },
      permissions: [],
      insertInstant: expect.any(Number),
      lastUpdateInstant: json.entityType.insertInstant,
    });
  });

  test('takes the body of the documentation, and gives it back', async () => {
    const [accessTokenKeyId, other] = [await newKey(), (await call('GET', '/api/key')).json.keys[0].id];
    const entityType = {
      name: 'Customer',
      data: { createdBy: 'jared@fusionauth.io' },
      jwtConfiguration: {
        accessTokenKeyId,
        accessTokenVerificationKeyIds: [other],
        enabled: true,
        timeToLiveInSeconds: 3600,
      },
    };
    const { json } = await call('POST', path, { entityType });
    expect(json.entityType).toMatchObject(entityType);
    expect((await call('DELETE', `/api/key/${accessTokenKeyId}`)).status).toBe(400);
  });

  test('that signs tokens needs a key that is there and a time to live', async () => {
    const codes = async (jwtConfiguration: object) => {
      const { json } = await call('POST', path, { entityType: { name: 'Customer', jwtConfiguration } });
      return Object.values<any>(json.fieldErrors).map(([{ code }]) => code);
    };
    expect(await codes({ enabled: true })).toEqual([
      '[missing]entityType.jwtConfiguration.accessTokenKeyId',
      '[invalid]entityType.jwtConfiguration.timeToLiveInSeconds',
    ]);
    expect(await codes({ accessTokenKeyId: id })).toEqual(['[invalid]entityType.jwtConfiguration.accessTokenKeyId']);
  });

  test('has a name, and one of its own', async () => {
    const blank = await call('POST', path, { entityType: {} });
    expect(blank.json.fieldErrors['entityType.name'][0].code).toBe('[blank]entityType.name');
    await call('POST', path, { entityType: { name: 'Customer' } });
    const again = await call('POST', '/api/entity/type', { entityType: { name: 'customer' } });
    expect(again.json.fieldErrors['entityType.name'][0].code).toBe('[duplicate]entityType.name');
    const same = await call('POST', path, { entityType: { name: 'Vendor' } });
    expect(same.json.fieldErrors.entityTypeId[0].code).toBe('[duplicate]entityTypeId');
  });

  test('is put, patched three ways, listed and deleted', async () => {
    await call('POST', path, { entityType: { name: 'Customer', data: { tags: ['a'] } } });
    const tags = (answer: { json: any }) => answer.json.entityType.data.tags;
    const patch = { entityType: { data: { tags: ['b'] } } };
    expect(tags(await call('PATCH', path, patch))).toEqual(['a', 'b']);
    expect(tags(await call('PATCH', path, patch, { type: 'application/merge-patch+json' }))).toEqual(['b']);
    const operations = [{ op: 'add', path: '/entityType/data/tags/-', value: 'c' }];
    expect(tags(await call('PATCH', path, operations, { type: 'application/json-patch+json' }))).toEqual(['b', 'c']);
    const put = await call('PUT', path, { entityType: { name: 'Vendor' } });
    expect(put.json.entityType).toMatchObject({ name: 'Vendor', data: {} });
    expect((await call('GET', '/api/entity/type')).json.entityTypes).toEqual([put.json.entityType]);
    expect(await call('DELETE', path)).toMatchObject({ status: 200, text: '' });
    expect((await call('GET', path)).status).toBe(404);
  });

  test('keeps its permissions through a PUT, whatever the body says', async () => {
    await call('POST', path, { entityType: { name: 'Customer', permissions: [{ name: 'ignored' }] } });
    await call('POST', `${path}/permission`, { permission: { name: 'read' } });
    const { json } = await call('PUT', path, { entityType: { name: 'Customer', permissions: [{ name: 'write' }] } });
    expect(json.entityType.permissions).toMatchObject([{ name: 'read' }]);
  });

  test('may be made with permissions where that is switched on', async () => {
    await switched({ inlinePermissions: 'taken' });
    const permissions = [{ name: ' read ', isDefault: true }, { name: 'write' }];
    const { json } = await call('POST', path, { entityType: { name: 'Customer', permissions } });
    expect(json.entityType.permissions).toMatchObject([
      { name: 'read', isDefault: true, data: {} },
      { name: 'write', isDefault: false, id: expect.any(String) },
    ]);
    const blank = await call('POST', '/api/entity/type', { entityType: { name: 'Vendor', permissions: [{}] } });
    expect(blank.json.fieldErrors).toHaveProperty(['entityType.permissions[0].name']);
  });

  test('is found by name, and sorted by how many permissions it has', async () => {
    for (const name of ['Customer', 'Vendor', 'Custom form']) {
      await call('POST', '/api/entity/type', { entityType: { name } });
    }
    await call('POST', path, { entityType: { name: 'Ship' } });
    await call('POST', `${path}/permission`, { permission: { name: 'sail' } });
    const names = (answer: { json: any }) => answer.json.entityTypes.map(({ name }: { name: string }) => name);
    expect(names(await call('GET', '/api/entity/type/search?name=custom'))).toEqual(['Custom form', 'Customer']);
    const sorted = { name: '*', orderBy: 'entityTypePermissionsCount DESC, name DESC', numberOfResults: 2 };
    const found = await call('POST', '/api/entity/type/search', { search: sorted });
    expect([names(found), found.json.total]).toEqual([['Ship', 'Vendor'], 4]);
  });

  test('that a tenant uses for SCIM cannot be deleted, and one that is not there cannot be used', async () => {
    await call('POST', path, { entityType: { name: 'SCIM client' } });
    const { json } = await call('GET', '/api/tenant');
    const tenant = `/api/tenant/${json.tenants[0].id}`;
    const scim = (clientEntityTypeId: string) =>
      call('PATCH', tenant, { tenant: { scimServerConfiguration: { clientEntityTypeId } } });
    const field = 'tenant.scimServerConfiguration.clientEntityTypeId';
    const unknown = '00000000-0000-4000-8000-000000000000';
    expect((await scim(unknown)).json.fieldErrors[field][0].code).toBe(`[invalid]${field}`);
    expect((await scim(id)).status).toBe(200);
    const refused = await call('DELETE', path);
    expect(refused.json.fieldErrors.entityTypeId[0].code).toBe('[inUse]entityTypeId');
  });
});

describe('the permissions of an entity type', () => {
  const permission = '4e485a91-906f-4615-af75-81d37dc71e91';
  beforeEach(() => call('POST', path, { entityType: { name: 'Customer' } }));

  test('take the body of the documentation, and give it back', async () => {
    const body = { data: { foo: 'bar' }, description: 'The permission description', isDefault: true, name: 'read' };
    const { json } = await call('POST', `${path}/permission/${permission}`, { permission: body });
    expect(json.permission).toMatchObject({ ...body, id: permission, insertInstant: expect.any(Number) });
    expect((await call('GET', path)).json.entityType.permissions).toEqual([json.permission]);
  });

  test('trap: keep their name, whatever a PUT or a PATCH says', async () => {
    await call('POST', `${path}/permission/${permission}`, { permission: { name: 'read', description: 'See' } });
    const put = await call('PUT', `${path}/permission/${permission}`, {
      permission: { name: 'write', isDefault: true },
    });
    expect(put.json.permission).toMatchObject({ name: 'read', isDefault: true });
    expect(put.json.permission).not.toHaveProperty('description');
    const patched = await call('PATCH', `${path}/permission/${permission}`, {
      permission: { name: 'x', data: { a: 1 } },
    });
    expect(patched.json.permission).toMatchObject({ name: 'read', isDefault: true, data: { a: 1 } });
  });

  test('have a name of their own in the type, and an id of their own everywhere', async () => {
    await call('POST', `${path}/permission/${permission}`, { permission: { name: 'read' } });
    const name = await call('POST', `${path}/permission`, { permission: { name: 'read' } });
    expect(name.json.fieldErrors['permission.name'][0].code).toBe('[duplicate]permission.name');
    const other = await call('POST', '/api/entity/type', { entityType: { name: 'Vendor' } });
    const used = await call('POST', `/api/entity/type/${other.json.entityType.id}/permission/${permission}`, {
      permission: { name: 'read' },
    });
    expect(used.json.fieldErrors.permissionId[0].code).toBe('[duplicate]permissionId');
    const blank = await call('POST', `${path}/permission`, { permission: {} });
    expect(blank.json.fieldErrors['permission.name'][0].code).toBe('[blank]permission.name');
  });

  test('have no GET, and are deleted by id or by name', async () => {
    await call('POST', `${path}/permission/${permission}`, { permission: { name: 'read' } });
    await call('POST', `${path}/permission`, { permission: { name: 'write' } });
    expect((await call('GET', `${path}/permission/${permission}`)).status).toBe(405);
    expect((await call('DELETE', `${path}/permission/${permission}`)).status).toBe(200);
    expect((await call('DELETE', `${path}/permission?name=write`)).status).toBe(200);
    expect((await call('DELETE', `${path}/permission?name=write`)).status).toBe(404);
    expect((await call('GET', path)).json.entityType.permissions).toEqual([]);
  });

  test('may be managed with a tenant key, entity types themselves may not', async () => {
    const { json } = await call('GET', '/api/tenant');
    const made = await call('POST', '/api/api-key', { apiKey: { tenantId: json.tenants[0].id } });
    const options = { key: made.json.apiKey.key };
    expect((await call('POST', `${path}/permission`, { permission: { name: 'read' } }, options)).status).toBe(200);
    expect((await call('GET', path, undefined, options)).status).toBe(401);
  });
});
