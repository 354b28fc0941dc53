import type { Fields } from '../store.js';
import { isRecord, trim, trimToNothing } from './normal-text.js';

/** A role as the server keeps it. Source: `ApplicationRole.normalize()` of fusionauth-java-client. */
export function normalRole(role: Fields): Fields {
  return {
    ...role,
    name: trim(role['name']),
    description: trim(role['description']),
    isDefault: role['isDefault'] === true,
    isSuperRole: role['isSuperRole'] === true,
  };
}

/** A permission of an entity type as the server keeps it. Source: `EntityTypePermission.normalize()` of fusionauth-java-client. */
export function normalPermission(permission: Fields): Fields {
  return {
    ...permission,
    name: trim(permission['name']),
    description: trim(permission['description']),
    data: isRecord(permission['data']) ? permission['data'] : {},
    isDefault: permission['isDefault'] === true,
  };
}

/** A custom OAuth scope as the server keeps it. Source: `ApplicationOAuthScope.normalize()` of fusionauth-java-client. */
export function normalScope(scope: Fields): Fields {
  return {
    ...scope,
    name: trim(scope['name']),
    data: isRecord(scope['data']) ? scope['data'] : {},
    defaultConsentDetail: trimToNothing(scope['defaultConsentDetail']),
    defaultConsentMessage: trimToNothing(scope['defaultConsentMessage']),
    description: trimToNothing(scope['description']),
    required: scope['required'] === true,
  };
}
