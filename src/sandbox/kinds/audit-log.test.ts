import { beforeEach, describe, expect, test } from 'vitest';

import type { Answer, Instance, SearchTest } from '../kind.js';
import { auditLog } from './audit-log.js';
import { callRoute, emptyInstance } from '../testing/call.js';

let instance: Instance;
beforeEach(() => {
  instance = emptyInstance([auditLog]);
});

describe('an entry', () => {
  test('gets a number for an id and is read by it', async () => {
    await post({ insertUser: 'kedge', message: 'first' });
    const { body } = await post({ insertUser: ' kedge ', message: ' second ', newValue: { digest: 'abc' } });
    expect(body).toMatchObject({
      auditLog: { id: 2, insertUser: 'kedge', message: 'second', newValue: { digest: 'abc' } },
    });
    expect((await read('2')).body).toEqual(body);
    await expect(read('3')).rejects.toMatchObject({ status: 404 });
  });

  test('needs a user and a message', async () => {
    await expect(post({ reason: 'r' })).rejects.toThrow(/\[blank\]auditLog\.insertUser.*\[blank\]auditLog\.message/);
  });
});

test.each([
  ['user', 'ked*', true],
  ['user', 'admin', false],
  ['newValue', '*42d7d823*', true],
  ['oldValue', '42d7d823', false],
  ['start', '9999999999999', false],
  ['end', '9999999999999', true],
])('the search criterion %s=%s fits: %s', async (criterion, value, fits) => {
  await post({ insertUser: 'kedge', message: 'm', newValue: { id: '42d7d823-4c89-4ccd-8c47-1259247103a7' } });
  const entry = instance.store.get('auditLog', '1')!;
  const rule = auditLog.search?.criteria[criterion] as SearchTest;
  expect(rule(entry, value, instance)).toBe(fits);
});

function post(entry: Record<string, unknown>): Promise<Answer> {
  return callRoute(auditLog, instance, { method: 'POST', path: '/api/system/audit-log', body: { auditLog: entry } });
}

function read(auditLogId: string): Promise<Answer> {
  return callRoute(auditLog, instance, {
    method: 'GET',
    path: '/api/system/audit-log/:auditLogId{[0-9]+}',
    params: { auditLogId },
  });
}
