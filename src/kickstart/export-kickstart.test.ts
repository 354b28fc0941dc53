import { describe, expect, it } from 'vitest';
import { catalog } from '../catalog/index.js';
import { type DesiredState, Secret } from '../model/index.js';
import { desiredState, place, wanted } from '../testing/small-catalog.js';
import { endpoints } from './endpoints.js';
import { exportKickstart, type ExportKickstartOptions } from './export-kickstart.js';

function exported(desired: DesiredState, more: Partial<ExportKickstartOptions> = {}) {
  const result = exportKickstart({ catalog, desired, apiKeySource: 'env:KEDGE_API_KEY', includes: true, ...more });
  return { ...result, kickstart: JSON.parse(result.text) };
}

it('knows where the objects of every kind are made', () => {
  expect(Object.keys(endpoints).toSorted()).toEqual(catalog.kinds.map(({ kind }) => kind).toSorted());
});

describe('what stands in a kickstart', () => {
  it('makes what is referred to first, under the ids that an apply gives', () => {
    const { kickstart } = exported(
      desiredState([
        wanted({ kind: 'application', key: 'web' }, { name: 'Web', tenantId: 'crew' }),
        wanted({ kind: 'tenant', key: 'crew' }, { name: 'Crew' }),
      ]),
    );
    const [tenant, application] = kickstart.requests;
    expect(tenant).toEqual({
      method: 'POST',
      url: expect.stringMatching(/^\/api\/tenant\/[0-9a-f-]{36}$/),
      body: { tenant: { name: 'Crew' } },
    });
    const tenantId = tenant.url.split('/').at(-1);
    expect(application).toMatchObject({ tenantId, body: { application: { name: 'Web', tenantId } } });
    expect(kickstart.apiKeys).toEqual([{ key: '#{ENV.KEDGE_API_KEY}', description: 'kedge, production' }]);
  });

  it('writes no secret, but the variable it comes from', () => {
    const { text, variables } = exported(
      desiredState([
        wanted(
          { kind: 'webhook', key: 'audit' },
          {
            url: 'https://siem.example',
            connectTimeout: 1000,
            readTimeout: 1000,
            httpAuthenticationPassword: new Secret('env:SIEM_PASSWORD', 'hush'),
            headers: { 'X-Token': new Secret('file:secrets/token', 'hush'), X_Token: new Secret('file:other', 'hush') },
          },
        ),
      ]),
      { apiKeySource: 'file:secrets/key' },
    );
    expect(text).not.toContain('hush');
    expect(variables).toEqual([
      { name: 'KICKSTART_API_KEY', source: 'file:secrets/key' },
      { name: 'SIEM_PASSWORD', source: 'env:SIEM_PASSWORD' },
      { name: 'WEBHOOK_AUDIT_HEADERS_X_TOKEN', source: 'file:secrets/token (webhook/audit /headers/X-Token)' },
      { name: 'WEBHOOK_AUDIT_HEADERS_X_TOKEN_2', source: 'file:other (webhook/audit /headers/X_Token)' },
    ]);
  });

  it('changes the Default tenant by PATCH: lists one by one, for there a PATCH adds to lists', () => {
    const { kickstart } = exported(
      desiredState([
        wanted(
          { kind: 'tenant', key: 'main' },
          {
            issuer: 'acme.example',
            connectorPolicies: [{ connectorId: 'builtin:fusionauth-connector', domains: ['*'] }],
            registrationConfiguration: { blockedDomains: ['spam.example'] },
            themeId: null,
          },
          { id: 'builtin:default-tenant' },
        ),
      ]),
    );
    const url = '/api/tenant/#{FUSIONAUTH_TENANT_ID}';
    const contentType = 'application/json-patch+json';
    expect(kickstart.requests).toEqual([
      { method: 'PATCH', url, body: { tenant: { issuer: 'acme.example', themeId: null } } },
      {
        method: 'PATCH',
        url,
        contentType,
        body: [expect.objectContaining({ op: 'add', path: '/tenant/connectorPolicies' })],
      },
      {
        method: 'PATCH',
        url,
        contentType,
        body: [{ op: 'add', path: '/tenant/registrationConfiguration/blockedDomains', value: ['spam.example'] }],
      },
    ]);
  });

  it('keeps the ids of an instance where a kickstart can force them', () => {
    const defaultTenantId = '30663132-6464-6665-3032-326466613934';
    const tenantManagerApplicationId = '30663132-6464-6665-3032-326466613935';
    const { kickstart } = exported(
      desiredState([wanted({ kind: 'application', key: 'web' }, { name: 'Web', tenantId: defaultTenantId })]),
      { defaultTenantId, tenantManagerApplicationId },
    );
    expect(kickstart.variables).toEqual({ defaultTenantId, tenantManagerApplicationId });
    expect(kickstart.requests[0]).toMatchObject({ tenantId: '#{FUSIONAUTH_TENANT_ID}' });
  });

  it('takes the tenant of the settings for the Default one, unless the files make it', () => {
    const id = '30663132-6464-6665-3032-326466613934';
    const web = wanted({ kind: 'application', key: 'web' }, { name: 'Web' });
    const made = exported(desiredState([web, wanted({ kind: 'tenant', key: 'crew' }, { name: 'Crew' }, { id })]), {
      ownTenantId: id,
    });
    expect(made.kickstart.variables).toBeUndefined();
    expect(made.kickstart.requests[1]).toMatchObject({ tenantId: id });
    expect(exported(desiredState([web]), { ownTenantId: id }).kickstart.variables).toEqual({ defaultTenantId: id });
  });

  it('adds an administrator whose password nobody writes down', () => {
    const { kickstart, variables } = exported(desiredState([]), { admin: 'captain@harbour.example' });
    expect(kickstart.requests).toEqual([
      {
        method: 'POST',
        url: '/api/user/registration',
        tenantId: '#{FUSIONAUTH_TENANT_ID}',
        body: {
          user: { email: 'captain@harbour.example', password: '#{ENV.KICKSTART_ADMIN_PASSWORD}' },
          registration: { applicationId: '3c219e58-ed0e-4b18-ad48-f4f92793ae32', roles: ['admin'] },
        },
      },
    ]);
    expect(variables.map(({ name }) => name)).toEqual(['KEDGE_API_KEY', 'KICKSTART_ADMIN_PASSWORD']);
  });

  it('makes a key that may make API keys only where there are some to make', () => {
    const key = wanted({ kind: 'apiKey', key: 'deploy' }, { name: 'Deploy' });
    const { kickstart, notes } = exported(desiredState([key]));
    expect(kickstart.apiKeys[0]).toMatchObject({ keyManager: true });
    expect(notes).toMatchObject([{ kind: 'apiKey', object: 'deploy', field: 'key' }]);
  });
});

