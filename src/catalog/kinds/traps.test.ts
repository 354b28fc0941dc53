import { describe, expect, it } from 'vitest';
import { type JsonObject, KedgeError } from '../../model/index.js';
import { fakeClient } from '../../testing/fake-client.js';
import { canonicalBody, catalog } from '../index.js';

const TENANT = '11111111-1111-4111-8111-111111111111';
const APP = '22222222-2222-4222-8222-222222222222';
const ID = '33333333-3333-4333-8333-333333333333';
const kind = (name: string) => catalog.kind(name);
const canonical = (name: string, body: JsonObject) => canonicalBody(kind(name), body);
const builtIn = (name: string) => {
  const found = catalog.builtIn(name)?.builtIn.find;
  if (!found || !('byRole' in found)) throw new Error(`${name} is not found by role`);
  return found.byRole;
};
const lookup = (bodies: Readonly<Record<string, readonly JsonObject[]>>) => ({
  bodies: (name: string) => bodies[name] ?? [],
});

describe('tenant', () => {
  it('PUT names the webhooks it is linked to, or it would lose them (fusionauth-issues #2413)', async () => {
    const { client, calls } = fakeClient({
      retrieveWebhooks: {
        webhooks: [
          { id: 'linked', tenantIds: [TENANT] },
          { id: 'global', tenantIds: [TENANT], global: true },
          { id: 'elsewhere', tenantIds: [APP] },
          { id: 'nowhere' },
        ],
      },
      updateTenant: { tenant: { id: TENANT, name: 'Main' } },
    });
    await kind('tenant').writes.update({ client, id: TENANT }, { name: 'Main' });
    expect(calls[1]).toEqual({
      method: 'updateTenant',
      args: [TENANT, { tenant: { name: 'Main' }, webhookIds: ['linked'] }],
    });
  });

  it('PUT is not sent when the webhooks cannot be read', async () => {
    const { client, calls } = fakeClient({
      retrieveWebhooks: new KedgeError({ code: 'live/timeout', message: 'slow' }),
    });
    await expect(kind('tenant').writes.update({ client, id: TENANT }, {})).rejects.toThrow('slow');
    expect(calls.map((call) => call.method)).toEqual(['retrieveWebhooks']);
  });

  it('forgets verification settings while no address is verified, as the server does', () => {
    expect(
      canonical('tenant', {
        emailConfiguration: { verifyEmail: false, verifyEmailWhenChanged: true, verificationEmailTemplateId: ID },
      }),
    ).toEqual({
      emailConfiguration: { verifyEmail: false, verifyEmailWhenChanged: false },
    });
    const kept = { emailConfiguration: { verifyEmail: true, verificationEmailTemplateId: ID } };
    expect(canonical('tenant', kept)).toEqual(kept);
    expect(canonical('tenant', { emailConfiguration: { verificationEmailTemplateId: ID } })).toEqual({
      emailConfiguration: { verificationEmailTemplateId: ID },
    });
  });

  it('asks no parent for an e-mail address where no child can register', () => {
    expect(
      canonical('tenant', { familyConfiguration: { allowChildRegistrations: false, parentEmailRequired: true } }),
    ).toEqual({
      familyConfiguration: { allowChildRegistrations: false, parentEmailRequired: false },
    });
  });

  it('has its own connector for every domain, whatever was written', () => {
    const policies = [
      { connectorId: ID, domains: ['B.example', 'a.example'] },
      { connectorId: 'e3306678-a53a-4964-9040-1c96f36dda72', domains: ['x'], migrate: true },
    ];
    expect(canonical('tenant', { connectorPolicies: policies })).toEqual({
      connectorPolicies: [
        { connectorId: ID, domains: ['a.example', 'b.example'] },
        { connectorId: 'e3306678-a53a-4964-9040-1c96f36dda72', domains: ['*'], migrate: false },
      ],
    });
  });

  it('is the Default one when it holds the FusionAuth application, whatever it is called', () => {
    const application = [{ id: '3c219e58-ed0e-4b18-ad48-f4f92793ae32', tenantId: TENANT }];
    expect(builtIn('default-tenant')(lookup({ application }))).toBe(TENANT);
    expect(builtIn('default-tenant')(lookup({}))).toBeUndefined();
  });
});

