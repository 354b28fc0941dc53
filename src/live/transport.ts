import { randomBytes } from 'node:crypto';
import type { Dispatcher } from 'undici';
import { createRedactor, KedgeError, type Redactor } from '../model/index.js';
import { parseAddress, tlsContexts } from './address.js';
import { ApiKey } from './api-key.js';
import { Gate } from './gate.js';
import { type InstancePool, openInstancePool, type Way } from './instance-pool.js';
import { parseProxy, type ProxyOptions } from './proxy.js';
import { badResponseError, budgetSpentError, noAnswerError, refusedError, type RequestNames } from './request-error.js';
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
import { timeLimits, type TimeLimitOptions } from './time-limits.js';

/** Which instance, and how to talk to it. */
export interface TransportOptions extends TimeLimitOptions {
  /** `https://auth.example.com`, with a path where FusionAuth is served under one. */
  readonly url: string;
  readonly apiKey: string;
  /** Reads the key from its source again after the instance refused it, for keys that are rotated. */
  readonly rereadApiKey?: (() => Promise<string | undefined>) | undefined;
  /** kedge's own version, for the User-Agent. */
  readonly version: string;
  /** PEM of a private certificate authority, trusted beside the public ones. */
  readonly ca?: string | undefined;
  /** PEMs of a client certificate and its key, for mutual TLS. */
  readonly clientCertificate?:
    | { readonly cert: string; readonly key: string; readonly passphrase?: string }
    | undefined;
  /** The proxy that all connections go through. */
  readonly proxy?: ProxyOptions | undefined;
  /** The path of a Unix socket to connect to in the place of the host and port of the URL. */
  readonly socket?: string | undefined;
  /** Requests in flight at most, each on its own kept-alive connection. Default 8. */
  readonly concurrency?: number | undefined;
  /** For reads only; writes are never sent again here. */
  readonly retry?: Partial<RetryPolicy> | undefined;
  /** Bytes an answer may have. Default 200 MB. */
  readonly maxBodyBytes?: number | undefined;
  readonly clock?: RetryClock | undefined;
  /** Shared by all transports of one instance; one of its own, without a rate limit, unless given. */
  readonly gate?: Gate | undefined;
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
  /** Whether the instance may be burdened with one more repetition; if so, it counts as made. For who repeats writes. */
  readonly takeRetry: () => boolean;
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
 * @throws {@link KedgeError} `live/bad-address` for a URL, key, proxy or certificate that no request could be made with.
 */
export function createTransport(options: TransportOptions): Transport {
  const sender = new Sender(options);
  return {
    send: (request) => sender.send(request),
    takeRetry: () => sender.gate.takeRetry(),
    redactor: sender.redactor,
    url: sender.url,
    requestCount: () => sender.requests,
    close: () => sender.close(),
  };
}

/** The state of one transport: its pool, its slots, its key and its request counter. */
class Sender {
  requests = 0;
  readonly redactor: Redactor;
  readonly url: string;
  readonly gate: Gate;
  readonly #options: TransportOptions;
  readonly #policy: RetryPolicy;
  readonly #clock: RetryClock;
  readonly #slots: Slots;
  readonly #prefix: string;
  readonly #way: Way;
  readonly #key: ApiKey;
  #ids = 0;
  #pool: Promise<InstancePool> | undefined;

