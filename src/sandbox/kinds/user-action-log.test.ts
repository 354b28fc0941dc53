import { beforeEach, describe, expect, test } from 'vitest';

import { Refusal } from '../errors.js';
import type { Answer, Instance } from '../kind.js';
import { callRoute, emptyInstance, recordedEvents } from '../testing/call.js';
import { useSandbox } from '../testing/http.js';
import { kinds } from './registry.js';
import { loginPreventions, userActionLog } from './user-action-log.js';

const tenantId = '10000000-0000-0000-0000-000000000001';
const [actionee, actioner] = ['00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000002'];
const [lock, praise] = ['00000000-0000-0000-0000-000000000011', '00000000-0000-0000-0000-000000000012'];
const reasonId = '00000000-0000-0000-0000-000000000020';
const byId = '/api/user/action/:actionId';
const clock = { now: 0 };
const expiry = Date.UTC(2026, 0, 20);

let instance: Instance;
let recorded: ReturnType<typeof recordedEvents>;
let later: { delayMs: number; work: () => void }[];
beforeEach(() => {
  clock.now = Date.UTC(2026, 0, 15);
  recorded = recordedEvents();
  later = [];
  instance = {
    ...emptyInstance(kinds, { events: recorded.events, now: () => clock.now }),
    later: (delayMs, work) => void later.push({ delayMs, work }),
  };
  instance.store.put('user', { id: String(actionee), tenantId, preferredLanguages: ['de'] });
  instance.store.put('user', { id: String(actioner), tenantId });
  const options = [{ name: 'full', localizedNames: { de: 'ganz' } }];
  const definition = { active: true, preventLogin: true, temporal: true, sendEndEvent: true, options };
  const localizedNames = { de: 'Sperre' };
  instance.store.put('userAction', { ...definition, id: String(lock), name: 'Lock account', localizedNames });
  instance.store.put('userAction', { id: String(praise), active: true, name: 'Praise', temporal: false });
  instance.store.put('userActionReason', { id: reasonId, code: 'FRAC', text: 'Community rules infraction' });
});

const ask = (method: string, path: string, request: object = {}): Promise<Answer> =>
  callRoute(userActionLog, instance, { method, path, ...request });
const take = (sent: object = {}, broadcast = true): Promise<Answer> =>
  ask('POST', '/api/user/action', {
    body: {
      broadcast,
      action: {
        actioneeUserId: actionee,
        actionerUserId: actioner,
        comment: ' This user is being a jerk ',
        emailUser: true,
        expiry,
        notifyUser: true,
        option: 'full',
        reasonId,
        userActionId: lock,
        ...sent,
      },
    },
  });
const idOf = ({ body }: Answer): string => (body as { action: { id: string } }).action.id;
const change = (method: string, actionId: string, sent: object = {}): Promise<Answer> =>
  ask(method, byId, { params: { actionId }, body: { broadcast: true, action: { actionerUserId: actioner, ...sent } } });

test('an action comes back with its names, in the language of the user too', async () => {
  const { body } = await take();
  expect(body).toEqual({
    action: {
      actioneeUserId: actionee,
      actionerUserId: actioner,
      applicationIds: [],
      comment: 'This user is being a jerk',
      emailUserOnEnd: true,
      endEventSent: false,
      expiry,
      id: expect.any(String),
      insertInstant: clock.now,
      localizedName: 'Sperre',
      localizedOption: 'ganz',
      localizedReason: 'Community rules infraction',
      name: 'Lock account',
      notifyUserOnEnd: true,
      option: 'full',
      reason: 'Community rules infraction',
      reasonCode: 'FRAC',
      userActionId: lock,
    },
  });
});

test('an action is changed and cancelled, and its history says what it was', async () => {
  const id = idOf(await take());
  const changed = await change('PUT', id, { comment: 'still', expiry: expiry + 1 });
  const first = { actionerUserId: actioner, comment: 'This user is being a jerk', createInstant: clock.now, expiry };
  expect(changed.body).toMatchObject({
    action: { comment: 'still', expiry: expiry + 1, history: { historyItems: [first] } },
  });
  clock.now += 1000;
  const cancelled = await change('DELETE', id, { comment: 'enough' });
  expect(cancelled.body).toMatchObject({
    action: { comment: 'enough', expiry: clock.now, history: { historyItems: [first, { comment: 'still' }] } },
  });
  await expect(change('PUT', id, { expiry })).rejects.toThrow('[invalid]actionId');
});

test('webhooks are told of each phase, about the user', async () => {
  const id = idOf(await take());
  await change('PUT', id, { expiry: expiry + 1 });
  await change('DELETE', id);
  expect(recorded.told.map(({ type, linkedObjectId, fields }) => [type, linkedObjectId, fields['phase']])).toEqual([
    ['user.action', actionee, 'start'],
    ['user.action', actionee, 'modify'],
    ['user.action', actionee, 'cancel'],
  ]);
  expect(recorded.told[0]).toMatchObject({
    tenantId,
    fields: { action: 'Lock account', actionId: id, localizedAction: 'Sperre', emailedUser: false, notifyUser: true },
  });
});

