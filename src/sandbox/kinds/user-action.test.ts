import { beforeEach, describe, expect, test } from 'vitest';

import { useSandbox } from '../testing/http.js';

const { call } = useSandbox();
const id = 'd7b2f3f0-7b55-4f6e-8f5c-0d8f2a9d7c47';
const path = `/api/user-action/${id}`;
const defaults = {
  active: true,
  includeEmailInEventJSON: false,
  options: [],
  preventLogin: false,
  sendEndEvent: true,
  temporal: false,
  transactionType: 'None',
  userEmailingEnabled: false,
  userNotificationsEnabled: false,
};
const merge = { type: 'application/merge-patch+json' };
const operations = { type: 'application/json-patch+json' };

async function create(fields: object = {}): Promise<any> {
  const { json } = await call('POST', path, { userAction: { name: 'Suspend', ...fields } });
  expect(json.fieldErrors).toBeUndefined();
  return json.userAction;
}

async function newTemplate(name: string): Promise<string> {
  const emailTemplate = { name, defaultSubject: 's', defaultHtmlTemplate: 'h', defaultTextTemplate: 't' };
  return (await call('POST', '/api/email/template', { emailTemplate })).json.emailTemplate.id;
}

test('an action of little has the documented defaults, and a PUT goes back to them', async () => {
  const { insertInstant, lastUpdateInstant, ...action } = await create();
  expect(action).toEqual({ id, name: 'Suspend', ...defaults });
  expect(lastUpdateInstant).toBe(insertInstant);
  await call('PATCH', path, { userAction: { temporal: true, sendEndEvent: false, localizedNames: { de: 'Sperren' } } });
  expect((await call('PUT', path, { userAction: { name: 'Suspend' } })).json.userAction).toEqual({
    ...action,
    insertInstant,
    lastUpdateInstant: expect.any(Number),
  });
});

test('the documented example comes back as it was sent', async () => {
  const userAction = {
    cancelEmailTemplateId: await newTemplate('Cancelled'),
    endEmailTemplateId: await newTemplate('Ended'),
    includeEmailInEventJSON: true,
    localizedNames: { de: 'Vorübergehend gesperrt' },
    modifyEmailTemplateId: await newTemplate('Changed'),
    name: 'Suspended for a while',
    options: [
      { name: 'Kindly', localizedNames: { de: 'Freundlich' } },
      { name: 'At once', localizedNames: { de: 'Sofort' } },
    ],
    preventLogin: true,
    sendEndEvent: true,
    startEmailTemplateId: await newTemplate('Started'),
    temporal: true,
    userEmailingEnabled: true,
    userNotificationsEnabled: true,
  };
  const { json } = await call('POST', path, { userAction });
  expect(json.userAction).toMatchObject({ ...userAction, active: true });
  const { startEmailTemplateId } = userAction;
  expect((await call('DELETE', `/api/email/template/${startEmailTemplateId}`)).status).toBe(400);
});

describe('a PATCH', () => {
  beforeEach(() => create({ options: [{ name: 'Kindly' }] }));

  test('trap: appends to the options', async () => {
    const { json } = await call('PATCH', path, { userAction: { options: [{ name: 'At once' }] } });
    expect(json.userAction).toMatchObject({ name: 'Suspend', options: [{ name: 'Kindly' }, { name: 'At once' }] });
  });

  test('replaces them as a merge-patch, and changes one as a json-patch', async () => {
    const merged = await call('PATCH', path, { userAction: { options: [{ name: 'At once' }] } }, merge);
    expect(merged.json.userAction.options).toEqual([{ name: 'At once' }]);
    const add = [{ op: 'add', path: '/userAction/options/0/localizedNames', value: { de: 'Sofort' } }];
    const { json } = await call('PATCH', path, add, operations);
    expect(json.userAction.options).toEqual([{ name: 'At once', localizedNames: { de: 'Sofort' } }]);
  });
});

