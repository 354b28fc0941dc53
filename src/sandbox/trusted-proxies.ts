import { BlockList, isIP } from 'node:net';

import { valueAt } from './fields.js';
import type { Store } from './store.js';

/**
 * Whether the system configuration trusts what a proxy at an address says of its clients: all of them, or those it names.
 * Source: FusionAuth docs operate/secure/networking, "IP Address Resolution".
 */
export function trustsProxy(address: string, store: Store): boolean {
  const [configuration] = store.all('systemConfiguration');
  if (valueAt(configuration, 'trustedProxyConfiguration.trustPolicy') !== 'OnlyConfigured') return true;
  const trusted = valueAt(configuration, 'trustedProxyConfiguration.trusted');
  const family = isIP(address);
  return family !== 0 && listOf(Array.isArray(trusted) ? trusted : []).check(address, family === 6 ? 'ipv6' : 'ipv4');
}

/** Addresses, and ranges of them in CIDR notation. */
function listOf(trusted: readonly unknown[]): BlockList {
  const list = new BlockList();
  for (const proxy of trusted) {
    const [address = '', prefix] = String(proxy).split('/');
    const family = isIP(address);
    if (family === 0) continue;
    list.addSubnet(address, Number(prefix ?? (family === 6 ? 128 : 32)), family === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}
