import { expect, test } from 'vitest';

import { clientOf, type Client } from './client.js';

const all = (_address: string): boolean => true;

function clientAt(remoteAddress: string, headers: Record<string, string>, trusts = all): Client {
  const request = new Request('http://127.0.0.1/api/user', { headers });
  // `as`: of a connection only the address is looked at.
  return clientOf(request, { incoming: { socket: { remoteAddress } } as never }, trusts);
}

test.each([
  ['is the other end of the connection', '203.0.113.7', {}, '203.0.113.7'],
  ['is written as IPv4 on a socket for both', '::ffff:203.0.113.7', {}, '203.0.113.7'],
  ['keeps its IPv6 address', '2001:db8::7', {}, '2001:db8::7'],
  [
    'is the first one that proxies name',
    '127.0.0.1',
    { 'x-forwarded-for': '198.51.100.2, 203.0.113.7' },
    '198.51.100.2',
  ],
])('a client %s', (_, remoteAddress, headers, ipAddress) => {
  expect(clientAt(remoteAddress, headers)).toEqual({ ipAddress });
});

test.each([
  ['10.0.0.1', '198.51.100.2, 203.0.113.7, 10.0.0.9', '203.0.113.7'],
  ['10.0.0.1', '10.0.0.8, 10.0.0.9', '10.0.0.8'],
  ['203.0.113.7', '198.51.100.2', '203.0.113.7'],
])(
  'trap: what an untrusted proxy names does not count: from %s by way of %s',
  (remoteAddress, forwarded, ipAddress) => {
    const trusts = (address: string): boolean => address.startsWith('10.');
    expect(clientAt(remoteAddress, { 'x-forwarded-for': forwarded }, trusts)).toEqual({ ipAddress });
  },
);

test('the user agent is the header as it was sent', () => {
  expect(clientAt('203.0.113.7', { 'user-agent': 'crew-app/2.1' }).userAgent).toBe('crew-app/2.1');
});

test('a request from inside has no client', () => {
  expect(clientOf(new Request('http://127.0.0.1/api/user'), {}, all)).toEqual({});
});
