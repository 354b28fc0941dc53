import { signText } from './digest.js';
import { canonicalJson, isJsonObject } from './json.js';
import type { ApplyRecord, RecordedObject } from './record.js';

/** Who kedge says it is in the audit log of an instance. */
export const recordUser = 'kedge';

/**
 * A record as an entry of the instance's audit log. The record stands in it as text: the server masks values of fields
 * it takes for sensitive (since 1.49), and one masked hash would break the signature.
 */
export interface RecordEntry {
  readonly insertUser: string;
  readonly message: string;
  readonly newValue: { readonly kedgeRecord: string; readonly signature: string };
}

/** What an audit-log entry turned out to be. */
export type DecodedEntry =
  | { readonly is: 'record'; readonly record: ApplyRecord }
  | { readonly is: 'bad'; readonly why: string };

/** How each message of a record of this namespace and environment begins: what a search looks for. */
export function recordMessagePrefix(of: { readonly namespace: string; readonly environment: string }): string {
  return `kedge apply ${of.namespace} ${of.environment}:`;
}

/**
 * Writes and signs the audit-log entry of a record.
 * @param input.summary - how many changes of each sort, for people: `2 created, 1 updated`.
 */
export function encodeRecordEntry(input: {
  readonly record: ApplyRecord;
  readonly summary: string;
  readonly recordKey: string;
}): RecordEntry {
  const kedgeRecord = canonicalJson(input.record);
  return {
    insertUser: recordUser,
    message: `${recordMessagePrefix(input.record)} ${input.summary}, plan ${input.record.planDigest}`,
    newValue: { kedgeRecord, signature: signText(input.recordKey, kedgeRecord) },
  };
}

/**
 * Reads an audit-log entry back. Anybody who may call the audit-log API can write an entry under any name: only the
 * signature says that a holder of the record key made this one, and only its content says which environment it is of.
 */
export function decodeRecordEntry(
  entry: unknown,
  by: { readonly recordKey: string; readonly namespace: string; readonly environment: string },
): DecodedEntry {
  const value = isJsonObject(entry) ? entry['newValue'] : undefined;
  if (!isJsonObject(value)) return { is: 'bad', why: 'it holds no record' };
  const { kedgeRecord, signature } = value;
  if (typeof kedgeRecord !== 'string' || typeof signature !== 'string') return { is: 'bad', why: 'it holds no record' };
  if (signText(by.recordKey, kedgeRecord) !== signature) return { is: 'bad', why: 'its signature is not of this key' };
  const record = parseRecord(kedgeRecord);
  if (record === undefined) return { is: 'bad', why: 'its record is not in a form this version reads' };
  if (record.namespace !== by.namespace || record.environment !== by.environment) {
    return { is: 'bad', why: 'its record is of another environment' };
  }
  return { is: 'record', record };
}

/** The key of keyed hashes that goes with a record key: apart from it, so that no hash is ever also a signature. */
export function hashKeyOf(recordKey: string): string {
  return signText(recordKey, 'kedge hash key 1');
}

/** The newest of the records that were found; undefined when there are none. On a tie the first one wins. */
export function newestRecord(records: readonly (ApplyRecord | undefined)[]): ApplyRecord | undefined {
  let newest: ApplyRecord | undefined;
  for (const record of records) {
    if (record !== undefined && (newest === undefined || record.instant > newest.instant)) newest = record;
  }
  return newest;
}

/** Reads a record from JSON text; undefined for anything that is not one this version knows. */
export function parseRecord(text: string): ApplyRecord | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isJsonObject(value) || value['version'] !== 1) return undefined;
  const { namespace, environment, instant, commit, planDigest, objects } = value;
  if (typeof namespace !== 'string' || typeof environment !== 'string' || typeof planDigest !== 'string')
    return undefined;
  if (typeof instant !== 'number' || !Number.isFinite(instant) || !Array.isArray(objects)) return undefined;
  if (commit !== undefined && typeof commit !== 'string') return undefined;
  if (!objects.every(isRecordedObject)) return undefined;
  return {
    version: 1,
    namespace,
    environment,
    instant,
    ...(commit === undefined ? {} : { commit }),
    planDigest,
    objects,
  };
}

function isRecordedObject(value: unknown): value is RecordedObject {
  return (
    isJsonObject(value) &&
    typeof value['kind'] === 'string' &&
    typeof value['key'] === 'string' &&
    typeof value['id'] === 'string' &&
    typeof value['adopted'] === 'boolean' &&
    isJsonObject(value['paths']) &&
    Object.values(value['paths']).every((hash) => typeof hash === 'string')
  );
}
