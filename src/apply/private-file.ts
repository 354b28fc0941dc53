import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rename, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The text of a file, or undefined where there is none. */
export async function readPrivateFile(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** Writes a file that only its owner may read, in a directory of the same kind. It is never there half-written. */
export async function replacePrivateFile(path: string, text: string): Promise<void> {
  const temporary = await writeBeside(path, text);
  try {
    await rename(temporary, path);
  } catch (error) {
    await unlink(temporary);
    throw error;
  }
  await syncDirectory(dirname(path));
}

/** As {@link replacePrivateFile}, but leaves a file that is there. @returns the text that is there afterwards. */
export async function createPrivateFile(path: string, text: string): Promise<string> {
  const temporary = await writeBeside(path, text);
  try {
    for (;;) {
      if (await linked(temporary, path)) return text;
      const there = await readPrivateFile(path);
      // Gone again before it could be read: the name is free.
      if (there !== undefined) return there;
    }
  } finally {
    await unlink(temporary);
  }
}

/** Unlike rename, link refuses when the name is taken: of two processes that both begin, one file wins for both. */
async function linked(temporary: string, path: string): Promise<boolean> {
  try {
    await link(temporary, path);
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
  await syncDirectory(dirname(path));
  return true;
}

async function writeBeside(path: string, text: string): Promise<string> {
  const directory = dirname(path);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const temporary = join(directory, `.${randomBytes(8).toString('hex')}.tmp`);
  const file = await open(temporary, 'wx', 0o600);
  try {
    await file.writeFile(text, 'utf8');
    await file.sync();
  } catch (error) {
    // A full disk, as a rule: what was written of it is of no use to anybody.
    await unlink(temporary);
    throw error;
  } finally {
    await file.close();
  }
  return temporary;
}

/** A rename is only certain to survive a power cut once the directory is on disk too. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } catch (error) {
    // Windows and some network file systems do not sync directories.
    if (!isCode(error, 'EPERM') && !isCode(error, 'EINVAL')) throw error;
  } finally {
    await directory.close();
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
