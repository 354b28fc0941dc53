import type { Kind } from '../kind.js';
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
    afterDelete: ({ id }, { instance }) => forgetRoles([id], instance.store),
  }),
};
