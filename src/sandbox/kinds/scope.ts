import type { Kind } from '../kind.js';
import { application } from './application.js';
import { routesOfPart } from './object-part.js';
import { lengthProblems } from './rules.js';
import { normalScope } from './sub-objects.js';

const item: Kind = {
  name: 'scope',
  label: 'Scope',
  path: '/api/application/scope',
  one: 'scope',
  many: 'scopes',
  idParameter: 'scopeId',
  operations: [],
  scope: 'tenant',
  shape: 'ApplicationOAuthScope',
  createOnly: ['name'],
  required: ['name'],
  normalise: normalScope,
  validate: (scope) => lengthProblems(scope, ['name']),
};

/** Custom OAuth scopes of an application; the name never changes. Source: FusionAuth docs apis/scopes. */
export const scope: Kind = {
  ...item,
  routes: routesOfPart({ owner: application, list: 'scopes', item, readable: true, ownerField: 'applicationId' }),
};
