import { existing } from '../crud.js';
import { badUuid, madeUp, notFound, parameterError, type Problem } from '../errors.js';
import type { Answer, Call, Instance, Kind, SearchRule, Write } from '../kind.js';
import { readEnvelope } from '../request-envelope.js';
import { searchKind } from '../search.js';
import { isUuid } from '../shape.js';
import type { Fields, StoredObject } from '../store.js';
import { composeObject } from '../write-object.js';
import { entity, entityView, typeOf } from './entity.js';
import { permissionsOf } from './entity-type.js';
import { grantsOf, reindexTarget, type GrantEnd } from './grants.js';
import { isRecord, sortedSet } from './normal-text.js';
import { matchesPattern } from './pattern.js';

const path = '/api/entity/:entityId/grant';
const search = '/api/entity/grant/search';

/**
 * What a user or an entity may do with an entity. A grant has no address: it is found by the entity it is on and whom it is
 * for. Source: FusionAuth docs apis/entities/grants; `EntityGrant` and `EntityGrantSearchCriteria` of fusionauth-java-client.
 */
export const entityGrant: Kind = {
  name: 'entityGrant',
  label: 'Grant',
  path: '/api/entity/grant',
  one: 'grant',
  many: 'grants',
  idParameter: 'grantId',
  operations: [],
  scope: 'tenant',
  belongsTo: 'tenant',
  shape: 'EntityGrant',
  readOnly: ['entity'],
  internal: ['entityId', 'tenantId'],
  defaults: () => ({ data: {}, permissions: [] }),
  indexed: [{ field: 'entityId' }, { field: 'recipientEntityId' }, { field: 'userId' }],
  normalise: (grant, { instance }) => ({ ...grant, permissions: permissionsGiven(grant, instance) }),
  validate: (grant, { instance }) =>
    madeUp([...recipientProblems(grant, instance), ...permissionProblems(grant, instance)]),
  routes: [
    { method: 'POST', path, endpoint: '/api/entity/grant', scope: 'tenant', handle: upsert },
    { method: 'PUT', path, endpoint: '/api/entity/grant', scope: 'tenant', handle: upsert },
    { method: 'GET', path, endpoint: '/api/entity/grant', scope: 'tenant', handle: read },
    { method: 'DELETE', path, endpoint: '/api/entity/grant', scope: 'tenant', handle: remove },
    { method: 'GET', path: search, endpoint: search, scope: 'tenant', handle: searchGrants },
    { method: 'POST', path: search, endpoint: search, scope: 'tenant', handle: searchGrants },
  ],
};

const searchRule: SearchRule = {
  criteria: {
    entityId: (grant, id, { switches }) =>
      grant[switches.grantSearchEntity === 'target' ? 'entityId' : 'recipientEntityId'] === id.toLowerCase(),
    name: (grant, name, instance) => matchesPattern(String(targetOf(grant, instance)?.['name']), name),
    userId: (grant, id) => grant['userId'] === id.toLowerCase(),
  },
  columns: { name: (grant, instance) => targetOf(grant, instance)?.['name'], insertInstant: 'insertInstant' },
  orderBy: 'name ASC',
};

/** Makes the grant of a recipient, or puts another in its place. The answer is empty. */
function upsert(call: Call): Answer {
  const { instance, body } = call;
  const target = existing(entity, call);
  const { envelope, sent } = readEnvelope(entityGrant, body, instance.switches);
  const previous = recipients
    .flatMap((end) => (typeof sent[end] === 'string' ? [grantOf(target, { end, id: sent[end] }, instance)] : []))
    .find((grant) => grant !== undefined);
  const operation = previous === undefined ? 'create' : 'update';
  const write: Write = { instance, operation, previous, envelope, sent, call };
  const identity = { id: previous?.id ?? instance.uuid(), entityId: target.id, tenantId: String(target['tenantId']) };
  const grant = composeObject(entityGrant, write, identity);
  instance.store.put('entityGrant', grant);
  touched(grant, instance);
  return { status: 200 };
}

/** All grants on an entity, or the one of a user or an entity. */
function read(call: Call): Answer {
  const { instance } = call;
  const target = existing(entity, call);
  const recipient = recipientOf(call);
  if (recipient === undefined) {
    const grants = grantsOf('entityId', target.id, instance);
    return { status: 200, body: { grants: grants.map((grant) => grantView(grant, instance)) } };
  }
  const grant = grantOf(target, recipient, instance);
  if (grant === undefined) throw notFound();
  return { status: 200, body: { grant: grantView(grant, instance) } };
}

function remove(call: Call): Answer {
  const { instance } = call;
  const target = existing(entity, call);
  const recipient = recipientOf(call);
  if (recipient === undefined) throw parameterError('missing', 'userId', recipientRule);
  const grant = grantOf(target, recipient, instance);
  if (grant === undefined) throw notFound();
  instance.store.remove('entityGrant', grant.id);
  touched(grant, instance);
  return { status: 200 };
}