test('trap: names and localized names are trimmed, in options too, and options keep their order', async () => {
  const options = [{ name: ' b ', localizedNames: { de: ' z\r\n' } }, null, { name: 'a' }];
  expect(await create({ name: ' Suspend ', localizedNames: { de: ' Sperren ' }, options })).toMatchObject({
    name: 'Suspend',
    localizedNames: { de: 'Sperren' },
    options: [{ name: 'b', localizedNames: { de: 'z' } }, { name: 'a' }],
  });
});

describe('an action is refused', () => {
  test.each([
    [{ name: ' ' }, '[blank]userAction.name'],
    [{ preventLogin: true }, '[invalid]userAction.preventLogin'],
    [{ startEmailTemplateId: id }, '[invalid]userAction.startEmailTemplateId'],
    [{ modifyEmailTemplateId: id }, '[invalid]userAction.modifyEmailTemplateId'],
    [{ cancelEmailTemplateId: id }, '[invalid]userAction.cancelEmailTemplateId'],
    [{ endEmailTemplateId: id }, '[invalid]userAction.endEmailTemplateId'],
    [{ transactionType: 'Most' }, '[invalidJSON]'],
    [{ name: 'a'.repeat(192) }, '[tooLong]userAction.name'],
  ])('with %j', async (fields, code) => {
    const { status, json } = await call('POST', path, { userAction: { name: 'Suspend', ...fields } });
    expect(status).toBe(400);
    expect(Object.values(json.fieldErrors).flat()).toMatchObject([{ code }]);
  });

  test('with a name that another one has', async () => {
    await create();
    const { json } = await call('POST', '/api/user-action', { userAction: { name: 'Suspend' } });
    expect(json.fieldErrors['userAction.name'][0].code).toBe('[duplicate]userAction.name');
  });
});

test('the transaction type of a new action is what the switch says', async () => {
  await call('POST', '/__sandbox/switches', { userActionTransaction: 'AbsoluteMajority' });
  expect((await create()).transactionType).toBe('AbsoluteMajority');
});

describe('a delete', () => {
  const ids = async (query = ''): Promise<readonly string[]> =>
    (await call('GET', `/api/user-action${query}`)).json.userActions.map((action: { id: string }) => action.id);

  beforeEach(() => create());

  test('only makes it inactive, which ?reactivate=true undoes and nothing that a PUT says', async () => {
    expect(await call('DELETE', path)).toMatchObject({ status: 200, text: '' });
    expect((await call('GET', path)).json.userAction.active).toBe(false);
    expect([await ids(), await ids('?inactive=true')]).toEqual([[], [id]]);
    const put = await call('PUT', path, { userAction: { name: 'Suspend', active: true } });
    expect(put.json.userAction.active).toBe(false);
    const { status, json } = await call('PUT', `${path}?reactivate=true`);
    expect([status, json.userAction.active]).toEqual([200, true]);
    expect([await ids(), await ids('?inactive=true')]).toEqual([[id], []]);
  });

  test('with ?hardDelete=true is for good, unless a tenant uses it', async () => {
    const failedAuthenticationConfiguration = { userActionId: id };
    const { json } = await call('POST', '/api/tenant', { tenant: { name: 'Acme', failedAuthenticationConfiguration } });
    const refused = await call('DELETE', `${path}?hardDelete=true`);
    expect([refused.status, refused.json.fieldErrors.userActionId[0].code]).toEqual([400, '[inUse]userActionId']);
    await call('PUT', `/api/tenant/${json.tenant.id}`, { tenant: { name: 'Acme' } });
    expect((await call('DELETE', `${path}?hardDelete=true`)).status).toBe(200);
    expect((await call('GET', path)).status).toBe(404);
  });
});

test('an action that there is not is [invalid] in a tenant', async () => {
  const tenant = { name: 'Acme', failedAuthenticationConfiguration: { userActionId: id } };
  const { json } = await call('POST', '/api/tenant', { tenant });
  const field = 'tenant.failedAuthenticationConfiguration.userActionId';
  expect(json.fieldErrors[field][0].code).toBe(`[invalid]${field}`);
});
