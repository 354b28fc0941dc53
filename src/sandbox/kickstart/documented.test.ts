import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { startSandbox, type Sandbox, type SandboxOptions } from '../index.js';
import { callSandbox } from '../testing/http.js';
import { useReceiver } from '../testing/receiver.js';

const fusionAuthId = '3c219e58-ed0e-4b18-ad48-f4f92793ae32';
const tenantId = '30663132-6464-6665-3032-326466613934';
const managerId = '9a145715-bfbd-4c06-bff2-009315b9761e';
const readOnlyUsers = { endpoints: { '/api/user': ['GET'] } };

let folder: string;
let sandbox: Sandbox | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kickstart-'));
});
afterEach(async () => {
  await sandbox?.close();
  sandbox = undefined;
  rmSync(folder, { recursive: true });
});

describe('API keys', () => {
  test('each may do what it says, a scoped one in a tenant that a request makes later', async () => {
    await start({
      variables: { aviato: tenantId, admin: '#{ENV.FUSIONAUTH_API_KEY}' },
      apiKeys: [
        { key: '#{admin}', keyManager: true },
        { key: 'reader', description: 'Retrieve users', permissions: readOnlyUsers },
        { key: 'aviato', tenantId: '#{aviato}', permissions: readOnlyUsers },
      ],
      requests: [
        { method: 'POST', url: '/api/tenant/#{aviato}', body: { tenant: { name: 'Aviato' } } },
        { method: 'POST', url: '/api/user', tenantId: '#{aviato}', body: { user: person('erlich') } },
      ],
    });
    expect(sandbox?.apiKey).toBe('from-the-environment');
    expect((await call('POST', '/api/api-key', { apiKey: { name: 'Another' } })).status).toBe(200);
    const byKey = async (method: string, path: string, key: string): Promise<number> =>
      (await call(method, path, undefined, { key, ...(key === 'reader' ? { tenantId } : {}) })).status;
    for (const key of ['reader', 'aviato']) expect(await byKey('GET', '/api/user?username=erlich', key)).toBe(200);
    for (const key of ['reader', 'aviato']) expect(await byKey('GET', '/api/application', key)).toBe(401);
    expect(await byKey('POST', '/api/api-key', 'reader')).toBe(401);
  });

  test('what a key has besides the documented fields is taken and means nothing', async () => {
    const id = 'd9b2f3f0-7b55-4f6e-8f5c-0d8f2a9d7c49';
    await start({
      apiKeys: [{ key: 'bridge', keyManager: true, id, name: 'Bridge', retrievable: false, colour: 'red' }],
    });
    expect((await call('GET', `/api/api-key/${id}`)).status).toBe(404);
    expect((await call('POST', '/api/api-key', { apiKey: { name: 'Bridge' } })).status).toBe(200);
    const [stored] = sandbox?.snapshot().objects['apiKey'] ?? [];
    expect(stored).not.toHaveProperty('colour');
    expect(stored).toMatchObject({ key: 'bridge', retrievable: true });
  });
});

describe('ids', () => {
  test('the Default tenant and the Tenant Manager have those the file forces, and the variables follow', async () => {
    const data = {
      tenant: '#{FUSIONAUTH_TENANT_ID}',
      manager: '#{TENANT_MANAGER_ID}',
      managerToo: '#{FUSIONAUTH_TENANT_MANAGER_APPLICATION_ID}',
    };
    await start({
      variables: { defaultTenantId: tenantId, tenantManagerApplicationId: managerId },
      requests: [
        { method: 'PATCH', url: 'api/tenant/#{defaultTenantId}', body: { tenant: { issuer: 'acme.io', data } } },
      ],
    });
    const { json } = await call('GET', '/api/tenant');
    expect(json.tenants).toMatchObject([
      {
        id: tenantId,
        name: 'Default',
        issuer: 'acme.io',
        data: { tenant: tenantId, manager: managerId, managerToo: managerId },
      },
    ]);
    expect((await call('GET', `/api/application/${managerId}`)).json.application.name).toBe('Tenant manager');
    expect((await call('GET', `/api/application/${fusionAuthId}`)).json.application.tenantId).toBe(tenantId);
  });

  test('every variable that is provided names an object of its kind', async () => {
    const lambdas = ['Apple', 'Facebook', 'Google', 'OpenID', 'SAMLv2', 'Twitter'].map(
      (provider) => [`/api/lambda/`, `FUSIONAUTH_LAMBDA[${provider}Reconcile]_ID`] as const,
    );
    const provided = [
      ['/api/application/', 'FUSIONAUTH_APPLICATION_ID'],
      ['/api/tenant/', 'FUSIONAUTH_TENANT_ID'],
      ['/api/application/', 'TENANT_MANAGER_ID'],
      ['/api/key/', 'FUSIONAUTH_DEFAULT_SIGNING_KEY_ID'],
      ['/api/form/', 'FUSIONAUTH_FORM[adminUser]_ID'],
      ['/api/form/', 'FUSIONAUTH_FORM[adminRegistration]_ID'],
      ...lambdas,
    ] as const;
    const data = Object.fromEntries(provided.map(([, name]) => [name, `#{${name}}`]));
    await start({ requests: [{ method: 'POST', url: '/api/group', body: { group: { name: 'Crew', data } } }] });
    const { groups } = (await call('GET', '/api/group')).json;
    for (const [path, name] of provided) {
      expect([name, (await call('GET', `${path}${groups[0].data[name]}`)).status]).toEqual([name, 200]);
    }
  });

  test('trap: of the self-service form there is none (fusionauth-issues #2841)', async () => {
    const url = '/api/form/#{FUSIONAUTH_FORM[selfServiceUser]_ID}';
    await expect(start({ requests: [{ method: 'PUT', url, body: {} }] })).rejects.toThrow(
      '/requests/0/url there is no variable "FUSIONAUTH_FORM[selfServiceUser]_ID"',
    );
  });
});

