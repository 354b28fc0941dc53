import { builtInError } from '../built-in.js';
import type { Kind } from '../kind.js';
import { fusionAuthApplicationId } from '../seeds/ids.js';
import type { Store } from '../store.js';
import { registrationsOf } from '../users/normal-user.js';
import { application, forgetRoles } from './application.js';
import { routesOfPart } from './object-part.js';
import { lengthProblems } from './rules.js';
import { normalRole } from './sub-objects.js';

const item: Kind = {
  name: 'role',
  label: 'Role',
  path: '/api/application/role',
  one: 'role',
  many: 'roles',
  idParameter: 'roleId',
  operations: [],
  scope: 'tenant',
  shape: 'ApplicationRole',
  required: ['name'],
  normalise: normalRole,
  validate: (role) => [...lengthProblems(role, ['name']), ...lengthProblems(role, ['description'], 255)],
};

/**
 * Roles of an application; they are read with it. Those of FusionAuth's own are read-only.
 * Source: FusionAuth docs apis/applications, get-started/core-concepts/roles.
 */
export const role: Kind = {
  ...item,
  routes: routesOfPart({
    owner: application,
    list: 'roles',
    item,
    readable: false,
    frozen: ({ id }, { instance }) =>
      id === fusionAuthApplicationId
        ? builtInError('The roles of the FusionAuth application cannot be changed.', application, instance)
        : undefined,
    afterDelete: ({ item: { id, name }, owner }, { instance }) => {
      forgetRoles([id], instance.store);
      inRegistrations(owner.id, instance.store, (roles) => roles.filter((role) => role !== name));
    },
    afterRename: ({ before, item: { name }, owner }, { instance }) =>
      inRegistrations(owner.id, instance.store, (roles) => roles.map((role) => (role === before ? name : role))),
  }),
};

/** Changes the roles that users have of an application: nobody has one that is gone, or is called something else now. */
function inRegistrations(applicationId: string, store: Store, change: (roles: readonly unknown[]) => unknown): void {
  for (const user of store.findAll('user', 'registrations.*.applicationId', applicationId)) {
    const registrations = registrationsOf(user).map((registration) => {
      const roles: unknown = registration['roles'];
      if (registration['applicationId'] !== applicationId || !Array.isArray(roles)) return registration;
      return { ...registration, roles: change(roles) };
    });
    store.put('user', { ...user, registrations });
  }
}
