import { deleteObject, existing, patchObject, readObject, updateObject } from '../crud.js';
import { forbidden, Refusal, unauthorized, type Problem } from '../errors.js';
import { placesAt } from '../fields.js';
import type { ApiKey, Answer, Call, Kind, Route, Write } from '../kind.js';
import type { Fields, StoredObject } from '../store.js';
import { isBlank, isRecord, trim } from './normal-text.js';

/**
 * What a copy starts with. Sources: FusionAuth docs apis/api-keys, `sourceKeyId` ("the same permissions", and a name where
 * the source is not `retrievable`); the copying constructor of fusionauth-java-client's `APIKey` for the rest.
 */
const copied = [
  'expirationInstant',
  'ipAccessControlListId',
  'metaData',
  'permissions',
  'retrievable',
  'tenantId',
] as const;

const path = '/api/api-key';

/** API keys: no list and no search. Source: FusionAuth docs apis/api-keys; `normalize()` of fusionauth-java-client's `APIKey`. */
export const apiKey: Kind = {
  name: 'apiKey',
  label: 'API Key',
  path,
  one: 'apiKey',
  many: 'apiKeys',
  idParameter: 'keyId',
  operations: ['create'],
  scope: 'keyManager',
  shape: 'APIKey',
  readOnly: ['keyManager'],
  internal: ['seeded'],
  createOnly: ['key', 'retrievable', 'tenantId'],
  defaults: () => ({ metaData: { attributes: {} }, retrievable: true }),
  unique: [{ field: 'key', caseSensitive: true }, { field: 'name' }],
  references: [
    { path: 'tenantId', kind: 'tenant' },
    { path: 'ipAccessControlListId', kind: 'ipAccessControlList' },
  ],
  normalise: normalApiKey,
  validate: apiKeyProblems,
  view: (object, { viewer }) => {
    if (viewer === 'created' || object['retrievable'] !== false) return object;
    return Object.fromEntries(Object.entries(object).filter(([name]) => name !== 'key'));
  },
  visible: (object, tenantId) => object['tenantId'] === tenantId,
  copy: {
    parameter: 'sourceKeyId',
    from: (source) => Object.fromEntries(copied.map((name) => [name, source[name]])),
    refused: ({ keyManager }) => (keyManager === true ? 'A key manager cannot be copied.' : undefined),
  },
  routes: [
    route('GET', (call) => readObject(apiKey, call)),
    route('PUT', (call) => updateObject(apiKey, call)),
    route('PATCH', (call) => {
      if (call.instance.switches.apiKeyPatch === 'missing') throw new Refusal(405);
      return patchObject(apiKey, call);
    }),
    route('DELETE', (call) => deleteObject(apiKey, call)),
  ],
};

/**
 * "In order to retrieve, update or delete an API key, an API key with equal or greater permissions must be used"
 * (FusionAuth docs apis/api-keys). What a lesser one is answered is
 * UNVERIFIED (switch lesserKey); one without permission is answered 401 elsewhere.
 */
function route(method: Route['method'], carryOut: (call: Call) => Answer | Promise<Answer>): Route {
  return {
    method,
    path: `${path}/:keyId`,
    endpoint: path,
    scope: 'keyManager',
    handle: (call) => {
      if (!mayDoAll(call.apiKey, existing(apiKey, call))) {
        throw call.instance.switches.lesserKey === 'unauthorized' ? unauthorized() : forbidden();
      }
      return carryOut(call);
    },
  };
}

function normalApiKey(object: Fields, { instance }: Write): Fields {
  return {
    ...withOwnPermissions(object),
    key: isBlank(object['key']) ? Buffer.from(instance.random(48)).toString('base64url') : object['key'],
    keyManager: object['keyManager'] === true,
    name: trim(object['name']),
  };
}

/** To make keys is never a permission of one, whoever asks. */
function withOwnPermissions(object: Fields): Fields {
  const { permissions } = object;
  if (!isRecord(permissions)) return object;
  const endpoints = isRecord(permissions['endpoints']) ? permissions['endpoints'] : {};
  const kept = Object.entries(endpoints).filter(([endpoint]) => endpoint !== path);
  return { ...object, permissions: { ...permissions, endpoints: Object.fromEntries(kept) } };
}

/**
 * A key that is there from the start, as a kickstart's are; only such a key can be a key manager. What a kickstart calls
 * `description` the API has among the meta data (FusionAuth docs, kickstart and apis/api-keys).
 */
export function installedApiKey({ description, ...fields }: Fields): Fields {
  const attributes = description === undefined ? {} : { description };
  return {
    keyManager: false,
    metaData: { attributes },
    retrievable: true,
    ...withOwnPermissions(fields),
    seeded: true,
  };
}

/** A manager that is tied to a tenant makes keys of that tenant, with no more rights than its own. */
function apiKeyProblems(object: StoredObject, { call }: Write): readonly Problem[] {
  const problems: Problem[] = [];
  if (object['retrievable'] === false && isBlank(object['name'])) {
    problems.push({ field: 'name', kind: 'blank', message: 'A key that cannot be read back needs a name.' });
  }
  const own = call.apiKey?.tenantId;
  if (own !== undefined && object['tenantId'] !== own) {
    problems.push({ field: 'tenantId', kind: 'invalid', message: `The key may only be of the Tenant [${own}].` });
  }
  if (!mayDoAll(call.apiKey, object)) {
    const message = 'A key cannot have more permissions than the one that makes it.';
    problems.push({ field: 'permissions.endpoints', kind: 'invalid', message });
  }
  return problems;
}

/** Whether the first key may do everything that the second may. No permissions at all are all there are. */
function mayDoAll(caller: ApiKey | undefined, other: Fields): boolean {
  const [allowed, wanted] = [permissionsOf(caller), permissionsOf(other)];
  if (allowed.length === 0) return true;
  return wanted.length > 0 && wanted.every((permission) => allowed.includes(permission));
}

function permissionsOf(object: Fields | undefined): readonly string[] {
  return placesAt(object, 'permissions.endpoints.*').flatMap(({ path, value }) =>
    Array.isArray(value)
      ? value.map((method) => `${String(method)} ${path.slice('permissions.endpoints.'.length)}`)
      : [],
  );
}
