import { randomUUID } from 'node:crypto';

import { beforeEach, expect, test } from 'vitest';

import type { SandboxEvent } from '../../events/event.js';
import { callRoute, emptyInstance } from '../../testing/call.js';
import { useSandbox } from '../../testing/http.js';
import { makeProviderWorld, type ProviderWorld } from '../../testing/provider-bodies.js';
import { identityProviderLink } from './link.js';

const { call } = useSandbox();
const path = '/api/identity-provider/link';

let world: ProviderWorld;
let identityProviderId: string;
let userId: string;
beforeEach(async () => {
  world = await makeProviderWorld(call);
  identityProviderId = await steam();
  userId = await user('jenny@acme.com');
});

async function steam(fields: object = {}): Promise<string> {
  const identityProvider = { type: 'Steam', client_id: 'acme', webAPIKey: 'acme-web-key', ...fields };
  return (await call('POST', '/api/identity-provider', { identityProvider })).json.identityProvider.id;
}

async function user(email: string, tenantId: string = world.tenantId): Promise<string> {
  return (await call('POST', '/api/user', { user: { email, password: 'correct horse' } }, { tenantId })).json.user.id;
}

const link = (fields: object = {}): ReturnType<typeof call> =>
  call('POST', path, { identityProviderLink: { identityProviderId, identityProviderUserId: '42', userId, ...fields } });

const find = (query: Record<string, string>, options = {}): ReturnType<typeof call> =>
  call('GET', `${path}?${new URLSearchParams(query).toString()}`, undefined, options);

test('a user is linked and comes back with what its identity provider is called', async () => {
  const { json } = await link({ displayName: 'jenny', token: 'opaque' });
  expect(json).toEqual({
    identityProviderLink: {
      displayName: 'jenny',
      identityProviderId,
      identityProviderName: 'Steam',
      identityProviderType: 'Steam',
      identityProviderUserId: '42',
      insertInstant: expect.any(Number),
      tenantId: world.tenantId,
      token: 'opaque',
      userId,
    },
  });
  expect((await find({ identityProviderId, identityProviderUserId: '42' })).json).toEqual(json);
});

test('the fields may stand beside the link, as before 1.43', async () => {
  const { json } = await call('POST', path, { identityProviderId, identityProviderUserId: '42', userId });
  expect(json.identityProviderLink).toMatchObject({ identityProviderId, identityProviderUserId: '42', userId });
});

test('links are found by user, and by user and identity provider', async () => {
  await link();
  const twitter = { type: 'Twitter', consumerKey: 'acme', consumerSecret: 's3cret' };
  const other = (await call('POST', '/api/identity-provider', { identityProvider: twitter })).json.identityProvider.id;
  await link({ identityProviderId: other, identityProviderUserId: 'jenny' });
  const externals = async (query: Record<string, string>): Promise<readonly string[]> =>
    (await find(query)).json.identityProviderLinks.map((one: any) => one.identityProviderUserId);
  expect(await externals({ userId })).toEqual(['42', 'jenny']);
  expect(await externals({ identityProviderId: other, userId })).toEqual(['jenny']);
  expect((await find({})).json.fieldErrors.userId).toMatchObject([{ code: '[missing]userId' }]);
});

test('trap: a link that belongs to another user is not found by the user it is asked for', async () => {
  await link();
  const other = await user('sam@acme.com');
  expect((await find({ identityProviderId, identityProviderUserId: '42', userId: other })).status).toBe(404);
  expect((await find({ identityProviderId, identityProviderUserId: '42', userId })).status).toBe(200);
});

test('a user there is linked to one user of a tenant, and again to the same one only by a switch', async () => {
  await link();
  const other = await user('sam@acme.com');
  const duplicate = [{ code: '[duplicate]identityProviderLink.identityProviderUserId' }];
  for (const refused of [await link(), await link({ userId: other })]) {
    expect(refused.json.fieldErrors).toMatchObject({ 'identityProviderLink.identityProviderUserId': duplicate });
  }
  await call('POST', '/__sandbox/switches', { linkAgain: 'updated' });
  expect((await link({ displayName: 'jenny' })).json.identityProviderLink).toMatchObject({ displayName: 'jenny' });
  expect((await find({ userId })).json.identityProviderLinks).toHaveLength(1);
  expect((await link({ userId: other })).status).toBe(400);
});