describe('group', () => {
  it('GET gives roles as a map of applications; here they are one set', async () => {
    const { client } = fakeClient({
      retrieveGroups: {
        groups: [
          { id: ID, name: 'Crew', roles: { [APP]: [{ id: 'r2' }, { id: 'r1' }], [TENANT]: [{ id: 'r3' }] } },
          { id: APP },
        ],
      },
    });
    expect(await kind('group').reads.list(client)).toEqual([
      { id: ID, name: 'Crew', roleIds: ['r2', 'r1', 'r3'] },
      { id: APP, roleIds: [] },
    ]);
  });

  it('PUT carries roleIds beside the group, or every role would be gone', async () => {
    const { client, calls } = fakeClient({ updateGroup: { group: { id: ID } }, createGroup: { group: { id: ID } } });
    await kind('group').writes.update({ client, id: ID }, { name: 'Crew', roleIds: ['r1'] });
    await kind('group').writes.create({ client, id: ID }, { name: 'Crew' });
    expect(calls.map((call) => call.args[1])).toEqual([
      { group: { name: 'Crew' }, roleIds: ['r1'] },
      { group: { name: 'Crew' }, roleIds: [] },
    ]);
  });
});

describe('application', () => {
  it('PUT says nothing of roles and scopes: they have their own APIs', async () => {
    const { client, calls } = fakeClient({ updateApplication: { application: { id: APP } } });
    await kind('application').writes.update({ client, id: APP }, { name: 'Web', roles: [], scopes: [] });
    expect(calls[0]?.args).toEqual([APP, { application: { name: 'Web' } }]);
  });

  it('list is the active and the inactive ones', async () => {
    const { client } = fakeClient({
      retrieveApplications: { applications: [{ id: '1' }] },
      retrieveInactiveApplications: { applications: [{ id: '2', active: false }] },
    });
    expect(await kind('application').reads.list(client)).toHaveLength(2);
  });

  it('delete deactivates, and reactivate also works where the server answers nothing', async () => {
    const { client, calls } = fakeClient({
      deactivateApplication: undefined,
      reactivateApplication: undefined,
      retrieveApplication: { application: { id: APP, active: true } },
    });
    await kind('application').writes.delete({ client, id: APP });
    expect(await kind('application').writes.reactivate?.({ client, id: APP })).toEqual({ id: APP, active: true });
    expect(calls.map((call) => call.method)).toEqual([
      'deactivateApplication',
      'reactivateApplication',
      'retrieveApplication',
    ]);
    const told = fakeClient({ reactivateApplication: { application: { id: APP } } });
    expect(await kind('application').writes.reactivate?.({ client: told.client, id: APP })).toEqual({ id: APP });
  });

  it('without a login policy has no trust policy, and without blank URLs', () => {
    expect(canonical('application', { multiFactorConfiguration: { loginPolicy: null, trustPolicy: 'Any' } })).toEqual({
      multiFactorConfiguration: { loginPolicy: null },
    });
    const policy = { multiFactorConfiguration: { loginPolicy: 'Required', trustPolicy: 'Any' } };
    expect(canonical('application', policy)).toEqual(policy);
    expect(
      canonical('application', { oauthConfiguration: { authorizedRedirectURLs: ['https://b', ' ', 'https://a'] } }),
    ).toEqual({
      oauthConfiguration: { authorizedRedirectURLs: ['https://a', 'https://b'] },
    });
  });

  it('Tenant Manager is the one that holds its admin role', () => {
    const role = [{ id: '631ecd9d-8d40-4c13-8277-80cedb823714', parentId: APP }];
    expect(builtIn('tenant-manager')(lookup({ role }))).toBe(APP);
    expect(builtIn('tenant-manager')(lookup({}))).toBeUndefined();
  });
});

