import type { HttpBindings } from '@hono/node-server';

/** Who sent a request, as the connection and its headers tell. Absent parts: the request came from inside. */
export interface Client {
  readonly ipAddress?: string;
  readonly userAgent?: string;
}

/**
 * The client at the other end. A proxy in between names it in `X-Forwarded-For`, which is trusted, as a FusionAuth that is
 * told nothing else trusts all proxies (FusionAuth docs apis/system, `trustedProxyConfiguration.trustPolicy`).
 */
export function clientOf(request: Request, { incoming }: Partial<HttpBindings>): Client {
  const forwarded = request.headers.get('x-forwarded-for')?.split(',')[0]?.trim() ?? '';
  const address = forwarded === '' ? incoming?.socket.remoteAddress : forwarded;
  const userAgent = request.headers.get('user-agent');
  return {
    // An IPv4 client of a socket that listens on IPv6.
    ...(address === undefined ? {} : { ipAddress: address.replace(/^::ffff:(?=\d+\.)/i, '') }),
    ...(userAgent === null ? {} : { userAgent }),
  };
}
