import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { existingFiles, namesIn, writeFiles } from './written-files.js';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kedge-written-'));
});

describe('files that are written', () => {
  it('are there whole, with the folders above them and nothing beside them', async () => {
    await writeFiles(folder, new Map([['environments/base/tenants.yaml', 'version: 1\n']]));
    expect(await readFile(join(folder, 'environments/base/tenants.yaml'), 'utf8')).toBe('version: 1\n');
    expect(await readdir(join(folder, 'environments/base'))).toEqual(['tenants.yaml']);
  });

  it('are for the people who may read the file that was there', async () => {
    await writeFile(join(folder, 'own.yaml'), 'old');
    await chmod(join(folder, 'own.yaml'), 0o640);
    await writeFiles(folder, new Map([['own.yaml', 'new']]));
    expect((await stat(join(folder, 'own.yaml'))).mode & 0o777).toBe(0o640);
    expect(await readFile(join(folder, 'own.yaml'), 'utf8')).toBe('new');
  });

  it('are none where one of them cannot be put on the disk', async () => {
    await writeFile(join(folder, 'a.yaml'), 'old');
    await writeFile(join(folder, 'file'), 'old');
    const writing = writeFiles(
      folder,
      new Map([
        ['a.yaml', 'new'],
        ['file/below.yaml', 'new'],
      ]),
    );
    await expect(writing).rejects.toThrow(/EEXIST|ENOTDIR/);
    expect(await readFile(join(folder, 'a.yaml'), 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['a.yaml', 'file']);
  });

  it('are named where one cannot take its place after others did', async () => {
    await writeFile(join(folder, 'a.yaml'), 'old');
    await mkdir(join(folder, 'b.yaml'));
    await writeFile(join(folder, 'c.yaml'), 'old');
    const files = ['a.yaml', 'b.yaml', 'c.yaml'].map((name) => [name, 'new'] as const);
    await expect(writeFiles(folder, new Map(files))).rejects.toMatchObject({
      code: 'pull/partly-written',
      message: 'b.yaml could not be moved into place, after others were: new are a.yaml; as before are b.yaml, c.yaml',
    });
    expect(await readFile(join(folder, 'a.yaml'), 'utf8')).toBe('new');
    expect(await readFile(join(folder, 'c.yaml'), 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['a.yaml', 'b.yaml', 'c.yaml']);
    const first = writeFiles(folder, new Map([['b.yaml', 'new']]));
    await expect(first).rejects.toThrow(/EISDIR/);
  });

  it('never follow a link out of the folder', async () => {
    const outside = join(await mkdtemp(join(tmpdir(), 'kedge-outside-')), 'precious');
    await writeFile(outside, 'precious');
    await symlink(outside, join(folder, 'tenants.yaml'));
    await writeFiles(folder, new Map([['tenants.yaml', 'version: 1\n']]));
    expect(await readFile(outside, 'utf8')).toBe('precious');
    expect((await lstat(join(folder, 'tenants.yaml'))).isSymbolicLink()).toBe(false);
  });

  it('never go through a folder that is a link to elsewhere', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'kedge-outside-'));
    await symlink(outside, join(folder, 'lambdas'));
    const writing = writeFiles(folder, new Map([['lambdas/claims.js', 'x']]));
    await expect(writing).rejects.toMatchObject({ code: 'desired/outside-repository' });
    expect(await readdir(outside)).toEqual([]);
  });

  it.each(['../up.yaml', '/etc/up.yaml', 'a/../../up.yaml'])('never lie outside the folder: %s', async (path) => {
    await expect(writeFiles(folder, new Map([[path, 'x']]))).rejects.toThrow(TypeError);
  });

  it('are seen when they exist, dangling links too', async () => {
    await symlink('/nowhere', join(folder, 'link'));
    await writeFile(join(folder, 'file'), '');
    expect(await existingFiles(folder, ['file', 'gone', 'link', 'file/below'])).toEqual(['file', 'link']);
    expect(await namesIn(folder)).toEqual(['file', 'link']);
    expect(await namesIn(join(folder, 'gone'))).toEqual([]);
  });
});
