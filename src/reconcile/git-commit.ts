import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/**
 * The commit that a folder's repository stands at, read from git's own files (gitrepository-layout(5)); undefined where
 * there is none, or it is kept in a way this does not know. Information only: nothing depends on it.
 */
export async function readCommit(folder: string): Promise<string | undefined> {
  const git = await gitDirectory(folder);
  if (git === undefined) return undefined;
  const head = (await textOf(join(git, 'HEAD')))?.trim();
  if (head === undefined || /^[0-9a-f]{40,64}$/.test(head)) return head;
  const name = /^ref: (refs\/[\w./-]+)$/.exec(head)?.[1];
  if (name === undefined || name.includes('..')) return undefined;
  const common = (await textOf(join(git, 'commondir')))?.trim();
  const shared = common === undefined ? git : resolve(git, common);
  const loose = (await textOf(join(shared, name)))?.trim();
  if (loose !== undefined) return /^[0-9a-f]{40,64}$/.test(loose) ? loose : undefined;
  const packed = (await textOf(join(shared, 'packed-refs'))) ?? '';
  const line = packed.split('\n').find((text) => text.endsWith(` ${name}`));
  return /^[0-9a-f]{40,64}(?= )/.exec(line ?? '')?.[0];
}

async function gitDirectory(folder: string): Promise<string | undefined> {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const git = join(at, '.git');
    if ((await textOf(join(git, 'HEAD'))) !== undefined) return git;
    // In a work tree or a submodule `.git` is a file that says where the directory is.
    const link = /^gitdir: (.+)$/m.exec((await textOf(git)) ?? '')?.[1];
    if (link !== undefined) return resolve(at, link.trim());
    if (at === dirname(at)) return undefined;
  }
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    // A repository that cannot be read is as good as none: the commit is information only.
    return undefined;
  }
}
