import type { Kind } from '../kind.js';
import type { Store } from '../store.js';
import { registrationsOf } from '../users/normal-user.js';
import { forgetRoles } from './application.js';
import { routesOfPart } from './application-part.js';
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
  validate: (role) => lengthProblems(role, ['name']),
};

/** Roles of an application; they are read with it. Source: FusionAuth docs apis/applications. */
export const role: Kind = {
  ...item,
  routes: routesOfPart({
    list: 'roles',
    item,
    readable: false,
    afterDelete: ({ id, name }, { instance, params }) => {
      forgetRoles([id], instance.store);
      takeFromRegistrations(name, params['applicationId'] ?? '', instance.store);
    },
  }),
};

/** Nobody has a role that is gone. */
function takeFromRegistrations(role: unknown, applicationId: string, store: Store): void {
  const id = applicationId.toLowerCase();
  for (const user of store.findAll('user', 'registrations.*.applicationId', id)) {
    const registrations = registrationsOf(user).map((registration) => {
      const roles: unknown = registration['roles'];
      if (registration['applicationId'] !== id || !Array.isArray(roles)) return registration;
      return { ...registration, roles: roles.filter((name) => name !== role) };
    });
    store.put('user', { ...user, registrations });
  }
}
