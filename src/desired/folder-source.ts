import { constants } from 'node:fs';
import { type FileHandle, open, readdir, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { KedgeError } from '../model/index.js';
import type { FileRead, FileSource, FolderEntry } from './file-source.js';

/** Reads the repository in a folder of this machine. Symbolic links are followed only as far as the root reaches. */
export function createFolderSource(root: string): FileSource {
  let real: Promise<string> | undefined;
  /** The real path, or undefined when it is outside. Rejects as `realpath` does. */
  const inside = async (path: string): Promise<string | undefined> => {
    real ??= realpath(root);
    const base = await real;
    if (!contains(resolve(root), resolve(root, path))) return undefined;
    const target = await realpath(join(root, path));
    return contains(base, target) ? target : undefined;
  };
  return {
    list: async (folder) => {
      try {
        const target = await inside(folder);
        if (target === undefined) return undefined;
        const entries = await readdir(target, { withFileTypes: true });
        return entries.map((entry): FolderEntry => ({
          name: entry.name,
          type: entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : entry.isSymbolicLink() ? 'link' : 'other',
        }));
      } catch (error) {
        if (isNothingThere(error)) return undefined;
        throw unreadableFolder(folder, error);
      }
    },
    read: async (path, maxBytes) => {
      try {
        const target = await inside(path);
        return target === undefined ? { state: 'outside' } : await readRegularFile(target, maxBytes);
      } catch (error) {
        if (isNothingThere(error)) return { state: 'missing' };
        return { state: 'unreadable', why: errorName(error) };
      }
    },
  };
}

/**
 * The folder at or above `start` that holds `kedge.yaml`.
 * @throws {@link KedgeError} `cli/not-a-repository` where there is none.
 */
export async function findRepository(start: string): Promise<string> {
  const from = resolve(start);
  for (let folder = from; ; folder = dirname(folder)) {
    const found = await stat(join(folder, 'kedge.yaml')).then(
      (file) => file.isFile(),
      () => false,
    );
    if (found) return folder;
    if (folder === dirname(folder)) break;
  }
  throw new KedgeError({
    code: 'cli/not-a-repository',
    message: `there is no kedge.yaml in ${from} or any folder above it`,
    hint: 'run kedge init to make one, or name the repository with -C <folder>',
  });
}

/** A device or a pipe would never end, so only a regular file is read, and never more of it than is allowed. */
async function readRegularFile(path: string, maxBytes: number): Promise<FileRead> {
  let handle: FileHandle | undefined;
  try {
    // The path is already free of links: one that appears now was put there in between, and is refused.
    handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
    const stats = await handle.stat();
    if (!stats.isFile()) return { state: 'unreadable', why: 'it is not a regular file' };
    if (stats.size > maxBytes) return { state: 'too-large', bytes: stats.size };
    const bytes = await handle.readFile();
    return bytes.length > maxBytes ? { state: 'too-large', bytes: bytes.length } : { state: 'read', bytes };
  } finally {
    await handle?.close();
  }
}

function contains(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function errorName(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
}

function isNothingThere(error: unknown): boolean {
  const name = errorName(error);
  return name === 'ENOENT' || name === 'ENOTDIR';
}

function unreadableFolder(folder: string, cause: unknown): KedgeError {
  return new KedgeError({
    code: 'desired/unreadable-file',
    message: `the folder ${folder === '' ? '.' : folder} cannot be read (${errorName(cause)})`,
    hint: 'check its permissions',
    cause,
  });
}