describe('a transaction that fails', () => {
  const refuse = (): Promise<void> => Promise.reject(new Refusal(504));

  test('leaves an action as it was before each phase that somebody asks for', async () => {
    const id = idOf(await take());
    const before = instance.store.get('userActionLog', id);
    instance = { ...instance, events: { ...recorded.events, send: refuse } };
    await expect(take()).rejects.toMatchObject({ status: 504 });
    await expect(change('PUT', id, { expiry: expiry + 1 })).rejects.toMatchObject({ status: 504 });
    await expect(change('DELETE', id)).rejects.toMatchObject({ status: 504 });
    expect([...instance.store.all('userActionLog')]).toEqual([before]);
  });

  test('keeps no action from ending, for nobody asks', async () => {
    instance = { ...instance, events: { ...recorded.events, send: refuse } };
    const id = idOf(await take({}, false));
    clock.now = expiry;
    for (const { work } of later) work();
    expect(instance.store.get('userActionLog', id)).toMatchObject({ endEventSent: true });
  });
});

test('webhooks are told of nothing that is not to be broadcast', async () => {
  await take({}, false);
  expect(recorded.types()).toEqual([]);
});

test('webhooks are told of the end of an action, unless it was cancelled or lasts longer now', async () => {
  const ids = [await take(), await take(), await take()].map(idOf);
  await change('PUT', ids[1] ?? '', { expiry: expiry + 1000 });
  await change('DELETE', ids[2] ?? '');
  recorded.told.length = 0;
  expect(later.map(({ delayMs }) => delayMs)).toContain(expiry - clock.now);
  clock.now = expiry;
  for (const { delayMs, work } of later) if (delayMs === expiry - Date.UTC(2026, 0, 15)) work();
  expect(recorded.told.map(({ fields }) => [fields['phase'], fields['actionId']])).toEqual([['end', ids[0]]]);
  const { body } = await ask('GET', `${byId}?`, { params: { actionId: ids[0] } });
  expect(body).toMatchObject({ action: { endEventSent: true } });
});

test('an action without time has no end and no phase, and cannot be changed', async () => {
  const { body } = await take({ userActionId: praise, option: undefined });
  expect(body?.['action']).not.toMatchObject({ expiry: expect.any(Number) });
  expect(recorded.told[0]?.fields['phase']).toBeUndefined();
  await expect(
    change('PUT', idOf({ status: 200, ...(body === undefined ? {} : { body }) }), { expiry }),
  ).rejects.toThrow('[invalid]actionId');
});

describe('the actions on a user', () => {
  test.each([
    ['', 2],
    ['&active=true', 1],
    ['&active=false', 1],
    ['&preventingLogin=true', 1],
  ])('are listed with %j', async (query, count) => {
    await take();
    await take({ userActionId: praise, option: undefined });
    const { body } = await ask('GET', `${byId}?`, { query: `userId=${actionee}${query}` });
    expect(body?.['actions']).toHaveLength(count);
  });

  test('keep him from logging in until they are over', async () => {
    await take();
    expect(loginPreventions(String(actionee), instance)).toHaveLength(1);
    clock.now = expiry;
    expect(loginPreventions(String(actionee), instance)).toEqual([]);
  });
});

test.each([
  [{ actioneeUserId: undefined }, '[missing]action.actioneeUserId'],
  [{ actionerUserId: lock }, '[invalid]action.actionerUserId'],
  [{ userActionId: undefined }, '[missing]action.userActionId'],
  [{ userActionId: reasonId }, '[invalid]action.userActionId'],
  [{ expiry: undefined }, '[missing]action.expiry'],
  [{ option: 'half' }, '[invalid]action.option'],
  [{ reasonId: lock }, '[invalid]action.reasonId'],
  [{ applicationIds: [lock] }, '[invalid]action.applicationIds'],
])('an action with %j is refused with %s', async (sent, code) => {
  await expect(take(sent)).rejects.toThrow(code);
  expect(recorded.types()).toEqual([]);
});

describe('over HTTP', () => {
  const { call, sandbox } = useSandbox();

  test('an action that is defined is taken, changed and cancelled', async () => {
    const userAction = { name: 'Lock account', temporal: true, preventLogin: true };
    expect((await call('POST', `/api/user-action/${lock}`, { userAction })).status).toBe(200);
    const userActionReason = { code: 'FRAC', text: 'Community rules infraction' };
    await call('POST', `/api/user-action-reason/${reasonId}`, { userActionReason });
    for (const id of [actionee, actioner]) await call('POST', `/api/user/${id}`, { user: { username: `user-${id}` } });
    // As in FusionAuth's documentation, actioning-users/request, with a later end.
    const action = {
      actioneeUserId: actionee,
      actionerUserId: actioner,
      comment: 'This user is being a jerk',
      emailUser: true,
      expiry: Date.now() + 3_600_000,
      notifyUser: true,
      reasonId,
      userActionId: lock,
    };
    const taken = await call('POST', '/api/user/action', { broadcast: true, action });
    expect(taken.status).toBe(200);
    expect(taken.json.action).toMatchObject({ name: 'Lock account', reasonCode: 'FRAC', emailUserOnEnd: true });
    // Nobody waits for the end of an action.
    await sandbox().settle();
    const path = `/api/user/action/${taken.json.action.id}`;
    expect((await call('GET', path)).json.action.endEventSent).toBe(false);
    const change = { action: { actionerUserId: actioner, comment: 'still', expiry: action.expiry + 1 } };
    expect((await call('PUT', path, change)).json.action.history.historyItems).toHaveLength(1);
    expect((await call('GET', `/api/user/action?userId=${actionee}&active=true`)).json.actions).toHaveLength(1);
    expect((await call('DELETE', path, { action: { actionerUserId: actioner } })).status).toBe(200);
    expect((await call('GET', `/api/user/action?userId=${actionee}&active=true`)).json.actions).toEqual([]);
    expect((await call('GET', path)).json.action.history.historyItems).toHaveLength(2);
  });
});
