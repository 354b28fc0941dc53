import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ApplyRecord, hashKeyOf } from '../model/index.js';
import { loadHashKey } from './hash-key.js';
import { createRecordStore } from './record-store.js';

let root = '';
const of = { namespace: 'acme', environment: 'production' };
const record: ApplyRecord = {
  version: 1,
  ...of,
  instant: 1,
  planDigest: 'sha256:00',
  objects: [{ kind: 'lambda', key: 'claims', id: 'claims-id', adopted: false, paths: { '/name': 'h' } }],
};

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kedge-record-'));
});

afterEach(async () => {
  await rm(root, { recursive: true });
});

async function modeOf(...path: string[]): Promise<string> {
  return ((await stat(join(root, ...path))).mode & 0o777).toString(8);
}

test('a record comes back as it was written, and only its owner may read it', async () => {
  const store = createRecordStore(join(root, '.kedge'));
  await store.write(record);
  await store.write({ ...record, instant: 2 });
  await expect(store.read(of)).resolves.toEqual({ record: { ...record, instant: 2 }, findings: [] });
  expect([await modeOf('.kedge'), await modeOf('.kedge', 'records')]).toEqual(['700', '700']);
  expect(await modeOf('.kedge', 'records', 'production.json')).toBe('600');
  expect(await readdir(join(root, '.kedge', 'records'))).toEqual(['production.json']);
});

test('where there is no record there is none', async () => {
  await expect(createRecordStore(root).read(of)).resolves.toEqual({ record: undefined, findings: [] });
  expect(await readdir(root)).toEqual([]);
});

test.each(['{"version":1', '[]', '{"version":2}', JSON.stringify({ ...record, objects: [{ kind: 'lambda' }] })])(
  'a file that is no record is a warning: %s',
  async (text) => {
    const store = createRecordStore(root);
    await store.write(record);
    await writeFile(join(root, 'records', 'production.json'), text);
    await expect(store.read(of)).resolves.toMatchObject({
      record: undefined,
      findings: [{ code: 'record/unreadable' }],
    });
  },
);

test('a record of another project is not taken', async () => {
  const store = createRecordStore(root);
  await store.write(record);
  await expect(store.read({ ...of, namespace: 'globex' })).resolves.toMatchObject({
    record: undefined,
    findings: [{ code: 'record/unreadable' }],
  });
});

test('no name of an environment leads out of the directory', async () => {
  const store = createRecordStore(join(root, '.kedge'));
  await store.write({ ...record, environment: '../../escaped' });
  expect(await readdir(root)).toEqual(['.kedge']);
});

test('the hash key comes from the record key where there is one, and no file is made', async () => {
  await expect(loadHashKey({ directory: root, recordKey: 'shared', create: true })).resolves.toBe(hashKeyOf('shared'));
  expect(await readdir(root)).toEqual([]);
});

test('the hash key is made once, by whichever process is first, and stays', async () => {
  const directory = join(root, '.kedge');
  const keys = await Promise.all(Array.from({ length: 5 }, () => loadHashKey({ directory, create: true })));
  expect(new Set(keys).size).toBe(1);
  expect(Buffer.from(keys[0] ?? '', 'base64url')).toHaveLength(32);
  expect((await readFile(join(directory, 'hash-key'), 'utf8')).trim()).toBe(keys[0]);
  expect(await modeOf('.kedge', 'hash-key')).toBe('600');
  expect(await readdir(directory)).toEqual(['hash-key']);
  await expect(loadHashKey({ directory, create: false })).resolves.toBe(keys[0]);
});

test('a reading command makes no hash key', async () => {
  await loadHashKey({ directory: root, create: false });
  expect(await readdir(root)).toEqual([]);
});
