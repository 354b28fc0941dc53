import { FusionAuthClient } from '@fusionauth/typescript-client';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';

/** The official client, unchanged, works with the sandbox as with FusionAuth. */
let sandbox: Sandbox;
let client: FusionAuthClient;

beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(async () => {
  await sandbox.reset();
  client = new FusionAuthClient(sandbox.apiKey, sandbox.url);
});
afterAll(() => sandbox.close());

const missing = { statusCode: 404 };
const id = '3f0c9b52-7d6a-4f57-8a6e-1f1f5a9c0d01';

describe('the official client', () => {
  test('works with tenants', async () => {
    const { response, statusCode } = await client.createTenant(id, { tenant: { name: 'Acme' } });
    expect(statusCode).toBe(200);
    expect(response.tenant).toMatchObject({ id, name: 'Acme' });
    expect((await client.retrieveTenants()).response.tenants).toHaveLength(2);
    expect((await client.searchTenants({ search: { name: 'ac*' } })).response).toMatchObject({
      total: 1,
      tenants: [{ id }],
    });
    await client.updateTenant(id, { tenant: { name: 'Acme', issuer: 'acme.test' } });
    await client.patchTenant(id, { tenant: { httpSessionMaxInactiveInterval: 60 } });
    expect((await client.retrieveTenant(id)).response.tenant).toMatchObject({
      issuer: 'acme.test',
      httpSessionMaxInactiveInterval: 60,
    });
    expect((await client.deleteTenant(id)).statusCode).toBe(200);
    await expect(client.retrieveTenant(id)).rejects.toMatchObject(missing);
  });

  test('works with applications and their roles', async () => {
    await client.createApplication(id, { application: { name: 'Web', roles: [{ name: 'admin' }] } });
    const { response } = await client.createApplicationRole(id, '', { role: { name: 'crew' } });
    const roleId = response.role?.id ?? '';
    await client.updateApplicationRole(id, roleId, { role: { name: 'deckhand' } });
    await client.patchApplicationRole(id, roleId, { role: { description: 'On deck' } });
    const read = await client.retrieveApplication(id);
    expect(read.response.application?.roles).toMatchObject([
      { name: 'admin' },
      { id: roleId, name: 'deckhand', description: 'On deck' },
    ]);
    await client.deleteApplicationRole(id, roleId);
    await client.updateApplication(id, { application: { name: 'Site' } });
    await client.patchApplication(id, { application: { data: { owner: 'crew' } } });
    const search = await client.searchApplications({ search: { name: 'site' } });
    expect(search.response.applications).toMatchObject([
      { name: 'Site', data: { owner: 'crew' }, roles: [{ name: 'admin' }] },
    ]);
    await client.deactivateApplication(id);
    expect((await client.retrieveInactiveApplications()).response.applications).toMatchObject([{ id, active: false }]);
    await client.reactivateApplication(id);
    expect((await client.retrieveApplications()).response.applications).toHaveLength(3);
    await client.deleteApplication(id);
    await expect(client.retrieveApplication(id)).rejects.toMatchObject(missing);
  });

  test('works with webhooks', async () => {
    const webhook = { url: 'https://siem.acme.test', connectTimeout: 1000, readTimeout: 1000 };
    await client.createWebhook(id, { webhook });
    await client.updateWebhook(id, { webhook: { ...webhook, description: 'SIEM' } });
    await client.patchWebhook(id, { webhook: { global: true } });
    expect((await client.retrieveWebhook(id)).response.webhook).toMatchObject({ description: 'SIEM', global: true });
    expect((await client.retrieveWebhooks()).response.webhooks).toHaveLength(1);
    expect((await client.searchWebhooks({ search: { url: 'siem' } })).response.total).toBe(1);
    expect((await client.deleteWebhook(id)).statusCode).toBe(200);
    await expect(client.retrieveWebhook(id)).rejects.toMatchObject(missing);
  });

  test('works with groups', async () => {
    const application = { name: 'Web', roles: [{ name: 'admin' }] };
    const { response } = await client.createApplication('', { application });
    const applicationId = response.application?.id ?? '';
    const roleId = response.application?.roles?.[0]?.id ?? '';
    await client.createGroup(id, { group: { name: 'Deck' }, roleIds: [roleId] });
    await client.patchGroup(id, { group: { name: 'Bridge' } });
    const { group } = (await client.retrieveGroup(id)).response;
    expect(group).toMatchObject({ name: 'Bridge', roles: { [applicationId]: [{ id: roleId }] } });
    await client.updateGroup(id, { group: { name: 'Bridge' } });
    expect((await client.retrieveGroups()).response.groups).toMatchObject([{ roles: {} }]);
    expect((await client.searchGroups({ search: { name: 'bridge' } })).response.total).toBe(1);
    expect((await client.deleteGroup(id)).statusCode).toBe(200);
    await expect(client.retrieveGroup(id)).rejects.toMatchObject(missing);
  });

  test('is told what is wrong in the shape it knows', async () => {
    await expect(client.createTenant('', { tenant: {} })).rejects.toMatchObject({
      statusCode: 400,
      exception: { fieldErrors: { 'tenant.name': [{ code: '[blank]tenant.name' }] } },
    });
    const stranger = new FusionAuthClient('nobody-made-this', sandbox.url);
    const refused: unknown = await stranger.retrieveTenants().catch((error: unknown) => error);
    expect(refused).toMatchObject({ statusCode: 401 });
    expect(refused).not.toHaveProperty('exception.message');
  });

  test('sends the tenant with every call when it has one', async () => {
    const { response } = await client.createTenant(id, { tenant: { name: 'Acme' } });
    const acme = client.setTenantId(response.tenant?.id ?? null);
    const { response: made } = await acme.createApplication('', { application: { name: 'Web' } });
    expect(made.application?.tenantId).toBe(id);
    await expect(acme.searchTenants({ search: {} })).rejects.toMatchObject({ statusCode: 401 });
  });
});
