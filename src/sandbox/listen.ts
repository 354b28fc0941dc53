import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import { wholeBody } from './whole-body.js';

/** A server that listens. */
export interface Listening {
  readonly port: number;
  /**
   * Goes away as a server does that is restarted: cuts all connections, accepts none for so many milliseconds, then listens
   * on the same port again. One at a time; a second call waits for the first.
   */
  readonly restart: (durationMs: number) => Promise<void>;
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
    fetch: async (request, connection) => {
      const bindings = connection as HttpBindings;
      return sentIfWhole(await fetch(request, bindings), bindings);
    },
    serverOptions,
    overrideGlobalObjects: false,
  }) as Server;
  server.setTimeout(timeouts.silence);
  await bind(server, { host, port });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port');
  const closing = new AbortController();
  let away: Promise<void> = Promise.resolve();
  const restart = async (durationMs: number): Promise<void> => {
    if (closing.signal.aborted) return;
    await cut(server);
    await sleep(durationMs, undefined, { signal: closing.signal }).catch(() => undefined);
    if (!closing.signal.aborted) await bindAgain(server, { host, port: address.port }, closing.signal);
  };
  return {
    port: address.port,
    restart: (durationMs) => (away = away.then(() => restart(durationMs))),
    close: async () => {
      closing.abort();
      await away;
      if (server.listening) await closeServer(server);
    },
  };
}

/**
 * An answer that is whole is sent here: the adaptor would read it from a stream, and call a body that is not there
 * `text/plain`.
 */
function sentIfWhole(response: Response, { outgoing }: HttpBindings): Response {
  const text = wholeBody(response);
  if ((response.body !== null && text === undefined) || response === RESPONSE_ALREADY_SENT) return response;
  outgoing.statusCode = response.status;
  outgoing.setHeaders(response.headers);
  if (text !== undefined) outgoing.setHeader('content-length', Buffer.byteLength(text));
  outgoing.end(text);
  return RESPONSE_ALREADY_SENT;
}

function bind(server: Server, { host, port }: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** How often a port that somebody else has meanwhile is asked for again, and how long to wait in between. */
const bindRetries: { readonly count: number; readonly waitMs: number } = { count: 50, waitMs: 100 };

/** A port that was let go can be taken, if only by a connection that happens to go out from it. */
async function bindAgain(server: Server, options: ListenOptions, signal: AbortSignal): Promise<void> {
  for (let left = bindRetries.count; ; left -= 1) {
    try {
      return await bind(server, options);
    } catch (error) {
      if (left === 0 || signal.aborted) throw error;
      await sleep(bindRetries.waitMs);
    }
  }
}

function cut(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
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
