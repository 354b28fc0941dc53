import type { Change } from './change.js';
import type { LiveResource } from './live-state.js';
import type { NotCompared, ReleasedPath, UnmanagedResource } from './plan.js';

/** Everything that differs between the files and the instance, before any policy has looked at it. */
export interface Difference {
  /**
   * One change per desired resource (`keep` where nothing differs; two where a create is completed later) and one per
   * delete, sorted by ref.
   */
  readonly changes: readonly Change[];
  /** By change key: the keys of the changes that must be done before it. */
  readonly dependencies: ReadonlyMap<string, readonly string[]>;
  /** By change key: the conflict groups of its writes. */
  readonly locks: ReadonlyMap<string, readonly string[]>;
  readonly released: readonly ReleasedPath[];
  readonly notCompared: readonly NotCompared[];
  readonly unmanaged: readonly UnmanagedResource[];
  readonly unknownKinds: readonly { readonly kind: string; readonly why: string }[];
  /** By ref text: the live object of every resource that has one; for the record and for reports. */
  readonly live: ReadonlyMap<string, LiveResource>;
  /** By ref text: every pointer that the files own. */
  readonly owned: ReadonlyMap<string, readonly string[]>;
  /** By ref text of a delete: what still names the object then, where FusionAuth refuses to delete what is in use. */
  readonly usedBy: ReadonlyMap<string, readonly string[]>;
  readonly recorded: boolean;
}
