import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Somebody between kedge and an instance who is told of every request. */
export interface Tap {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Where a request is when the tap is told of it. */
export type TapMoment = 'before' | 'after';

/** What becomes of a request; it waits where this is a promise. */
export type TapAnswer = 'pass' | 'lost';

/**
 * Listens in front of an instance and passes everything on.
 * @param onRequest - told of each request before it reaches the instance, and after the instance has answered and before
 * kedge hears of it. On `lost` the connection is cut there.
 */
export async function startTap(
  target: () => string,
  onRequest: (moment: TapMoment, request: IncomingMessage) => TapAnswer | Promise<TapAnswer>,
): Promise<Tap> {
  const agent = new Agent({ keepAlive: true });
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => void passOn({ incoming, response, body: Buffer.concat(chunks) }));
  });
  const passOn = async ({ incoming, response, body }: Incoming): Promise<void> => {
    if ((await onRequest('before', incoming)) === 'lost') {
      incoming.socket.destroy();
      return;
    }
    const url = new URL(incoming.url ?? '/', target());
    const { method, headers } = incoming;
    const passed = request(url, { method, headers, agent }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () => void answerOn({ incoming, response, answer, body: Buffer.concat(parts) }));
    });
    passed.on('error', () => incoming.socket.destroy());
    passed.end(body);
  };
  const answerOn = async ({ incoming, response, answer, body }: Answered): Promise<void> => {
    if ((await onRequest('after', incoming)) === 'lost') incoming.socket.destroy();
    else answerWith(response, { answer, body });
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has an address with a port.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        agent.destroy();
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

interface Incoming {
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
  readonly body: Buffer;
}

interface Answered extends Incoming {
  readonly answer: IncomingMessage;
}

function answerWith(
  response: ServerResponse,
  { answer, body }: { readonly answer: IncomingMessage; readonly body: Buffer },
): void {
  const { 'transfer-encoding': _, ...headers } = answer.headers;
  response.writeHead(answer.statusCode ?? 502, { ...headers, 'content-length': String(body.length) });
  response.end(body);
}
