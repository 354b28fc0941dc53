import { beforeEach, describe, expect, test } from 'vitest';

import { useSandbox } from '../testing/http.js';

const clock = { now: Date.UTC(2026, 0, 15) };
const { call } = useSandbox({ clock: () => (clock.now += 10) });
const type = '092dbded-30af-4149-9c61-b578f2c72f57';
const [raviga, hooli] = ['8174f72f-5ecd-4eae-8de8-7fef597b3473', '5174f72f-5ecd-4eae-8de8-7fef597b3473'];
const userId = '7174f72f-5ecd-4eae-8de8-7fef597b3473';
const path = `/api/entity/${raviga}/grant`;
const switched = (switches: object) => call('POST', '/__sandbox/switches', switches);
const grant = (fields: object, method = 'POST') => call(method, path, { grant: fields });
const grantsOn = async (entityId = raviga): Promise<any[]> =>
  (await call('GET', `/api/entity/${entityId}/grant`)).json.grants;

beforeEach(async () => {
  await call('POST', `/api/entity/type/${type}`, { entityType: { name: 'Customers' } });
  for (const permission of [{ name: 'write' }, { name: 'sue' }, { name: 'read', isDefault: true }]) {
    await call('POST', `/api/entity/type/${type}/permission`, { permission });
  }
  await call('POST', `/api/entity/${raviga}`, { entity: { name: 'Raviga', type: { id: type } } });
  await call('POST', `/api/entity/${hooli}`, { entity: { name: 'Hooli', type: { id: type } } });
  await call('POST', `/api/user/${userId}`, { user: { email: 'monica@raviga.com', password: 'password' } });
});

describe('a grant', () => {
  test('takes the body of the documentation; its answer is empty and its permissions are sorted', async () => {
    const body = { data: { foo: 'bar' }, permissions: ['read', 'write', 'sue'], recipientEntityId: hooli };
    expect(await grant(body)).toMatchObject({ status: 200, text: '' });
    const { json } = await call('GET', `${path}?recipientEntityId=${hooli}`);
    expect(json.grant).toEqual({
      ...body,
      permissions: ['read', 'sue', 'write'],
      id: expect.any(String),
      insertInstant: expect.any(Number),
      lastUpdateInstant: json.grant.insertInstant,
      entity: (await call('GET', `/api/entity/${raviga}`)).json.entity,
    });
    expect(json.grant.entity.type).toMatchObject({ name: 'Customers', permissions: { length: 3 } });
  });

  test('that is there is put in its place, by POST and by PUT', async () => {
    await grant({ userId, permissions: ['sue'], data: { since: 2020 } });
    const [before] = await grantsOn();
    await grant({ userId, permissions: ['write', 'write'] });
    const [after] = await grantsOn();
    expect(after).toMatchObject({
      id: before.id,
      insertInstant: before.insertInstant,
      permissions: ['write'],
      data: {},
    });
    expect(after.lastUpdateInstant).toBeGreaterThan(before.lastUpdateInstant);
    await grant({ userId, permissions: ['read'] }, 'PUT');
    expect(await grantsOn()).toMatchObject([{ permissions: ['read'] }]);
  });

  test('without permissions has the type’s default ones', async () => {
    await grant({ userId });
    await grant({ recipientEntityId: hooli, permissions: [] });
    expect(await grantsOn()).toMatchObject([{ permissions: ['read'] }, { permissions: ['read'] }]);
  });

  test.each([
    [{}, 'grant.userId', '[missing]grant.userId'],
    [{ userId, recipientEntityId: hooli }, 'grant.userId', '[invalid]grant.userId'],
    [{ userId: raviga }, 'grant.userId', '[invalid]grant.userId'],
    [{ recipientEntityId: userId }, 'grant.recipientEntityId', '[invalid]grant.recipientEntityId'],
    [{ userId, permissions: ['read', 'fly'] }, 'grant.permissions', '[invalid]grant.permissions'],
    [{ userId: 'monica' }, 'grant.userId', '[couldNotConvert]grant.userId'],
  ])('of %j is refused', async (fields, field, code) => {
    const { status, json } = await grant(fields);
    expect([status, json.fieldErrors[field]?.[0].code]).toEqual([400, code]);
    expect(await grantsOn()).toEqual([]);
  });

  test('is for somebody of the entity’s tenant', async () => {
    const acme = (await call('POST', '/api/tenant', { tenant: { name: 'Acme' } })).json.tenant.id;
    const entity = { name: 'Acme', type: { id: type } };
    const other = (await call('POST', '/api/entity', { entity }, { tenantId: acme })).json.entity.id;
    expect((await grant({ recipientEntityId: other })).status).toBe(400);
    expect((await call('GET', path, undefined, { tenantId: acme })).status).toBe(404);
  });

  test('is read and deleted by whom it is for', async () => {
    await grant({ userId });
    await grant({ recipientEntityId: hooli });
    expect((await call('GET', `${path}?userId=${userId}`)).json.grant).toMatchObject({ userId });
    expect((await call('GET', `${path}?userId=${hooli}`)).status).toBe(404);
    expect((await call('GET', `${path}?userId=${userId}&recipientEntityId=${hooli}`)).status).toBe(400);
    expect((await call('DELETE', path)).status).toBe(400);
    expect(await call('DELETE', `${path}?userId=${userId}`)).toMatchObject({ status: 200, text: '' });
    expect((await call('DELETE', `${path}?userId=${userId}`)).status).toBe(404);
    expect((await call('DELETE', `${path}?recipientEntityId=${hooli}`)).status).toBe(200);
    expect(await grantsOn()).toEqual([]);
  });

  test('on an entity that is not there is a 404', async () => {
    expect((await call('POST', `/api/entity/${userId}/grant`, { grant: { userId } })).status).toBe(404);
    expect((await call('GET', `/api/entity/${userId}/grant`)).status).toBe(404);
  });

  test('leaves the entities’ lastUpdateInstant alone unless that is switched on', async () => {
    const instants = async () =>
      Promise.all(
        [raviga, hooli].map(async (id) => (await call('GET', `/api/entity/${id}`)).json.entity.lastUpdateInstant),
      );
    const [target, recipient] = await instants();
    await grant({ recipientEntityId: hooli });
    expect(await instants()).toEqual([target, recipient]);
    await switched({ grantBumpsEntities: 'on' });
    await grant({ recipientEntityId: hooli });
    const [targetAfter, recipientAfter] = await instants();
    expect([targetAfter > target, recipientAfter > recipient]).toEqual([true, true]);
  });
});

