import type { Catalog } from '../catalog/index.js';
import type { DesiredState } from '../model/index.js';

/** What is known of an environment without asking its instance. */
export interface EnvironmentNeeds {
  readonly catalog: Catalog;
  readonly desired: DesiredState;
  /** `instance.tenantId`: the tenant of what names none. */
  readonly defaultTenantId?: string | undefined;
  /** The record of each apply is kept in the instance. */
  readonly recordInInstance: boolean;
}