describe('text that means something to a kickstart', () => {
  const mail = (template: string) =>
    desiredState([
      wanted(
        { kind: 'emailTemplate', key: 'hello' },
        { name: 'Hello #{1}', defaultSubject: '@{x}', defaultHtmlTemplate: template, defaultTextTemplate: 'Hi' },
      ),
    ]);

  it('is escaped, and long text that has none is included', () => {
    const { files, kickstart } = exported(mail('<p>\n${user.email}\n</p>'));
    expect(kickstart.variables).toEqual({ at: '@' });
    expect(kickstart.requests[0].body.emailTemplate).toMatchObject({
      name: 'Hello \\#{1}',
      defaultSubject: '#{at}{x}',
      defaultHtmlTemplate: '@{email-templates/hello/html.ftl}',
    });
    expect([...files]).toEqual([['email-templates/hello/html.ftl', '<p>\n${user.email}\n</p>\n']]);
  });

  it('stands in the JSON where it would have been a file, for nobody says what a kickstart does with it there', () => {
    const { files, kickstart } = exported(mail('<p>\n#{total}\n</p>'));
    expect(files.size).toBe(0);
    expect(kickstart.requests[0].body.emailTemplate.defaultHtmlTemplate).toBe('<p>\n\\#{total}\n</p>');
  });

  it('stands in the JSON where no files are wanted', () => {
    expect(exported(mail('<p>\nHi\n</p>'), { includes: false }).files.size).toBe(0);
  });
});

