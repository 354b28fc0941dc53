import type { JsonObject } from '../model/index.js';

/**
 * The document that `kedge snapshot` writes: everything an instance is configured with, less its secrets. Within a version
 * fields may be added; none is renamed, removed or given another meaning. `schemas/snapshot.schema.json` is generated from
 * this file.
 */
export interface SnapshotFile {
  readonly format: 'kedge-snapshot';
  readonly version: 1;
  /** The instance's URL, without credentials. */
  readonly instance: string;
  /** When it was read, in UTC: `2026-11-25T10:00:00.000Z`. */
  readonly takenAt: string;
  /** The server's version, such as `1.69.0`; null where it does not tell. */
  readonly fusionauth: string | null;
  /** By FusionAuth's own name of the kind: `tenant`, `emailTemplate`. */
  readonly kinds: { readonly [kind: string]: SnapshotKind };
}

/** What an instance has of a kind, or why that is not known. */
export type SnapshotKind =
  | {
      readonly known: true;
      /** In the order in which the instance lists them. */
      readonly objects: readonly SnapshotObject[];
      /** For a kind that nobody lists: the ids that were asked for. Of all others nothing is known. */
      readonly asked?: readonly string[];
    }
  | { readonly known: false; readonly why: string };

/** One object, without its secrets. */
export interface SnapshotObject {
  /** The id of the object this one lies in: a role's application. */
  readonly parentId?: string;
  /** False for one that is deactivated; only of kinds that can be. */
  readonly active?: boolean;
  /**
   * The object as the API gives it, with its `id`; roles, scopes and permissions are objects of their own, a group has
   * `roleIds` in the place of `roles`, and an entity has its `grants`.
   */
  readonly body: JsonObject;
  /** JSON Pointers within `body` at which there was a secret. */
  readonly secrets?: readonly string[];
}
