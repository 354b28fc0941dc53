import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterAll, beforeAll, beforeEach } from 'vitest';

/** One request that a receiver got. */
export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** What stands in `event`: any JSON, the assertions of a test are its type. */
  readonly event: any;
}

/** What a receiver does with a request: answers with a status and headers, or does nothing at all. */
export type Reaction = 'silence' | { readonly status: number; readonly headers?: Readonly<Record<string, string>> };

/** A server that webhooks can be sent to. */
export interface Receiver {
  /** `http://127.0.0.1:39213/hook`. */
  readonly url: string;
  /** All it got, in order. */
  readonly received: Received[];
  /** Decides what is done; a list is used up in order, and then all are answered 200. */
  react: Reaction[] | ((received: Received) => Reaction | Promise<Reaction>);
  /** The types of events it got. */
  readonly types: () => readonly string[];
  readonly close: () => Promise<void>;
}

/** Starts a receiver. @param path - part of its URL, to tell one from another. */
export async function startReceiver(path = '/hook'): Promise<Receiver> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const body = Buffer.concat(pieces).toString();
      const one: Received = { method, url, headers, body, event: JSON.parse(body).event };
      received.push(one);
      void Promise.resolve(typeof receiver.react === 'function' ? receiver.react(one) : receiver.react.shift()).then(
        (reaction = { status: 200 }) => {
          if (reaction !== 'silence') response.writeHead(reaction.status, reaction.headers ?? {}).end();
        },
      );
    });
  });
  const port = await listen(server);
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}${path}`,
    received,
    react: [],
    types: () => received.map(({ event }) => event.type),
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return receiver;
}

/** A receiver for all tests of a file, that remembers nothing from one to the next. */
export function useReceiver(path?: string): () => Receiver {
  let receiver: Receiver | undefined;
  const running = (): Receiver => {
    if (receiver === undefined) throw new Error('the receiver is not started yet');
    return receiver;
  };
  beforeAll(async () => {
    receiver = await startReceiver(path);
  });
  beforeEach(() => {
    running().received.length = 0;
    running().react = [];
  });
  afterAll(() => receiver?.close());
  return running;
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    // `as`: a server on a TCP port has such an address.
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
