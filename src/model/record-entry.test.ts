import { describe, expect, test } from 'vitest';
import { signText } from './digest.js';
import { decodeRecordEntry, encodeRecordEntry, hashKeyOf, newestRecord } from './record-entry.js';
import type { ApplyRecord } from './record.js';

const record: ApplyRecord = {
  version: 1,
  namespace: 'acme',
  environment: 'production',
  instant: 5,
  commit: 'abc',
  planDigest: 'sha256:00',
  objects: [{ kind: 'lambda', key: 'claims', id: 'claims-id', adopted: false, paths: { '/name': 'h' } }],
};
const by = { recordKey: 'record-key', namespace: 'acme', environment: 'production' };
const entry = encodeRecordEntry({ record, summary: '1 created', recordKey: by.recordKey });

test('an entry says in one line who applied what', () => {
  expect(entry).toMatchObject({
    insertUser: 'kedge',
    message: 'kedge apply acme production: 1 created, plan sha256:00',
  });
});

describe('decodeRecordEntry', () => {
  test('gives back what was encoded, through JSON and whatever the server adds', () => {
    const stored = JSON.parse(JSON.stringify({ ...entry, id: 7, insertInstant: 1 }));
    expect(decodeRecordEntry(stored, by)).toEqual({ is: 'record', record });
  });

  test.each([
    ['signed with another key', entry, { ...by, recordKey: 'other' }],
    [
      'changed after it was signed',
      { ...entry, newValue: { ...entry.newValue, kedgeRecord: entry.newValue.kedgeRecord.replace('5', '6') } },
      by,
    ],
    ['of another environment', entry, { ...by, environment: 'staging' }],
    ['of another namespace', entry, { ...by, namespace: 'globex' }],
    ['without a record', { message: entry.message }, by],
    ['signed, but no record', { newValue: { kedgeRecord: '[]', signature: signText('record-key', '[]') } }, by],
    ['no entry at all', 'text', by],
  ])('does not take one that is %s', (_, bad, key) => {
    expect(decodeRecordEntry(bad, key).is).toBe('bad');
  });
});

test('the newest of the records counts, wherever it was found', () => {
  const newer = { ...record, instant: 9 };
  expect(newestRecord([record, undefined, newer])).toBe(newer);
  expect(newestRecord([undefined])).toBeUndefined();
});

test('the key of hashes is not the key of signatures', () => {
  expect(hashKeyOf('record-key')).not.toBe('record-key');
});