describe('what a kickstart cannot do as the files say it', () => {
  it('patches in what two objects want of each other once both are there', () => {
    const { kickstart } = exported(
      desiredState([
        wanted({ kind: 'entityType', key: 'api' }, { name: 'API' }),
        wanted(
          { kind: 'entity', key: 'a' },
          {
            name: 'A',
            type: { id: 'api' },
            parentId: 'b',
            grants: [{ recipientEntityId: 'b', permissions: ['read'] }],
          },
        ),
        wanted({ kind: 'entity', key: 'b' }, { name: 'B', type: { id: 'api' }, parentId: 'a' }),
      ]),
    );
    const id = (name: string): string =>
      kickstart.requests
        .find((request: { body: { entity?: { name?: string } } }) => request.body.entity?.name === name)
        .url.split('/')
        .at(-1);
    const what = kickstart.requests.map(({ method, url, body }: { method: string; url: string; body: object }) => [
      method,
      url.replace(/[0-9a-f-]{36}/, '…'),
      body,
    ]);
    expect(what.slice(1)).toMatchObject([
      ['POST', '/api/entity/…', { entity: { name: 'B' } }],
      ['POST', '/api/entity/…', { entity: { name: 'A', parentId: id('B') } }],
      ['PATCH', '/api/entity/…', { entity: { parentId: id('A') } }],
      ['POST', '/api/entity/…/grant', { grant: { recipientEntityId: id('B') } }],
    ]);
    expect(what[1][2].entity).not.toHaveProperty('parentId');
  });

  it('leaves out what refers to an object that is only looked up, and says so', () => {
    const existing = [{ ref: { kind: 'theme', key: 'brand' }, match: { name: 'Brand' }, at: place() }];
    const tenant = wanted({ kind: 'tenant', key: 'crew' }, { name: 'Crew', themeId: 'brand' });
    const { kickstart, notes } = exported(desiredState([tenant], { existing }));
    expect(kickstart.requests[0].body).toEqual({ tenant: { name: 'Crew' } });
    expect(notes.map(({ kind, object, field }) => [kind, object, field])).toEqual([
      ['theme', 'brand', undefined],
      ['tenant', 'crew', 'themeId'],
    ]);
  });

  it('refers to a lambda that comes with FusionAuth by its variable', () => {
    const name = 'Default Google Reconcile provided by FusionAuth';
    const existing = [{ ref: { kind: 'lambda', key: 'google' }, match: { name }, at: place() }];
    const google = wanted(
      { kind: 'identityProvider', key: 'google' },
      {
        name: 'Google',
        type: 'Google',
        client_id: 'google',
        client_secret: new Secret('env:GOOGLE', ''),
        lambdaConfiguration: { reconcileId: 'google' },
      },
    );
    const { kickstart, notes } = exported(desiredState([google], { existing }));
    expect(kickstart.requests[0].body.identityProvider.lambdaConfiguration).toEqual({
      reconcileId: '#{FUSIONAUTH_LAMBDA[GoogleReconcile]_ID}',
    });
    expect(notes).toEqual([]);
  });

  it('says of a key without material that it is another key', () => {
    const key = wanted({ kind: 'key', key: 'access' }, { name: 'Access', algorithm: 'RS256', length: 2048 });
    const { kickstart, notes } = exported(desiredState([key]));
    expect(kickstart.requests[0].url).toMatch(/^\/api\/key\/generate\//);
    expect(notes).toMatchObject([{ kind: 'key', object: 'access' }]);
  });

  it('says of a theme with messages that they must be all of them', () => {
    const theme = { kind: 'theme', key: 'brand' };
    const { notes } = exported(desiredState([wanted(theme, { name: 'Brand', defaultMessages: 'login=Hi' })]));
    expect(notes).toMatchObject([{ kind: 'theme', object: 'brand', field: 'defaultMessages' }]);
  });

  it('makes a type with all its permissions before what is of that type; none of them is in a tenant', () => {
    const sensor = { kind: 'entityType', key: 'sensor' };
    const permission = (name: string) =>
      wanted({ kind: 'entityTypePermission', key: `sensor/permissions/${name}` }, { name }, { parent: sensor });
    const { kickstart } = exported(
      desiredState([
        wanted({ kind: 'entity', key: 'radar' }, { name: 'Radar', type: { id: 'sensor' } }),
        permission('read'),
        permission('write'),
        wanted(sensor, { name: 'Sensor' }),
      ]),
    );
    const what = kickstart.requests.map(({ url, tenantId }: { url: string; tenantId?: string }) => [
      url.replaceAll(/[0-9a-f-]{36}/g, '…'),
      tenantId,
    ]);
    expect(what).toEqual([
      ['/api/entity/type/…', undefined],
      ['/api/entity/type/…/permission/…', undefined],
      ['/api/entity/type/…/permission/…', undefined],
      ['/api/entity/…', '#{FUSIONAUTH_TENANT_ID}'],
    ]);
  });

  it('looks objects up by their id too: what an install has is referred to, what it has not is left out', () => {
    const existing = (id: string) => [{ ref: { kind: 'theme', key: 'brand' }, match: { id }, at: place() }];
    const tenant = wanted({ kind: 'tenant', key: 'crew' }, { name: 'Crew', themeId: 'brand' });
    const defaultTheme = '75a068fd-e94b-451a-9aeb-3ddb9a3b5987';
    const there = exported(desiredState([tenant], { existing: existing(defaultTheme) }));
    expect(there.kickstart.requests[0].body).toEqual({ tenant: { name: 'Crew', themeId: defaultTheme } });
    expect(there.notes).toEqual([]);
    const gone = exported(desiredState([tenant], { existing: existing('75a068fd-e94b-451a-9aeb-3ddb9a3b5988') }));
    expect(gone.kickstart.requests[0].body).toEqual({ tenant: { name: 'Crew' } });
    expect(gone.notes.map(({ field }) => field)).toEqual([undefined, 'themeId']);
  });
});
