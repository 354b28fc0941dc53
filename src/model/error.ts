import type { KedgeErrorCode } from './error-code.js';
import type { Finding } from './finding.js';
import type { Location } from './location.js';

/** One complaint of the instance about a request. `field` is its own dotted path; absent for a general error. */
export interface ServerError {
  readonly field?: string;
  readonly code: string;
  readonly message: string;
}

/** What a failed request carries for programs. Never a key, a token or a body. */
export interface RequestDetails {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly requestId: string;
  /** Absent where no answer came. */
  readonly status?: number;
  /** True when the same request may succeed later: whether it is safe to send it again is for the caller to know. */
  readonly retryable: boolean;
  /** Milliseconds the instance asked to wait. */
  readonly retryAfterMs?: number;
  readonly serverErrors: readonly ServerError[];
}

/** What every error of kedge carries. `message` and `hint` are for people; programs switch on `code`. */
export interface KedgeErrorInit {
  readonly code: KedgeErrorCode;
  readonly message: string;
  readonly hint?: string;
  readonly at?: Location;
  /** The original error, untouched. */
  readonly cause?: unknown;
  /** Everything that was found wrong, when the error stands for a collection of findings. */
  readonly findings?: readonly Finding[];
  /** The request that failed, for errors of the transport. */
  readonly details?: RequestDetails;
}

/** The one error class of kedge: a stable code, a place where there is one, a hint, and the original cause. */
export class KedgeError extends Error {
  readonly code: KedgeErrorCode;
  readonly hint: string | undefined;
  readonly at: Location | undefined;
  readonly findings: readonly Finding[];
  readonly details: RequestDetails | undefined;

  constructor(init: KedgeErrorInit) {
    super(init.message, init.cause === undefined ? undefined : { cause: init.cause });
    this.name = 'KedgeError';
    this.code = init.code;
    this.hint = init.hint;
    this.at = init.at;
    this.findings = init.findings ?? [];
    this.details = init.details;
  }
}

/** Ends a switch over a closed union: the compiler proves that it is never reached. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
