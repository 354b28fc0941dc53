import type { HttpBindings } from '@hono/node-server';
import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import { answerWithFault } from './broken-answer.js';
import { clientOf, type Client } from './client.js';
import type { Faults } from './faults.js';
import type { Kind } from './kind.js';
import type { RequestLog } from './request-log.js';

/** What the one who answers a request leaves behind for the log. */
export interface RouteNote {
  /** The path with names in place of ids, once a route was found. */
  template?: string;
  /** The kind whose route that is. */
  kind?: Kind;
}

/** What is known of a request besides itself; the note is written to on the way. */
export interface Passing {
  readonly note: RouteNote;
  readonly client: Client;
  /** The message on the connection, whose body is read without a web stream in between; none for a request from inside. */
  readonly incoming?: IncomingMessage;
  /** Who gets the answer sends its text as it is, and does not read it as a stream. */
  readonly textApart?: boolean;
  /** The request is the sandbox's own, for an administrator, and needs no key. */
  readonly administrator?: true;
}

/** Answers one request. */
type Answerer = (request: Request, passing: Passing) => Promise<Response> | Response;

export interface PassageParts {
  /** FusionAuth's paths. */
  readonly answer: Answerer;
  /** The control plane, which is neither counted nor held up. */
  readonly control: (request: Request, client: Client) => Promise<Response> | Response;
  /** The page for a person, as little counted; undefined for a request that asks for something else. */
  readonly index: (request: Request) => Response | undefined;
  readonly faults: Faults;
  readonly requests: RequestLog;
  /** Whether the proxy at an address may say whom it speaks for. */
  readonly trustsProxy: (address: string) => boolean;
  /** Stops accepting connections for so many milliseconds, and cuts those there are. */
  readonly restart: (durationMs: number) => void;
  /** Milliseconds that every answer waits. */
  readonly latencyMs: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const controlPath = '/__sandbox';

/** The way of a request from the socket to its answer: it waits, meets its fault if there is one for it, and is recorded. */
export function createPassage(
  parts: PassageParts,
): (request: Request, connection: Partial<HttpBindings>) => Promise<Response> {
  return async (request, connection) => {
    const { pathname, search } = new URL(request.url);
    const client = clientOf(request, connection, parts.trustsProxy);
    if (pathname === controlPath || pathname.startsWith(`${controlPath}/`)) return parts.control(request, client);
    const index = parts.index(request);
    if (index !== undefined) return index;
    const { method } = request;
    const instant = parts.now();
    const note: RouteNote = {};
    const { incoming } = connection;
    const fault = parts.faults.take(method, pathname);
    // A fault does something to the body.
    const textApart = incoming !== undefined && fault === undefined;
    const passing: Passing = { note, client, textApart, ...(incoming && { incoming }) };
    const carryOut = async (): Promise<Response> => parts.answer(request, passing);
    if (parts.latencyMs > 0) await sleep(parts.latencyMs);
    const { restart } = parts;
    const { response, status } =
      fault === undefined
        ? withStatus(await carryOut())
        : await answerWithFault(fault, { connection, carryOut, restart });
    const template = note.template ?? pathname;
    parts.requests.record({ method, path: pathname, query: search, template, status, instant });
    return response;
  };
}

function withStatus(response: Response): { readonly response: Response; readonly status: number } {
  return { response, status: response.status };
}