test('a tenant may limit how many links to one identity provider a user has', async () => {
  const limitUserLinkCount = { enabled: true, maximumLinks: 1 };
  const patch = { identityProvider: { tenantConfiguration: { [world.tenantId]: { limitUserLinkCount } } } };
  await call('PATCH', `/api/identity-provider/${identityProviderId}`, patch);
  expect((await link()).status).toBe(200);
  expect((await link({ identityProviderUserId: '43' })).json.fieldErrors).toHaveProperty([
    'identityProviderLink.userId',
  ]);
});

test('unlinking takes all three ids, and is 404 where there is no such link', async () => {
  await link();
  const query = { identityProviderId, identityProviderUserId: '42', userId };
  const unlink = (fields: Record<string, string>): ReturnType<typeof call> =>
    call('DELETE', `${path}?${new URLSearchParams(fields).toString()}`);
  const { userId: _user, ...withoutUser } = query;
  expect((await unlink(withoutUser)).json.fieldErrors.userId).toMatchObject([{ code: '[missing]userId' }]);
  expect(await unlink(query)).toMatchObject({ status: 200, text: '' });
  expect((await unlink(query)).status).toBe(404);
});

test('trap: a tenant key links its users to global identity providers, which it cannot see', async () => {
  const { json } = await call('POST', '/api/api-key', { apiKey: { tenantId: world.tenantId } });
  const { key } = json.apiKey;
  expect((await call('GET', `/api/identity-provider/${identityProviderId}`, undefined, { key })).status).toBe(404);
  const body = { identityProviderLink: { identityProviderId, identityProviderUserId: '42', userId } };
  expect((await call('POST', path, body, { key })).status).toBe(200);
});

test('an identity provider of a tenant and users of another one do not go together', async () => {
  const { json } = await call('POST', '/api/tenant', { tenant: { name: 'Crew' } });
  const tenantId = json.tenant.id;
  const own = await steam({ name: 'Crew', tenantId });
  expect((await link({ identityProviderId: own })).json.fieldErrors).toHaveProperty([
    'identityProviderLink.identityProviderId',
  ]);
  await link();
  expect((await find({ userId }, { tenantId })).status).toBe(404);
  expect((await find({ identityProviderId, identityProviderUserId: '42' }, { tenantId })).status).toBe(404);
});

test('links go with their identity provider and with their user', async () => {
  await link();
  await call('DELETE', `/api/identity-provider/${identityProviderId}`);
  expect((await find({ userId })).json.identityProviderLinks).toEqual([]);
  identityProviderId = await steam();
  await link();
  await call('DELETE', `/api/user/${userId}?hardDelete=true`);
  expect((await find({ identityProviderId, identityProviderUserId: '42' })).status).toBe(404);
});

test('linking and unlinking are told as events about the user', async () => {
  const events: SandboxEvent[] = [];
  const send = (event: SandboxEvent): Promise<void> => Promise.resolve(void events.push(event));
  const instance = { ...emptyInstance([identityProviderLink]), events: { send } };
  const ids = { identityProviderId: randomUUID(), identityProviderUserId: '42', userId: randomUUID() };
  instance.store.put('identityProvider', { id: ids.identityProviderId, name: 'Steam', type: 'Steam' });
  instance.store.put('user', { id: ids.userId, tenantId: world.tenantId, email: 'jenny@acme.com' });
  await callRoute(identityProviderLink, instance, { method: 'POST', path, body: { identityProviderLink: ids } });
  await callRoute(identityProviderLink, instance, {
    method: 'DELETE',
    path,
    query: new URLSearchParams(ids).toString(),
  });
  expect(events).toMatchObject(
    ['user.identity-provider.link', 'user.identity-provider.unlink'].map((type) => ({
      type,
      tenantId: world.tenantId,
      linkedObjectId: ids.userId,
      fields: { identityProviderLink: { ...ids, identityProviderType: 'Steam' }, user: { email: 'jenny@acme.com' } },
    })),
  );
});

test('there are no pending links, since they come from logins', async () => {
  expect((await call('GET', `${path}/pending/nowhere`)).status).toBe(404);
  const { json } = await call('POST', path, { pendingIdPLinkId: 'nowhere', identityProviderLink: { userId } });
  expect(json.fieldErrors.pendingIdPLinkId).toMatchObject([{ code: '[invalid]pendingIdPLinkId' }]);
});
