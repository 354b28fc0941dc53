import type { ReadClient } from '../catalog/index.js';
import {
  type ApplyRecord,
  decodeRecordEntry,
  type Finding,
  isJsonObject,
  KedgeError,
  newestRecord,
  recordMessagePrefix,
  recordUser,
} from '../model/index.js';

/** The record that was found, and what was wrong with others. */
export interface RecordReading {
  readonly record: ApplyRecord | undefined;
  readonly findings: readonly Finding[];
}

/** So few that one answer stays small, so many that a handful of forged entries cannot hide the real one. */
const ENTRIES = 10;

/**
 * Finds the newest record of an environment in the audit log.
 * Entries that this key did not sign are passed over and reported: anybody who may write the audit log can forge one.
 * @returns no record and a warning where the key may not read the audit log: kedge works without a record.
 */
export async function readAuditRecord(
  client: ReadClient,
  of: { readonly namespace: string; readonly environment: string; readonly recordKey: string },
): Promise<RecordReading> {
  const entries = await searchEntries(client, of);
  if ('finding' in entries) return { record: undefined, findings: [entries.finding] };
  const decoded = entries.list.map((entry) => ({ entry, result: decodeRecordEntry(entry, of) }));
  const findings = decoded.flatMap(({ entry, result }): Finding[] => {
    if (result.is === 'record') return [];
    const id = isJsonObject(entry) ? JSON.stringify(entry['id']) : '?';
    return [
      {
        code: 'record/bad-signature',
        severity: 'warning',
        message: `audit-log entry ${id} looks like a record of ${of.environment} and is not taken: ${result.why}`,
        hint: 'find out who wrote it, or, after a change of the record key, apply once to write a new one',
      },
    ];
  });
  return {
    record: newestRecord(decoded.map(({ result }) => (result.is === 'record' ? result.record : undefined))),
    findings,
  };
}

async function searchEntries(
  client: ReadClient,
  of: { readonly namespace: string; readonly environment: string },
): Promise<{ readonly list: readonly unknown[] } | { readonly finding: Finding }> {
  try {
    const { response } = await client.searchAuditLogs({
      search: {
        user: recordUser,
        // `*` is a wildcard, `**` an asterisk.
        message: `${recordMessagePrefix(of).replaceAll('*', '**')}*`,
        orderBy: 'insertInstant DESC',
        numberOfResults: ENTRIES,
        startRow: 0,
      },
    });
    const list: unknown = response.auditLogs;
    if (!Array.isArray(list)) {
      throw new KedgeError({
        code: 'live/bad-response',
        message: 'the search in the audit log was answered without entries',
      });
    }
    return { list };
  } catch (error) {
    if (
      !(error instanceof KedgeError) ||
      !['live/unauthorized', 'live/forbidden', 'live/not-found'].includes(error.code)
    ) {
      throw error;
    }
    return {
      finding: {
        code: 'record/unreadable',
        severity: 'warning',
        message: `the record in the instance cannot be read: ${error.message}`,
        hint: 'give the key POST on /api/system/audit-log/search, or rely on the record in .kedge/',
      },
    };
  }
}
