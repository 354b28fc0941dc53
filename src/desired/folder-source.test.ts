import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalog } from '../catalog/index.js';
import { KedgeError } from '../model/index.js';
import { acmeFiles, findingLines } from '../testing/acme-repository.js';
import { createFolderSource, findRepository, loadEnvironment } from './index.js';

let outer = '';
let root = '';

beforeAll(() => {
  outer = realpathSync(mkdtempSync(join(tmpdir(), 'kedge-')));
  root = join(outer, 'repository');
  for (const [path, content] of Object.entries(acmeFiles())) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  writeFileSync(join(outer, 'outside.yaml'), 'version: 1\n');
  symlinkSync(join(outer, 'outside.yaml'), join(root, 'link-out.yaml'));
  symlinkSync('..', join(root, 'folder-out'));
  symlinkSync('kedge.yaml', join(root, 'link-in.yaml'));
  symlinkSync('loop', join(root, 'loop'));
  execFileSync('/bin/sh', ['-c', 'mkfifo "$0"', join(root, 'pipe')]);
});

afterAll(() => {
  rmSync(outer, { recursive: true });
});

describe('createFolderSource', () => {
  it('reads files of the repository, links inside it included', async () => {
    const source = createFolderSource(root);
    expect(await source.read('kedge.yaml', 1000)).toMatchObject({ state: 'read' });
    expect(await source.read('link-in.yaml', 1000)).toEqual(await source.read('kedge.yaml', 1000));
  });

  it('reads nothing outside, through no link, no .. and no absolute path', async () => {
    const source = createFolderSource(root);
    for (const path of ['link-out.yaml', 'folder-out/outside.yaml', '../outside.yaml']) {
      expect(await source.read(path, 1000)).toEqual({ state: 'outside' });
    }
    expect(await source.list('folder-out')).toBeUndefined();
    expect(await source.list('..')).toBeUndefined();
    expect(await createFolderSource(join(outer, 'nowhere')).read('/etc/passwd', 1000)).toEqual({ state: 'missing' });
  });

  it('a pipe is refused without waiting for it, and so are folders and links to themselves', async () => {
    const source = createFolderSource(root);
    expect(await source.read('pipe', 1000)).toEqual({ state: 'unreadable', why: 'it is not a regular file' });
    expect(await source.read('environments', 1000)).toMatchObject({ state: 'unreadable' });
    expect(await source.read('loop', 1000)).toEqual({ state: 'unreadable', why: 'ELOOP' });
    await expect(source.list('loop')).rejects.toMatchObject({ code: 'desired/unreadable-file' });
    await expect(createFolderSource(join(root, 'loop')).list('')).rejects.toThrow(
      'the folder . cannot be read (ELOOP)',
    );
  });

  it('a large file is not read', async () => {
    expect(await createFolderSource(root).read('kedge.yaml', 10)).toEqual({ state: 'too-large', bytes: 57 });
  });

  it('says what is not there and what kind the rest is', async () => {
    const source = createFolderSource(root);
    expect(await source.read('nowhere', 1)).toEqual({ state: 'missing' });
    expect(await source.read('kedge.yaml/x', 1)).toEqual({ state: 'missing' });
    expect(await source.list('nowhere')).toBeUndefined();
    const entries = [...((await source.list('')) ?? [])].sort((left, right) => (left.name < right.name ? -1 : 1));
    expect(entries).toEqual([
      { name: 'environments', type: 'folder' },
      { name: 'folder-out', type: 'link' },
      { name: 'kedge.yaml', type: 'file' },
      { name: 'link-in.yaml', type: 'link' },
      { name: 'link-out.yaml', type: 'link' },
      { name: 'loop', type: 'link' },
      { name: 'pipe', type: 'other' },
    ]);
  });

  it('loads an environment; links that lead out and unreadable files are findings', async () => {
    const load = (): ReturnType<typeof loadEnvironment> =>
      loadEnvironment({
        source: createFolderSource(root),
        environment: 'production',
        catalog,
        env: { ACME_KEY: 'k' },
        secrets: 'resolve',
        writeKey: false,
      });
    expect(await load()).toMatchObject({ ok: true });
    symlinkSync('../../pipe', join(root, 'environments/production/a.yaml'));
    symlinkSync('../../../outside.yaml', join(root, 'environments/production/b.yaml'));
    expect(findingLines(await load())).toEqual([
      expect.stringContaining(
        'production/a.yaml:1:1 desired/unreadable-file environments/production/a.yaml cannot be read (it is not',
      ),
      expect.stringContaining(
        'production/b.yaml:1:1 desired/outside-repository environments/production/b.yaml is outside',
      ),
    ]);
  });
});

describe('findRepository', () => {
  it('goes up to the folder that holds kedge.yaml', async () => {
    expect(await findRepository(join(root, 'environments/base'))).toBe(root);
    expect(await findRepository(root)).toBe(root);
  });

  it('says so where there is none', async () => {
    await expect(findRepository(outer)).rejects.toThrow(KedgeError);
    await expect(findRepository(outer)).rejects.toMatchObject({ code: 'cli/not-a-repository' });
  });
});
