import { beforeEach, describe, expect, test } from 'vitest';

import { useSandbox } from '../testing/http.js';

const { call } = useSandbox();
const application = '/api/application/5e2f3f0e-7b55-4f6e-8f5c-0d8f2a9d7c35';
const id = '6f2f3f0e-7b55-4f6e-8f5c-0d8f2a9d7c36';
const read = async (): Promise<any> => (await call('GET', application)).json.application;

beforeEach(() => call('POST', application, { application: { name: 'Web' } }));

describe('a role', () => {
  test('is made with an id or without, and read with its application', async () => {
    const { json } = await call('POST', `${application}/role/${id}`, { role: { name: ' admin ', isSuperRole: true } });
    expect(json.role).toMatchObject({ id, name: 'admin', isDefault: false, isSuperRole: true });
    await call('POST', `${application}/role`, { role: { name: 'crew' } });
    expect((await read()).roles).toMatchObject([{ id, name: 'admin' }, { name: 'crew' }]);
  });

  test('has a name of its own in its application, and an id of its own everywhere', async () => {
    await call('POST', `${application}/role/${id}`, { role: { name: 'admin' } });
    const name = await call('POST', `${application}/role`, { role: { name: 'admin' } });
    expect(name.json.fieldErrors['role.name'][0].code).toBe('[duplicate]role.name');
    const other = await call('POST', '/api/application', { application: { name: 'API' } });
    const path = `/api/application/${other.json.application.id}/role`;
    const used = await call('POST', `${path}/${id}`, { role: { name: 'admin' } });
    expect(used.json.fieldErrors.roleId[0].code).toBe('[duplicate]roleId');
    expect((await call('POST', path, { role: { name: 'admin' } })).status).toBe(200);
  });

  test('is put and patched', async () => {
    await call('POST', `${application}/role/${id}`, { role: { name: 'admin', description: 'All', isDefault: true } });
    const patched = await call('PATCH', `${application}/role/${id}`, { role: { isSuperRole: true } });
    expect(patched.json.role).toMatchObject({ name: 'admin', description: 'All', isDefault: true, isSuperRole: true });
    const put = await call('PUT', `${application}/role/${id}`, { role: { name: 'chief' } });
    expect(put.json.role).toMatchObject({ id, name: 'chief', isDefault: false, isSuperRole: false });
    expect(put.json.role).not.toHaveProperty('description');
  });

  test('is deleted by id or by name, and goes out of groups', async () => {
    await call('POST', `${application}/role/${id}`, { role: { name: 'admin' } });
    await call('POST', `${application}/role`, { role: { name: 'crew' } });
    const { json } = await call('POST', '/api/group', { group: { name: 'Crew' }, roleIds: [id] });
    expect((await call('DELETE', `${application}/role/${id}`)).status).toBe(200);
    expect((await call('DELETE', `${application}/role?name=crew`)).status).toBe(200);
    expect((await call('DELETE', `${application}/role?name=crew`)).status).toBe(404);
    expect((await read()).roles).toEqual([]);
    expect((await call('GET', `/api/group/${json.group.id}`)).json.group.roles).toEqual({});
  });

  test('is what those who have it have, also when it is called something else or gone', async () => {
    await call('POST', `${application}/role/${id}`, { role: { name: 'admin' } });
    await call('POST', `${application}/role`, { role: { name: 'crew' } });
    const registration = { applicationId: application.split('/').at(-1), roles: ['admin', 'crew'] };
    const user = { email: 'monica@acme.test', password: 'password' };
    const { json } = await call('POST', '/api/user/registration', { user, registration });
    const roles = async (): Promise<unknown> => {
      const path = `/api/user/registration/${json.user.id}/${registration.applicationId}`;
      return (await call('GET', path)).json.registration.roles;
    };
    await call('PATCH', `${application}/role/${id}`, { role: { name: 'captain' } });
    expect(await roles()).toEqual(['captain', 'crew']);
    await call('DELETE', `${application}/role?name=crew`);
    expect(await roles()).toEqual(['captain']);
  });

  test('of the FusionAuth application is read-only', async () => {
    const path = '/api/application/3c219e58-ed0e-4b18-ad48-f4f92793ae32/role';
    expect((await call('POST', path, { role: { name: 'captain' } })).status).toBe(400);
    expect((await call('DELETE', `${path}?name=admin`)).status).toBe(400);
  });
});

describe('a scope', () => {
  test('is read by its id, and its name never changes', async () => {
    const scope = { name: 'orders:read', description: ' ', required: true };
    await call('POST', `${application}/scope/${id}`, { scope });
    const put = await call('PUT', `${application}/scope/${id}`, { scope: { name: 'other', description: 'Read' } });
    expect(put.json.scope).toMatchObject({ name: 'orders:read', description: 'Read', required: false });
    expect((await call('GET', `${application}/scope/${id}`)).json.scope).toEqual(put.json.scope);
    expect((await call('DELETE', `${application}/scope/${id}`)).status).toBe(200);
    expect((await call('GET', `${application}/scope/${id}`)).status).toBe(404);
  });

  test('needs a licence', async () => {
    await call('POST', '/__sandbox/switches', { licensed: 'off' });
    const { json } = await call('POST', `${application}/scope`, { scope: { name: 'orders:read' } });
    expect(json.fieldErrors['scope.name'][0].code).toBe('[notLicensed]scope.name');
  });
});

test('what lies in an application that is not there is a 404', async () => {
  const path = `/api/application/${id}/role`;
  expect((await call('POST', path, { role: { name: 'crew' } })).status).toBe(404);
});
