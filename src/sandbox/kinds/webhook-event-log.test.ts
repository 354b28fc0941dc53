import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { startSandbox } from '../index.js';
import { callSandbox, useSandbox, type HttpAnswer } from '../testing/http.js';
import { useReceiver } from '../testing/receiver.js';
import { subscribe } from '../testing/subscribe.js';

let instant = Date.UTC(2026, 0, 15, 8, 30, 1);
const { call, sandbox } = useSandbox({ clock: () => instant });
const receiver = useReceiver();

const searchPath = '/api/system/webhook-event-log/search';

async function createGroups(...names: readonly string[]): Promise<void> {
  for (const name of names) {
    await call('POST', '/api/group', { group: { name } });
    await sandbox().settle();
  }
}

function search(criteria: Readonly<Record<string, unknown>> = {}): Promise<HttpAnswer> {
  return call('POST', searchPath, { search: criteria });
}

describe('an entry', () => {
  test('has the event as it was sent and every attempt', async () => {
    receiver().react = [{ status: 500 }];
    const [webhookId] = await subscribe(call, { urls: [receiver().url], types: ['group.create'] });
    await createGroups('crew');
    const [log] = (await search()).json.webhookEventLogs;
    expect(log).toEqual({
      attempts: [
        {
          attemptResult: 'Failure',
          data: {},
          endInstant: instant,
          id: expect.any(String),
          startInstant: instant,
          webhookCallResponse: { statusCode: 500, url: receiver().url },
          webhookId,
        },
      ],
      data: {},
      event: JSON.parse(receiver().received[0]!.body),
      eventResult: 'Succeeded',
      eventType: 'group.create',
      failedAttempts: 1,
      id: expect.any(String),
      insertInstant: instant,
      lastAttemptInstant: instant,
      lastUpdateInstant: instant,
      linkedObjectId: receiver().received[0]!.event.linkedObjectId,
      sequence: 1,
      successfulAttempts: 0,
    });
    expect((await call('GET', `/api/system/webhook-event-log/${log.id}`)).json).toEqual({ webhookEventLog: log });
    const [attempt] = log.attempts;
    expect((await call('GET', `/api/system/webhook-attempt-log/${attempt.id}`)).json).toEqual({
      webhookAttemptLog: { ...attempt, webhookEventLogId: log.id },
    });
  });

  test('is running, and its attempt of unknown result, while an answer is waited for', async () => {
    receiver().react = ['silence'];
    await subscribe(call, { urls: [receiver().url], types: ['group.create'], webhook: { readTimeout: 60_000 } });
    await call('POST', '/api/group', { group: { name: 'crew' } });
    expect((await search()).json.webhookEventLogs).toMatchObject([
      { eventResult: 'Running', failedAttempts: 0, attempts: [{ attemptResult: 'Unknown' }] },
    ]);
  });

  test('is failed when its transaction is, and has every further try when it is not', async () => {
    receiver().react = ({ url }) => ({ status: url.endsWith('/no') ? 500 : 200 });
    await subscribe(call, {
      urls: [`${receiver().url}/yes`, `${receiver().url}/no`],
      types: ['group.create'],
      transactionType: 'AbsoluteMajority',
    });
    await createGroups('crew');
    await subscribe(call, { urls: [], types: ['group.create'], transactionType: 'Any' });
    await createGroups('crew');
    expect((await search({ orderBy: 'sequence ASC' })).json.webhookEventLogs).toMatchObject([
      { eventResult: 'Failed', failedAttempts: 1, successfulAttempts: 1 },
      { eventResult: 'Succeeded', failedAttempts: 4, successfulAttempts: 1 },
    ]);
  });

  test.each([
    ['notLogged', 0],
    ['logged', 2],
  ])('of an event that no webhook takes is %s under the switch', async (unheardEvents, total) => {
    await call('POST', '/__sandbox/switches', { unheardEvents });
    await createGroups('crew');
    expect((await search()).json.total).toBe(total);
  });

  test('is not written when the system configuration says so', async () => {
    await subscribe(call, { urls: [receiver().url], types: ['group.create'] });
    const off = { webhookEventLogConfiguration: { enabled: false } };
    expect((await call('PATCH', '/api/system-configuration', { systemConfiguration: off })).status).toBe(200);
    await createGroups('crew');
    expect(receiver().types()).toEqual(['group.create']);
    expect((await search()).json.total).toBe(0);
  });

  test('is let go of after the days that are kept, with its attempts', async () => {
    await subscribe(call, { urls: [receiver().url], types: ['group.create'] });
    await createGroups('crew');
    const [old] = (await search()).json.webhookEventLogs;
    instant += 31 * 86_400_000;
    await createGroups('guests');
    expect((await search({ start: 0 })).json.total).toBe(1);
    expect((await call('GET', `/api/system/webhook-event-log/${old.id}`)).status).toBe(404);
    expect((await call('GET', `/api/system/webhook-attempt-log/${old.attempts[0].id}`)).status).toBe(404);
  });
});

