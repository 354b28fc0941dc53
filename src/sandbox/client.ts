import type { HttpBindings } from '@hono/node-server';

/** Who sent a request, as the connection and its headers tell. Absent parts: the request came from inside. */
export interface Client {
  readonly ipAddress?: string;
  readonly userAgent?: string;
}

/**
 * The client at the other end. Proxies in between name it in `X-Forwarded-For`: it is the last one there, seen from here,
 * that no trusted proxy is, or else the first. Source: FusionAuth docs operate/secure/networking, "IP Address Resolution".
 * @param trusts - whether the one at an address is a proxy that may name others.
 */
export function clientOf(
  request: Request,
  { incoming }: Partial<HttpBindings>,
  trusts: (address: string) => boolean,
): Client {
  const forwarded = request.headers.get('x-forwarded-for')?.split(',') ?? [];
  const chain = [...forwarded, incoming?.socket.remoteAddress ?? ''].map(plainAddress).filter((one) => one !== '');
  const ipAddress = chain.findLast((one) => !trusts(one)) ?? chain[0];
  const userAgent = request.headers.get('user-agent');
  return { ...(ipAddress === undefined ? {} : { ipAddress }), ...(userAgent === null ? {} : { userAgent }) };
}

/** Without the prefix that an IPv4 client has on a socket for IPv6. */
function plainAddress(address: string): string {
  return address.trim().replace(/^::ffff:(?=\d+\.)/i, '');
}