describe('requests', () => {
  test('are POST, PUT and all three PATCHes, one after the other', async () => {
    const url = `/api/tenant/${tenantId}`;
    const data = (value: object): object => ({ tenant: { data: value } });
    await start({
      variables: { defaultTenantId: tenantId },
      requests: [
        { method: 'PATCH', url, body: data({ first: 1, second: 1 }) },
        { method: 'PATCH', url, contentType: 'application/merge-patch+json', body: data({ first: null }) },
        {
          method: 'PATCH',
          url,
          contentType: 'application/json-patch+json',
          body: [{ op: 'add', path: '/tenant/data/third', value: 1 }],
        },
        { method: 'POST', url: '/api/group', body: { group: { name: 'Crew' } } },
        { method: 'PUT', url: '/api/reactor' },
      ],
    });
    const { tenant } = (await call('GET', url)).json;
    expect(tenant.data).toEqual({ second: 1, third: 1 });
  });

  test('may register an administrator, and name a tenant', async () => {
    const registration = { applicationId: '#{FUSIONAUTH_APPLICATION_ID}', roles: ['admin'] };
    await start({
      variables: { defaultTenantId: tenantId },
      requests: [
        { method: 'POST', url: '/api/tenant', body: { tenant: { name: 'Aviato' } } },
        {
          method: 'POST',
          url: '/api/user/registration',
          tenantId: '#{defaultTenantId}',
          body: { user: person('monica'), registration },
        },
      ],
    });
    const { user } = (await call('GET', '/api/user?username=monica', undefined, { tenantId })).json;
    expect(user.registrations).toMatchObject([{ applicationId: fusionAuthId, roles: ['admin'] }]);
  });

  test('are refused like any other, as without a tenant where there are two', async () => {
    const requests = [
      { method: 'POST', url: '/api/tenant', body: { tenant: { name: 'Aviato' } } },
      { method: 'POST', url: '/api/group', body: { group: { name: 'Crew' } } },
    ];
    await expect(start({ requests })).rejects.toThrow(
      /kickstart\.json:1:\d+ \/requests\/1 POST \/api\/group was answered 400: .*\[TenantIdRequired\]/,
    );
  });

  test('a licence comes before them', async () => {
    await start(
      {
        licenseId: 'acme',
        requests: [{ method: 'POST', url: '/api/entity/type', body: { entityType: { name: 'Ship' } } }],
      },
      { switches: { licensed: 'off' } },
    );
    expect((await call('GET', '/api/reactor')).json.status.licensed).toBe(true);
  });
});

test('files are read from the folder of the kickstart, line ends and FreeMarker untouched', async () => {
  const html = '<p>Ahoy ${user.firstName!\'you\'}</p>\r\n#{count} "quoted" \\u2026\n';
  const template = {
    name: 'Setup',
    defaultSubject: '\\#{set} up',
    defaultHtmlTemplate: '@{emails/a.html}',
    defaultTextTemplate: 'a',
  };
  await start(
    { variables: { path: 'template' }, requests: ['&{requests/setup.json}'] },
    {},
    {
      'requests/setup.json': JSON.stringify({ method: 'POST', url: '/api/email/#{path}', body: '&{json/setup.json}' }),
      'json/setup.json': JSON.stringify({ emailTemplate: template }),
      'emails/a.html': html,
    },
  );
  const { emailTemplates } = (await call('GET', '/api/email/template')).json;
  // FusionAuth trims templates (§1.8 of its client's `normalize()`).
  expect(emailTemplates).toMatchObject([{ defaultSubject: '#{set} up', defaultHtmlTemplate: html.trim() }]);
});

