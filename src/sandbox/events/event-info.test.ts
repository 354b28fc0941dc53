import { expect, test } from 'vitest';

import { eventInfoOf } from './event-info.js';

const client = { ipAddress: '203.0.113.7', userAgent: 'crew-app/2.1' };

test.each([
  ['nothing is said', undefined, client],
  ['only the device is said', { deviceName: 'iPhone' }, { ...client, deviceName: 'iPhone' }],
  ['another address is said', { ipAddress: '198.51.100.2', os: null }, { ...client, ipAddress: '198.51.100.2' }],
  ['what is said is no object', 'iPhone', client],
])('of an event where %s', (_, eventInfo, expected) => {
  expect(eventInfoOf({ body: { eventInfo }, client })).toEqual(expected);
});

test('nothing is known of a request from inside', () => {
  expect(eventInfoOf({ body: {} })).toBeUndefined();
});
