import { beforeEach, describe, expect, test } from 'vitest';

import { useSandbox } from '../testing/http.js';

const { call } = useSandbox();
const application = '7e2f3f0e-7b55-4f6e-8f5c-0d8f2a9d7c37';
const [admin, crew] = ['8e2f3f0e-7b55-4f6e-8f5c-0d8f2a9d7c38', '9e2f3f0e-7b55-4f6e-8f5c-0d8f2a9d7c39'];
const path = '/api/group/ae2f3f0e-7b55-4f6e-8f5c-0d8f2a9d7c3a';

beforeEach(async () => {
  const roles = [
    { id: admin, name: 'admin' },
    { id: crew, name: 'crew' },
  ];
  await call('POST', `/api/application/${application}`, { application: { name: 'Web', roles } });
  await call('POST', path, { group: { name: 'Deck' }, roleIds: [admin] });
});

const rolesOf = (answer: { json: any }): readonly string[] =>
  Object.values<{ name: string }[]>(answer.json.group.roles).flatMap((roles) => roles.map(({ name }) => name));

describe('the roles of a group', () => {
  test('come back as a map from application to roles', async () => {
    const { text, json } = await call('GET', path);
    expect(json.group.roles).toMatchObject({ [application]: [{ id: admin, name: 'admin' }] });
    expect(text).not.toContain('roleIds');
  });

  test.each([
    ['left out', undefined],
    ['null', null],
  ])('trap: a PUT with roleIds %s takes them all away', async (_, roleIds) => {
    expect(rolesOf(await call('PUT', path, { group: { name: 'Deck' }, roleIds }))).toEqual([]);
  });

  test('trap: what a GET gives, sent back, takes them all away', async () => {
    const { json } = await call('GET', path);
    expect(rolesOf(await call('PUT', path, json))).toEqual([]);
  });

  test('are kept by a PATCH that does not name them, and added to by one that does', async () => {
    expect(rolesOf(await call('PATCH', path, { group: { name: 'Bridge' } }))).toEqual(['admin']);
    expect(rolesOf(await call('PATCH', path, { roleIds: [crew, admin] }))).toEqual(['admin', 'crew']);
  });

  test('are replaced by a merge-patch and moved by a json-patch', async () => {
    const merge = { type: 'application/merge-patch+json' };
    expect(rolesOf(await call('PATCH', path, { roleIds: [crew] }, merge))).toEqual(['crew']);
    const operations = [
      { op: 'add', path: '/roleIds/-', value: admin },
      { op: 'replace', path: '/group/name', value: 'Bridge' },
    ];
    const patched = await call('PATCH', path, operations, { type: 'application/json-patch+json' });
    expect(rolesOf(patched)).toEqual(['crew', 'admin']);
    expect(patched.json.group.name).toBe('Bridge');
  });

  test('must be roles of the group’s own tenant', async () => {
    const { json } = await call('POST', '/api/tenant', { tenant: { name: 'Acme' } });
    const body = { group: { name: 'Deck' }, roleIds: [admin] };
    const refused = await call('POST', '/api/group', body, { tenantId: json.tenant.id });
    expect(refused.json.fieldErrors.roleIds[0].code).toBe('[invalid]roleIds');
  });

  test('show what a role is called now', async () => {
    await call('PUT', `/api/application/${application}/role/${admin}`, { role: { name: 'captain' } });
    expect(rolesOf(await call('GET', path))).toEqual(['captain']);
  });
});

test('a name is used once in a tenant', async () => {
  const { json } = await call('POST', '/api/group', { group: { name: 'deck' } });
  expect(json.fieldErrors['group.name'][0].code).toBe('[duplicate]group.name');
});
