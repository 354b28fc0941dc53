import type { Catalog } from '../catalog/index.js';
import type { ApplyRecord, DesiredState, LiveState } from '../model/index.js';

/** What a difference is made from. All of it is values: the same input gives the same bytes. */
export interface DiffInput {
  readonly catalog: Catalog;
  readonly desired: DesiredState;
  readonly live: LiveState;
  readonly record?: ApplyRecord | undefined;
  /** Keys the hashes that stand in the plan; the record's hashes must have been made with the same key. */
  readonly hashKey: string;
  /** `left-out`: the live state came without its secrets, so that none of them is compared. */
  readonly secrets?: 'left-out' | undefined;
  /** `none`: nothing will be written by this difference, so that what a write would need is not asked for. */
  readonly writes?: 'none' | undefined;
  /** The tenant of tenant-scoped resources that name none. */
  readonly defaultTenantId?: string | undefined;
}
