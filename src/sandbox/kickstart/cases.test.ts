import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';

import { startSandbox, type Sandbox } from '../index.js';

/** Kickstarts that FusionAuth publishes (github.com/FusionAuth/fusionauth-example-kickstart), beside the repository. */
const cases = resolve(import.meta.dirname, '../../../../shared/cases/kickstart');
const missing = !existsSync(cases) && !process.env['CI'];

const fusionAuthId = '3c219e58-ed0e-4b18-ad48-f4f92793ae32';
const defaultThemeId = '75a068fd-e94b-451a-9aeb-3ddb9a3b5987';
const applicationId = 'e9fdb985-9173-4e01-9d73-ac2d60d1dc8e';
const defaultTenantId = 'd7d09513-a3f5-401c-9685-34ab6c552453';

let sandbox: Sandbox | undefined;
afterEach(async () => {
  await sandbox?.close();
  sandbox = undefined;
});

describe.skipIf(missing)('published kickstarts (skipped where ../shared/cases is missing)', () => {
  test('basic: an application signs with the key that the kickstart made, and two users are registered', async () => {
    await start('basic');
    const { application } = await get(`/api/application/${applicationId}`);
    const { key } = await get(`/api/key/${application.jwtConfiguration.accessTokenKeyId}`);
    expect(application).toMatchObject({
      name: 'Example App',
      tenantId: defaultTenantId,
      jwtConfiguration: { enabled: true },
    });
    expect(application.oauthConfiguration.clientSecret).toBe(
      'super-secret-secret-that-should-be-regenerated-for-production',
    );
    expect(key).toMatchObject({ name: 'For example app', algorithm: 'RS256', length: 2048, hasPrivateKey: true });
    const { keys } = await get('/.well-known/jwks.json');
    expect(keys.map(({ kid }: { kid: string }) => kid)).toContain(key.kid);
    const { user } = await get('/api/user/00000000-0000-0000-0000-000000000001');
    expect(user.registrations).toMatchObject([{ applicationId: fusionAuthId, roles: ['admin'] }]);
    const { total } = await get('/api/user/search?queryString=*');
    expect(total).toBe(2);
  });

  test('kafka: is the same with names of its own', async () => {
    await start('kafka');
    const { application } = await get(`/api/application/${applicationId}`);
    expect(application).toMatchObject({
      name: 'ExampleApp',
      oauthConfiguration: { logoutURL: 'http://localhost:5000/' },
    });
  });

  test('all-webhooks: a global webhook and a tenant that sends its events', async () => {
    await start('all-webhooks');
    const { webhooks } = await get('/api/webhook');
    expect(webhooks).toMatchObject([
      { global: true, description: 'Store to s3', eventsEnabled: { 'kickstart.success': true } },
    ]);
    const { tenant } = await get('/api/tenant/30663132-6464-6665-3032-326466613934');
    expect(tenant.eventConfiguration.events['user.action']).toMatchObject({ enabled: true });
    expect(tenant.eventConfiguration.events['user.password.update']).toMatchObject({ enabled: false });
  });

  test('get-started: a copied theme with a stylesheet from a file, and e-mail by patches that add up', async () => {
    await start('get-started');
    const { tenant } = await get(`/api/tenant/${defaultTenantId}`);
    const { theme } = await get(`/api/theme/${tenant.themeId}`);
    const { theme: shipped } = await get(`/api/theme/${defaultThemeId}`);
    expect(theme.name).toBe('Start here theme');
    expect(theme.templates).toEqual(shipped.templates);
    expect(theme.stylesheet).toMatch(/\{[^}]*\}/);
    expect(theme.stylesheet).not.toContain('\r');
    expect(tenant.emailConfiguration).toMatchObject({ host: 'mailcatcher', port: 1025 });
    const { emailTemplate } = await get(`/api/email/template/${tenant.emailConfiguration.passwordlessEmailTemplateId}`);
    expect(emailTemplate).toMatchObject({ name: 'Magic Link Login', defaultSubject: 'Log in' });
    expect(emailTemplate.defaultHtmlTemplate).toContain('${');
    const { application } = await get(`/api/application/${applicationId}`);
    expect(application.roles.map(({ name }: { name: string }) => name).toSorted()).toEqual(['admin', 'user']);
    const { user } = await get('/api/user/00000000-0000-0000-0000-000000000001');
    expect(user.registrations).toHaveLength(2);
  });

  test('mailcatcher: fourteen templates, read from files, four of them used by the tenant', async () => {
    await start('mailcatcher');
    const { emailTemplates } = await get('/api/email/template');
    expect(emailTemplates).toHaveLength(14);
    const { tenant } = await get('/api/tenant/30663132-6464-6665-3032-326466613934');
    expect(tenant.emailConfiguration).toMatchObject({
      defaultFromEmail: 'no-reply@fusionauth.io',
      forgotPasswordEmailTemplateId: '0502df1e-4010-4b43-b571-d423fce978b2',
    });
  });

  test('multiple-tenants: copies of the default tenant, groups of one name in two tenants, requests from files', async () => {
    await start('multiple-tenants');
    const { tenants } = await get('/api/tenant');
    expect(tenants.map(({ name }: { name: string }) => name)).toEqual([
      'Default',
      'Awesome Tenant 2',
      'Awesome Tenant 3',
    ]);
    const { groups } = await get('/api/group');
    expect(groups.map(({ name }: { name: string }) => name)).toEqual(['Awesome Group', 'Awesome Group']);
    const { emailTemplate } = await get('/api/email/template/e160cc59-a73e-4d95-8287-f82e5c541a5c');
    expect(emailTemplate.name).toBe('Setup # @ & Password');
  });

  test('what a kickstart made is there again after a reset, and what came later is gone', async () => {
    await start('basic');
    const { keys: before } = await get('/.well-known/jwks.json');
    await post('/api/lambda', { lambda: { name: 'claims', type: 'JWTPopulate', body: 'function populate() {}' } });
    await sandbox?.reset();
    expect((await get('/api/lambda/search?name=claims')).total).toBe(0);
    expect((await get('/.well-known/jwks.json')).keys).toEqual(before);
    expect((await get(`/api/application/${applicationId}`)).application.name).toBe('Example App');
  });
});

