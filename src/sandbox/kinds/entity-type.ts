import { canSign, canVerify } from '../keys/key-use.js';
import { deleteObject, existing } from '../crud.js';
import type { Problem } from '../errors.js';
import { valueAt } from '../fields.js';
import type { Answer, Call, Kind, Write } from '../kind.js';
import type { Fields, StoredObject } from '../store.js';
import { forgetEntityGrants } from './grants.js';
import { isBlank, isRecord, trim } from './normal-text.js';
import { lengthProblems, needs, numberProblems } from './rules.js';
import { normalPermission } from './sub-objects.js';
import { entityTypePlaces } from './uses.js';

/**
 * A type of entities. Its permissions have routes of their own. Source: FusionAuth docs apis/entities/entity-types;
 * `EntityType` of fusionauth-java-client.
 */
export const entityType: Kind = {
  name: 'entityType',
  label: 'Entity Type',
  path: '/api/entity/type',
  one: 'entityType',
  many: 'entityTypes',
  idParameter: 'entityTypeId',
  operations: ['create', 'delete', 'list', 'patch', 'read', 'search', 'update'],
  scope: 'global',
  shape: 'EntityType',
  readOnly: ['permissions'],
  defaults: () => ({
    data: {},
    jwtConfiguration: { accessTokenVerificationKeyIds: [], enabled: false, timeToLiveInSeconds: 0 },
  }),
  required: ['name'],
  unique: [{ field: 'name', undocumented: true }],
  references: [
    { path: 'jwtConfiguration.accessTokenKeyId', kind: 'key', fits: canSign },
    { path: 'jwtConfiguration.accessTokenVerificationKeyIds.*', kind: 'key', fits: canVerify },
  ],
  usedAt: entityTypePlaces,
  normalise: normalType,
  validate: (type) => [...lengthProblems(type, ['name']), ...jwtProblems(type), ...permissionProblems(type)],
  search: {
    criteria: { name: 'text' },
    columns: {
      name: 'name',
      id: 'id',
      insertInstant: 'insertInstant',
      lastUpdateInstant: 'lastUpdateInstant',
      entityTypePermissionsCount: (type) => permissionsOf(type).length,
    },
    orderBy: 'name ASC',
  },
  routes: [
    {
      method: 'DELETE',
      path: '/api/entity/type/:entityTypeId',
      endpoint: '/api/entity/type',
      scope: 'global',
      handle: remove,
    },
  ],
};

/** The permissions of a type, with their names and whether they are given to whoever is given none by name. */
export function permissionsOf({ permissions }: Fields): readonly Fields[] {
  return Array.isArray(permissions) ? permissions.filter(isRecord) : [];
}

function normalType(type: Fields, { previous, instance, sent }: Write): Fields {
  const named = { ...type, name: trim(type['name']) };
  if (previous !== undefined) return named;
  const now = instance.now();
  const inline = instance.switches.inlinePermissions === 'taken' ? permissionsOf(sent) : [];
  const permissions = inline.map((permission) => ({
    id: instance.uuid(),
    ...normalPermission(permission),
    insertInstant: now,
    lastUpdateInstant: now,
  }));
  return { ...named, permissions };
}

function jwtProblems(type: StoredObject): readonly Problem[] {
  if (valueAt(type, 'jwtConfiguration.enabled') !== true) return [];
  return [
    ...needs(type, { when: true, fields: ['jwtConfiguration.accessTokenKeyId'] }),
    ...numberProblems(type, { 'jwtConfiguration.timeToLiveInSeconds': { min: 1 } }),
  ];
}

function permissionProblems(type: StoredObject): readonly Problem[] {
  return permissionsOf(type).flatMap(({ name }, at) =>
    isBlank(name) ? [{ field: `permissions[${at}].name`, kind: 'blank', message: 'A permission needs a name.' }] : [],
  );
}

/** The entities of the type may keep it from being deleted or go with it: a switch. */
async function remove(call: Call): Promise<Answer> {
  const { instance } = call;
  const { id } = existing(entityType, call);
  if (instance.switches.usedEntityTypeDelete === 'cascades') {
    const gone = instance.store.removeWhere('entity', (object) => valueAt(object, 'type.id') === id);
    for (const object of gone) forgetEntityGrants(object, instance);
  }
  return deleteObject(entityType, call);
}