describe('role and scope', () => {
  it('are written under their application', async () => {
    const { client, calls } = fakeClient({
      createApplicationRole: { role: { id: ID } },
      updateApplicationRole: { role: { id: ID } },
      deleteApplicationRole: undefined,
      createOAuthScope: { scope: { id: ID } },
      updateOAuthScope: { scope: { id: ID } },
      deleteOAuthScope: undefined,
    });
    const target = { client, id: ID, parentId: APP };
    for (const name of ['role', 'scope']) {
      await kind(name).writes.create(target, { name: 'admin' });
      await kind(name).writes.update(target, { name: 'admin' });
      await kind(name).writes.delete(target);
    }
    expect(calls.every((call) => call.args[0] === APP && call.args[1] === ID)).toBe(true);
    expect(calls[0]?.args[2]).toEqual({ role: { name: 'admin' } });
    expect(calls[3]?.args[2]).toEqual({ scope: { name: 'admin' } });
  });

  it('are never written without one', async () => {
    const { client } = fakeClient({});
    await expect(kind('role').writes.delete({ client, id: ID })).rejects.toThrow(KedgeError);
  });

  it('a role is read with its application, for it has no GET of its own; a scope has one', async () => {
    const { client } = fakeClient({
      retrieveApplication: { application: { id: APP, roles: [{ id: 'other' }, { id: ID, name: 'admin' }] } },
      retrieveOAuthScope: { scope: { id: ID } },
    });
    expect(await kind('role').reads.get(client, { id: ID, parentId: APP })).toEqual({ id: ID, name: 'admin' });
    expect(await kind('role').reads.get(client, { id: 'gone', parentId: APP })).toBeUndefined();
    expect(await kind('scope').reads.get(client, { id: ID, parentId: APP })).toEqual({ id: ID });
    expect(await kind('role').reads.list(client)).toEqual([]);
    expect(await kind('scope').reads.list(client)).toEqual([]);
    const gone = fakeClient({ retrieveApplication: new KedgeError({ code: 'live/not-found', message: 'gone' }) });
    expect(await kind('role').reads.get(gone.client, { id: ID })).toBeUndefined();
  });
});

describe('key', () => {
  it('is generated, or imported when its material is written', async () => {
    const { client, calls } = fakeClient({ generateKey: { key: { id: ID } }, importKey: { key: { id: ID } } });
    await kind('key').writes.create({ client, id: ID }, { name: 'Signing', algorithm: 'RS256', length: 2048 });
    await kind('key').writes.create({ client, id: ID }, { name: 'Partner', publicKey: 'PEM' });
    expect(calls.map((call) => call.method)).toEqual(['generateKey', 'importKey']);
  });

  it('PUT takes its name and the value of a Secret, and nothing else', async () => {
    const { client, calls } = fakeClient({ updateKey: { key: { id: ID } } });
    await kind('key').writes.update({ client, id: ID }, { name: 'New', algorithm: 'RS256', publicKey: 'PEM' });
    await kind('key').writes.update({ client, id: ID }, { name: 'New', secret: 's' });
    expect(calls.map((call) => call.args[1])).toEqual([
      { key: { name: 'New' } },
      { key: { name: 'New', secret: 's' } },
    ]);
  });

  it('of the installation is the one as old as the Default tenant, if it is the only one', () => {
    const application = [{ id: '3c219e58-ed0e-4b18-ad48-f4f92793ae32', tenantId: TENANT }];
    const tenant = [{ id: TENANT, insertInstant: 10 }];
    const shadow = { id: '092dbedc-30af-4149-9c61-b578f2c72f59', insertInstant: 9 };
    const find = builtIn('default-signing-key');
    const later = { id: 'later', insertInstant: 11 };
    expect(find(lookup({ application, tenant, key: [shadow, { id: 'first', insertInstant: 10 }, later] }))).toBe(
      'first',
    );
    expect(
      find(
        lookup({
          application,
          tenant,
          key: [
            { id: 'a', insertInstant: 1 },
            { id: 'b', insertInstant: 2 },
          ],
        }),
      ),
    ).toBeUndefined();
    expect(find(lookup({ application, tenant: [{ id: TENANT }] }))).toBeUndefined();
  });
});

