import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';

import { startSandbox, type Sandbox } from './index.js';
import { loadState } from './state-file.js';
import { callSandbox } from './testing/http.js';

const running: Sandbox[] = [];
const folders: string[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((sandbox) => sandbox.close()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

async function start(dataDir: string): Promise<Sandbox> {
  const sandbox = await startSandbox({ dataDir });
  running.push(sandbox);
  return sandbox;
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
  folders.push(folder);
  return folder;
}

/** What is on the disk at this moment, as it would be after a crash. */
function afterCrash(dataDir: string): string {
  const folder = newFolder();
  cpSync(dataDir, folder, { recursive: true });
  return folder;
}

const changesOf = (folder: string): string =>
  join(folder, readdirSync(folder).find((name) => name.endsWith('.jsonl')) ?? 'none');

function savedNames(folder: string): readonly string[] {
  return (loadState(folder)?.now.objects['tenant'] ?? []).map(({ name }) => String(name));
}

test('there are two files, for the owner only: the state, and the changes since', async () => {
  const dataDir = newFolder();
  const sandbox = await start(dataDir);
  await callSandbox(sandbox, 'POST', '/api/tenant', { tenant: { name: 'Acme' } });
  expect(readdirSync(dataDir)).toEqual(['sandbox-changes-1.jsonl', 'sandbox-state.json']);
  for (const name of readdirSync(dataDir)) expect(statSync(join(dataDir, name)).mode & 0o777).toBe(0o600);
});

test('what was answered is on the disk, however many ask at once', async () => {
  const dataDir = newFolder();
  const sandbox = await start(dataDir);
  const names = Array.from({ length: 40 }, (_, number) => `Ship ${number}`);
  const kept = await Promise.all(
    names.map(async (name) => {
      await callSandbox(sandbox, 'POST', '/api/tenant', { tenant: { name } });
      return savedNames(afterCrash(dataDir)).includes(name);
    }),
  );
  expect(kept).toEqual(names.map(() => true));
});

test('a write costs what it changes: the state is not written again', async () => {
  const dataDir = newFolder();
  const sandbox = await start(dataDir);
  const before = readFileSync(join(dataDir, 'sandbox-state.json'), 'utf8');
  await callSandbox(sandbox, 'POST', '/api/tenant', { tenant: { name: 'Acme' } });
  expect(readFileSync(join(dataDir, 'sandbox-state.json'), 'utf8')).toBe(before);
  expect(readFileSync(changesOf(dataDir), 'utf8')).toContain('"Acme"');
});

test('a change that was cut off in the middle is left out, the ones before it are not', async () => {
  const dataDir = newFolder();
  const sandbox = await start(dataDir);
  await callSandbox(sandbox, 'POST', '/api/tenant', { tenant: { name: 'Acme' } });
  const crashed = afterCrash(dataDir);
  appendFileSync(changesOf(crashed), '[["put","tenant",{"id":"half');
  const second = await start(crashed);
  const { json } = await callSandbox(second, 'GET', '/api/tenant');
  expect(json.tenants.map(({ name }: { name: string }) => name)).toEqual(['Default', 'Acme']);
});

test('a state that was being written is as if it never was', async () => {
  const dataDir = newFolder();
  const sandbox = await start(dataDir);
  await callSandbox(sandbox, 'POST', '/api/tenant', { tenant: { name: 'Acme' } });
  const crashed = afterCrash(dataDir);
  writeFileSync(join(crashed, 'sandbox-state.json.new'), '{"version":2,"gener');
  writeFileSync(join(crashed, 'sandbox-changes-2.jsonl'), '');
  expect(savedNames(crashed)).toEqual(['Default', 'Acme']);
  const second = await start(crashed);
  await callSandbox(second, 'POST', '/api/tenant', { tenant: { name: 'Globex' } });
  expect(savedNames(afterCrash(crashed))).toEqual(['Default', 'Acme', 'Globex']);
});

describe('a sandbox does not start on', () => {
  test.each([
    ['a state that no sandbox wrote', 'sandbox-state.json', '{}', 'was not written by this version'],
    ['a state that is no JSON', 'sandbox-state.json', '{', 'is damaged, or no sandbox wrote it'],
    ['changes with a damaged line', 'sandbox-changes-1.jsonl', '[["put"\n[]\n', 'is damaged, or no sandbox wrote it'],
  ])('%s', async (_, name, text, message) => {
    const dataDir = newFolder();
    await (await start(dataDir)).close();
    writeFileSync(join(dataDir, name), text);
    await expect(startSandbox({ dataDir })).rejects.toThrow(message);
  });
});

test('numbers of counters are not given twice', async () => {
  const dataDir = newFolder();
  const first = await start(dataDir);
  const entry = { auditLog: { insertUser: 'crew', message: 'Moored' } };
  await callSandbox(first, 'POST', '/api/system/audit-log', entry);
  const second = await start(afterCrash(dataDir));
  await callSandbox(second, 'POST', '/api/system/audit-log', entry);
  const { json } = await callSandbox(second, 'POST', '/api/system/audit-log/search', { search: {} });
  expect(json.auditLogs.map(({ id }: { id: number }) => id).toSorted()).toEqual([1, 2]);
});

test('when the changes outgrow the state they are folded into it', async () => {
  const dataDir = newFolder();
  const sandbox = await start(dataDir);
  const data = { text: 'x'.repeat(300_000) };
  const { json } = await callSandbox(sandbox, 'POST', '/api/tenant', { tenant: { name: 'Acme', data } });
  for (let number = 0; number < 5; number += 1) {
    const tenant = { name: 'Acme', data: { ...data, number } };
    await callSandbox(sandbox, 'PUT', `/api/tenant/${json.tenant.id}`, { tenant });
  }
  expect(readdirSync(dataDir)).toEqual(['sandbox-changes-2.jsonl', 'sandbox-state.json']);
  const saved = loadState(afterCrash(dataDir))?.now.objects['tenant'];
  expect(saved?.at(-1)).toMatchObject({ data: { number: 4 } });
});

test('with a folder that can no longer be written, a write is answered 500, and the next one is kept again', async () => {
  const dataDir = newFolder();
  const sandbox = await start(dataDir);
  rmSync(dataDir, { recursive: true });
  await callSandbox(sandbox, 'POST', '/api/tenant', {
    tenant: { name: 'Acme', data: { text: 'x'.repeat(2_000_000) } },
  });
  // The changes are longer than the state now: the state is to be written, and there is no folder.
  const refused = await callSandbox(sandbox, 'POST', '/api/tenant', { tenant: { name: 'Globex' } });
  expect(refused.status).toBe(500);
  cpSync(newFolder(), dataDir, { recursive: true });
  expect((await callSandbox(sandbox, 'POST', '/api/tenant', { tenant: { name: 'Initech' } })).status).toBe(200);
  expect(savedNames(afterCrash(dataDir))).toEqual(['Default', 'Acme', 'Globex', 'Initech']);
});

test('the second start needs no kickstart, and the first one’s key still works', async () => {
  const dataDir = newFolder();
  const kickstart = join(newFolder(), 'kickstart.json');
  writeFileSync(kickstart, JSON.stringify({ apiKeys: [{ key: 'bridge' }], licenseId: 'crew-licence' }));
  const first = await startSandbox({ dataDir, kickstart, switches: { licensed: 'off' } });
  await first.close();
  rmSync(kickstart);
  const lines: string[] = [];
  const log = (line: string): void => void lines.push(line);
  const second = await startSandbox({ dataDir, kickstart, switches: { licensed: 'off' }, log });
  running.push(second);
  expect(second.apiKey).toBe('bridge');
  expect((await callSandbox(second, 'GET', '/api/reactor')).json.status.licensed).toBe(true);
  expect(lines).toEqual(['sandbox: there is a state already, so the kickstart does not run']);
});