describe('a kickstart that fails', () => {
  let folder: string;
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  test.each([
    [
      'by a request that is refused',
      { method: 'POST', url: '/api/application', body: { application: {} } },
      /kickstart\.json:\d+:\d+ \/requests\/0 POST \/api\/application was answered 400: .*\[blank\]application\.name/,
    ],
    [
      'by a path that the sandbox does not have',
      { method: 'POST', url: '/api/no-such-thing', body: {} },
      /\/requests\/0 POST \/api\/no-such-thing was answered 404 \(no such object, or a path the sandbox does not have; /,
    ],
  ])('%s keeps the sandbox from starting and says where', async (_, request, message) => {
    folder = mkdtempSync(join(tmpdir(), 'kedge-kickstart-'));
    const file = join(folder, 'kickstart.json');
    writeFileSync(file, JSON.stringify({ apiKeys: [{ key: 'bridge' }], requests: [request] }, null, 2));
    await expect(startSandbox({ kickstart: file })).rejects.toThrow(message);
  });
});

async function start(name: string): Promise<void> {
  sandbox = await startSandbox({ kickstart: join(cases, name, 'kickstart.json'), env: {} });
}

async function get(path: string) {
  const answer = await fetch(`${sandbox!.url}${path}`, { headers: { authorization: sandbox!.apiKey } });
  expect([path, answer.status]).toEqual([path, 200]);
  // Answers of every shape: what a test asserts is its type.
  return JSON.parse(await answer.text());
}

async function post(path: string, body: unknown): Promise<void> {
  const headers = { authorization: sandbox!.apiKey, 'content-type': 'application/json' };
  const answer = await fetch(`${sandbox!.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  expect([path, answer.status]).toEqual([path, 200]);
}
