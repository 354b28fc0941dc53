import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import type { Server } from 'node:http';

/** A server that listens. */
export interface Listening {
  readonly port: number;
  readonly close: () => Promise<void>;
}

export interface ListenOptions {
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
}

/** Every wait on a socket ends: milliseconds for the header, the whole request, between requests, and without any byte. */
const timeouts = { header: 60_000, request: 300_000, keepAlive: 65_000, silence: 300_000 } as const;

/** What is under way when a server is closed may take so long. */
const closeGraceMs = 1000;

/** Answers a request that came over a connection. */
export type Fetch = (request: Request, connection: HttpBindings) => Promise<Response>;

/** Starts an HTTP server. @throws the system's error when the address cannot be listened on. */
export async function listen(fetch: Fetch, { host, port }: ListenOptions): Promise<Listening> {
  const serverOptions = {
    headersTimeout: timeouts.header,
    requestTimeout: timeouts.request,
    keepAliveTimeout: timeouts.keepAlive,
  };
  // `as`, twice: without a `createServer` of its own the adaptor makes a plain HTTP server, and its connections.
  const server = createAdaptorServer({
    fetch: (request, connection) => fetch(request, connection as HttpBindings),
    serverOptions,
    overrideGlobalObjects: false,
  }) as Server;
  server.setTimeout(timeouts.silence);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port');
  return { port: address.port, close: () => closeServer(server) };
}

/** Idle connections are closed at once, busy ones when they are done or the time is up. */
function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), closeGraceMs);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
