import { beforeEach, describe, expect, test } from 'vitest';

import { useSandbox } from '../testing/http.js';
import { useReceiver } from '../testing/receiver.js';
import { subscribe } from '../testing/subscribe.js';

const { call } = useSandbox();
const receiver = useReceiver();
const userId = '00000000-0000-0000-0000-000000000001';
const web = '00000000-0000-0000-0000-000000000002';
const groupId = '00000000-0000-0000-0000-000000000003';
const monica = { email: 'monica@acme.com' };

beforeEach(async () => {
  await call('POST', `/api/application/${web}`, { application: { name: 'Web' } });
  await call('POST', `/api/group/${groupId}`, { group: { name: 'Deck' } });
});

/** A webhook that agrees to no event of a type. */
async function object(type: string): Promise<void> {
  receiver().react = () => ({ status: 500 });
  await subscribe(call, { urls: [receiver().url], types: [type], transactionType: 'AbsoluteMajority' });
}

describe('what webhooks do not agree to is answered 504, and nothing of it is done', () => {
  test.each<[string, string, string, unknown]>([
    ['user.create', 'POST', `/api/user/${userId}`, { user: monica }],
    ['user.bulk.create', 'POST', '/api/user/import', { users: [{ ...monica, id: userId }] }],
    ['user.create', 'POST', `/api/user/registration/${userId}`, { user: monica, registration: { applicationId: web } }],
    [
      'user.registration.create',
      'POST',
      `/api/user/registration/${userId}`,
      { user: monica, registration: { applicationId: web } },
    ],
  ])('%s by %s %s', async (type, method, path, body) => {
    await object(type);
    const { status, json } = await call(method, path, body);
    expect([status, json.generalErrors[0].code]).toEqual([504, '[WebhookTransactionException]']);
    expect((await call('GET', `/api/user/${userId}`)).status).toBe(404);
  });

  test.each<[string, string, string, unknown]>([
    ['user.update', 'PUT', `/api/user/${userId}`, { user: { ...monica, firstName: 'Monica' } }],
    ['user.identity.update', 'PATCH', `/api/user/${userId}`, { user: { email: 'hall@acme.com' } }],
    ['user.deactivate', 'DELETE', `/api/user/${userId}`, undefined],
    ['user.delete', 'DELETE', `/api/user/${userId}?hardDelete=true`, undefined],
    ['user.deactivate', 'DELETE', `/api/user/bulk?userId=${userId}`, undefined],
    ['user.delete', 'DELETE', `/api/user/bulk?userId=${userId}&hardDelete=true`, undefined],
    ['user.registration.create', 'POST', `/api/user/registration/${userId}`, { registration: { applicationId: web } }],
    ['group.member.add', 'POST', '/api/group/member', { members: { [groupId]: [{ userId }] } }],
    ['group.member.update', 'PUT', '/api/group/member', { members: { [groupId]: [{ userId }] } }],
  ])('%s by %s %s', async (type, method, path, body) => {
    await call('POST', `/api/user/${userId}`, { user: monica });
    const before = (await call('GET', `/api/user/${userId}`)).json;
    await object(type);
    expect((await call(method, path, body)).status).toBe(504);
    expect((await call('GET', `/api/user/${userId}`)).json).toEqual(before);
  });
});
