import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { hashKeyOf } from '../model/index.js';
import { createPrivateFile, readPrivateFile } from './private-file.js';

/**
 * The key of the hashes in edits and records: derived from the record key where there is one, so that every machine has
 * the same, else the one of this repository's `.kedge/hash-key`.
 * @param options.create - true on an apply: makes the file where it is missing. Reading commands leave no trace.
 * @returns for a reading command without either, a key that is good for this one run.
 */
export async function loadHashKey(options: {
  readonly directory: string;
  readonly recordKey?: string | undefined;
  readonly create: boolean;
}): Promise<string> {
  const { directory, recordKey, create } = options;
  if (recordKey !== undefined) return hashKeyOf(recordKey);
  const path = join(directory, 'hash-key');
  const there = await readPrivateFile(path);
  if (there !== undefined && there.trim() !== '') return there.trim();
  const key = randomBytes(32).toString('base64url');
  return create ? (await createPrivateFile(path, `${key}\n`)).trim() : key;
}
