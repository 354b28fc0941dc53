import { describe, expect, test } from 'vitest';

import { startSandbox } from '../index.js';
import { callSandbox, useSandbox } from '../testing/http.js';
import { useReceiver, type Reaction } from '../testing/receiver.js';
import { subscribe } from '../testing/subscribe.js';

const { call, sandbox } = useSandbox();
const receiver = useReceiver();

const failed = {
  generalErrors: [
    {
      code: '[WebhookTransactionException]',
      message:
        'One or more webhooks returned an invalid response or were unreachable. Based on your transaction configuration, your action cannot be completed.',
    },
  ],
};

/** So many webhooks, the first of which take what they are sent and the others never do. */
async function vote(taken: number, of: number, transactionType: string, types = ['group.create']): Promise<void> {
  const urls = Array.from({ length: of }, (_, at) => `${receiver().url}/${at < taken ? 'yes' : 'no'}/${at}`);
  receiver().react = ({ url }): Reaction => ({ status: url.includes('/yes/') ? 200 : 500 });
  await subscribe(call, { urls, types, transactionType });
}

describe('a transaction', () => {
  test.each([
    ['None', 0, 2, 200],
    ['Any', 1, 3, 200],
    ['Any', 0, 3, 504],
    ['SimpleMajority', 1, 2, 200],
    ['SimpleMajority', 1, 3, 504],
    ['SuperMajority', 2, 3, 200],
    ['SuperMajority', 1, 2, 504],
    ['AbsoluteMajority', 3, 3, 200],
    ['AbsoluteMajority', 2, 3, 504],
  ])('%s with %i of %i webhooks is answered %i', async (transactionType, taken, of, status) => {
    await vote(taken, of, transactionType);
    expect((await call('POST', '/api/group', { group: { name: 'crew' } })).status).toBe(status);
    await sandbox().settle();
    expect((await call('GET', '/api/group')).json.groups).toHaveLength(status === 200 ? 1 : 0);
  });

  test('that fails leaves nothing behind, and nothing is tried again', async () => {
    await vote(1, 2, 'AbsoluteMajority');
    const { status, json } = await call('POST', '/api/group/01c0a4e2-9e1f-4f0c-8f4b-6c4e9d1f7a10', {
      group: { name: 'crew' },
    });
    expect({ status, json }).toEqual({ status: 504, json: failed });
    await sandbox().settle();
    expect(receiver().received).toHaveLength(2);
    expect((await call('GET', '/api/group/01c0a4e2-9e1f-4f0c-8f4b-6c4e9d1f7a10')).status).toBe(404);
    expect(
      sandbox()
        .events()
        .map(({ eventType, eventResult }) => [eventType, eventResult]),
    ).toEqual([
      ['group.create', 'Failed'],
      ['event-log.create', 'Succeeded'],
    ]);
  });

  test('that fails leaves what there was as it was', async () => {
    const { json } = await call('POST', '/api/group', { group: { name: 'crew' } });
    await vote(0, 1, 'Any', ['group.update', 'group.delete']);
    const path = `/api/group/${json.group.id}`;
    expect((await call('PUT', path, { group: { name: 'guests' } })).status).toBe(504);
    expect((await call('DELETE', path)).status).toBe(504);
    expect((await call('GET', path)).json).toEqual(json);
  });

  test('is over before the change: until then nobody sees it', async () => {
    await subscribe(call, { urls: [receiver().url], types: ['group.create'], transactionType: 'Any' });
    let seen: unknown;
    receiver().react = async () => {
      seen = (await call('GET', '/api/group')).json.groups;
      return { status: 200 };
    };
    expect((await call('POST', '/api/group', { group: { name: 'crew' } })).status).toBe(200);
    expect(seen).toEqual([]);
  });

  test('of which somebody else was faster is refused as without webhooks', async () => {
    await subscribe(call, { urls: [receiver().url], types: ['group.create'], transactionType: 'Any' });
    const create = (): Promise<number> =>
      call('POST', '/api/group', { group: { name: 'crew' } }).then(({ status }) => status);
    expect((await Promise.all([create(), create()])).toSorted((left, right) => left - right)).toEqual([200, 400]);
  });

  test('asks nobody about an event that cannot be in one', async () => {
    await vote(0, 1, 'AbsoluteMajority', ['group.create.complete']);
    expect((await call('POST', '/api/group', { group: { name: 'crew' } })).status).toBe(200);
    await sandbox().settle();
    expect(receiver().types()).toEqual(['group.create.complete']);
  });
});

