import type * as Undici from 'undici';
import type { buildConnector, Pool } from 'undici';
import type { BaseAddress, TlsContexts } from './address.js';
import { type Proxy, ProxyError } from './proxy.js';
import type { TimeLimits } from './time-limits.js';

/** The way connections take: to the instance itself, to a socket of this machine, or through a proxy. */
export interface Way {
  readonly base: BaseAddress;
  readonly connections: number;
  readonly limits: TimeLimits;
  readonly tls: TlsContexts;
  /** The path of a Unix socket. */
  readonly socket?: string | undefined;
  readonly proxy?: Proxy | undefined;
}

/** Kept-alive connections to an instance. */
export interface InstancePool {
  readonly request: Pool['request'];
  /** Ends them all, and those to the proxy. */
  readonly destroy: () => Promise<void>;
}

/** undici is loaded here, on the first request: commands without network never pay for it. */
export async function openInstancePool(way: Way): Promise<InstancePool> {
  const undici = await import('undici');
  const { limits, proxy } = way;
  const direct = {
    timeout: limits.connectMs,
    ...(way.tls.instance && { secureContext: way.tls.instance }),
    ...(way.socket !== undefined && { socketPath: way.socket }),
  };
  const tunnels = proxy && openTunnels(undici, way, proxy);
  const pool = new undici.Pool(way.base.origin, {
    connections: way.connections,
    pipelining: 1,
    headersTimeout: limits.headersMs,
    bodyTimeout: limits.bodyMs,
    connect: tunnels ? tunnels.connect : direct,
  });
  return {
    request: (options) => pool.request(options),
    destroy: async () => {
      await Promise.all([pool.destroy(), tunnels?.destroy()]);
    },
  };
}

interface Tunnels {
  readonly connect: buildConnector.connector;
  readonly destroy: () => Promise<void>;
}

/**
 * Connections through a proxy's CONNECT (RFC 9110 §9.3.6), for http as well as https. Not undici's `ProxyAgent`, which
 * tells what the proxy answered in the text of an error only.
 */
function openTunnels(undici: typeof Undici, { base, limits, tls }: Way, proxy: Proxy): Tunnels {
  const timeout = limits.connectMs;
  const proxies = new undici.Pool(proxy.origin, {
    connect: { timeout, ...(tls.proxy && { secureContext: tls.proxy }) },
  });
  const secure = undici.buildConnector({ timeout, ...(tls.instance && { secureContext: tls.instance }) });
  const { hostname, port, protocol } = new URL(base.origin);
  const authority = `${hostname}:${port === '' ? (protocol === 'https:' ? '443' : '80') : port}`;
  const headers = { host: authority, ...(proxy.authorization && { 'proxy-authorization': proxy.authorization }) };

  const tunnel = async (): Promise<TunnelSocket> => {
    const signal = AbortSignal.timeout(timeout);
    const { statusCode, socket } = await proxies
      .connect({ path: authority, headers, signal })
      .catch((cause: unknown) => {
        throw new ProxyError({ cause });
      });
    // Whoever takes the socket over listens for itself; until then, one that breaks must not end the process.
    socket.on('error', () => undefined);
    if (statusCode >= 200 && statusCode < 300) return socket as TunnelSocket;
    socket.destroy();
    throw new ProxyError({ status: statusCode });
  };
  const connect = async (options: buildConnector.Options, callback: buildConnector.Callback): Promise<void> => {
    let socket: TunnelSocket;
    try {
      socket = await tunnel();
    } catch (error) {
      // `tunnel` throws nothing else.
      callback(error as ProxyError, null);
      return;
    }
    if (protocol === 'https:') secure({ ...options, httpSocket: socket }, callback);
    else callback(null, socket);
  };
  return {
    connect: (options, callback) => void connect(options, callback),
    destroy: () => proxies.destroy(),
  };
}

/** undici gives the socket of a tunnel as a stream; it is the socket that its own connector made. */
type TunnelSocket = NonNullable<buildConnector.Options['httpSocket']>;
