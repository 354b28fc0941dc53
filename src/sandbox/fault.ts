/** Which requests a fault is for, and how many of them. */
export interface FaultMatch {
  /** `GET`, `POST`, …; absent: any. */
  readonly method?: string;
  /** A path template such as `/api/tenant/{tenantId}` that the whole path must fit; absent: any. */
  readonly route?: string;
  /** A regular expression that the path (without query) must contain a match of; absent: any. */
  readonly path?: string;
  /** Each request that fits meets the fault with this chance, above 0 and up to 1; default 1. */
  readonly probability?: number;
  /** What chance and jitter are drawn from, a whole number; the same seed and requests give the same faults. Default 0. */
  readonly seed?: number;
  /** So many requests that fit (and that chance picked) pass before the fault begins, default 0. */
  readonly skip?: number;
  /** So many requests, 0 for all until the fault is taken away. Default 1, or 0 with a `probability`. */
  readonly count?: number;
  /** Waits so long first, in milliseconds, default 0. */
  readonly latencyMs?: number;
  /** Waits up to so many milliseconds more, drawn anew for each request; default 0. */
  readonly jitterMs?: number;
}

/** `before`: the request is not carried out. `after`: it is, and only its answer is lost. */
export type FaultMoment = 'after' | 'before';

/** Something that goes wrong between a client and a server. */
export type Fault = FaultMatch &
  (
    | {
        /** Another status, such as 429, 500 or 503, with an empty body or `body` as JSON. Default moment `before`. */
        readonly kind: 'status';
        /** From 200 to 599. */
        readonly status: number;
        /** The `Retry-After` header: seconds, or an HTTP date. */
        readonly retryAfter?: number | string;
        readonly body?: unknown;
        readonly when?: FaultMoment;
      }
    /** Only waits `latencyMs` and `jitterMs`; the answer is the right one. */
    | { readonly kind: 'latency' }
    /** Cuts the connection with RST. Default moment `before`. */
    | { readonly kind: 'reset'; readonly when?: FaultMoment }
    /** Carries the request out, announces the whole body, sends half of it and cuts the connection. */
    | { readonly kind: 'truncate' }
    /** A page of HTML instead of the answer, as proxies send. Default status 200, moment `before`. */
    | { readonly kind: 'html'; readonly status?: number; readonly when?: FaultMoment }
    /** Carries the request out and calls the right body something else; default `text/plain`. */
    | { readonly kind: 'contentType'; readonly contentType?: string }
    /** Carries the request out and sends the body in pieces over `durationMs` milliseconds. */
    | { readonly kind: 'slowBody'; readonly durationMs: number }
    /**
     * The server goes away: all connections are cut and none is accepted for `durationMs` milliseconds, default 1000. What is
     * in memory stays; with a data folder it is read from there again. Default moment `before`.
     */
    | { readonly kind: 'restart'; readonly durationMs?: number; readonly when?: FaultMoment }
  );
