import { parameterError } from '../errors.js';
import { valueAt } from '../fields.js';
import type { Call, Kind } from '../kind.js';
import type { StoredObject } from '../store.js';
import { entityType } from './entity-type.js';
import { routesOfPart, type PartItem } from './object-part.js';
import { lengthProblems } from './rules.js';
import { normalPermission } from './sub-objects.js';

const item: Kind = {
  name: 'entityTypePermission',
  label: 'Permission',
  path: '/api/entity/type/permission',
  one: 'permission',
  many: 'permissions',
  idParameter: 'permissionId',
  operations: [],
  scope: 'tenant',
  shape: 'EntityTypePermission',
  createOnly: ['name'],
  required: ['name'],
  normalise: normalPermission,
  validate: (permission) => lengthProblems(permission, ['name']),
};

/**
 * Permissions of an entity type; they are read with it, and the name never changes.
 * Source: FusionAuth docs apis/entities/entity-types; that tenant keys may: the list of API endpoints there.
 */
export const entityTypePermission: Kind = {
  ...item,
  routes: routesOfPart({
    owner: entityType,
    list: 'permissions',
    item,
    readable: false,
    used,
    afterDelete: forgetGranted,
  }),
};

function used(deleted: PartItem, { instance }: Call): Error | undefined {
  if (instance.switches.grantedPermissionDelete !== 'refused') return undefined;
  const count = grantsWith(deleted, instance).length;
  if (count === 0) return undefined;
  return parameterError('inUse', 'permissionId', `The Permission is in use by ${count} grants.`);
}

function forgetGranted(deleted: PartItem, { instance }: Call): void {
  if (instance.switches.grantedPermissionDelete === 'kept') return;
  for (const grant of grantsWith(deleted, instance)) {
    const permissions = permissionNames(grant).filter((name) => name !== deleted.item['name']);
    instance.store.put('entityGrant', { ...grant, permissions });
  }
}

/** Grants on entities of the type. */
function grantsWith({ item: { name }, owner }: PartItem, { store }: Call['instance']): readonly StoredObject[] {
  return [...store.all('entityGrant')].filter(
    (grant) =>
      permissionNames(grant).includes(name) &&
      valueAt(store.get('entity', String(grant['entityId'])), 'type.id') === owner.id,
  );
}

function permissionNames({ permissions }: StoredObject): readonly unknown[] {
  return Array.isArray(permissions) ? permissions : [];
}
