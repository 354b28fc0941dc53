import { randomUUID } from 'node:crypto';

import { FusionAuthClient, KeyAlgorithm, LambdaType } from '@fusionauth/typescript-client';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { startSandbox, type Sandbox } from '../index.js';
import { defaultThemeId, fusionAuthApplicationId, shadowKeyIds } from '../seeds/ids.js';

let sandbox: Sandbox;
let client: FusionAuthClient;
beforeAll(async () => {
  sandbox = await startSandbox();
  client = new FusionAuthClient(sandbox.apiKey, sandbox.url);
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

describe('a key', () => {
  test('keeps everything but its name, and its secret shows in no answer', async () => {
    const key = await newKey('Acme access');
    const { response } = await client.updateKey(key.id!, {
      key: { ...key, name: 'Acme 2026', kid: 'other', algorithm: KeyAlgorithm.RS256 },
    });
    expect(response.key).toMatchObject({ name: 'Acme 2026', kid: key.kid, algorithm: 'ES256' });
    for (const path of ['/api/key', `/api/key/${key.id}`, '/api/key/search?name=*']) {
      const { text } = await call('GET', path);
      expect(text).toContain('Acme 2026');
      expect(text).not.toMatch(/"privateKey"|"secret"/);
    }
  });

  test('cannot be patched', async () => {
    const key = await newKey('Acme access');
    expect((await call('PATCH', `/api/key/${key.id}`, { key: { name: 'x' } })).status).toBe(405);
  });

  test('that a tenant signs with cannot be deleted, and the answer names the tenant', async () => {
    const key = await newKey('Acme access');
    const { response } = await client.createTenant(randomUUID(), {
      tenant: { name: 'Acme', jwtConfiguration: { accessTokenKeyId: key.id!, idTokenKeyId: key.id! } },
    });
    const refused = await call('DELETE', `/api/key/${key.id}`);
    expect(refused).toMatchObject({ status: 400, text: expect.stringContaining('Acme') });
    await client.deleteTenant(response.tenant!.id!);
    expect((await call('DELETE', `/api/key/${key.id}`)).status).toBe(200);
  });

  test('of the shadow keys stays', async () => {
    expect((await call('DELETE', `/api/key/${shadowKeyIds.HS256}`)).status).toBe(400);
  });

  test('may be a secret whose value changes', async () => {
    const body = { key: { name: 'siem-token', type: 'Secret', secret: 'one' } };
    const { json } = await call('POST', '/api/key/import', body);
    expect(json.key).toMatchObject({ type: 'Secret', algorithm: 'None', kid: 'siem-token' });
    const changed = await call('PUT', `/api/key/${json.key.id}`, { key: { name: 'siem-token', secret: 'two' } });
    expect(changed).toMatchObject({ status: 200, text: expect.not.stringContaining('two') });
  });
});

describe('a lambda', () => {
  const body = 'function populate() {}';

  test('keeps its type', async () => {
    const { response } = await client.createLambda(randomUUID(), {
      lambda: { name: 'claims', body, type: LambdaType.JWTPopulate },
    });
    const changed = { name: 'claims', body, type: LambdaType.UserInfoPopulate, debug: true };
    const { response: after } = await client.updateLambda(response.lambda!.id!, { lambda: changed });
    expect(after.lambda).toMatchObject({ type: 'JWTPopulate', debug: true, engineType: 'GraalJS' });
  });

  test('is listed by type', async () => {
    await client.createLambda(randomUUID(), { lambda: { name: 'claims', body, type: LambdaType.JWTPopulate } });
    const { response } = await client.retrieveLambdasByType(LambdaType.JWTPopulate);
    expect(response.lambdas).toMatchObject([{ name: 'claims' }]);
  });

  test('without a body is refused', async () => {
    const { status, text } = await call('POST', '/api/lambda', { lambda: { name: 'claims', type: 'JWTPopulate' } });
    expect([status, text]).toEqual([400, expect.stringContaining('[blank]lambda.body')]);
  });
});

describe('a theme', () => {
  test('that is shipped can be copied, not changed', async () => {
    const { response } = await client.createTheme(randomUUID(), {
      sourceThemeId: defaultThemeId,
      theme: { name: 'Acme' },
    });
    expect(response.theme?.templates?.oauth2Authorize).toContain('oauth2Authorize');
    const { response: patched } = await client.patchTheme(response.theme!.id!, { theme: { stylesheet: 'a\r\n' } });
    expect(patched.theme).toMatchObject({ stylesheet: 'a\n', templates: response.theme!.templates });
    expect((await call('PATCH', `/api/theme/${defaultThemeId}`, { theme: { stylesheet: '' } })).status).toBe(400);
    expect((await call('DELETE', `/api/theme/${defaultThemeId}`)).status).toBe(400);
  });
});

test('an e-mail template comes back trimmed, with LF in what is localised', async () => {
  const emailTemplate = {
    name: ' Welcome ',
    defaultSubject: 'Hi',
    defaultHtmlTemplate: '\n<p/>\n',
    defaultTextTemplate: 'Hi\r\n',
    localizedSubjects: { de: ' Hallo\r\nDu ' },
  };
  const { response } = await client.createEmailTemplate(randomUUID(), { emailTemplate });
  expect(response.emailTemplate).toMatchObject({
    name: 'Welcome',
    defaultHtmlTemplate: '<p/>',
    defaultTextTemplate: 'Hi',
    localizedSubjects: { de: 'Hallo\nDu' },
    localizedFromNames: {},
  });
});

describe('a user', () => {
  test('is made, patched, put to sleep, woken and removed for good', async () => {
    const { response } = await client.createUser(randomUUID(), {
      user: { email: 'crew@acme.com', password: 'password' },
    });
    const id = response.user!.id!;
    const { response: patched } = await client.patchUser(id, { user: { firstName: 'Monica' } });
    expect(patched.user).toMatchObject({ email: 'crew@acme.com', firstName: 'Monica', active: true });
    await client.deactivateUser(id);
    expect((await client.retrieveUser(id)).response.user?.active).toBe(false);
    expect((await client.reactivateUser(id)).response.user?.active).toBe(true);
    await client.deleteUser(id);
    expect((await call('GET', `/api/user/${id}`)).status).toBe(404);
  });

  test('keeps its password through a PUT without one', async () => {
    const { response } = await client.createUser(randomUUID(), {
      user: { email: 'crew@acme.com', password: 'password' },
    });
    const { response: put } = await client.updateUser(response.user!.id!, { user: { email: 'crew@acme.com' } });
    expect(put.user).toMatchObject({ passwordLastUpdateInstant: response.user!.passwordLastUpdateInstant });
  });

  test('is registered as an administrator', async () => {
    const { response } = await client.register(randomUUID(), {
      user: { email: 'admin@acme.com', password: 'password' },
      registration: { applicationId: fusionAuthApplicationId, roles: ['admin'] },
      skipRegistrationVerification: true,
    });
    const { response: read } = await client.retrieveRegistration(response.user!.id!, fusionAuthApplicationId);
    expect(read.registration?.roles).toEqual(['admin']);
  });
});

test('audit-log entries are found newest first, by who and by what changed', async () => {
  for (const message of ['one', 'two', 'three']) {
    await client.createAuditLog({ auditLog: { insertUser: 'kedge', message, newValue: { id: `id-${message}` } } });
  }
  const { response } = await client.searchAuditLogs({ search: { user: 'ked*', numberOfResults: 2 } });
  expect(response).toMatchObject({ total: 3, auditLogs: [{ id: 3, message: 'three' }, { id: 2 }] });
  const byValue = await call('GET', '/api/system/audit-log/search?newValue=*id-two*&orderBy=message');
  expect(byValue.json).toMatchObject({ total: 1, auditLogs: [{ message: 'two' }] });
  expect((await call('GET', '/api/system/audit-log/2')).json.auditLog).toMatchObject({ id: 2, message: 'two' });
});

test('the system tells its version to a key, and its status to everybody', async () => {
  expect((await client.retrieveVersion()).response.version).toBe('1.69.0');
  expect((await call('GET', '/api/status')).json).toMatchObject({ version: '1.69.0' });
  const anonymous = await fetch(`${sandbox.url}/api/status`);
  expect([anonymous.status, await anonymous.text()]).toEqual([200, '{}']);
  expect((await fetch(`${sandbox.url}/api/health`)).status).toBe(200);
});

async function newKey(name: string) {
  const { response } = await client.generateKey(randomUUID(), { key: { name, algorithm: KeyAlgorithm.ES256 } });
  return response.key!;
}

async function call(method: string, path: string, body?: unknown) {
  const headers = { authorization: sandbox.apiKey, 'content-type': 'application/json' };
  const answer = await fetch(`${sandbox.url}${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, text, json: JSON.parse(text === '' ? '{}' : text) };
}
