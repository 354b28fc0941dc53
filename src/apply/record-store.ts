import { join } from 'node:path';
import { type ApplyRecord, canonicalJson, type Finding, parseRecord } from '../model/index.js';
import { readPrivateFile, replacePrivateFile } from './private-file.js';

/** Keeps the records of a repository's environments in its `.kedge/` directory. */
export interface RecordStore {
  /** The record of an environment; with a warning instead where the file is not one of this namespace and environment. */
  readonly read: (of: {
    readonly namespace: string;
    readonly environment: string;
  }) => Promise<{ readonly record: ApplyRecord | undefined; readonly findings: readonly Finding[] }>;
  /** Replaces the record of its environment. */
  readonly write: (record: ApplyRecord) => Promise<void>;
}

/** @param directory - the repository's `.kedge/`; made on the first write. */
export function createRecordStore(directory: string): RecordStore {
  // Encoded, so that no environment's name leads out of the directory.
  const pathOf = (environment: string): string => join(directory, 'records', `${encodeURIComponent(environment)}.json`);
  return {
    read: async ({ namespace, environment }) => {
      const text = await readPrivateFile(pathOf(environment));
      if (text === undefined) return { record: undefined, findings: [] };
      const record = parseRecord(text);
      if (record?.namespace === namespace && record.environment === environment) return { record, findings: [] };
      return { record: undefined, findings: [unreadable(environment, record === undefined)] };
    },
    write: (record) => replacePrivateFile(pathOf(record.environment), `${canonicalJson(record)}\n`),
  };
}

function unreadable(environment: string, broken: boolean): Finding {
  return {
    code: 'record/unreadable',
    severity: 'warning',
    message: `the record of ${environment} in .kedge/ ${broken ? 'cannot be read' : 'is of another project or environment'}`,
    hint: 'without a record drift is not told from what is pending; the next apply writes a new one',
  };
}
