import { EventType } from '@fusionauth/typescript-client';
import { expect, test } from 'vitest';

import { eventTypesOf, factsOf } from './event-types.js';

test('every event type of the client is known, and no other', () => {
  expect(eventTypesOf('1.69.0')).toEqual(Object.values<string>(EventType).toSorted(byText));
  expect(factsOf('tenant.create')).toBeUndefined();
});

test('events of the instance and those after the fact are in no transaction', () => {
  const outside = eventTypesOf('1.69.0').filter((type) => factsOf(type)?.transactional === false);
  expect(outside).toEqual(
    expect.arrayContaining(['audit-log.create', 'event-log.create', 'kickstart.success', 'test']),
  );
  expect(eventTypesOf('1.69.0').filter((type) => type.endsWith('.complete') && !outside.includes(type))).toEqual([]);
  expect(factsOf('user.create')).toEqual({ scope: 'tenant', transactional: true });
});

test.each([
  ['entity.create', '1.68.4', '1.69.0'],
  ['user.two-factor.success', '1.67.1', '1.68.0'],
  ['user.identity.verified', '1.58.2', '1.59.0'],
])('%s is unknown to %s and known to %s', (type, before, since) => {
  expect(eventTypesOf(before)).not.toContain(type);
  expect(eventTypesOf(since)).toContain(type);
});

function byText(left: string, right: string): number {
  return left < right ? -1 : 1;
}
