import type { KindName } from './ref.js';

/** What the record holds of one object. */
export interface RecordedObject {
  readonly kind: KindName;
  readonly key: string;
  readonly id: string;
  /** True when the object was found, not created: it is never pruned. */
  readonly adopted: boolean;
  /** JSON Pointer of each owned leaf → keyed hash of the value that was last written or confirmed there. */
  readonly paths: { readonly [pointer: string]: string };
}

/** What the last apply left behind: the base of the three-way drift, the fingerprints of secrets, and ownership. */
export interface ApplyRecord {
  readonly version: 1;
  readonly namespace: string;
  readonly environment: string;
  /** Epoch milliseconds. */
  readonly instant: number;
  /** Git commit of the repository, where it is one; information only. */
  readonly commit?: string;
  readonly planDigest: string;
  /** Sorted by kind and key. */
  readonly objects: readonly RecordedObject[];
}
