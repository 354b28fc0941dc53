import { parameterError } from '../errors.js';
import { valueAt } from '../fields.js';
import { DateFormatError, formatInstant } from '../java-date.js';
import type { Answer, Call, Kind, SearchRule } from '../kind.js';
import { searchKind } from '../search.js';
import type { Fields, StoredObject } from '../store.js';
import { zipArchive } from '../zip-archive.js';
import { isBlank, isRecord } from './normal-text.js';
import { undocumentedText } from '../undocumented-text.js';

/** FusionAuth docs apis/audit-logs, `dateTimeSecondsFormat`. */
const defaultFormat = 'M/d/yyyy hh:mm:ss a z';

/** The columns, their order and names, and the name of the file are UNVERIFIED (switch undocumentedTexts). */
const columns = ['id', 'insertInstant', 'insertUser', 'message', 'reason', 'oldValue', 'newValue', 'data'] as const;
const fileName = 'audit_logs.csv';

/**
 * The audit log as a ZIP archive with a CSV file in it, newest entry first. Source: FusionAuth docs apis/audit-logs, export;
 * `AuditLogExportRequest` of fusionauth-java-client.
 */
export function exportAuditLog(kind: Kind, rule: SearchRule, call: Call): Answer {
  const { now, store, switches } = call.instance;
  const [configuration] = store.all('systemConfiguration');
  const { criteria, dateTimeSecondsFormat, zoneId } = requestOf(call);
  const format = {
    pattern: isBlank(dateTimeSecondsFormat) ? defaultFormat : String(dateTimeSecondsFormat),
    zone: String(isBlank(zoneId) ? (valueAt(configuration, 'reportTimezone') ?? 'UTC') : zoneId),
  };
  // Before any entry is looked at: what is wrong with the request is wrong without entries, too.
  const problem = formatProblem(format);
  if (problem !== undefined) throw problem;
  const rows = entriesOf(criteria, { kind, rule, call }).map((entry) => {
    const shown: Fields = {
      ...entry,
      id: entry['sequence'],
      insertInstant: formatInstant(Number(entry['insertInstant']), format),
    };
    return columns.map((name) => cell(shown[name]));
  });
  const heading = columns.map((name) => undocumentedText(name, switches));
  const text = [heading, ...rows].map((row) => `${row.join(',')}\r\n`).join('');
  const value = zipArchive([{ name: undocumentedText(fileName, switches), text, instant: now() }]);
  return { status: 200, bytes: { contentType: 'application/zip', value } };
}

/** GET has the criteria and the rest side by side in the query. */
function requestOf({ method, query, body }: Call): Fields {
  if (method !== 'GET') return isRecord(body) ? body : {};
  const { dateTimeSecondsFormat, zoneId, ...criteria } = Object.fromEntries(query);
  return { criteria, dateTimeSecondsFormat, zoneId };
}

function formatProblem(format: Parameters<typeof formatInstant>[1]): Error | undefined {
  try {
    formatInstant(0, format);
    return undefined;
  } catch (error) {
    if (!(error instanceof DateFormatError)) throw error;
    return parameterError('invalid', error.what === 'zone' ? 'zoneId' : 'dateTimeSecondsFormat', error.message);
  }
}

/** All of them, page by page. */
function entriesOf(
  criteria: unknown,
  { kind, rule, call }: { readonly kind: Kind; readonly rule: SearchRule; readonly call: Call },
): readonly StoredObject[] {
  const entries: StoredObject[] = [];
  for (;;) {
    const search = { ...(isRecord(criteria) ? criteria : {}), startRow: entries.length, numberOfResults: 1000 };
    const { objects, total } = searchKind(kind, rule, { ...call, method: 'POST', body: { search } });
    entries.push(...objects);
    if (objects.length === 0 || entries.length >= total) return entries;
  }
}

/** RFC 4180 §2: quotes around what has a comma, a quote or a line break in it, and its quotes doubled. */
function cell(value: unknown): string {
  if (value === undefined || value === null) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
