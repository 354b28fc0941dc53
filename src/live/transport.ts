import { randomBytes } from 'node:crypto';
import type { Dispatcher, Pool } from 'undici';
import { createRedactor, KedgeError, type Redactor } from '../model/index.js';
import { addressError, type BaseAddress, connectOptions, parseAddress } from './address.js';
import { badResponseError, noAnswerError, refusedError, type RequestNames } from './request-error.js';
import { readBody } from './response-body.js';
import {
  defaultRetryPolicy,
  parseRetryAfter,
  retryDelay,
  type RetryClock,
  type RetryPolicy,
  systemRetryClock,
} from './retry.js';
import { Slots } from './slots.js';

/** Which instance, and how to talk to it. */
export interface TransportOptions {
  /** `https://auth.example.com`, with a path where FusionAuth is served under one. */
  readonly url: string;
  readonly apiKey: string;
  /** kedge's own version, for the User-Agent. */
  readonly version: string;
  /** PEM of a private certificate authority, trusted beside the public ones. */
  readonly ca?: string | undefined;
  /** PEMs of a client certificate and its key, for mutual TLS. */
  readonly clientCertificate?:
    | { readonly cert: string; readonly key: string; readonly passphrase?: string }
    | undefined;
  /** Milliseconds that one attempt may take from connecting to the last byte. Default 30 000. */
  readonly timeoutMs?: number | undefined;
  /** Requests in flight at most, each on its own kept-alive connection. Default 8. */
  readonly concurrency?: number | undefined;
  /** For reads only; writes are never sent again here. */
  readonly retry?: Partial<RetryPolicy> | undefined;
  /** Bytes an answer may have. Default 200 MB. */
  readonly maxBodyBytes?: number | undefined;
  readonly clock?: RetryClock | undefined;
  /** What request ids begin with. Default 8 random hex digits. */
  readonly requestIdPrefix?: string | undefined;
  /** Values that no error may repeat, the API key apart. More can be added to {@link Transport.redactor}. */
  readonly secrets?: Iterable<string> | undefined;
}

/** One request, its path already encoded. */
export interface TransportRequest {
  readonly method: string;
  /** From `/api/…` on, without the query. */
  readonly path: string;
  /** In order; a name may stand more than once. */
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly headers: { readonly [name: string]: string };
  readonly body?: string;
  /** False for the few endpoints that are called without a key. */
  readonly authorized: boolean;
}

/** A 2xx answer. `body` is undefined where there was none. */
export interface TransportResponse {
  readonly status: number;
  readonly body: unknown;
  readonly names: RequestNames;
}

/** HTTP to one instance. The only place where the API key is known. */
export interface Transport {
  /**
   * Sends one request; a read that fails in passing is sent again.
   * @throws {@link KedgeError} of `live/…` for everything but a 2xx answer that is JSON or empty.
   */
  readonly send: (request: TransportRequest) => Promise<TransportResponse>;
  readonly redactor: Redactor;
  /** Without a trailing `/`. */
  readonly url: string;
  /** Requests sent so far, repeated ones included. */
  readonly requestCount: () => number;
  /** Ends the kept-alive connections; a process does not exit before. */
  readonly close: () => Promise<void>;
}

const MAX_BODY_BYTES = 200 * 1024 * 1024;
const RETRIED_STATUS: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** True for requests that change nothing: GET, and POST to a search, which is a read with a body. */
export function isRead(request: { readonly method: string; readonly path: string }): boolean {
  return request.method === 'GET' || (request.method === 'POST' && request.path.endsWith('/search'));
}

/**
 * Opens the way to an instance; nothing is connected before the first request.
 * @throws {@link KedgeError} `live/bad-address` for a URL, key or certificate that no request could be made with.
 */
export function createTransport(options: TransportOptions): Transport {
  const base = parseAddress(options.url);
  const redactor = createRedactor([options.apiKey, ...(options.secrets ?? [])]);
  const sender = new Sender({ ...options, base, redactor });
  return {
    send: (request) => sender.send(request),
    redactor,
    url: base.origin + base.prefix,
    requestCount: () => sender.requests,
    close: () => sender.close(),
  };
}

/** The state of one transport: its pool, its slots and its request counter. */
class Sender {
  requests = 0;
  readonly #options: TransportOptions & { readonly base: BaseAddress; readonly redactor: Redactor };
  readonly #timeoutMs: number;
  readonly #policy: RetryPolicy;
  readonly #clock: RetryClock;
  readonly #slots: Slots;
  readonly #prefix: string;
  readonly #connect: ReturnType<typeof connectOptions>;
  #pool: Promise<Pool> | undefined;

