import { describe, expect, test } from 'vitest';

import { startSandbox } from '../index.js';
import { callSandbox, useSandbox } from '../testing/http.js';
import { useReceiver } from '../testing/receiver.js';
import { subscribe } from '../testing/subscribe.js';

const { call, sandbox } = useSandbox();
const receiver = useReceiver();

const applicationId = '85a03867-dccf-4882-adde-1a79aeec50df';
const userId = '00000000-0000-0001-0000-000000000000';

async function act(method: string, path: string, body?: unknown, others: object = {}): Promise<any> {
  const { status, json } = await call('POST', '/__sandbox/admin', { method, path, body, ...others });
  expect({ status, json }).toMatchObject({ status: 200 });
  return json;
}

async function entries(): Promise<any[]> {
  return (await call('GET', '/api/system/audit-log/search?orderBy=insertInstant ASC')).json.auditLogs;
}

async function lastMessage(): Promise<string> {
  return (await entries()).at(-1).message;
}

describe('what an administrator does', () => {
  test('is answered as the API answers, and written to the audit log', async () => {
    const { application } = await act('POST', `/api/application/${applicationId}`, {
      application: { name: 'Pied Piper' },
    });
    expect((await call('GET', `/api/application/${applicationId}`)).json.application).toEqual(application);
    expect(await entries()).toEqual([
      {
        data: {},
        id: 1,
        insertInstant: expect.any(Number),
        insertUser: 'admin@acme.com',
        message: `Created the application with Id [${applicationId}] and name [Pied Piper]`,
        reason: 'FusionAuth User Interface',
        tenantId: application.tenantId,
      },
    ]);
  });

  test('has before and after of an update in its entry, without secrets', async () => {
    const { application: before } = await act('POST', '/api/application', { application: { name: 'Pied Piper' } });
    const path = `/api/application/${before.id}`;
    const { application: after } = await act(
      'PATCH',
      path,
      { application: { name: 'Hooli' } },
      { user: 'gavin@hooli.example' },
    );
    const masked = (application: any): any => ({
      ...application,
      oauthConfiguration: { ...application.oauthConfiguration, clientSecret: '*****' },
    });
    expect((await entries()).at(-1)).toMatchObject({
      insertUser: 'gavin@hooli.example',
      message: `Updated the application with Id [${before.id}] and name [Hooli]`,
      newValue: masked(after),
      oldValue: masked(before),
    });
  });

  test('needs no key and no permission', async () => {
    const { apiKey } = await act('POST', '/api/api-key', { apiKey: { name: 'crew', key: 'not-very-secret-EuRn0MW' } });
    expect(await lastMessage()).toBe(`Created the API key with Id [${apiKey.id}] and a key ending [*EuRn0MW].`);
    expect(JSON.stringify(await entries())).not.toContain('not-very-secret');
  });

  test.each([
    ['a tenant', '/api/tenant', { tenant: { name: 'Hooli' } }, 'Created the tenant with Id [ID] and name [Hooli]'],
    ['a group', '/api/group', { group: { name: 'crew' } }, 'Created the group with Id [ID] and name [crew]'],
    [
      'a user',
      '/api/user',
      { user: { email: 'ada@acme.com', password: 'correct horse' } },
      'Created user with Id [ID], name [null] and loginId [ada@acme.com]',
    ],
    [
      'an e-mail template',
      '/api/email/template',
      {
        emailTemplate: {
          name: 'Welcome',
          defaultSubject: 'Hello',
          defaultHtmlTemplate: '<p>Hello</p>',
          defaultTextTemplate: 'Hello',
        },
      },
      'Created the email template with Id [ID] and name [Welcome]',
    ],
  ])('says that %s was created', async (_, path, body, message) => {
    const [object] = Object.values<any>(await act('POST', path, body));
    expect(await lastMessage()).toBe(message.replace('ID', object.id));
  });

  test('says what was done to a user', async () => {
    await act('POST', `/api/user/${userId}`, { user: { email: 'ada@acme.com', password: 'correct horse' } });
    await act('PATCH', `/api/user/${userId}`, { user: { firstName: 'Ada' } });
    expect(await lastMessage()).toBe(`Updated the user with Id [${userId}] and loginId [ada@acme.com]`);
    await act('POST', `/api/application/${applicationId}`, { application: { name: 'Pied Piper' } });
    await act('POST', `/api/user/registration/${userId}`, { registration: { applicationId } });
    await act('DELETE', `/api/user/registration/${userId}/${applicationId}`);
    expect(await lastMessage()).toBe(
      `Deleted user registration for user with Id [${userId}] and the application with Id [${applicationId}]`,
    );
    await act('DELETE', `/api/user/${userId}?hardDelete=true`);
    expect(await lastMessage()).toBe(`Deleted the user with Id [${userId}] and loginId [ada@acme.com]`);
  });

  test('says to which application a role was added, and from which it was deleted', async () => {
    await act('POST', `/api/application/${applicationId}`, { application: { name: 'Pied Piper' } });
    const { role } = await act('POST', `/api/application/${applicationId}/role`, { role: { name: 'admin' } });
    const named = `role with Id [${role.id}] and name [admin]`;
    const owner = `application with Id [${applicationId}] and name [Pied Piper]`;
    expect(await lastMessage()).toBe(`Added ${named} to ${owner}`);
    await act('PATCH', `/api/application/${applicationId}/role/${role.id}`, { role: { isDefault: true } });
    expect((await entries()).at(-1)).toMatchObject({
      message: `Updated ${named} of ${owner}`,
      oldValue: { isDefault: false },
      newValue: { isDefault: true },
    });
    await act('DELETE', `/api/application/${applicationId}/role?name=admin`);
    expect(await lastMessage()).toBe(`Deleted ${named} from ${owner}`);
  });

  test('needs no name in its entry where there is but one', async () => {
    await act('PATCH', '/api/system-configuration', { systemConfiguration: { reportTimezone: 'UTC' } });
    expect(await lastMessage()).toBe('Updated the system configuration');
  });

  test('that is refused, or about no object, has no entry', async () => {
    const refused = await call('POST', '/__sandbox/admin', { method: 'POST', path: '/api/group', body: { group: {} } });
    expect(refused.status).toBe(400);
    expect(refused.json.fieldErrors).toHaveProperty(['group.name']);
    await act('POST', '/api/user/import', { users: [{ email: 'ada@acme.com', password: 'correct horse' }] });
    expect(await entries()).toEqual([]);
  });

  test('is an event of its own for webhooks, and so is the entry', async () => {
    await subscribe(call, {
      urls: [receiver().url],
      types: ['group.create'],
      webhook: { eventsEnabled: { 'audit-log.create': true, 'group.create': true } },
    });
    const { group } = await act('POST', '/api/group', { group: { name: 'crew' } });
    await sandbox().settle();
    const told = receiver().received.find(({ event }) => event.type === 'audit-log.create');
    expect(told?.event).toEqual({
      auditLog: (await entries())[0],
      createInstant: expect.any(Number),
      id: expect.any(String),
      info: { ipAddress: '127.0.0.1', userAgent: expect.any(String) },
      tenantId: group.tenantId,
      type: 'audit-log.create',
    });
    expect(receiver().types().toSorted()).toEqual(['audit-log.create', 'group.create']);
  });

  test('can be done from a program', async () => {
    const answer = await sandbox().administer({
      method: 'POST',
      path: '/api/group',
      body: { group: { name: 'crew' } },
    });
    expect(answer.status).toBe(200);
    expect(await lastMessage()).toContain('Created the group');
  });
});

