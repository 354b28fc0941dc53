import type { EntityTypeRequest } from '@fusionauth/typescript-client';
import { type JsonObject, valueAt } from '../../model/index.js';
import type { Kind } from '../kind.js';
import { normalized, trimmed } from '../normal-text.js';
import { asRequest, oneOf, orAbsent, without } from '../wire.js';
import { parentOf } from './role.js';

/** A permission that entities of a type may be granted. There is no GET for one: it is read with its type. */
export const entityTypePermission: Kind = {
  kind: 'entityTypePermission',
  collection: 'permissions',
  title: 'permission',
  scope: 'child',
  parent: 'entityType',
  naturalKey: ['name'],
  nameField: 'name',
  refs: [],
  serverOwned: ['id', 'insertInstant', 'lastUpdateInstant'],
  mirrors: [],
  immutable: [{ path: 'name', lost: 'every grant of the old permission' }],
  secrets: [],
  lists: [],
  completeMaps: [],
  freeMaps: ['data'],
  children: [],
  required: ['name'],
  defaults: { isDefault: false },
  builtIns: [],
  files: [],
  listRequests: 0,
  licence: { feature: 'entityManagement', source: 'FusionAuth docs: apis/entities/entity-types' },
  reads: {
    list: async () => [],
    get: async (client, { id, parentId }) => {
      const answer = await orAbsent(client.retrieveEntityType(parentId ?? ''));
      const list = answer && valueAt(answer.response, ['entityType', 'permissions']);
      // Each item of a type's permissions is a JSON object; one without this id is not ours.
      return Array.isArray(list) ? (list as readonly JsonObject[]).find((item) => item['id'] === id) : undefined;
    },
  },
  writes: {
    create: async (target, body) => {
      const request = asRequest<EntityTypeRequest>({ permission: body });
      const { response } = await target.client.createEntityTypePermission(parentOf(target), target.id, request);
      return oneOf(response, 'permission');
    },
    update: async (target, body) => {
      const request = asRequest<EntityTypeRequest>({ permission: without(body, 'name') });
      const { response } = await target.client.updateEntityTypePermission(parentOf(target), target.id, request);
      return oneOf(response, 'permission');
    },
    delete: async (target) => {
      await target.client.deleteEntityTypePermission(parentOf(target), target.id);
    },
  },
  traps: [
    'There is no GET for a permission: it is read with its type.',
    'Its update has no name: a renamed permission is another permission.',
  ],
  canonical: normalized(trimmed('name', 'description')),
  softDelete: false,
  deleteMeans: 'every grant that has this permission loses it',
  meanings: [
    {
      path: 'isDefault',
      when: 'turned-off',
      risk: 'disruptive',
      says: 'grants that name no permission no longer hold this one',
    },
    { path: 'isDefault', when: 'turned-on', risk: 'disruptive', says: 'grants that name no permission hold this one' },
    { path: 'name', when: 'changed', risk: 'disruptive', says: 'tokens call the permission {to}[, no longer {from}]' },
  ],
  sources: ['FusionAuth docs: apis/entities/entity-types', 'fusionauth-java-client EntityTypePermission.normalize()'],
};
