import { readFile, stat } from 'node:fs/promises';
import { replacePrivateFile } from '../apply/index.js';
import { KedgeError, type KedgeErrorCode } from '../model/index.js';

/** More than any instance fills; the longest text that Node can hold is about as long. */
const longestFile = 500_000_000;

/** What is said where a file that somebody named cannot be read or written. */
export interface NamedFileWords {
  readonly code: KedgeErrorCode;
  /** `the snapshot /srv/production.snapshot.json`. */
  readonly what: string;
  readonly hint: string;
}

/** The text of a file that somebody named. @throws {@link KedgeError} with these words. */
export async function readNamedFile(path: string, words: NamedFileWords): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > longestFile) throw new RangeError(`it is longer than ${longestFile} bytes`);
    return await readFile(path, 'utf8');
  } catch (cause) {
    const { code, what, hint } = words;
    throw new KedgeError({ code, message: `${what} cannot be read: ${reasonOf(cause)}`, hint, cause });
  }
}

/** Writes a file that somebody named, whole or not at all, for its owner only. @throws {@link KedgeError} with these words. */
export async function writeNamedFile(path: string, text: string, words: NamedFileWords): Promise<void> {
  try {
    await replacePrivateFile(path, text);
  } catch (cause) {
    const { code, what, hint } = words;
    const message = `${what} could not be written: ${reasonOf(cause)}; what was there before is as it was`;
    throw new KedgeError({ code, message, hint, cause });
  }
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'it failed';
  // Node puts `code` on system errors without a type for it.
  const { code } = cause as { code?: unknown };
  if (code === 'ENOENT') return 'there is no such file or folder';
  if (code === 'EISDIR') return 'it is a folder';
  return typeof code === 'string' ? code : cause.message;
}
