import type { JsonObject } from './json.js';
import type { KindName } from './ref.js';

/** One object as the instance has it now, in the shape of the catalog (wire quirks such as `group.roles` undone). */
export interface LiveResource {
  readonly kind: KindName;
  readonly id: string;
  /** The id of the object this one lives in (a role's application). */
  readonly parentId?: string;
  /** False for a soft-deleted application; absent for kinds without soft delete. */
  readonly active?: boolean;
  /** The whole object as read, without its child lists. May hold secrets in clear: never print it. */
  readonly body: JsonObject;
  /** True when read by id, so that fields which lists leave out are in `body`. */
  readonly detailed: boolean;
}

/** What a kind's objects are, or why they could not be read. Unknown is never taken for empty. */
export type LiveKind =
  | { readonly known: true; readonly resources: readonly LiveResource[] }
  | { readonly known: false; readonly why: string };

/** What the instance has now. */
export interface LiveState {
  /** The server's version, such as `1.69.0`, or undefined where it does not tell. */
  readonly serverVersion: string | undefined;
  readonly kinds: ReadonlyMap<KindName, LiveKind>;
}
