import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';

import { startSandbox, SwitchError, VersionError, type Sandbox, type SandboxOptions } from './index.js';
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

describe('with a folder for its data', () => {
  test('what was written is there after a restart, and the reset still goes back to the start', async () => {
    const dataDir = newFolder();
    const first = await start({ dataDir });
    const fresh = await callSandbox(first, 'GET', '/api/tenant');
    const created = await callSandbox(first, 'POST', '/api/tenant', acme);
    await first.close();
    const second = await start({ dataDir });
    const path = `/api/tenant/${created.json.tenant.id}`;
    expect((await callSandbox(second, 'GET', path)).json).toEqual(created.json);
    await second.reset();
    expect((await callSandbox(second, 'GET', '/api/tenant')).text).toBe(fresh.text);
    await second.close();
    const third = await start({ dataDir });
    expect((await callSandbox(third, 'GET', path)).status).toBe(404);
  });
});

test('with injected time and chance, ids and instants are the same every time', async () => {
  const run = async (): Promise<string> => {
    let now = Date.UTC(2026, 0, 15);
    let next = 0;
    const random = (length: number): Uint8Array => Uint8Array.from({ length }, () => (next = (next * 7 + 13) % 256));
    const sandbox = await start({ clock: () => (now += 1), random });
    return (await callSandbox(sandbox, 'POST', '/api/application', { application: { name: 'Web' } })).text;
  };
  expect(await run()).toBe(await run());
});

test('two sandboxes have nothing in common', async () => {
  const [one, two] = [await start(), await start()];
  await callSandbox(one, 'POST', '/api/tenant', acme);
  expect((await callSandbox(two, 'GET', '/api/tenant')).json.tenants).toHaveLength(1);
  const ids = await Promise.all([one, two].map((sandbox) => callSandbox(sandbox, 'GET', '/api/tenant')));
  expect(ids[0]?.json.tenants[0].id).not.toBe(ids[1]?.json.tenants[0].id);
});

test('closing closes idle connections at once', async () => {
  const sandbox = await startSandbox();
  await callSandbox(sandbox, 'GET', '/api/tenant');
  const start = performance.now();
  await sandbox.close();
  expect(performance.now() - start).toBeLessThan(500);
  await expect(callSandbox(sandbox, 'GET', '/api/tenant')).rejects.toThrow('fetch failed');
});

test('a body that is too long is answered 413, announced or not', async () => {
  const sandbox = await start({ maxBodyBytes: 1000 });
  const body = JSON.stringify({ tenant: { name: 'a'.repeat(2000) } });
  expect((await callSandbox(sandbox, 'POST', '/api/tenant', body)).status).toBe(413);
  const headers = { authorization: sandbox.apiKey, 'content-type': 'application/json' };
  const stream = new Blob([body]).stream();
  const answer = await fetch(`${sandbox.url}/api/tenant`, { method: 'POST', headers, body: stream, duplex: 'half' });
  expect(answer.status).toBe(413);
});

test('its key, version, latency and switches can be chosen', async () => {
  const sandbox = await start({
    apiKey: 'crew-key',
    fusionauth: '1.68.2',
    latencyMs: 40,
    switches: { licensed: 'off' },
  });
  const began = performance.now();
  const { json } = await callSandbox(sandbox, 'GET', '/api/system/version');
  expect(performance.now() - began).toBeGreaterThan(35);
  expect(json).toEqual({ version: '1.68.2' });
  expect(sandbox.apiKey).toBe('crew-key');
  expect((await callSandbox(sandbox, 'GET', '/__sandbox/switches')).json.licensed).toBe('off');
});

test('a switch that there is not keeps it from starting', async () => {
  const switches = { colour: 'blue' } as object;
  await expect(startSandbox({ switches })).rejects.toThrow(SwitchError);
});

test('a version that it knows nothing about keeps it from starting', async () => {
  await expect(startSandbox({ fusionauth: '1.47.1' })).rejects.toThrow(VersionError);
});

test('an address that is taken keeps it from starting', async () => {
  const { port } = await start();
  await expect(startSandbox({ port })).rejects.toThrow('EADDRINUSE');
});
