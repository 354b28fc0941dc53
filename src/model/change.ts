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

/** What a write needs: the owned fields with every reference resolved to an id, secrets still sealed. */
export interface Overlay {
  readonly fields: DesiredObject;
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
}

/** What happens to one resource. The set is closed: every reader switches over `op` to the end. */
export type Change =
  | (ChangeBase & { readonly op: 'create'; readonly overlay: Overlay; readonly edits: readonly Edit[] })
  | (ChangeBase & { readonly op: 'adopt'; readonly overlay: Overlay; readonly edits: readonly Edit[] })
  | (ChangeBase & {
      readonly op: 'update';
      readonly overlay: Overlay;
      readonly edits: readonly Edit[];
      /** True for the second half of a create in the same plan: it adds references that go in a circle. */
      readonly completes?: boolean;
    })
  | (ChangeBase & {
      readonly op: 'replace';
      readonly overlay: Overlay;
      readonly edits: readonly Edit[];
      readonly because: readonly string[];
    })
  | (ChangeBase & { readonly op: 'reactivate'; readonly overlay: Overlay; readonly edits: readonly Edit[] })
  | (ChangeBase & { readonly op: 'delete'; readonly why: 'prune' | 'tombstone' | 'unlisted'; readonly name?: string })
  | (ChangeBase & { readonly op: 'keep'; readonly overlay: Overlay });

/** The names of the operations. */
export type ChangeOp = Change['op'];

/** What a change is called within its plan: its ref, and apart from that where the plan has two changes of one resource. */
export function changeKey(change: Change): string {
  return `${refText(change.ref)}${change.op === 'update' && change.completes === true ? ' (completed)' : ''}`;
}
