import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';

import { startSandbox, type Sandbox, type SandboxOptions } from './index.js';
import { callSandbox } from './testing/http.js';

const running: Sandbox[] = [];
const folders: string[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((sandbox) => sandbox.close()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

async function start(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox(options);
  running.push(sandbox);
  return sandbox;
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
  folders.push(folder);
  return folder;
}

const acme = { tenant: { name: 'Acme' } };

async function tenantNames(sandbox: Sandbox): Promise<readonly string[]> {
  const { json } = await callSandbox(sandbox, 'GET', '/api/tenant');
  return json.tenants.map(({ name }: { name: string }) => name);
}

test('while it restarts no connection is accepted; then it is there on the same port, with what was in memory', async () => {
  const sandbox = await start();
  await callSandbox(sandbox, 'POST', '/api/tenant', acme);
  const back = sandbox.restart({ durationMs: 60 });
  await expect(callSandbox(sandbox, 'GET', '/api/tenant')).rejects.toMatchObject({
    cause: { code: expect.stringMatching(/^ECONN(?:REFUSED|RESET)$/) },
  });
  await back;
  expect(await tenantNames(sandbox)).toEqual(['Default', 'Acme']);
});

test('an answer under way is cut', async () => {
  const sandbox = await start();
  sandbox.addFault({ kind: 'slowBody', durationMs: 2000 });
  const answer = await fetch(`${sandbox.url}/api/tenant`, { headers: { authorization: sandbox.apiKey } });
  expect(answer.status).toBe(200);
  await Promise.all([expect(answer.text()).rejects.toThrow('terminated'), sandbox.restart()]);
});

test.each([
  ['before', ['Default']],
  ['after', ['Default', 'Acme']],
] as const)('a fault restarts it %s a write is carried out', async (when, names) => {
  const sandbox = await start();
  sandbox.addFault({ kind: 'restart', durationMs: 0, method: 'POST', when });
  await expect(callSandbox(sandbox, 'POST', '/api/tenant', acme)).rejects.toThrow('fetch failed');
  await sandbox.restart();
  expect(await tenantNames(sandbox)).toEqual(names);
  expect(sandbox.requests().requests).toMatchObject([{ method: 'POST', status: 0 }, { method: 'GET' }]);
});

test('closing ends a restart that would take longer', async () => {
  const sandbox = await startSandbox();
  const back = sandbox.restart({ durationMs: 600_000 });
  await sandbox.close();
  await back;
  await expect(callSandbox(sandbox, 'GET', '/api/tenant')).rejects.toThrow('fetch failed');
});

test('with a folder for its data, a restart takes what the folder has', async () => {
  const [dataDir, backup] = [newFolder(), newFolder()];
  const sandbox = await start({ dataDir });
  await callSandbox(sandbox, 'POST', '/api/tenant', acme);
  cpSync(dataDir, backup, { recursive: true });
  await callSandbox(sandbox, 'POST', '/api/tenant', { tenant: { name: 'Globex' } });
  await sandbox.restart();
  expect(await tenantNames(sandbox)).toEqual(['Default', 'Acme', 'Globex']);
  // The folder now has a file of changes with another number; a backup is put back whole.
  rmSync(dataDir, { recursive: true });
  cpSync(backup, dataDir, { recursive: true });
  await sandbox.restart();
  expect(await tenantNames(sandbox)).toEqual(['Default', 'Acme']);
  await callSandbox(sandbox, 'POST', '/api/tenant', { tenant: { name: 'Initech' } });
  await sandbox.restart();
  expect(await tenantNames(sandbox)).toEqual(['Default', 'Acme', 'Initech']);
});
