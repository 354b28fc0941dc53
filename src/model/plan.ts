import type { Change, KeepChange } from './change.js';
import type { DesiredObject } from './desired-state.js';
import type { KedgeErrorCode } from './error-code.js';
import type { KindName, Ref } from './ref.js';

/**
 * How bad a change could be, in the order of badness. `safe`: no login stops working. `disruptive`: logins, or what protects
 * them, become others for somebody at once; putting the old value back undoes it. `destructive`: putting it back does not give
 * people back what they had. `irreversible`: something is gone for good.
 */
export type RiskClass = 'safe' | 'disruptive' | 'destructive' | 'irreversible';

/** One change in the plan, with what it waits for and what must not run beside it. */
export interface PlannedChange<Fields = DesiredObject> {
  readonly change: Change<Fields>;
  /** Changes that must be done before this one: `kind/key`, with ` (completed)` for the second half of a create. */
  readonly after: readonly string[];
  /** Names of conflict groups: two changes that share one are never in flight together. */
  readonly locks: readonly string[];
  readonly risk: RiskClass;
  /** In words of the auth domain, what the change means for logins, gravest first; empty where there is nothing to say. */
  readonly reasons: readonly string[];
  /**
   * What the live object had in the fields that nobody owns: JSON Pointer → keyed hash. Absent for a create. What moved
   * there until the apply is carried along and told.
   */
  readonly seen?: { readonly [pointer: string]: string };
}

/** A change that the difference calls for and a rule forbids: shown, counted as a difference, never performed. */
export interface WithheldChange<Fields = DesiredObject> {
  readonly change: Change<Fields>;
  readonly code: KedgeErrorCode | 'prune-off';
  readonly why: string;
  readonly hint: string;
}

/** A path the record owns and the files no longer do: left as it is, and said. */
export interface ReleasedPath {
  readonly ref: Ref;
  readonly pointer: string;
}

/** A secret that cannot be read back and has no fingerprint yet. */
export interface NotCompared {
  readonly ref: Ref;
  readonly pointer: string;
  readonly source: string;
}

/** A live object that neither the files nor the record know. */
export interface UnmanagedResource {
  readonly kind: KindName;
  readonly id: string;
  readonly name: string;
}

/** What apply will do, in order. Holds no secret, no clock and no machine path: equal input gives equal bytes. */
export interface Plan<Fields = DesiredObject> {
  readonly version: 1;
  readonly environment: string;
  readonly namespace: string;
  readonly instance: string;
  readonly serverVersion?: string | undefined;
  /** Digest of the desired state, secrets by their source; absent for a plan that no files were asked for. */
  readonly desired?: string | undefined;
  /** Which key its hashes are made with; it says nothing of the key itself. */
  readonly hashKeyId: string;
  /** In the order of execution; `keep` is not in it. */
  readonly changes: readonly PlannedChange<Fields>[];
  readonly kept: readonly KeepChange<Fields>[];
  readonly withheld: readonly WithheldChange<Fields>[];
  readonly released: readonly ReleasedPath[];
  readonly notCompared: readonly NotCompared[];
  readonly unmanaged: readonly UnmanagedResource[];
  /** Kinds that could not be read and that nothing declared needs, with the reason. */
  readonly unknownKinds: readonly { readonly kind: KindName; readonly why: string }[];
  /** Whether a record was there to compare with. */
  readonly recorded: boolean;
  /** Digest of all the rest. */
  readonly digest: string;
}
