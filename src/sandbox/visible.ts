import type { Call, Kind } from './kind.js';
import type { StoredObject } from './store.js';

/**
 * Whether a call sees an object: a tenant key, or the tenant header, confines it to that tenant's objects and to those
 * that belong to no tenant. Source: FusionAuth docs apis/authentication, "tenant scoped API keys".
 */
export function sameTenant(kind: Kind, object: StoredObject, { tenantId, instance }: Call): boolean {
  if (tenantId === undefined) return true;
  if (kind.visible !== undefined) return kind.visible(object, tenantId, instance);
  if (kind.belongsTo !== 'tenant') return true;
  return object['tenantId'] === undefined || object['tenantId'] === tenantId;
}