describe('grants go', () => {
  beforeEach(async () => {
    await grant({ userId, permissions: ['read', 'sue'] });
    await grant({ recipientEntityId: hooli });
    await call('POST', `/api/entity/${hooli}/grant`, { grant: { userId } });
  });

  test('with the entity they are on, and the one that has them', async () => {
    await call('DELETE', `/api/entity/${hooli}`);
    expect(await grantsOn()).toMatchObject([{ userId }]);
    expect((await call('GET', `/api/entity/grant/search?userId=${userId}`)).json.total).toBe(1);
  });

  test('with the user, when he is gone for good', async () => {
    await call('DELETE', `/api/user/${userId}`);
    expect(await grantsOn()).toHaveLength(2);
    await call('DELETE', `/api/user/${userId}?hardDelete=true`);
    expect(await grantsOn()).toMatchObject([{ recipientEntityId: hooli }]);
    expect(await grantsOn(hooli)).toEqual([]);
  });

  test('with the type that takes its entities along', async () => {
    await switched({ usedEntityTypeDelete: 'cascades' });
    await call('DELETE', `/api/entity/type/${type}`);
    expect((await call('GET', '/api/entity/grant/search')).json.total).toBe(0);
  });

  test('and a permission that is deleted goes out of them, is refused, or stays', async () => {
    const permission = `/api/entity/type/${type}/permission`;
    await switched({ grantedPermissionDelete: 'refused' });
    const refused = await call('DELETE', `${permission}?name=sue`);
    expect(refused.json.fieldErrors.permissionId[0].code).toBe('[inUse]permissionId');
    expect((await call('DELETE', `${permission}?name=write`)).status).toBe(200);
    await switched({ grantedPermissionDelete: 'kept' });
    await call('DELETE', `${permission}?name=sue`);
    expect(await grantsOn()).toMatchObject([{ permissions: ['read', 'sue'] }, { permissions: ['read'] }]);
    await switched({ grantedPermissionDelete: 'stripped' });
    await call('DELETE', `${permission}?name=read`);
    expect(await grantsOn()).toMatchObject([{ permissions: ['sue'] }, { permissions: [] }]);
  });
});

describe('a search for grants', () => {
  const search = (criteria: object) => call('POST', '/api/entity/grant/search', { search: criteria });
  const onNames = (answer: { json: any }): readonly string[] =>
    answer.json.grants.map((found: any) => found.entity.name);
  beforeEach(async () => {
    await grant({ userId });
    await call('POST', `/api/entity/${hooli}/grant`, { grant: { userId } });
    await call('POST', `/api/entity/${hooli}/grant`, { grant: { recipientEntityId: raviga } });
  });

  test('finds those of a user, by the name of what they are on, without its secret', async () => {
    const { json, text } = await search({ userId });
    expect(onNames({ json })).toEqual(['Hooli', 'Raviga']);
    expect(json).toMatchObject({ total: 2, grants: [{ userId, permissions: ['read'] }, { userId }] });
    expect(text).not.toContain('clientSecret');
    expect(onNames(await search({ userId, name: 'rav*' }))).toEqual(['Raviga']);
    expect(onNames(await search({ userId, orderBy: 'insertInstant DESC', numberOfResults: 1 }))).toEqual(['Hooli']);
    expect(onNames(await call('GET', `/api/entity/grant/search?userId=${userId}&startRow=1`))).toEqual(['Raviga']);
  });

  test('trap: entityId means who has them, not what they are on, unless that is switched', async () => {
    expect(onNames(await search({ entityId: raviga }))).toEqual(['Hooli']);
    expect(onNames(await search({ entityId: hooli }))).toEqual([]);
    await switched({ grantSearchEntity: 'target' });
    expect(onNames(await search({ entityId: hooli }))).toEqual(['Hooli', 'Hooli']);
  });

  test('by entityId and userId at once is refused', async () => {
    const { status, json } = await search({ entityId: raviga, userId });
    expect([status, json.fieldErrors.entityId[0].code]).toEqual([400, '[invalid]entityId']);
    expect((await search({ userId: 'monica' })).json.fieldErrors.userId[0].code).toBe('[couldNotConvert]userId');
  });
});
