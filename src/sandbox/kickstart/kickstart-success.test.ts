import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, expect, test } from 'vitest';

import { startSandbox, type Sandbox } from '../index.js';
import { useReceiver } from '../testing/receiver.js';

const receiver = useReceiver();
const folder = mkdtempSync(join(tmpdir(), 'kickstart-success-'));
let sandbox: Sandbox | undefined;
afterEach(async () => {
  await sandbox?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('the webhooks a kickstart makes are told of its end, once the server listens', async () => {
  const file = join(folder, 'kickstart.json');
  const webhook = {
    connectTimeout: 1000,
    readTimeout: 1000,
    url: receiver().url,
    eventsEnabled: { 'kickstart.success': true },
  };
  const requests = [{ method: 'POST', url: '/api/webhook', body: { webhook } }];
  writeFileSync(file, JSON.stringify({ apiKeys: [{ key: 'kickstart-api-key' }], requests }));
  let answered: number | undefined;
  receiver().react = async () => {
    const running = sandbox ?? (await started);
    answered = (await fetch(`${running.url}/api/webhook`, { headers: { authorization: running.apiKey } })).status;
    return { status: 200 };
  };
  const started = startSandbox({ kickstart: file, dataDir: folder });
  sandbox = await started;
  await sandbox.settle();
  expect(receiver().received.map(({ event }) => event)).toEqual([
    {
      createInstant: expect.any(Number),
      id: expect.any(String),
      instanceId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      type: 'kickstart.success',
    },
  ]);
  expect(answered).toBe(200);
  // A start that takes up what was there runs no kickstart, and a reset tells of none.
  await sandbox.reset();
  await sandbox.close();
  sandbox = await startSandbox({ kickstart: file, dataDir: folder });
  await sandbox.settle();
  expect(receiver().received).toHaveLength(1);
  expect(sandbox.events()).toEqual([]);
});
