import { beforeEach, describe, expect, test } from 'vitest';

import { callRoute, emptyInstance, recordedEvents } from '../testing/call.js';
import { useSandbox } from '../testing/http.js';
import { entity as kind } from './entity.js';
import { kinds } from './registry.js';

const clock = { now: Date.UTC(2026, 0, 15) };
const { call } = useSandbox({ clock: () => (clock.now += 10) });
const type = '092dbded-30af-4149-9c61-b578f2c72f57';
const id = '8174f72f-5ecd-4eae-8de8-7fef597b3473';
const path = `/api/entity/${id}`;
const switched = (switches: object) => call('POST', '/__sandbox/switches', switches);
const hub = '30663132-6464-4665-8032-326466613934';
const raviga = { name: 'Raviga', type: { id: type } };

beforeEach(async () => {
  await call('POST', `/api/entity/type/${type}`, { entityType: { name: 'Customers' } });
  await call('POST', `/api/entity/type/${type}/permission`, { permission: { name: 'read', isDefault: true } });
});

describe('an entity', () => {
  test('takes the body of the documentation, and gives it back with its whole type and its tenant', async () => {
    const entity = {
      clientId: '092dbded-30af-4149-9c61-b578f2c72f59',
      clientSecret: '+fcXet9Iu2kQi61yWD9Tu4ReZ113P6yEAkr32v6WKOQ=',
      data: { companyType: 'Legal' },
      ...raviga,
    };
    const { json } = await call('POST', path, { entity });
    const tenants = await call('GET', '/api/tenant');
    expect(json.entity).toMatchObject({
      ...entity,
      id,
      tenantId: tenants.json.tenants[0].id,
      type: { id: type, name: 'Customers', permissions: [{ name: 'read' }] },
    });
    expect((await call('GET', path)).json).toEqual(json);
  });

  test('of a name and a type has its id for a client id, and a secret of its own', async () => {
    const { json } = await call('POST', path, { entity: { ...raviga, clientId: ' ', clientSecret: '' } });
    expect(json.entity).toMatchObject({ clientId: id, data: {}, lastUpdateInstant: json.entity.insertInstant });
    expect(Buffer.from(json.entity.clientSecret, 'base64')).toHaveLength(32);
  });

  test('trap: a PUT keeps the client id always, and the secret unless there is another', async () => {
    const { json } = await call('POST', path, { entity: { ...raviga, clientId: 'raviga', data: { a: 1 } } });
    const put = await call('PUT', path, { entity: { ...raviga, clientId: 'other', name: 'Raviga Inc' } });
    expect(put.json.entity).toMatchObject({
      clientId: 'raviga',
      clientSecret: json.entity.clientSecret,
      name: 'Raviga Inc',
      data: {},
    });
    expect(put.json.entity.lastUpdateInstant).toBeGreaterThan(json.entity.lastUpdateInstant);
    const secret = await call('PUT', path, { entity: { ...raviga, clientSecret: ' swordfish ' } });
    expect(secret.json.entity.clientSecret).toBe('swordfish');
  });

  test('may be put as it was read, though a request has no use for the whole type', async () => {
    await call('POST', path, { entity: raviga });
    const { json } = await call('GET', path);
    const put = await call('PUT', path, json);
    expect(put.json.entity).toEqual({ ...json.entity, lastUpdateInstant: put.json.entity.lastUpdateInstant });
  });

  test('is patched three ways', async () => {
    await call('POST', path, { entity: { ...raviga, data: { tags: ['a'] }, parentId: type } });
    const data = (answer: { json: any }) => answer.json.entity.data;
    const patch = { entity: { data: { tags: ['b'], plan: 'gold' } } };
    expect(data(await call('PATCH', path, patch))).toEqual({ tags: ['a', 'b'], plan: 'gold' });
    const merge = { entity: { data: { tags: ['b'], plan: null }, parentId: null } };
    const merged = await call('PATCH', path, merge, { type: 'application/merge-patch+json' });
    expect([data(merged), merged.json.entity.parentId]).toEqual([{ tags: ['b'] }, undefined]);
    const operations = [{ op: 'replace', path: '/entity/name', value: 'Raviga Inc' }];
    const replaced = await call('PATCH', path, operations, { type: 'application/json-patch+json' });
    expect(replaced.json.entity).toMatchObject({ name: 'Raviga Inc', clientId: id, type: { id: type } });
  });

  test('without what it needs is refused', async () => {
    const codes = async (entity: object) =>
      Object.values<any>((await call('POST', '/api/entity', { entity })).json.fieldErrors).map(([{ code }]) => code);
    expect(await codes({})).toEqual(['[blank]entity.name', '[missing]entity.type.id']);
    expect(await codes({ name: 'Raviga', type: { id } })).toEqual(['[invalid]entity.type.id']);
    await call('POST', path, { entity: { ...raviga, clientId: 'raviga' } });
    expect(await codes({ ...raviga, clientId: 'raviga' })).toEqual(['[duplicate]entity.clientId']);
    expect(await codes({ ...raviga, clientId: 'x'.repeat(192) })).toEqual(['[tooLong]entity.clientId']);
    const same = await call('POST', path, { entity: raviga });
    expect(same.json.fieldErrors.entityId[0].code).toBe('[duplicate]entityId');
    expect((await call('POST', '/api/entity', { entity: raviga })).status).toBe(200);
  });

  test('is not listed with the others', async () => {
    expect((await call('GET', '/api/entity')).status).toBe(405);
  });

  test('moves to another type, unless that is switched off', async () => {
    await call('POST', path, { entity: raviga });
    const { json } = await call('POST', '/api/entity/type', { entityType: { name: 'Vendors' } });
    const moved = { ...raviga, type: { id: json.entityType.id } };
    expect((await call('PUT', path, { entity: moved })).json.entity.type.name).toBe('Vendors');
    await switched({ entityTypeChange: 'kept' });
    expect((await call('PUT', path, { entity: raviga })).json.entity.type.name).toBe('Vendors');
  });

  test('keeps its type from being deleted, or goes with it', async () => {
    await call('POST', path, { entity: raviga });
    const refused = await call('DELETE', `/api/entity/type/${type}`);
    expect(refused.json.fieldErrors.entityTypeId[0]).toMatchObject({
      code: '[inUse]entityTypeId',
      message: expect.stringContaining('Raviga'),
    });
    await switched({ usedEntityTypeDelete: 'cascades' });
    expect((await call('DELETE', `/api/entity/type/${type}`)).status).toBe(200);
    expect((await call('GET', path)).status).toBe(404);
  });
});

