import type { Location } from './location.js';
import type { KindName, Ref } from './ref.js';
import { Secret } from './secret.js';

/** A value as the files ask for it, after variables and layers: JSON whose leaves may be secrets. */
export type DesiredValue = null | boolean | number | string | Secret | readonly DesiredValue[] | DesiredObject;

/** An object of desired values; its keys are FusionAuth's own field names. */
export interface DesiredObject {
  readonly [key: string]: DesiredValue;
}

/** True for an object of desired values: no list, no secret. */
export function isDesiredObject(value: DesiredValue): value is DesiredObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Secret);
}

/** True for a list of desired values. */
export function isDesiredList(value: DesiredValue): value is readonly DesiredValue[] {
  return Array.isArray(value);
}

/** How a written list owns the live list: `only` = it is complete; `atLeast` = the live list may hold more. */
export type ListMode = 'only' | 'atLeast';

/** One resource that must exist, with only the fields that are owned. */
export interface DesiredResource {
  readonly ref: Ref;
  /** The resource this one lives in (a role's application); it is always in the same desired state or `existing`. */
  readonly parent?: Ref;
  /** An explicit id: a UUID, or `builtin:<name>`. */
  readonly id?: string;
  /** The name this role or scope had before (`was:`), so that a rename keeps its identity. */
  readonly was?: string;
  /** The owned fields; references still as written (UUID, logical key, `builtin:…`). */
  readonly fields: DesiredObject;
  /** Where the entry begins. */
  readonly at: Location;
  /** JSON Pointer within `fields` → where the winning layer wrote that value. */
  readonly locations: ReadonlyMap<string, Location>;
  /** JSON Pointer within `fields` → how that list owns, where `!only` or `!atLeast` says so. */
  readonly listModes: ReadonlyMap<string, ListMode>;
}

/** An explicit "this must be absent". */
export interface Tombstone {
  readonly ref: Ref;
  /** Given when the tombstone names the live object itself instead of a logical key. */
  readonly id?: string;
  readonly at: Location;
}

/** A live object that is found and referred to, but never written. */
export interface ExistingResource {
  readonly ref: Ref;
  /** Field → value that finds it: `{ id }`, or the fields of the kind's natural key. */
  readonly match: { readonly [field: string]: string };
  readonly at: Location;
}

/** A list of child resources that was written under a parent: the live parent has no others (`only`), or may. */
export interface ChildList {
  readonly parent: Ref;
  readonly kind: KindName;
  readonly mode: ListMode;
  readonly at: Location;
}

/** A logical key that changed: `moved: [{ kind, from, to }]`. */
export interface Move {
  readonly kind: KindName;
  readonly from: string;
  readonly to: string;
  readonly at: Location;
}

/** What an environment lets kedge do, beyond creating and updating. */
export interface Policy {
  /** Kinds whose owned objects are deleted when they are no longer in the files. */
  readonly prune: ReadonlySet<KindName>;
  /** Resources that are never deleted or replaced. */
  readonly protect: readonly { readonly ref: Ref; readonly at: Location }[];
}

/** Everything one environment must be. */
export interface DesiredState {
  readonly environment: string;
  /** The namespace ids are derived in: the project's UUID, or `identity.namespace` of the environment. */
  readonly namespace: string;
  /** Sorted by ref. */
  readonly resources: readonly DesiredResource[];
  readonly childLists: readonly ChildList[];
  readonly tombstones: readonly Tombstone[];
  readonly existing: readonly ExistingResource[];
  readonly moved: readonly Move[];
  readonly policy: Policy;
}
