import { deleteObject } from '../crud.js';
import type { Problem } from '../errors.js';
import { valueAt } from '../fields.js';
import type { Answer, Call, Instance, Kind, Write } from '../kind.js';
import type { Fields, StoredObject } from '../store.js';
import { newObjectTenant } from '../tenant-rule.js';
import { forgetEntityGrants, grantsOf } from './grants.js';
import { isBlank, trim } from './normal-text.js';
import { lengthProblems } from './rules.js';

/** Source: `EntitySearchCriteria` of fusionauth-java-client; FusionAuth docs apis/entities/entities, `sortFields`. */
const sortable = ['clientId', 'id', 'insertInstant', 'lastUpdateInstant', 'name', 'parentId', 'tenantId', 'typeId'];

/**
 * An entity. A request names its type by `type.id` only; answers have the whole type. There is no list of all: they are
 * searched. Source: FusionAuth docs apis/entities/entities; `Entity` of fusionauth-java-client.
 */
export const entity: Kind = {
  name: 'entity',
  label: 'Entity',
  path: '/api/entity',
  one: 'entity',
  many: 'entities',
  idParameter: 'entityId',
  operations: ['create', 'delete', 'patch', 'read', 'search', 'update'],
  scope: 'tenant',
  belongsTo: 'tenant',
  shape: 'Entity',
  eventName: 'entity',
  createOnly: ['clientId'],
  kept: ['clientSecret'],
  defaults: () => ({ data: {} }),
  required: ['name', 'type.id'],
  indexed: [{ field: 'clientId' }],
  taken: takenClientId,
  references: [{ path: 'type.id', kind: 'entityType' }],
  normalise: normalEntity,
  validate: (object) => lengthProblems(object, ['clientId', 'name']),
  view: (object, { instance }) => entityView(object, instance),
  afterDelete: forgetEntityGrants,
  searchIndex: {
    criteria: 'EntitySearchCriteria',
    document: indexedEntity,
    // `name:*API` finds only names that end so (FusionAuth docs apis/entities/entities, `queryString`): a keyword.
    types: {
      clientId: 'keyword',
      id: 'keyword',
      insertInstant: 'date',
      lastUpdateInstant: 'date',
      name: 'keyword',
      parentId: 'keyword',
      tenantId: 'keyword',
      typeId: 'keyword',
      grants: 'nested',
      'grants.permissions': 'keyword',
      'grants.recipientEntityId': 'keyword',
      'grants.userId': 'keyword',
    },
    // The tenant goes first, then what it held.
    stays: ({ tenantId }, { store, switches }) =>
      switches.staleTenantEntities === 'on' && store.get('tenant', String(tenantId)) === undefined,
    sortable: { database: sortable, elasticsearch: sortable },
    defaultSort: ['name'],
    databaseTexts: (object, instance) => [object['clientId'], object['name'], typeOf(object, instance)?.['name']],
  },
  routes: [
    { method: 'DELETE', path: '/api/entity/:entityId', endpoint: '/api/entity', scope: 'tenant', handle: remove },
  ],
};

/** No two have one client id, in a tenant or at all: a switch. Two may have one name. */
function takenClientId(object: StoredObject, { store, switches }: Instance): readonly Problem[] {
  const clientId = String(object['clientId']);
  const others = store
    .findAll('entity', 'clientId', clientId)
    .filter(({ id }) => id !== object.id)
    .filter(({ tenantId }) => switches.entityClientIds === 'instance' || tenantId === object['tenantId']);
  if (others.length === 0) return [];
  const message = `An Entity with clientId = [${clientId}] already exists.`;
  return [{ field: 'clientId', kind: 'duplicate', message }];
}

/** An entity as answers show it, with its whole type. */
export function entityView(object: StoredObject, instance: Instance): Fields {
  return { ...object, type: typeOf(object, instance) ?? object['type'] };
}

/** The type of an entity, unless it was deleted all the same. */
export function typeOf(object: StoredObject, { store }: Instance): StoredObject | undefined {
  return store.get('entityType', String(valueAt(object, 'type.id')));
}

function normalEntity(object: Fields, write: Write): Fields {
  const { previous, instance } = write;
  const [clientId, clientSecret] = [trim(object['clientId']), trim(object['clientSecret'])];
  const typeKept = previous !== undefined && instance.switches.entityTypeChange === 'kept';
  return {
    ...object,
    name: trim(object['name']),
    clientId: isBlank(clientId) ? object['id'] : clientId,
    clientSecret: isBlank(clientSecret) ? newSecret(instance) : clientSecret,
    type: { id: valueAt(typeKept ? previous : object, 'type.id') },
  };
}

/** Length and alphabet as in the samples of FusionAuth docs apis/entities/entities: 32 bytes in base64. */
function newSecret({ random }: Instance): string {
  return Buffer.from(random(32)).toString('base64');
}

/**
 * Source: FusionAuth docs, "entity fields" of the search index; that `grants` are
 * those on the entity is UNVERIFIED (switch indexedGrants).
 */
function indexedEntity(object: StoredObject, instance: Instance): Fields {
  const { clientSecret: _secret, type: _type, ...indexed } = object;
  const end = instance.switches.indexedGrants === 'onEntity' ? 'entityId' : 'recipientEntityId';
  const grants = grantsOf(end, object.id, instance).map(({ userId, recipientEntityId, permissions }) => ({
    userId,
    recipientEntityId,
    permissions,
  }));
  return { ...indexed, typeId: valueAt(object, 'type.id'), grants };
}

/** The docs of this call, unlike others by id, want the tenant; whether the server does is a switch. */
async function remove(call: Call): Promise<Answer> {
  // Asked for its refusal only: an entity's tenant is known.
  if (call.instance.switches.entityDeleteTenant === 'required') newObjectTenant(entity, call, {});
  return deleteObject(entity, call);
}
