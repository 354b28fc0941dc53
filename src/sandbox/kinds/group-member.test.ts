import { beforeEach, describe, expect, test } from 'vitest';

import type { Answer } from '../kind.js';
import { callRoute, emptyInstance, recordedEvents } from '../testing/call.js';
import { useSandbox, type HttpAnswer } from '../testing/http.js';
import { groupMember } from './group-member.js';
import { kinds } from './registry.js';

const { call } = useSandbox();
const [deck, bridge] = ['1188edfc-cef3-4555-910e-181ddf6153c0', '1188edfc-cef3-4555-910e-181ddf6153c1'];
const [monica, richard] = ['00000000-0000-0001-0000-000000000000', '00000000-0000-0001-0000-000000000001'];
const path = '/api/group/member';
const memberId = '47ffe8c2-920a-49cc-bfa8-b84889db615e';

const membersOf = async (groupId: string): Promise<readonly string[]> =>
  (await call('GET', `${path}/search?groupId=${groupId}`)).json.members.map(({ userId }: { userId: string }) => userId);
const codes = ({ json }: HttpAnswer): readonly string[] =>
  Object.values<{ code: string }[]>(json?.fieldErrors ?? {}).flatMap((errors) => errors.map(({ code }) => code));

beforeEach(async () => {
  await call('POST', `/api/group/${deck}`, { group: { name: 'Deck' } });
  await call('POST', `/api/group/${bridge}`, { group: { name: 'Bridge' } });
  await call('POST', `/api/user/${monica}`, { user: { email: 'monica@acme.com' } });
  await call('POST', `/api/user/${richard}`, { user: { email: 'richard@acme.com' } });
});

describe('users who are added to groups', () => {
  test('come back by group, and show it themselves', async () => {
    const data = { externalId: 'cc6714c6-286c-411c-a6bc-ee413cda1dbc' };
    const members = {
      [deck]: [{ data, id: memberId, userId: monica }, { userId: richard }],
      [bridge]: [{ userId: monica }],
    };
    const { status, json } = await call('POST', path, { members });
    expect(status).toBe(200);
    expect(json.members[deck]).toEqual([
      { data, id: memberId, insertInstant: expect.any(Number), userId: monica },
      { data: {}, id: expect.any(String), insertInstant: expect.any(Number), userId: richard },
    ]);
    const { user } = (await call('GET', `/api/user/${monica}`)).json;
    expect(user.memberships).toEqual([
      { data, groupId: deck, id: memberId, insertInstant: json.members[deck][0].insertInstant },
      expect.objectContaining({ groupId: bridge }),
    ]);
  });

  test('trap: a second time stay as they are, though the answer shows another id', async () => {
    await call('POST', path, { members: { [deck]: [{ id: memberId, userId: monica }] } });
    const again = await call('POST', path, { members: { [deck]: [{ userId: monica, data: { a: 1 } }] } });
    expect(again.json.members[deck][0].id).not.toBe(memberId);
    const { user } = (await call('GET', `/api/user/${monica}`)).json;
    expect(user.memberships).toMatchObject([{ id: memberId, data: {} }]);
    await call('POST', '/__sandbox/switches', { memberAgain: 'replaced' });
    const replaced = await call('POST', path, { members: { [deck]: [{ userId: monica }] } });
    const { user: changed } = (await call('GET', `/api/user/${monica}`)).json;
    expect(changed.memberships).toMatchObject([{ id: replaced.json.members[deck][0].id }]);
  });

  test.each([
    [{}, '[missing]members'],
    [{ members: {} }, '[missing]members'],
    [{ members: { deck: [] } }, '[couldNotConvert]groupId'],
    [{ members: { [monica]: [{ userId: monica }] } }, `[invalid]members[${monica}]`],
    [{ members: { [deck]: [{}] } }, `[missing]members[${deck}][0].userId`],
    [{ members: { [deck]: [{ userId: deck }] } }, `[invalid]members[${deck}][0].userId`],
  ])('are refused as %j: %s', async (body, code) => {
    expect(codes(await call('POST', path, body))).toEqual([code]);
  });

  test('must be of the tenant of the group', async () => {
    const { json } = await call('POST', '/api/tenant', { tenant: { name: 'Acme' } });
    const user = { email: 'monica@acme.com' };
    const made = await call('POST', '/api/user', { user }, { tenantId: json.tenant.id });
    const answer = await call('POST', path, { members: { [deck]: [{ userId: made.json.user.id }] } });
    expect(codes(answer)).toEqual([`[invalid]members[${deck}][0].userId`]);
  });
});

