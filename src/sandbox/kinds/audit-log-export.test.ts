import { inflateRawSync } from 'node:zlib';

import { expect, test } from 'vitest';

import { useSandbox } from '../testing/http.js';

const { call, sandbox } = useSandbox({ clock: () => Date.UTC(2026, 0, 15, 8, 30) });

const path = '/api/system/audit-log/export';

async function write(insertUser: string, message: string, others: object = {}): Promise<void> {
  await call('POST', '/api/system/audit-log', { auditLog: { insertUser, message, ...others } });
}

/** The lines of the one file in the archive. */
async function exported(method: string, query: string, body?: object): Promise<readonly string[]> {
  const headers = { authorization: sandbox().apiKey, 'content-type': 'application/json' };
  const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const answer = await fetch(`${sandbox().url}${path}${query}`, init);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/zip');
  const archive = Buffer.from(await answer.arrayBuffer());
  const start = 30 + archive.readUInt16LE(26);
  return inflateRawSync(archive.subarray(start, start + archive.readUInt32LE(18)))
    .toString()
    .split('\r\n');
}

test('the audit log is exported as CSV in an archive, newest entry first', async () => {
  await write('ada@acme.com', 'Updated a, "b"', { newValue: { a: 1 }, reason: 'because' });
  await write('grace@acme.com', 'Deleted b');
  const lines = [
    'id,insertInstant,insertUser,message,reason,oldValue,newValue,data',
    '2,1/15/2026 01:30:00 AM MST,grace@acme.com,Deleted b,,,,{}',
    '1,1/15/2026 01:30:00 AM MST,ada@acme.com,"Updated a, ""b""",because,,"{""a"":1}",{}',
    '',
  ];
  expect(await exported('POST', '', {})).toEqual(lines);
  expect(await exported('GET', '')).toEqual(lines);
});

test('by GET as by POST, with criteria, a format and a zone', async () => {
  await write('ada@acme.com', 'Updated a');
  await write('grace@acme.com', 'Deleted b');
  const expected = [expect.any(String), '2,2026-01-15T09:30,grace@acme.com,Deleted b,,,,{}', ''];
  const format = { dateTimeSecondsFormat: "yyyy-MM-dd'T'HH:mm", zoneId: 'Europe/Berlin' };
  expect(await exported('POST', '', { criteria: { user: 'grace' }, ...format })).toEqual(expected);
  expect(await exported('GET', `?${new URLSearchParams({ user: 'grace', ...format }).toString()}`)).toEqual(expected);
});

test('all entries are in it, whatever a page holds', async () => {
  await call('POST', '/__sandbox/switches', { searchPageLimit: 'hundred' });
  for (let entry = 0; entry < 130; entry += 1) await write('ada@acme.com', 'again');
  expect(await exported('GET', '')).toHaveLength(132);
});

test.each([
  [{ zoneId: 'Mars/Olympus' }, '[invalid]zoneId'],
  [{ dateTimeSecondsFormat: 'QQ' }, '[invalid]dateTimeSecondsFormat'],
])('%j is refused', async (body, code) => {
  const { status, json } = await call('POST', path, body);
  expect(status).toBe(400);
  expect(Object.values<any>(json.fieldErrors)[0][0].code).toBe(code);
});