test('trap: a call with an API key writes nothing to the audit log', async () => {
  await call('POST', '/api/group', { group: { name: 'crew' } });
  expect(await entries()).toEqual([]);
});

test('no key comes into it: what an administrator may do is open to nobody else', async () => {
  expect((await call('POST', '/api/group', { group: { name: 'crew' } }, { key: '' })).status).toBe(401);
  expect((await call('POST', '/api/group', { group: { name: 'crew' } }, { key: null })).status).toBe(401);
});

test('before 1.65 an entry says nothing of a tenant', async () => {
  const older = await startSandbox({ fusionauth: '1.64' });
  await older.administer({ method: 'POST', path: '/api/group', body: { group: { name: 'crew' } } });
  const { json } = await callSandbox(older, 'GET', '/api/system/audit-log/search');
  expect(json.auditLogs).toHaveLength(1);
  expect(json.auditLogs[0]).not.toHaveProperty('tenantId');
  expect(older.events().at(-1)?.event.event).not.toHaveProperty('tenantId');
  await older.close();
});

test.each([
  [[], 'an action is an object with method and path'],
  [{ method: 'GET', path: '/api/user' }, 'method is one of DELETE, PATCH, POST, PUT'],
  [{ method: 'PUT', path: 'https://acme.com/api/user' }, 'path begins with /api/'],
  [{ method: 'PUT', path: '//acme.com/api/user' }, 'path begins with /api/'],
  [{ method: 'PUT' }, 'path begins with /api/'],
  [{ method: 'PUT', path: '/api/user', user: 7 }, 'user is a text'],
  [{ method: 'PUT', path: '/api/user', key: 'k' }, 'an action has no "key"'],
])('an action that is none is refused: %j', async (action, message) => {
  const { status, json } = await call('POST', '/__sandbox/admin', action);
  expect({ status, json }).toEqual({ status: 400, json: { message } });
});

describe('a test event', () => {
  test('goes to one webhook, whatever is switched on, and is in no log', async () => {
    const [webhookId] = await subscribe(call, { urls: [receiver().url], types: [], webhook: { global: false } });
    expect((await call('POST', '/__sandbox/webhook-test', { webhookId })).json).toEqual({ statusCode: 200 });
    expect(receiver().received[0]?.event).toEqual({
      createInstant: expect.any(Number),
      id: expect.any(String),
      message: 'Example FusionAuth Event.',
      type: 'test',
    });
    expect((await call('GET', '/api/system/webhook-event-log/search')).json.total).toBe(0);
  });

  test('can be any event, and says what went wrong', async () => {
    receiver().react = [{ status: 418 }];
    const [webhookId = ''] = await subscribe(call, { urls: [receiver().url], types: [] });
    const event = { type: 'user.create', user: { email: 'ada@acme.com' } };
    expect(await sandbox().testWebhook(webhookId, event)).toEqual({ statusCode: 418 });
    expect(receiver().received[0]?.event).toMatchObject(event);
    expect(await sandbox().testWebhook(userId)).toBeUndefined();
    expect((await call('POST', '/__sandbox/webhook-test', { webhookId: userId })).status).toBe(400);
  });
});
