import { expect, test } from 'vitest';

import { Store } from './store.js';
import { trustsProxy } from './trusted-proxies.js';

function configured(trustPolicy: string, trusted: readonly string[]): Store {
  const store = new Store();
  store.put('systemConfiguration', { id: 'system', trustedProxyConfiguration: { trustPolicy, trusted } });
  return store;
}

test.each([
  ['10.1.2.3', true],
  ['11.1.2.3', false],
  ['192.0.2.7', true],
  ['192.0.2.8', false],
  ['fd00::1', true],
  ['fd00::2', false],
  ['unknown', false],
])('of configured proxies the one at %s is trusted: %s', (address, expected) => {
  const store = configured('OnlyConfigured', ['10.0.0.0/8', '192.0.2.7', 'fd00::1', 'proxy.acme.com']);
  expect(trustsProxy(address, store)).toBe(expected);
});

test('all are trusted unless the system configuration says otherwise', () => {
  expect(trustsProxy('11.1.2.3', configured('All', ['10.0.0.0/8']))).toBe(true);
  expect(trustsProxy('11.1.2.3', new Store())).toBe(true);
});