describe('a webhook that did not take it', () => {
  test('is tried up to three times more when the others agreed, with the very same event', async () => {
    await vote(1, 2, 'Any');
    await call('POST', '/api/group', { group: { name: 'crew' } });
    await sandbox().settle();
    const bodies = receiver()
      .received.filter(({ url }) => url.includes('/no/'))
      .map(({ body }) => body);
    expect(bodies).toHaveLength(4);
    expect(new Set(bodies).size).toBe(1);
  });

  test('is not tried again once it took it', async () => {
    await subscribe(call, {
      urls: [`${receiver().url}/0`, `${receiver().url}/1`],
      types: ['group.create'],
      transactionType: 'Any',
    });
    const answers: Reaction[] = [{ status: 503 }, { status: 503 }, { status: 200 }];
    receiver().react = ({ url }) => (url.endsWith('/1') ? (answers.shift() ?? { status: 500 }) : { status: 200 });
    await call('POST', '/api/group', { group: { name: 'crew' } });
    await sandbox().settle();
    expect(receiver().received.filter(({ url }) => url.endsWith('/1'))).toHaveLength(3);
    expect((await call('GET', '/api/system/event-log/search')).json.total).toBe(0);
  });

  test('waits between the tries under a switch, and not when everybody waits for it', async () => {
    await call('POST', '/__sandbox/switches', { webhookRetryWait: 'backoff' });
    await vote(1, 2, 'Any');
    await call('POST', '/api/group', { group: { name: 'crew' } });
    expect(receiver().received).toHaveLength(2);
    await sandbox().settle();
    expect(receiver().received).toHaveLength(5);
  });

  test('is not tried again when it was deleted in the meantime', async () => {
    await call('POST', '/__sandbox/switches', { webhookRetryWait: 'backoff' });
    await vote(1, 2, 'Any');
    await call('POST', '/api/group', { group: { name: 'crew' } });
    const { webhooks } = (await call('GET', '/api/webhook')).json;
    await call('DELETE', `/api/webhook/${webhooks.find(({ url }: { url: string }) => url.includes('/no/')).id}`);
    await sandbox().settle();
    expect(receiver().received).toHaveLength(2);
  });

  test.each([
    ['transactions', 1],
    ['always', 4],
  ])('of an event nobody waits for is told %s: %i times in all', async (webhookRetries, times) => {
    await call('POST', '/__sandbox/switches', { webhookRetries });
    await vote(0, 1, 'None');
    expect((await call('POST', '/api/group', { group: { name: 'crew' } })).status).toBe(200);
    await sandbox().settle();
    expect(receiver().received).toHaveLength(times);
  });
});

test('nobody waits for webhooks without a say', async () => {
  receiver().react = ['silence'];
  await subscribe(call, { urls: [receiver().url], types: ['group.create'], webhook: { readTimeout: 60_000 } });
  expect((await call('POST', '/api/group', { group: { name: 'crew' } })).status).toBe(200);
  expect(sandbox().events()).toMatchObject([
    { eventType: 'group.create', eventResult: 'Running' },
    { eventType: 'group.create.complete', eventResult: 'Succeeded', attempts: [] },
  ]);
});

describe('a reset', () => {
  test('ends what is under way, and nothing of it is seen again', async () => {
    receiver().react = ['silence'];
    await subscribe(call, { urls: [receiver().url], types: ['group.create'], webhook: { readTimeout: 60_000 } });
    await call('POST', '/api/group', { group: { name: 'crew' } });
    await sandbox().reset();
    await sandbox().settle();
    expect(sandbox().events()).toEqual([]);
    expect((await call('GET', '/api/system/webhook-event-log/search')).json.total).toBe(0);
    expect((await call('GET', '/api/system/event-log/search')).json.total).toBe(0);
  });

  test('lets a transaction that is waited for fail, and stores nothing of it', async () => {
    receiver().react = (): Reaction => {
      void sandbox().reset();
      return 'silence';
    };
    await subscribe(call, { urls: [receiver().url], types: ['group.create'], transactionType: 'Any' });
    expect((await call('POST', '/api/group', { group: { name: 'crew' } })).status).toBe(504);
    expect((await call('GET', '/api/group')).json.groups).toEqual([]);
  });
});

test('a sandbox that is closed ends what is under way and waits for none of it', async () => {
  const other = await startSandbox();
  receiver().react = ['silence'];
  await subscribe((...request) => callSandbox(other, ...request), {
    urls: [receiver().url],
    types: ['group.create'],
    webhook: { readTimeout: 60_000 },
  });
  await callSandbox(other, 'POST', '/api/group', { group: { name: 'crew' } });
  await other.close();
  await other.settle();
  expect(other.events()).toEqual([]);
});