test('what came of a delivery in the background is there after a restart', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'webhook-event-log-'));
  const first = await startSandbox({ dataDir });
  receiver().react = [{ status: 500 }];
  await subscribe((...request) => callSandbox(first, ...request), { urls: [receiver().url], types: ['group.create'] });
  await callSandbox(first, 'POST', '/api/group', { group: { name: 'crew' } });
  await first.settle();
  await first.close();
  const second = await startSandbox({ dataDir });
  const { json } = await callSandbox(second, 'GET', searchPath);
  expect(json.webhookEventLogs).toMatchObject([{ eventResult: 'Succeeded', failedAttempts: 1 }]);
  await second.close();
  rmSync(dataDir, { recursive: true });
});

describe('a search', () => {
  test('is about the last hour from a full minute on, if it says nothing else', async () => {
    await subscribe(call, { urls: [receiver().url], types: ['group.create'] });
    await createGroups('crew');
    instant += 60 * 60_000 + 58_000;
    await createGroups('guests');
    expect((await search()).json.total).toBe(2);
    instant += 1000;
    expect((await search()).json.total).toBe(1);
    expect((await search({ start: 0 })).json.total).toBe(2);
    expect((await call('GET', `${searchPath}?start=0&end=${instant - 60_000}`)).json.total).toBe(1);
  });

  test('gives pages, newest first, by GET as by POST', async () => {
    await subscribe(call, { urls: [receiver().url], types: ['group.create'] });
    await createGroups('a', 'b', 'c');
    const { json } = await search({ startRow: 1, numberOfResults: 1 });
    expect(json).toMatchObject({ total: 3, webhookEventLogs: [{ sequence: 2 }] });
    expect((await call('GET', `${searchPath}?startRow=1&numberOfResults=1`)).json).toEqual(json);
    const ascending = (await search({ orderBy: 'sequence' })).json.webhookEventLogs;
    expect(ascending.map(({ sequence }: any) => sequence)).toEqual([1, 2, 3]);
  });

  test.each([
    [{ event: '"name":"crew"' }, 1],
    [{ event: '*crew*group.create*' }, 1],
    [{ eventType: 'group.create' }, 2],
    [{ eventType: 'user.create' }, 0],
    [{ eventResult: 'Succeeded' }, 2],
    [{ eventResult: 'Failed' }, 0],
  ])('finds by %j', async (criteria, total) => {
    await subscribe(call, { urls: [receiver().url], types: ['group.create'] });
    await createGroups('crew', 'guests');
    expect((await search(criteria)).json.total).toBe(total);
  });

  test('shows a key of a tenant only what happened in it', async () => {
    await subscribe(call, { urls: [receiver().url], types: ['group.create'] });
    await createGroups('crew');
    const [log] = (await search()).json.webhookEventLogs;
    const hooli = (await call('POST', '/api/tenant', { tenant: { name: 'Hooli' } })).json.tenant.id;
    expect((await call('GET', searchPath, undefined, { tenantId: hooli })).json.total).toBe(0);
    for (const path of [`webhook-event-log/${log.id}`, `webhook-attempt-log/${log.attempts[0].id}`]) {
      expect((await call('GET', `/api/system/${path}`, undefined, { tenantId: hooli })).status).toBe(404);
    }
  });
});

test.each(['webhook-event-log', 'webhook-attempt-log'])('%s says of an id that it is none', async (path) => {
  const { status, json } = await call('GET', `/api/system/${path}/42`);
  expect(status).toBe(400);
  expect(Object.values<any>(json.fieldErrors)[0][0].code).toMatch(/^\[couldNotConvert\]/);
});