  constructor(options: TransportOptions) {
    const { concurrency = 8, proxy, socket, ca, clientCertificate, rereadApiKey, apiKey } = options;
    const base = parseAddress(options.url);
    this.#options = options;
    this.#policy = { ...defaultRetryPolicy, ...options.retry };
    this.#clock = options.clock ?? systemRetryClock;
    this.#slots = new Slots(concurrency);
    this.#prefix = options.requestIdPrefix ?? randomBytes(4).toString('hex');
    this.#way = {
      base,
      connections: concurrency,
      limits: timeLimits(options),
      tls: tlsContexts({ ca, clientCertificate }),
      socket,
      proxy: proxy && parseProxy(proxy),
    };
    this.url = base.origin + base.prefix;
    this.redactor = createRedactor([apiKey, proxy?.password ?? '', ...(options.secrets ?? [])]);
    this.gate = options.gate ?? new Gate({ concurrency, clock: this.#clock });
    this.#key = new ApiKey({ apiKey, rereadApiKey, redactor: this.redactor, now: () => this.#clock.now() });
  }

  async send(request: TransportRequest): Promise<TransportResponse> {
    this.gate.countRequest();
    let failure: KedgeError | undefined;
    let keyChanged = false;
    for (let attempt = 1; ; attempt += 1) {
      try {
        // Inside the slot, so that the time limit does not count the wait for a free connection.
        return await this.#slots.run(() => this.#sendOnce(request));
      } catch (error) {
        // A read that failed has more to say than that it was not sent again.
        if (failure !== undefined && error instanceof KedgeError && error.code === 'live/circuit-open') throw failure;
        if (!isRead(request)) throw error;
        if (!keyChanged && isKeyChanged(error)) {
          keyChanged = true;
          continue;
        }
        if (attempt >= this.#policy.attempts || !mayRetry(error)) throw error;
        if (!this.gate.takeRetry()) throw budgetSpentError(error);
        failure = error;
        const retryAfterMs = error.details?.retryAfterMs;
        await this.#clock.sleep(retryDelay({ attempt, retryAfterMs }, this.#policy, this.#clock.random));
      }
    }
  }

  async close(): Promise<void> {
    const pool = await this.#pool;
    await pool?.destroy();
  }

  /** One attempt, by way of the gate, which is told how it ended. */
  async #sendOnce(request: TransportRequest): Promise<TransportResponse> {
    this.#ids += 1;
    const names = { method: request.method, path: request.path, requestId: `${this.#prefix}-${this.#ids}` };
    const passage = await this.gate.enter(names);
    try {
      const response = await this.#exchange(request, names);
      this.gate.answered();
      return response;
    } catch (error) {
      if (isFailureInPassing(error)) this.gate.failed(passage, error);
      else this.gate.answered();
      throw error;
    }
  }

  async #exchange(request: TransportRequest, names: RequestNames): Promise<TransportResponse> {
    const key = this.#key.value;
    const { base, limits } = this.#way;
    const answer = await this.#answer(request, { names, key });
    const status = answer.statusCode;
    const headers = (name: string): string | undefined => first(answer.headers[name]);
    if (status >= 300 && status < 400) {
      drop(answer);
      const why = `kedge follows no redirect, and this one leads to ${placeOf(headers('location'), base.origin)}`;
      throw badResponseError(names, { status, why, hint: 'write the address it leads to as instance.url' });
    }
    const body = await readBody(answer, { names, limits, maxBytes: this.#options.maxBodyBytes ?? MAX_BODY_BYTES });
    if (status >= 200 && status < 300) return { status, body, names };
    const retryAfterMs = parseRetryAfter(headers('retry-after'), this.#clock.now());
    const keyChanged = status === 401 && request.authorized && (await this.#key.renew(key));
    throw refusedError(names, { status, body, redactor: this.redactor, retryAfterMs, keyChanged });
  }

  async #answer(
    request: TransportRequest,
    about: { readonly names: RequestNames; readonly key: string },
  ): Promise<Dispatcher.ResponseData> {
    const { base, limits, proxy } = this.#way;
    const query = request.query.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
    this.requests += 1;
    try {
      const pool = await (this.#pool ??= openInstancePool(this.#way));
      return await pool.request({
        method: request.method,
        path: base.prefix + request.path + (query.length === 0 ? '' : `?${query.join('&')}`),
        headers: {
          accept: 'application/json',
          'user-agent': `kedge/${this.#options.version}`,
          'x-kedge-request-id': about.names.requestId,
          ...(request.authorized && { authorization: about.key }),
          ...request.headers,
        },
        body: request.body ?? null,
        signal: AbortSignal.timeout(limits.totalMs),
      });
    } catch (cause) {
      throw noAnswerError(about.names, { cause, limits, proxy: proxy?.origin });
    }
  }
}

/** Whether a read may get an answer if it is sent again. One that an open circuit held up was never sent. */
function mayRetry(error: unknown): error is KedgeError {
  if (!(error instanceof KedgeError) || error.details?.retryable !== true) return false;
  const { status } = error.details;
  if (error.code === 'live/circuit-open') return false;
  return status === undefined || error.code === 'live/bad-response' || RETRIED_STATUS.has(status);
}

/** Whether an error speaks for an instance that is going down; one that asks for patience (429) is alive. */
function isFailureInPassing(error: unknown): error is KedgeError {
  return mayRetry(error) && error.details?.status !== 429;
}

/** Whether a key was refused that has been replaced at its source since. */
function isKeyChanged(error: unknown): boolean {
  return error instanceof KedgeError && error.code === 'live/unauthorized' && error.details?.retryable === true;
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
