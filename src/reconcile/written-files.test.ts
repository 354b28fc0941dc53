import { lstat, mkdtemp, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
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