/** `entityId` and `userId` exclude each other (fusionauth-issues #1883). Hits have no secret, as in the docs' sample. */
function searchGrants(call: Call): Answer {
  const { instance, method, query, body } = call;
  const inBody = isRecord(body) ? body['search'] : undefined;
  const criteria = method === 'GET' ? Object.fromEntries(query) : isRecord(inBody) ? inBody : {};
  const given = (['entityId', 'userId'] as const).filter((name) => (criteria[name] ?? '') !== '');
  for (const name of given) if (!isUuid(criteria[name])) throw badUuid(name, String(criteria[name]));
  if (given.length > 1) throw parameterError('invalid', 'entityId', 'The entityId and the userId exclude each other.');
  const { objects, total } = searchKind(entityGrant, searchRule, call);
  const grants = objects.map((grant) => {
    const { entity: target, ...view } = grantView(grant, instance);
    return { ...view, entity: isRecord(target) ? { ...target, clientSecret: undefined } : target };
  });
  return { status: 200, body: { grants, total } };
}

const recipients = ['recipientEntityId', 'userId'] as const;

const recipientRule = 'Either the userId or the recipientEntityId is required, and not both.';

interface Recipient {
  readonly end: Exclude<GrantEnd, 'entityId'>;
  readonly id: string;
}

/** Whom the query names. */
function recipientOf({ query }: Call): Recipient | undefined {
  const named = recipients.flatMap((end) => {
    const id = query.get(end);
    if (id === null || id === '') return [];
    if (!isUuid(id)) throw badUuid(end, id);
    return [{ end, id: id.toLowerCase() }];
  });
  if (named.length > 1) throw parameterError('invalid', 'userId', recipientRule);
  return named[0];
}

function grantOf(target: StoredObject, { end, id }: Recipient, instance: Instance): StoredObject | undefined {
  return grantsOf(end, id, instance).find((grant) => grant['entityId'] === target.id);
}

function targetOf({ entityId }: Fields, { store }: Instance): StoredObject | undefined {
  return store.get('entity', String(entityId));
}

function grantView(grant: StoredObject, instance: Instance): Fields {
  const { entityId: _entityId, tenantId: _tenantId, ...view } = grant;
  const target = targetOf(grant, instance);
  return { ...view, ...(target === undefined ? {} : { entity: entityView(target, instance) }) };
}

/** Names, sorted, each once; the type's default ones where none are given. */
function permissionsGiven(grant: Fields, instance: Instance): readonly unknown[] {
  const given = Array.isArray(grant['permissions']) ? grant['permissions'] : [];
  const byDefault = typePermissions(grant, instance).filter(({ isDefault }) => isDefault === true);
  return sortedSet(given.length > 0 ? given : byDefault.map(({ name }) => name));
}

function typePermissions(grant: Fields, instance: Instance): readonly Fields[] {
  const target = targetOf(grant, instance);
  const type = target === undefined ? undefined : typeOf(target, instance);
  return type === undefined ? [] : permissionsOf(type);
}

/**
 * One user or one entity, of the entity's own tenant. The codes are
 * UNVERIFIED (switch undocumentedErrors).
 */
function recipientProblems(grant: StoredObject, { store }: Instance): readonly Problem[] {
  const given = recipients.filter((end) => typeof grant[end] === 'string');
  if (given.length !== 1) {
    const kind = given.length === 0 ? 'missing' : 'invalid';
    return recipients.map((field) => ({ field, kind, message: recipientRule }));
  }
  return given.flatMap((field) => {
    const recipient = store.get(field === 'userId' ? 'user' : 'entity', String(grant[field]));
    if (recipient !== undefined && recipient['tenantId'] === grant['tenantId']) return [];
    const message = `The ${field} [${String(grant[field])}] is invalid. There is none with this Id in the tenant.`;
    return [{ field, kind: 'invalid', message }];
  });
}

/** The field is UNVERIFIED (switch undocumentedErrors). */
function permissionProblems(grant: StoredObject, instance: Instance): readonly Problem[] {
  const known = typePermissions(grant, instance).map(({ name }) => name);
  const given = Array.isArray(grant['permissions']) ? grant['permissions'] : [];
  const unknown = given.filter((name) => !known.includes(name));
  if (unknown.length === 0) return [];
  const message = `The entity's type has no permission ${unknown.join(', ')}.`;
  return [{ field: 'permissions', kind: 'invalid', message }];
}

/** A grant has instants of its own; that it moves those of entities is not documented: a switch, off. */
function touched(grant: StoredObject, instance: Instance): void {
  const { store, switches, now } = instance;
  if (switches.grantBumpsEntities === 'on') {
    for (const id of [grant['entityId'], grant['recipientEntityId']]) {
      const object = typeof id === 'string' ? store.get('entity', id) : undefined;
      if (object === undefined) continue;
      const lastUpdateInstant = Math.max(now(), Number(object['lastUpdateInstant']) + 1);
      store.put('entity', { ...object, lastUpdateInstant });
    }
  }
  reindexTarget(grant, instance);
}
