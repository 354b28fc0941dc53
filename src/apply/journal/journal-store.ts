import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Catalog } from '../../catalog/index.js';
import { createPrivateFile, readPrivateFile } from '../private-file.js';
import { type Journal, type JournalHeader, journalLine } from './journal.js';
import { JournalFile, notWritten } from './journal-file.js';
import { parseJournal } from './parse-journal.js';

/** The folder of an environment's journals. Encoded, so that no environment's name leads out of it. */
function folderOf(of: JournalPlace): string {
  return join(of.directory, 'journals', encodeURIComponent(of.environment));
}

/** Whose journals: the repository's `.kedge/`, and one of its environments. */
export interface JournalPlace {
  readonly directory: string;
  readonly environment: string;
}

/** Makes the journal of a run, with its first line on the disk. @throws KedgeError `journal/not-written`. */
export async function createJournal(directory: string, header: JournalHeader): Promise<JournalFile> {
  const { plan } = header.file;
  const folder = folderOf({ directory, environment: plan.environment });
  const instant = new Date(header.instant).toISOString().replaceAll(/[-:.]/g, '');
  const name = `${instant}-${plan.digest.replace(/^.*:/, '').slice(0, 8)}`;
  const line = journalLine(header);
  for (let count = 1; ; count += 1) {
    const path = join(folder, `${name}${count === 1 ? '' : `-${count}`}.jsonl`);
    try {
      // The name is taken where two runs begin in one millisecond of the clock they were given.
      if ((await createPrivateFile(path, line)) !== line) continue;
    } catch (cause) {
      throw notWritten(path, cause);
    }
    return JournalFile.open(path);
  }
}

/** The path of the newest journal of an environment; undefined where it has none. */
export async function newestJournal(of: JournalPlace): Promise<string | undefined> {
  const folder = folderOf(of);
  const names = await namesIn(folder);
  const stems = names.flatMap((name) => /^(\d{8}T\d{9}Z-[0-9a-f]{1,8}(?:-\d+)?)\.jsonl$/.exec(name)?.[1] ?? []);
  const newest = stems.sort().at(-1);
  return newest === undefined ? undefined : join(folder, `${newest}.jsonl`);
}

/**
 * Reads a journal.
 * @returns undefined where there is no such file. @throws KedgeError `journal/unreadable`.
 */
export async function readJournal(path: string, catalog: Catalog): Promise<Journal | undefined> {
  const text = await readPrivateFile(path);
  return text === undefined ? undefined : parseJournal(text, { catalog, from: path });
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