describe('theme', () => {
  const full = { helpers: 'h', oauth2Authorize: 'a', oauth2Error: 'e', passwordForgot: 'f', passwordChange: 'c' };

  it('that is not written whole is a copy of the default theme with the written parts over it', async () => {
    const { client, calls } = fakeClient({
      createTheme: { theme: { id: ID, name: 'Brand', templates: { helpers: 'default', oauth2Error: 'default' } } },
      updateTheme: { theme: { id: ID } },
    });
    await kind('theme').writes.create(
      { client, id: ID },
      { name: 'Brand', stylesheet: 'body {}', templates: { helpers: 'ours' } },
    );
    expect(calls.map((call) => call.args[1])).toEqual([
      { sourceThemeId: '75a068fd-e94b-451a-9aeb-3ddb9a3b5987', theme: { name: 'Brand' } },
      {
        theme: { id: ID, name: 'Brand', stylesheet: 'body {}', templates: { helpers: 'ours', oauth2Error: 'default' } },
      },
    ]);
  });

  it('that is written whole is created in one write; a simple one is a copy of the simple theme', async () => {
    const { client, calls } = fakeClient({ createTheme: { theme: { id: ID } }, updateTheme: { theme: { id: ID } } });
    await kind('theme').writes.create({ client, id: ID }, { name: 'Brand', defaultMessages: 'm', templates: full });
    await kind('theme').writes.create({ client, id: ID }, { name: 'Plain', type: 'simple' });
    await kind('theme').writes.create(
      { client, id: ID },
      { name: 'Plain', type: 'simple', variables: { fontColor: '#000' } },
    );
    expect(calls.map((call) => call.method)).toEqual(['createTheme', 'createTheme', 'updateTheme', 'createTheme']);
    expect(calls[1]?.args[1]).toMatchObject({ sourceThemeId: '3c717291-5d83-4014-bd51-97c76475dc86' });
  });

  it('with messages and no templates still needs the copy', async () => {
    const { client, calls } = fakeClient({ createTheme: { theme: { id: ID } }, updateTheme: { theme: { id: ID } } });
    await kind('theme').writes.create({ client, id: ID }, { name: 'Brand', defaultMessages: 'm' });
    expect(calls).toHaveLength(2);
  });
});

describe('every kind', () => {
  const simple = ['application', 'emailTemplate', 'group', 'key', 'lambda', 'tenant', 'theme', 'webhook'];
  const method = (verb: string, name: string) => `${verb}${name.charAt(0).toUpperCase()}${name.slice(1)}`;

  it.each(simple)('%s is undefined where the instance answers 404, and the object where it has one', async (name) => {
    const gone = fakeClient({
      [method('retrieve', name)]: new KedgeError({ code: 'live/not-found', message: 'gone' }),
    });
    expect(await kind(name).reads.get(gone.client, { id: ID })).toBeUndefined();
    const there = fakeClient({ [method('retrieve', name)]: { [name]: { id: ID } } });
    expect(await kind(name).reads.get(there.client, { id: ID })).toMatchObject({ id: ID });
  });

  it.each(simple.filter((name) => name !== 'application'))('%s is deleted by its id', async (name) => {
    const { client, calls } = fakeClient({ [method('delete', name)]: undefined });
    await kind(name).writes.delete({ client, id: ID });
    expect(calls).toEqual([{ method: method('delete', name), args: [ID] }]);
  });

  it.each(['application', 'emailTemplate', 'lambda', 'tenant', 'webhook'])(
    '%s is created under the id it is given',
    async (name) => {
      const { client, calls } = fakeClient({ [method('create', name)]: { [name]: { id: ID } } });
      await kind(name).writes.create({ client, id: ID }, { name: 'New' });
      expect(calls[0]?.args).toEqual([ID, { [name]: { name: 'New' } }]);
    },
  );

  it.each(['emailTemplate', 'lambda', 'theme', 'webhook'])('%s is updated by a PUT of the whole', async (name) => {
    const { client, calls } = fakeClient({ [method('update', name)]: { [name]: { id: ID } } });
    await kind(name).writes.update({ client, id: ID }, { name: 'New' });
    expect(calls[0]?.args).toEqual([ID, { [name]: { name: 'New' } }]);
  });

  it.each(simple.filter((name) => name !== 'application'))('%s is listed in one request', async (name) => {
    const wrapper = kind(name).collection;
    const { client, calls } = fakeClient({ [`${method('retrieve', name)}s`]: { [wrapper]: [{ id: ID }] } });
    expect(await kind(name).reads.list(client)).toHaveLength(1);
    expect(calls).toHaveLength(1);
  });

  it('a webhook locks the tenants it is linked to', () => {
    expect(kind('webhook').alsoLocks?.({ tenantIds: [TENANT] })).toEqual([`tenant:${TENANT}`]);
    expect(kind('webhook').alsoLocks?.({})).toEqual([]);
  });
});