describe('with several tenants', () => {
  let acme: string;
  beforeEach(async () => {
    acme = (await call('POST', '/api/tenant', { tenant: { name: 'Acme' } })).json.tenant.id;
  });

  test('an entity is made in the tenant of the header, and needs one', async () => {
    const refused = await call('POST', path, { entity: raviga });
    expect(refused.json.generalErrors[0].code).toBe('[TenantIdRequired]');
    const { json } = await call('POST', path, { entity: raviga }, { tenantId: acme });
    expect(json.entity.tenantId).toBe(acme);
  });

  test('it is read by id without the header, and not with another', async () => {
    await call('POST', path, { entity: raviga }, { tenantId: acme });
    expect((await call('GET', path)).status).toBe(200);
    const other = (await call('POST', '/api/tenant', { tenant: { name: 'Globex' } })).json.tenant.id;
    expect((await call('GET', path, undefined, { tenantId: other })).status).toBe(404);
    expect((await call('GET', '/api/entity/search', undefined, { tenantId: other })).json.total).toBe(0);
  });

  test('a delete needs the header only where that is switched on', async () => {
    await call('POST', path, { entity: raviga }, { tenantId: acme });
    await switched({ entityDeleteTenant: 'required' });
    expect((await call('DELETE', path)).json.generalErrors[0].code).toBe('[TenantIdRequired]');
    expect((await call('DELETE', path, undefined, { tenantId: acme })).status).toBe(200);
  });

  test('its client id is its own in its tenant, or everywhere where that is switched on', async () => {
    const named = { ...raviga, clientId: 'raviga' };
    const other = (await call('GET', '/api/tenant')).json.tenants.find(
      (tenant: { id: string }) => tenant.id !== acme,
    ).id;
    await call('POST', path, { entity: named }, { tenantId: acme });
    await switched({ entityClientIds: 'instance' });
    const refused = await call('POST', '/api/entity', { entity: named }, { tenantId: other });
    expect(refused.json.fieldErrors['entity.clientId'][0].code).toBe('[duplicate]entity.clientId');
    await switched({ entityClientIds: 'tenant' });
    expect((await call('POST', '/api/entity', { entity: named }, { tenantId: other })).status).toBe(200);
  });

  test('it goes with its tenant', async () => {
    await call('POST', path, { entity: raviga }, { tenantId: acme });
    await call('DELETE', `/api/tenant/${acme}`);
    expect((await call('GET', path)).status).toBe(404);
  });
});

test('without a licence every call is refused', async () => {
  await switched({ licensed: 'off' });
  const calls = [
    call('GET', '/api/entity/type'),
    call('POST', `/api/entity/type/${type}/permission`, { permission: { name: 'write' } }),
    call('POST', path, { entity: raviga }),
    call('GET', '/api/entity/search'),
    call('GET', `${path}/grant`),
    call('GET', '/api/entity/grant/search'),
  ];
  for (const { status, json } of await Promise.all(calls)) {
    expect([status, json.generalErrors[0].code]).toEqual([400, '[notLicensed]']);
  }
});

test('webhooks are told of entities before and after each change, with the whole type', async () => {
  const recorded = recordedEvents();
  const instance = emptyInstance(kinds, { events: recorded.events });
  instance.store.put('tenant', { id: hub });
  instance.store.put('entityType', { id: type, name: 'Customers' });
  const one = { path: '/api/entity/:entityId', params: { entityId: id } };
  const body = { entity: raviga };
  await callRoute(kind, instance, { ...one, method: 'POST', path: '/api/entity/:entityId?', body });
  await callRoute(kind, instance, { ...one, method: 'PUT', body: { entity: { ...raviga, name: 'Raviga Inc' } } });
  await callRoute(kind, instance, { ...one, method: 'DELETE' });
  expect(recorded.types()).toEqual(
    ['create', 'update', 'delete'].flatMap((what) => [`entity.${what}`, `entity.${what}.complete`]),
  );
  const told = { tenantId: hub, linkedObjectId: id };
  expect(recorded.told[2]).toMatchObject({
    ...told,
    fields: { entity: { name: 'Raviga Inc', type: { name: 'Customers' } }, original: { name: 'Raviga' } },
  });
});
