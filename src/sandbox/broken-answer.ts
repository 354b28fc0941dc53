import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Fault } from './fault.js';
import type { MetFault } from './faults.js';

/** The connection a request came over. */
type Connection = Partial<HttpBindings>;

/** A request on its way, and what would answer it. */
export interface Passage {
  readonly connection: Connection;
  readonly carryOut: () => Promise<Response>;
  /** Lets the server go away, with this connection and all others. */
  readonly restart: (durationMs: number) => void;
}

/** What is sent, and the status for the log: 0 means that the connection was cut. */
interface Sent {
  readonly response: Response;
  readonly status: number;
}

/** How long a server is away that restarts, unless the fault says otherwise. */
const restartMs = 1000;

const page =
  '<!DOCTYPE html><html><head><title>Gateway</title></head><body><h1>The gateway says no.</h1></body></html>';

/** The answer that a fault leaves of a request. */
export async function answerWithFault({ fault, waitMs }: MetFault, passage: Passage): Promise<Sent> {
  if (waitMs > 0) await sleep(waitMs);
  return withFault(fault, passage);
}

async function withFault(fault: Fault, passage: Passage): Promise<Sent> {
  if ('when' in fault && fault.when === 'after') await (await passage.carryOut()).body?.cancel();
  switch (fault.kind) {
    case 'latency':
      return plain(await passage.carryOut());
    case 'status': {
      const headers = new Headers(fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) });
      if (fault.body === undefined) return plain(new Response(null, { status: fault.status, headers }));
      headers.set('content-type', 'application/json;charset=UTF-8');
      return plain(new Response(JSON.stringify(fault.body), { status: fault.status, headers }));
    }
    case 'html':
      return plain(
        new Response(page, { status: fault.status ?? 200, headers: { 'content-type': 'text/html;charset=UTF-8' } }),
      );
    case 'reset':
      passage.connection.incoming?.socket.resetAndDestroy();
      return { response: RESPONSE_ALREADY_SENT, status: 0 };
    case 'contentType': {
      const right = await passage.carryOut();
      const headers = new Headers(right.headers);
      headers.set('content-type', fault.contentType ?? 'text/plain');
      return plain(new Response(right.body, { status: right.status, headers }));
    }
    case 'restart':
      passage.restart(fault.durationMs ?? restartMs);
      return { response: RESPONSE_ALREADY_SENT, status: 0 };
    case 'truncate':
      return truncate(passage);
    case 'slowBody':
      return plain(slowed(await passage.carryOut(), fault.durationMs));
  }
}

function plain(response: Response): Sent {
  return { response, status: response.status };
}

async function truncate({ carryOut, connection }: Passage): Promise<Sent> {
  const whole = await carryOut();
  const body = Buffer.from(await whole.arrayBuffer());
  const outgoing = connection.outgoing;
  if (outgoing === undefined) return { response: whole, status: whole.status };
  outgoing.writeHead(whole.status, {
    ...Object.fromEntries(whole.headers),
    'content-length': String(Math.max(body.length, 2)),
  });
  await new Promise<void>((resolve) => {
    outgoing.write(body.subarray(0, Math.max(1, Math.floor(body.length / 2))), () => resolve());
  });
  outgoing.socket?.destroy();
  return { response: RESPONSE_ALREADY_SENT, status: whole.status };
}

const pieces = 10;

function slowed(whole: Response, durationMs: number): Response {
  const stream = new ReadableStream<Uint8Array>({
    async start(controller) {
      try {
        const body = new Uint8Array(await whole.arrayBuffer());
        const size = Math.max(1, Math.ceil(body.length / pieces));
        for (let at = 0; at < body.length; at += size) {
          await sleep(durationMs / pieces, undefined, { ref: false });
          controller.enqueue(body.subarray(at, at + size));
        }
        controller.close();
      } catch {
        // The client is gone; there is nobody left to send the rest to.
      }
    },
  });
  return new Response(stream, { status: whole.status, headers: whole.headers });
}
