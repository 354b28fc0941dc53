import type { DesiredObject, ListMode } from './desired-state.js';
import type { Json } from './json.js';
import type { Location } from './location.js';
import { type Ref, refText } from './ref.js';

/**
 * How one field differs. `from` and `to` are absent where the field is; a list is one leaf. A secret's edit never holds
 * the values, only where the new one comes from.
 */
export type Edit = PlainEdit | SecretEdit;

/** Who moved a field since the record: nobody knows, the instance (drift), the files (pending), or both. */
export type EditOrigin = 'unrecorded' | 'drift' | 'pending' | 'conflict';

/** What every edit has. */
export interface EditBase {
  /** JSON Pointer within the resource, in FusionAuth's field names. */
  readonly pointer: string;
  readonly at?: Location;
  readonly origin: EditOrigin;
  /** Keyed hash of the live value this edit was computed from; absent where there is no live value. */
  readonly fromHash?: string;
}

/** An edit whose values may be shown. */
export interface PlainEdit extends EditBase {
  readonly secret: false;
  readonly from?: Json;
  readonly to?: Json;
}

/** An edit of a secret: its values stand nowhere in it. */
export interface SecretEdit extends EditBase {
  readonly secret: true;
  /** `env:NAME`, `file:PATH`, or `literal` for a secret field that was written in clear. */
  readonly source: string;
}

/**
 * What a write needs: the owned fields with every reference resolved to an id, secrets still sealed.
 * @typeParam Fields - how the fields stand in it: sealed secrets in memory, `{ $secret: source }` in a plan file.
 */
export interface Overlay<Fields = DesiredObject> {
  readonly fields: Fields;
  readonly listModes: { readonly [pointer: string]: ListMode };
}

/** What every change has. */
export interface ChangeBase {
  readonly ref: Ref;
  readonly id: string;
  /** The id of the object this one lives in. */
  readonly parentId?: string;
  /** The tenant the object belongs to, for the tenant header. */
  readonly tenantId?: string;
  readonly at?: Location;
  /** What was there and cannot come back, in words; only in the plan of a rollback. */
  readonly lost?: readonly string[];
}

/** What every change has that ends with the object having what its overlay says. */
interface OverlayChangeBase<Fields> extends ChangeBase {
  readonly overlay: Overlay<Fields>;
  readonly edits: readonly Edit[];
}

/** Makes the object under its own id. */
export interface CreateChange<Fields = DesiredObject> extends OverlayChangeBase<Fields> {
  readonly op: 'create';
}

/** Takes over an object that was found by its name, and writes what differs. */
export interface AdoptChange<Fields = DesiredObject> extends OverlayChangeBase<Fields> {
  readonly op: 'adopt';
}

/** Writes what differs. */
export interface UpdateChange<Fields = DesiredObject> extends OverlayChangeBase<Fields> {
  readonly op: 'update';
  /** True for the second half of a create in the same plan: it adds references that go in a circle. */
  readonly completes?: boolean;
}

/** Makes another object in the place of this one, for FusionAuth cannot change a field of it. */
export interface ReplaceChange<Fields = DesiredObject> extends OverlayChangeBase<Fields> {
  readonly op: 'replace';
  /** What the replacement costs, for each field that cannot be changed. */
  readonly because: readonly string[];
}

/** Wakes an object that was deactivated, and writes what differs. */
export interface ReactivateChange<Fields = DesiredObject> extends OverlayChangeBase<Fields> {
  readonly op: 'reactivate';
}

/** Takes the object away. */
export interface DeleteChange extends ChangeBase {
  readonly op: 'delete';
  readonly why: 'prune' | 'tombstone' | 'unlisted' | 'rollback';
  /** What it was called when the plan was made. */
  readonly name?: string;
}

/** Nothing differs. */
export interface KeepChange<Fields = DesiredObject> extends ChangeBase {
  readonly op: 'keep';
  readonly overlay: Overlay<Fields>;
}

/** What happens to one resource. The set is closed: every reader switches over `op` to the end. */
export type Change<Fields = DesiredObject> =
  | CreateChange<Fields>
  | AdoptChange<Fields>
  | UpdateChange<Fields>
  | ReplaceChange<Fields>
  | ReactivateChange<Fields>
  | DeleteChange
  | KeepChange<Fields>;

/** The names of the operations. */
export type ChangeOp = Change['op'];

/** What a change is called within its plan: its ref, and apart from that where the plan has two changes of one resource. */
export function changeKey(change: Change): string {
  return `${refText(change.ref)}${change.op === 'update' && change.completes === true ? ' (completed)' : ''}`;
}
