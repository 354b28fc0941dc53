import { randomBytes } from 'node:crypto';
import { lstat, mkdir, open, readdir, realpath, rename, unlink } from 'node:fs/promises';
import { dirname, isAbsolute, join, posix, relative, sep } from 'node:path';
import { KedgeError } from '../model/index.js';

/** Which of these paths are there already, in the order given. A link counts, wherever it leads. */
export async function existingFiles(folder: string, paths: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(paths.map((path) => isThere(join(folder, path))));
  return paths.filter((_, index) => found[index]);
}

/** The names in a folder; none where there is no such folder. */
export async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/**
 * Writes files into a folder, each whole or not at all, and none before all of them are on the disk beside their places:
 * then they are moved there, one after the other. A link in a place is replaced, not followed, and a folder that leads elsewhere is refused.
 * @param files - path within the folder, with `/` → text.
 * @throws {@link KedgeError} `desired/outside-repository`, `pull/partly-written` where a move failed after others were made, and TypeError for a path that leads out of the folder: a bug, since paths are made here.
 */
export async function writeFiles(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  for (const path of files.keys()) {
    const inside = posix.normalize(path);
    if (posix.isAbsolute(inside) || inside.split('/').includes('..'))
      throw new TypeError(`${path} leads out of the folder`);
  }
  await mkdir(folder, { recursive: true });
  const root = await realpath(folder);
  const written: { readonly path: string; readonly beside: string; readonly target: string }[] = [];
  try {
    for (const [path, text] of files) {
      const target = join(folder, path);
      await mkdir(dirname(target), { recursive: true });
      if (!isInside(root, await realpath(dirname(target)))) throw outside(path);
      const beside = join(dirname(target), `.${randomBytes(8).toString('hex')}.tmp`);
      written.push({ path, beside, target });
      await writeBeside(beside, { text, mode: await modeOf(target) });
    }
    await moveAll(written);
  } catch (error) {
    for (const { beside } of written) await unlink(beside).catch(() => undefined);
    throw error;
  }
}

/** @throws {@link KedgeError} `pull/partly-written` where only some could be moved; the error of the disk where none was. */
async function moveAll(
  files: readonly { readonly path: string; readonly beside: string; readonly target: string }[],
): Promise<void> {
  const moved: string[] = [];
  for (const { path, beside, target } of files) {
    try {
      await rename(beside, target);
    } catch (cause) {
      if (moved.length === 0) throw cause;
      const left = files.slice(moved.length).map((file) => file.path);
      throw new KedgeError({
        code: 'pull/partly-written',
        message: `${path} could not be moved into place, after others were: new are ${moved.join(', ')}; as before are ${left.join(', ')}`,
        hint: `make ${path} a file that can be replaced, and run the command again; git diff shows what is new`,
        cause,
      });
    }
    moved.push(path);
  }
}

async function writeBeside(
  path: string,
  content: { readonly text: string; readonly mode: number | undefined },
): Promise<void> {
  const file = await open(path, 'wx');
  try {
    if (content.mode !== undefined) await file.chmod(content.mode);
    await file.writeFile(content.text, 'utf8');
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Who may read a file that is there already: the one in its place is for the same people. */
async function modeOf(path: string): Promise<number | undefined> {
  try {
    const stats = await lstat(path);
    return stats.isFile() ? stats.mode & 0o777 : undefined;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function isInside(root: string, folder: string): boolean {
  const way = relative(root, folder);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function outside(path: string): KedgeError {
  return new KedgeError({
    code: 'desired/outside-repository',
    message: `${path} would be written through a link that leads elsewhere`,
    hint: 'put a folder in the place of the link',
  });
}

async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
