import { expect, test } from 'vitest';

import { ipv4Number, letsIn } from './ip-access.js';

test.each(['', '*', '10.0.0', '10.0.0.256', '10.0.0.01', '10.0.0.1.2', '::1', ' 10.0.0.1'])(
  '"%s" is no IPv4 address',
  (text) => {
    expect(ipv4Number(text)).toBeUndefined();
  },
);

test('addresses are compared by their numbers, not as texts', () => {
  expect(Number(ipv4Number('9.255.255.255'))).toBeLessThan(Number(ipv4Number('10.0.0.0')));
  expect(ipv4Number('255.255.255.255')).toBe(2 ** 32 - 1);
});

test.each([
  ['10.0.0.1', true],
  ['10.0.0.255', true],
  ['10.0.1.0', false],
  ['192.168.1.7', false],
  ['2001:db8::1', false],
])('%s is let in: %s', (address, wanted) => {
  const entries = [
    { startIPAddress: '*', action: 'Block' },
    { startIPAddress: '10.0.0.0', endIPAddress: '10.0.0.255', action: 'Allow' },
    { startIPAddress: '192.168.1.7', endIPAddress: '192.168.1.7', action: 'Block' },
  ];
  expect(letsIn({ entries }, address, { overlappingIpRanges: 'first' })).toBe(wanted);
});
