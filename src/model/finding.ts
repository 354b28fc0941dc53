import type { KedgeErrorCode } from './error-code.js';
import type { Location } from './location.js';

/** One thing wrong with the input: what, where, and what to do. Findings are collected and reported together. */
export interface Finding {
  readonly code: KedgeErrorCode;
  readonly severity: 'error' | 'warning';
  /** What is wrong, with the names in it. One sentence, no final stop. */
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string;
  readonly at?: Location;
  /** The line of the file that `at` points into, for the excerpt; never a line that holds a secret. */
  readonly excerpt?: string;
}