test('a kickstarted install has none of what the setup wizard makes', async () => {
  await start({});
  expect((await call('GET', '/api/email/template')).json.emailTemplates ?? []).toEqual([]);
  expect((await call('GET', '/api/message/template')).json.messageTemplates).toMatchObject([
    { name: 'Default Two-Factor Request' },
  ]);
  expect((await call('GET', '/api/entity/type/search?name=*')).json.total).toBe(0);
});

describe('a kickstart runs once', () => {
  const tenants = async (): Promise<readonly string[]> =>
    (await call('GET', '/api/tenant')).json.tenants.map(({ name }: { name: string }) => name);
  const make = (name: string): object => ({
    requests: [{ method: 'POST', url: '/api/tenant', body: { tenant: { name } } }],
  });

  test('and not again where there is something, whatever the file says by then', async () => {
    const lines: string[] = [];
    const dataDir = join(folder, 'data');
    await start(make('Acme'), { dataDir });
    await sandbox?.close();
    await start(make('Globex'), { dataDir, log: (line) => lines.push(line) });
    expect(await tenants()).toEqual(['Default', 'Acme']);
    expect(lines).toEqual(['sandbox: there is a state already, so the kickstart does not run']);
  });

  test('nor on an install that was started without one: it has an API key', async () => {
    const dataDir = join(folder, 'data');
    sandbox = await startSandbox({ dataDir });
    await sandbox.close();
    await start(make('Acme'), { dataDir });
    expect(await tenants()).toEqual(['Default']);
  });

  test('one that fails keeps nothing, and runs from its start once it is mended', async () => {
    const dataDir = join(folder, 'data');
    const requests = [
      { method: 'POST', url: '/api/tenant', body: { tenant: { name: 'Acme' } } },
      { method: 'POST', url: '/api/tenant', body: { tenant: {} } },
    ];
    await expect(start({ requests }, { dataDir })).rejects.toThrow('/requests/1 POST /api/tenant was answered 400');
    expect(readdirSync(folder)).toEqual(['kickstart.json']);
    await start(make('Acme'), { dataDir });
    expect(await tenants()).toEqual(['Default', 'Acme']);
  });

  test('nor does one keep anything whose port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((listening) => other.once('listening', listening));
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const dataDir = join(folder, 'data');
    await expect(start(make('Acme'), { dataDir, port })).rejects.toThrow('EADDRINUSE');
    expect(readdirSync(folder)).toEqual(['kickstart.json']);
    await new Promise((closed) => other.close(closed));
  });
});

describe('what a kickstart that fails has told webhooks', () => {
  const receiver = useReceiver();

  test('ends with it, and its success is told to nobody', async () => {
    const url = receiver().url;
    const eventsEnabled = { 'group.create.complete': true, 'kickstart.success': true };
    const webhook = { url, connectTimeout: 1000, readTimeout: 1000, global: true, eventsEnabled };
    const events = { 'group.create.complete': { enabled: true, transactionType: 'None' } };
    const requests = [
      { method: 'POST', url: '/api/webhook', body: { webhook } },
      {
        method: 'PATCH',
        url: '/api/tenant/#{FUSIONAUTH_TENANT_ID}',
        body: { tenant: { eventConfiguration: { events } } },
      },
      { method: 'POST', url: '/api/group', body: { group: { name: 'Crew' } } },
      { method: 'POST', url: '/api/group', body: { group: {} } },
    ];
    await expect(start({ requests })).rejects.toThrow('/requests/3 POST /api/group was answered 400');
    expect(receiver().received.map(({ event }) => event.type)).not.toContain('kickstart.success');
  });
});

async function start(
  written: object,
  options: SandboxOptions = {},
  files: Readonly<Record<string, string>> = {},
): Promise<void> {
  const kickstart = join(folder, 'kickstart.json');
  writeFileSync(kickstart, JSON.stringify({ apiKeys: [{ key: 'bridge' }], ...written }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  sandbox = await startSandbox({ env: { FUSIONAUTH_API_KEY: 'from-the-environment' }, ...options, kickstart });
}

function call(...request: [string, string, unknown?, object?]): ReturnType<typeof callSandbox> {
  if (sandbox === undefined) throw new Error('no sandbox runs');
  return callSandbox(sandbox, ...request);
}

function person(username: string): object {
  return { username, password: 'correct horse battery' };
}