  constructor(options: TransportOptions & { readonly base: BaseAddress; readonly redactor: Redactor }) {
    this.#options = options;
    this.#timeoutMs = options.timeoutMs ?? 30_000;
    this.#policy = { ...defaultRetryPolicy, ...options.retry };
    this.#clock = options.clock ?? systemRetryClock;
    this.#slots = new Slots(options.concurrency ?? 8);
    this.#prefix = options.requestIdPrefix ?? randomBytes(4).toString('hex');
    this.#connect = connectOptions({ ...options, timeoutMs: this.#timeoutMs });
    if (!/^[\x21-\x7e]+$/.test(options.apiKey)) {
      throw addressError('the API key is empty or holds characters that no header may', 'check instance.apiKey');
    }
  }

  async send(request: TransportRequest): Promise<TransportResponse> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        // Inside the slot, so that the time limit does not count the wait for a free connection.
        return await this.#slots.run(() => this.#sendOnce(request));
      } catch (error) {
        if (attempt >= this.#policy.attempts || !isRead(request) || !mayRetry(error)) throw error;
        const retryAfterMs = error.details?.retryAfterMs;
        await this.#clock.sleep(retryDelay({ attempt, retryAfterMs }, this.#policy, this.#clock.random));
      }
    }
  }

  async close(): Promise<void> {
    const pool = await this.#pool;
    await pool?.destroy();
  }

  async #sendOnce(request: TransportRequest): Promise<TransportResponse> {
    this.requests += 1;
    const names = { method: request.method, path: request.path, requestId: `${this.#prefix}-${this.requests}` };
    const signal = AbortSignal.timeout(this.#timeoutMs);
    const answer = await this.#answer(request, { names, signal });
    const status = answer.statusCode;
    const headers = (name: string): string | undefined => first(answer.headers[name]);
    if (status >= 300 && status < 400) {
      drop(answer);
      const why = `kedge follows no redirect, and this one leads to ${placeOf(headers('location'), this.#options.base.origin)}`;
      throw badResponseError(names, { status, why, hint: 'write the address it leads to as instance.url' });
    }
    const body = await readBody(answer, {
      names,
      timeoutMs: this.#timeoutMs,
      maxBytes: this.#options.maxBodyBytes ?? MAX_BODY_BYTES,
    });
    if (status >= 200 && status < 300) return { status, body, names };
    const retryAfterMs = parseRetryAfter(headers('retry-after'), this.#clock.now());
    throw refusedError(names, { status, body, redactor: this.#options.redactor, retryAfterMs });
  }

  async #answer(
    request: TransportRequest,
    about: { readonly names: RequestNames; readonly signal: AbortSignal },
  ): Promise<Dispatcher.ResponseData> {
    const { apiKey, version, base } = this.#options;
    const query = request.query.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
    try {
      const pool = await (this.#pool ??= this.#open());
      return await pool.request({
        method: request.method,
        path: base.prefix + request.path + (query.length === 0 ? '' : `?${query.join('&')}`),
        headers: {
          accept: 'application/json',
          'user-agent': `kedge/${version}`,
          'x-kedge-request-id': about.names.requestId,
          ...(request.authorized && { authorization: apiKey }),
          ...request.headers,
        },
        body: request.body ?? null,
        signal: about.signal,
      });
    } catch (cause) {
      throw noAnswerError(about.names, { cause, timeoutMs: this.#timeoutMs });
    }
  }

  /** undici is loaded here, on the first request: commands without network never pay for it. */
  async #open(): Promise<Pool> {
    const { Pool: PoolClass } = await import('undici');
    return new PoolClass(this.#options.base.origin, {
      connections: this.#options.concurrency ?? 8,
      pipelining: 1,
      headersTimeout: this.#timeoutMs,
      bodyTimeout: this.#timeoutMs,
      connect: this.#connect,
    });
  }
}

function mayRetry(error: unknown): error is KedgeError {
  if (!(error instanceof KedgeError) || error.details?.retryable !== true) return false;
  const { status } = error.details;
  return status === undefined || error.code === 'live/bad-response' || RETRIED_STATUS.has(status);
}

/** Reads what is left of an answer nobody wants, so that its connection can be used again. */
function drop(answer: Dispatcher.ResponseData): void {
  // A connection that breaks while being drained is of no interest any more.
  answer.body.dump().catch(() => undefined);
}

/** Where a redirect leads, without its query, which may hold a token. */
function placeOf(location: string | undefined, origin: string): string {
  if (location === undefined || !URL.canParse(location, origin)) return 'nowhere';
  const url = new URL(location, origin);
  return url.origin + url.pathname;
}

function first(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
