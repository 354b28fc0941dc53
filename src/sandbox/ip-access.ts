import { isRecord } from './kinds/normal-text.js';
import type { Fields } from './store.js';
import type { Switches } from './switches.js';

const part = '(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const ipv4 = new RegExp(`^${part}\\.${part}\\.${part}\\.${part}$`);

/** An IPv4 address as one number, so that addresses can be compared; undefined for anything else. */
export function ipv4Number(address: string): number | undefined {
  const parts = ipv4.exec(address)?.slice(1);
  return parts?.reduce((number, text) => number * 256 + Number(text), 0);
}

/**
 * Whether an access control list lets an address in: a range that it lies in decides, or else the entry `*`. Which of
 * several ranges decides is UNVERIFIED (switch overlappingIpRanges); a list is sorted. An IPv6 address lies in no range (FusionAuth docs apis/ip-acl).
 */
export function letsIn(
  list: Fields,
  address: string,
  { overlappingIpRanges }: Pick<Switches, 'overlappingIpRanges'>,
): boolean {
  const entries = Array.isArray(list['entries']) ? list['entries'].filter((entry) => isRecord(entry)) : [];
  const number = ipv4Number(address);
  const fitting = entries.filter(({ startIPAddress, endIPAddress }) => {
    const [start, end] = [startIPAddress, endIPAddress].map((edge) => ipv4Number(String(edge)));
    return number !== undefined && start !== undefined && end !== undefined && start <= number && number <= end;
  });
  const decision =
    fitting.at(overlappingIpRanges === 'first' ? 0 : -1) ??
    entries.find(({ startIPAddress }) => startIPAddress === '*');
  return decision?.['action'] === 'Allow';
}
