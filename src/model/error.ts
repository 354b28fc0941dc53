import type { KedgeErrorCode } from './error-code.js';
import type { Finding } from './finding.js';
import type { Location } from './location.js';

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
}

/** The one error class of kedge: a stable code, a place where there is one, a hint, and the original cause. */
export class KedgeError extends Error {
  readonly code: KedgeErrorCode;
  readonly hint: string | undefined;
  readonly at: Location | undefined;
  readonly findings: readonly Finding[];

  constructor(init: KedgeErrorInit) {
    super(init.message, init.cause === undefined ? undefined : { cause: init.cause });
    this.name = 'KedgeError';
    this.code = init.code;
    this.hint = init.hint;
    this.at = init.at;
    this.findings = init.findings ?? [];
  }
}

/** Ends a switch over a closed union: the compiler proves that it is never reached. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
