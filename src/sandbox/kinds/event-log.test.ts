import { expect, test } from 'vitest';

import { useSandbox } from '../testing/http.js';
import { useReceiver } from '../testing/receiver.js';
import { subscribe } from '../testing/subscribe.js';

const { call, sandbox } = useSandbox();
const receiver = useReceiver();

const searchPath = '/api/system/event-log/search';

async function failToTell(name: string): Promise<void> {
  await call('POST', '/api/group', { group: { name } });
  await sandbox().settle();
}

test('a webhook that did not take an event is in the event log', async () => {
  receiver().react = [{ status: 503 }];
  await subscribe(call, { urls: [receiver().url], types: ['group.create'] });
  await failToTell('crew');
  const { json } = await call('GET', searchPath);
  expect(json).toEqual({
    eventLogs: [
      {
        id: 1,
        insertInstant: expect.any(Number),
        message: `The webhook [${receiver().url}] did not take the event [group.create]: it answered 503`,
        type: 'Error',
      },
    ],
    total: 1,
  });
  expect((await call('GET', '/api/system/event-log/1')).json).toEqual({ eventLog: json.eventLogs[0] });
  expect((await call('GET', '/api/system/event-log/2')).status).toBe(404);
});

test('webhooks are told of an entry, whatever their tenants switch on', async () => {
  receiver().react = ({ event }) => ({ status: event.type === 'group.create' ? 500 : 200 });
  const types = { 'event-log.create': true, 'group.create': true };
  await subscribe(call, {
    urls: [receiver().url],
    types: ['group.create'],
    webhook: {
      eventsEnabled: types,
      global: false,
      tenantIds: (await call('GET', '/api/tenant')).json.tenants.map(({ id }: any) => id),
    },
  });
  await failToTell('crew');
  const told = receiver().received.find(({ event }) => event.type === 'event-log.create');
  expect(told?.event).toEqual({
    createInstant: expect.any(Number),
    eventLog: (await call('GET', '/api/system/event-log/1')).json.eventLog,
    id: expect.any(String),
    type: 'event-log.create',
  });
});

test('trap: an entry that webhooks cannot be told of is written down and not told again', async () => {
  receiver().react = () => ({ status: 500 });
  await subscribe(call, {
    urls: [receiver().url],
    types: ['group.create'],
    webhook: { eventsEnabled: { 'event-log.create': true, 'group.create': true } },
  });
  await failToTell('crew');
  expect(receiver().types()).toEqual(['group.create', 'event-log.create']);
  expect((await call('GET', searchPath)).json.total).toBe(2);
});

test('entries are found by text, type and time, newest first', async () => {
  receiver().react = () => ({ status: 500 });
  await subscribe(call, { urls: [receiver().url], types: ['group.create'] });
  await failToTell('crew');
  await failToTell('guests');
  const search = async (criteria: object): Promise<any> => (await call('POST', searchPath, { search: criteria })).json;
  expect((await search({})).eventLogs.map(({ id }: any) => id)).toEqual([2, 1]);
  expect((await search({ message: 'did not take', type: 'Error', start: 0 })).total).toBe(2);
  expect((await search({ type: 'Debug' })).total).toBe(0);
  expect((await search({ end: 1 })).total).toBe(0);
});

test('no more entries are kept than the system configuration says', async () => {
  receiver().react = () => ({ status: 500 });
  await subscribe(call, { urls: [receiver().url], types: ['group.create'] });
  const few = { eventLogConfiguration: { numberToRetain: 2 } };
  expect((await call('PATCH', '/api/system-configuration', { systemConfiguration: few })).status).toBe(200);
  for (const name of ['crew', 'guests', 'staff']) await failToTell(name);
  expect((await call('GET', searchPath)).json.eventLogs.map(({ id }: any) => id)).toEqual([3, 2]);
});