test('a PUT replaces all members of the groups it names, with new memberships', async () => {
  await call('POST', path, { members: { [deck]: [{ id: memberId, userId: monica }], [bridge]: [{ userId: monica }] } });
  await call('PUT', path, { members: { [deck]: [{ userId: richard }, { userId: monica }] } });
  expect((await membersOf(deck)).toSorted()).toEqual([monica, richard]);
  expect(await membersOf(bridge)).toEqual([monica]);
  const { members } = (await call('GET', `${path}/search?groupId=${deck}`)).json;
  expect(members.map(({ id }: { id: string }) => id)).not.toContain(memberId);
  expect(members[0].insertInstant).toBe(members[1].insertInstant);
  await call('PUT', path, { members: { [deck]: [] } });
  expect(await membersOf(deck)).toEqual([]);
});

describe('members are removed', () => {
  beforeEach(async () => {
    const members = { [deck]: [{ id: memberId, userId: monica }, { userId: richard }], [bridge]: [{ userId: monica }] };
    await call('POST', path, { members });
  });

  test.each<[string, string, unknown, readonly string[]]>([
    ['by the id of the membership', `/${memberId}`, undefined, [richard]],
    ['by group and user', `?groupId=${deck}&userId=${richard}`, undefined, [monica]],
    ['all of a group', `?groupId=${deck}`, undefined, []],
    ['by ids in the body', '', { memberIds: [memberId] }, [richard]],
    ['by group and users in the body', '', { members: { [deck]: [richard, monica] } }, []],
  ])('%s', async (_, suffix, body, left) => {
    expect(await call('DELETE', path + suffix, body)).toMatchObject({ status: 200, text: '' });
    expect(await membersOf(deck)).toEqual(left);
    expect(await membersOf(bridge)).toEqual([monica]);
  });

  test.each([
    [`/${deck}`, 404],
    [`?groupId=${monica}`, 404],
    [`?groupId=${deck}&userId=${deck}`, 404],
    ['', 400],
    ['/me', 400],
  ])('not at %j, which is answered %d', async (suffix, status) => {
    expect((await call('DELETE', path + suffix)).status).toBe(status);
  });

  test('and forgotten with their group and with their user', async () => {
    await call('DELETE', `/api/group/${deck}`);
    expect((await call('GET', `/api/user/${monica}`)).json.user.memberships).toMatchObject([{ groupId: bridge }]);
    await call('DELETE', `/api/user/${monica}?hardDelete=true`);
    expect(await membersOf(bridge)).toEqual([]);
  });
});

describe('members are searched for', () => {
  beforeEach(async () => {
    await call('POST', path, {
      members: { [deck]: [{ userId: richard }, { userId: monica }], [bridge]: [{ userId: monica }] },
    });
  });

  test('by group, user and both, a page at a time', async () => {
    const search = async (criteria: object): Promise<any> =>
      (await call('POST', `${path}/search`, { search: criteria })).json;
    expect(await search({ groupId: deck })).toMatchObject({
      total: 2,
      members: [{ userId: monica }, { userId: richard }],
    });
    expect(await search({ userId: monica })).toMatchObject({ total: 2 });
    expect(await search({ userId: monica, groupId: bridge })).toMatchObject({ total: 1 });
    expect(await search({})).toMatchObject({ total: 3 });
    const last = await search({ orderBy: 'userId DESC', numberOfResults: 1 });
    expect(last.members).toEqual([
      { data: {}, groupId: deck, id: expect.any(String), insertInstant: expect.any(Number), userId: richard },
    ]);
    expect(await search({ groupId: deck, startRow: 1 })).toMatchObject({ total: 2, members: [{ userId: richard }] });
  });

  test('only in the tenant of the call', async () => {
    const { json } = await call('POST', '/api/tenant', { tenant: { name: 'Acme' } });
    const found = await call('GET', `${path}/search`, undefined, { tenantId: json.tenant.id });
    expect(found.json).toEqual({ members: [], total: 0 });
  });
});

test('webhooks are told who comes, who stays and who goes', async () => {
  const { told, types, events } = recordedEvents();
  const instance = emptyInstance(kinds, { events });
  const tenantId = '10000000-0000-0000-0000-000000000001';
  instance.store.put('group', { id: deck, tenantId, name: 'Deck', roleIds: [] });
  instance.store.put('user', { id: monica, tenantId });
  const ask = (method: string, suffix: string, request: object): Promise<Answer> =>
    callRoute(groupMember, instance, { method, path: path + suffix, ...request });
  const body = { members: { [deck]: [{ userId: monica }] } };
  await ask('POST', '', { body });
  await ask('PUT', '', { body });
  await ask('DELETE', '/:memberId?', { query: `groupId=${deck}` });
  expect(types()).toEqual([
    'group.member.add',
    'group.member.add.complete',
    'group.member.update',
    'group.member.update.complete',
    'group.member.remove',
    'group.member.remove.complete',
  ]);
  for (const event of told) {
    expect(event).toMatchObject({
      tenantId,
      linkedObjectId: deck,
      fields: { group: { id: deck, name: 'Deck', roles: {} }, members: [{ userId: monica }] },
    });
  }
});
