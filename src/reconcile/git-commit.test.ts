import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { readCommit } from './git-commit.js';

const commit = '851d27028286e91ab40d6c506c87a24f847f1314';
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kedge-git-'));
  await mkdir(join(folder, '.git/refs/heads'), { recursive: true });
});
const write = (path: string, text: string): Promise<void> => writeFile(join(folder, path), text);

describe('the commit of a repository', () => {
  it('is that of its branch', async () => {
    await write('.git/HEAD', 'ref: refs/heads/main\n');
    await write('.git/refs/heads/main', `${commit}\n`);
    await mkdir(join(folder, 'deep/in'), { recursive: true });
    expect(await readCommit(join(folder, 'deep/in'))).toBe(commit);
  });

  it('is found among packed refs', async () => {
    await write('.git/HEAD', 'ref: refs/heads/main\n');
    await write('.git/packed-refs', `# pack-refs\n${'0'.repeat(40)} refs/heads/other\n${commit} refs/heads/main\n`);
    expect(await readCommit(folder)).toBe(commit);
  });

  it('is that of a detached head', async () => {
    await write('.git/HEAD', `${commit}\n`);
    expect(await readCommit(folder)).toBe(commit);
  });

  it('is found from a work tree', async () => {
    await write('.git/HEAD', 'ref: refs/heads/main\n');
    await write('.git/refs/heads/side', `${commit}\n`);
    await mkdir(join(folder, '.git/worktrees/side'), { recursive: true });
    await write('.git/worktrees/side/HEAD', 'ref: refs/heads/side\n');
    await write('.git/worktrees/side/commondir', '../..\n');
    const tree = await mkdtemp(join(tmpdir(), 'kedge-tree-'));
    await writeFile(join(tree, '.git'), `gitdir: ${join(folder, '.git/worktrees/side')}\n`);
    expect(await readCommit(tree)).toBe(commit);
  });

  it('is unknown where a reference leads out of git', async () => {
    await write('.git/HEAD', 'ref: refs/../../secret\n');
    expect(await readCommit(folder)).toBeUndefined();
  });
});
