import type { Change } from './change.js';
import type { KedgeError } from './error.js';

/** What happened to one planned change. */
export type Outcome =
  | {
      readonly result: 'applied';
      readonly change: Change;
      readonly attempts: number;
      readonly ms: number;
      /** JSON Pointer of each owned leaf → keyed hash of the value verified there; absent for a delete. */
      readonly paths?: { readonly [pointer: string]: string };
    }
  | { readonly result: 'failed'; readonly change: Change; readonly error: KedgeError }
  | { readonly result: 'skipped'; readonly change: Change; readonly because: string };
