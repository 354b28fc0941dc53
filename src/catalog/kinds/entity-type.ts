import type { EntityTypeRequest } from '@fusionauth/typescript-client';
import type { Kind } from '../kind.js';
import { entityTypeSince } from '../since.generated.js';
import { asRequest, listOf, oneOf, orAbsent, without } from '../wire.js';
import { entityTokenMeanings, ownTokenMeanings } from '../meanings/token-meanings.js';

/** An entity type: what entities of it may be granted, and how their tokens are signed. */
export const entityType: Kind = {
  kind: 'entityType',
  collection: 'entityTypes',
  title: 'entity type',
  scope: 'instance',
  naturalKey: ['name'],
  nameField: 'name',
  refs: [
    { path: 'jwtConfiguration.accessTokenKeyId', kind: 'key' },
    { path: 'jwtConfiguration.accessTokenVerificationKeyIds[]', kind: 'key' },
  ],
  serverOwned: ['id', 'insertInstant', 'lastUpdateInstant'],
  mirrors: [],
  immutable: [],
  secrets: [],
  lists: [{ path: 'jwtConfiguration.accessTokenVerificationKeyIds', as: 'set' }],
  completeMaps: [],
  freeMaps: ['data'],
  children: [{ field: 'permissions', kind: 'entityTypePermission' }],
  required: ['name'],
  // The life of a token is 0 where no tokens are made (FusionAuth docs: apis/entities/entity-types, samples).
  defaults: { jwtConfiguration: { enabled: false, timeToLiveInSeconds: 0 } },
  builtIns: [],
  files: [],
  since: entityTypeSince,
  licence: { feature: 'entityManagement', source: 'FusionAuth docs: apis/entities/entity-types' },
  reads: {
    list: async (client) => listOf((await client.retrieveEntityTypes()).response, 'entityTypes'),
    get: async (client, { id }) => {
      const answer = await orAbsent(client.retrieveEntityType(id));
      return answer && oneOf(answer.response, 'entityType');
    },
  },
  writes: {
    create: async ({ client, id }, body) => {
      const request = asRequest<EntityTypeRequest>({ entityType: without(body, 'permissions') });
      return oneOf((await client.createEntityType(id, request)).response, 'entityType');
    },
    update: async ({ client, id }, body) => {
      const request = asRequest<EntityTypeRequest>({ entityType: without(body, 'permissions') });
      return oneOf((await client.updateEntityType(id, request)).response, 'entityType');
    },
    delete: async ({ client, id }) => {
      await client.deleteEntityType(id);
    },
  },
  traps: ['Its PUT leaves permissions alone: kedge writes them through their own API.'],
  softDelete: false,
  deleteMeans: 'every entity of this type is deleted with it, with all grants, for good',
  meanings: [...entityTokenMeanings, ...ownTokenMeanings],
  sources: ['FusionAuth docs: apis/entities/entity-types', 'fusionauth-java-client EntityType'],
};
