import type { Problem } from '../errors.js';
import type { Instance, Kind, Write } from '../kind.js';
import type { Fields, StoredObject } from '../store.js';
import { membershipsOf } from '../users/normal-user.js';
import { findRole } from './role-index.js';
import { lengthProblems } from './rules.js';

/**
 * A group. Its roles are sent as `roleIds` beside it and come back as `group.roles`, a map from application to roles.
 * A PUT without `roleIds` takes all roles away. Source: FusionAuth docs apis/groups; that `roles` is a map:
 * latte-java/fusionauth, discrepancies seen on 1.67.1.
 */
export const group: Kind = {
  name: 'group',
  label: 'Group',
  path: '/api/group',
  one: 'group',
  many: 'groups',
  idParameter: 'groupId',
  operations: ['create', 'delete', 'list', 'patch', 'read', 'search', 'update'],
  scope: 'tenant',
  belongsTo: 'tenant',
  shape: 'Group',
  eventName: 'group',
  siblings: [{ name: 'roleIds', read: (object) => roleIdsOf(object) }],
  readOnly: ['roles'],
  internal: ['roleIds'],
  defaults: () => ({ data: {} }),
  required: ['name'],
  // As in the database schema that FusionAuth publishes.
  unique: [{ field: 'name', within: 'tenantId' }],
  normalise: (fields, { envelope }) => ({ ...fields, roleIds: asSet(envelope['roleIds']) }),
  validate: (object, write) => [...lengthProblems(object, ['name']), ...roleProblems(object, write)],
  view: ({ roleIds, ...object }, { instance }) => ({ ...object, roles: rolesByApplication(roleIds, instance) }),
  search: {
    criteria: { name: 'text', tenantId: 'exact' },
    columns: { name: 'name', id: 'id', insertInstant: 'insertInstant', tenant: 'tenantId' },
    orderBy: 'name ASC',
  },
  afterDelete: forgetMembers,
};

function roleIdsOf(object: StoredObject): readonly string[] {
  const ids = object['roleIds'];
  return Array.isArray(ids) ? ids.map(String) : [];
}

function asSet(ids: unknown): readonly unknown[] {
  return Array.isArray(ids) ? [...new Set<unknown>(ids)] : [];
}

/** Roles of applications of the group's own tenant, and of universal ones. */
function roleProblems(object: StoredObject, { instance }: Write): readonly Problem[] {
  const known = (id: string): boolean => {
    const application = findRole(id, instance)?.application;
    return application !== undefined && [undefined, object['tenantId']].includes(application['tenantId']);
  };
  return roleIdsOf(object)
    .filter((id) => !known(id))
    .map((id) => ({
      field: 'roleIds',
      kind: 'invalid',
      message: `There is no Role with Id [${id}] in the applications of this tenant.`,
      at: 'request' as const,
    }));
}

function rolesByApplication(roleIds: unknown, instance: Instance): Fields {
  const roles: Record<string, Fields[]> = {};
  for (const id of Array.isArray(roleIds) ? roleIds : []) {
    const found = findRole(String(id), instance);
    if (found !== undefined) (roles[found.application.id] ??= []).push(found.role);
  }
  return roles;
}

/** Users keep no membership of a group that is gone. */
function forgetMembers({ id }: StoredObject, { store }: Instance): void {
  for (const user of store.findAll('user', 'memberships.*.groupId', id)) {
    store.put('user', { ...user, memberships: membershipsOf(user).filter(({ groupId }) => groupId !== id) });
  }
}
