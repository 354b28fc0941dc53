import type { ApplicationRequest } from '@fusionauth/typescript-client';
import { type JsonObject, KedgeError, valueAt } from '../../model/index.js';
import type { Kind, WriteTarget } from '../kind.js';
import { normalized, trimmed } from '../normal-text.js';
import { asRequest, oneOf, orAbsent } from '../wire.js';

/**
 * A role of an application. There is no GET for one: it is read with its application, and written through the role API,
 * because an application's PUT leaves roles alone (FusionAuth docs: apis/applications).
 */
export const role: Kind = {
  kind: 'role',
  collection: 'roles',
  clientType: 'ApplicationRole',
  title: 'role',
  scope: 'child',
  parent: 'application',
  naturalKey: ['name'],
  nameField: 'name',
  refs: [],
  serverOwned: ['id', 'insertInstant', 'lastUpdateInstant'],
  mirrors: [],
  immutable: [],
  secrets: [],
  lists: [],
  completeMaps: [],
  children: [],
  required: ['name'],
  defaults: { isDefault: false, isSuperRole: false },
  builtIns: [],
  files: [],
  listRequests: 0,
  reads: {
    list: async () => [],
    get: async (client, { id, parentId }) => {
      const answer = await orAbsent(client.retrieveApplication(parentId ?? ''));
      const roles = answer && valueAt(answer.response, ['application', 'roles']);
      // Each item of an application's roles is a JSON object; one without this id is not ours.
      return Array.isArray(roles) ? (roles as readonly JsonObject[]).find((item) => item['id'] === id) : undefined;
    },
  },
  writes: {
    create: async (target, body) => {
      const request = asRequest<ApplicationRequest>({ role: body });
      return oneOf((await target.client.createApplicationRole(parentOf(target), target.id, request)).response, 'role');
    },
    update: async (target, body) => {
      const request = asRequest<ApplicationRequest>({ role: body });
      return oneOf((await target.client.updateApplicationRole(parentOf(target), target.id, request)).response, 'role');
    },
    delete: async (target) => {
      await target.client.deleteApplicationRole(parentOf(target), target.id);
    },
  },
  traps: ['There is no GET for a role: it is read with its application.'],
  canonical: normalized(trimmed('name', 'description')),
  softDelete: false,
  deleteMeans: 'every user and group that has this role loses it, and their next token no longer carries it',
  meanings: [
    { path: 'isDefault', when: 'turned-off', risk: 'disruptive', says: 'who registers no longer gets this role' },
    {
      path: 'isDefault',
      when: 'turned-on',
      risk: 'disruptive',
      says: 'who registers without naming roles gets this role',
    },
    {
      path: 'isSuperRole',
      when: 'turned-on',
      risk: 'disruptive',
      says: 'who has this role may do everything in the application',
    },
    {
      path: 'isSuperRole',
      when: 'turned-off',
      risk: 'disruptive',
      says: 'who has this role may no longer do everything in the application',
    },
    {
      path: 'name',
      when: 'changed',
      risk: 'disruptive',
      says: 'tokens call the role {to}[, no longer {from}]: applications that ask for the old name refuse its users',
    },
  ],
  sources: ['FusionAuth docs: apis/applications', 'fusionauth-java-client ApplicationRole.normalize()'],
};

/** The application that a role or scope lives in. A change without one is a bug of the differ. */
export function parentOf(target: WriteTarget): string {
  if (target.parentId === undefined) {
    throw new KedgeError({ code: 'diff/not-found', message: `the parent of ${target.id} is not known` });
  }
  return target.parentId;
}
