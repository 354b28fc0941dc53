import type { EntityGrantRequest, EntityRequest } from '@fusionauth/typescript-client';
import { isJsonObject, type Json, type JsonObject, jsonEqual } from '../../model/index.js';
import type { Kind, ReadClient, WriteTarget } from '../kind.js';
import { asRequest, listOf, oneOf, optionalParameter, orAbsent, without } from '../wire.js';

/** Ids in one look-up: they stand in the URL. */
const idsAtOnce = 100;

/**
 * An entity that is configuration, such as an API client. Entities may be many and made by others, so that kedge reads
 * those only that the files name. On the wire grants have an API of their own; here they are a field of the entity they
 * are on.
 */
export const entity: Kind = {
  kind: 'entity',
  collection: 'entities',
  title: 'entity',
  scope: 'tenant',
  naturalKey: [],
  nameField: 'name',
  refs: [
    { path: 'grants[].recipientEntityId', kind: 'entity' },
    { path: 'parentId', kind: 'entity' },
    { path: 'tenantId', kind: 'tenant' },
    { path: 'type.id', kind: 'entityType' },
  ],
  serverOwned: [
    'id',
    'insertInstant',
    'lastUpdateInstant',
    // Answers carry the whole type (FusionAuth docs: apis/entities/entities).
    'type.data',
    'type.insertInstant',
    'type.jwtConfiguration',
    'type.lastUpdateInstant',
    'type.name',
    'type.permissions',
  ],
  mirrors: [],
  immutable: [
    { path: 'clientId', lost: 'whoever logs in as this entity must be given the new id' },
    { path: 'tenantId', lost: 'every grant on it and of it' },
  ],
  secrets: [
    {
      path: 'clientSecret',
      readBack: 'list',
      onOmit: 'kept',
      source: 'FusionAuth docs: apis/entities/entities (a blank one keeps the current)',
    },
  ],
  lists: [
    { path: 'grants', as: 'set' },
    { path: 'grants[].permissions', as: 'set' },
  ],
  completeMaps: [],
  freeMaps: ['data'],
  children: [],
  required: ['name', 'type.id'],
  defaults: {},
  builtIns: [],
  files: [],
  listRequests: 0,
  detailFields: ['grants'],
  licence: { feature: 'entityManagement', source: 'FusionAuth docs: apis/entities/entities' },
  reads: {
    list: async () => [],
    byIds: async (client, ids) => {
      const pages = Array.from({ length: Math.ceil(ids.length / idsAtOnce) }, (_, page) =>
        ids.slice(page * idsAtOnce, (page + 1) * idsAtOnce),
      );
      const answers = await Promise.all(pages.map((page) => client.searchEntitiesByIds([...page])));
      return answers.flatMap(({ response }) => listOf(response, 'entities'));
    },
    get: async (client, { id }) => {
      const [answer, grants] = await Promise.all([orAbsent(client.retrieveEntity(id)), grantsOn(client, id)]);
      return answer && { ...oneOf(answer.response, 'entity'), grants };
    },
  },
  writes: {
    create: async (target, body) => {
      const request = asRequest<EntityRequest>({ entity: without(body, 'grants') });
      const made = oneOf((await target.client.createEntity(target.id, request)).response, 'entity');
      return { ...made, grants: await writeGrants(target, body['grants'], []) };
    },
    update: async (target, body) => {
      const request = asRequest<EntityRequest>({ entity: without(body, 'grants') });
      const written = oneOf((await target.client.updateEntity(target.id, request)).response, 'entity');
      return { ...written, grants: await writeGrants(target, body['grants'], target.live?.['grants']) };
    },
    delete: async ({ client, id }) => {
      await client.deleteEntity(id);
    },
  },
  traps: [
    'There is no call that lists entities, and they may be many: kedge reads those only that the files name.',
    'Search results lag behind writes: kedge looks entities up by id, which does not go through the index.',
    'A grant without permissions gets the default ones of the type: write them.',
  ],
  softDelete: false,
  deleteMeans: 'nobody can log in as it any more, and every grant on it and of it is gone',
  meanings: [
    {
      path: 'clientSecret',
      when: 'changed',
      risk: 'disruptive',
      says: 'whoever logs in as it with the old secret is refused at once',
    },
    { path: 'grants', when: 'loses', risk: 'disruptive', says: 'what these grants allow ends: {items}' },
    { path: 'grants', when: 'gains', risk: 'disruptive', says: 'these grants are given: {items}' },
  ],
  sources: ['FusionAuth docs: apis/entities', 'fusionauth-java-client Entity, EntityGrant'],
};

async function grantsOn(client: ReadClient, id: string): Promise<readonly JsonObject[]> {
  const answer = await orAbsent(
    client.retrieveEntityGrant(id, optionalParameter(undefined), optionalParameter(undefined)),
  );
  return answer ? listOf(answer.response, 'grants').map(fromWire) : [];
}

/** A grant as it is written: to whom, what, and data. */
function fromWire(grant: JsonObject): JsonObject {
  return without(grant, 'id', 'insertInstant', 'lastUpdateInstant', 'entity');
}

/** Makes the grants on an entity those that are wanted, one request for each that differs, and gives what there is then. */
async function writeGrants(
  target: WriteTarget,
  wanted: Json | undefined,
  now: Json | undefined,
): Promise<readonly JsonObject[]> {
  const { client, id } = target;
  const [after, before] = [byRecipient(wanted), byRecipient(now)];
  if (wanted === undefined) return [...before.values()];
  let wrote = false;
  for (const [recipient, grant] of after) {
    if (jsonEqual(grant, before.get(recipient))) continue;
    await client.upsertEntityGrant(id, asRequest<EntityGrantRequest>({ grant }));
    wrote = true;
  }
  for (const [recipient, grant] of before) {
    if (after.has(recipient)) continue;
    await client.deleteEntityGrant(
      id,
      optionalParameter(text(grant['recipientEntityId'])),
      optionalParameter(text(grant['userId'])),
    );
    wrote = true;
  }
  return wrote ? grantsOn(client, id) : [...after.values()];
}

function byRecipient(grants: Json | undefined): ReadonlyMap<string, JsonObject> {
  const found = new Map<string, JsonObject>();
  for (const grant of Array.isArray(grants) ? (grants as readonly Json[]) : []) {
    if (isJsonObject(grant))
      found.set(`${text(grant['userId']) ?? ''} ${text(grant['recipientEntityId']) ?? ''}`, grant);
  }
  return found;
}

function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
