import type { APIKeyRequest } from '@fusionauth/typescript-client';
import {
  type DesiredObject,
  type DesiredValue,
  isDesiredList,
  isDesiredObject,
  isJsonObject,
  type JsonObject,
  type KeyLimits,
} from '../../model/index.js';
import type { Kind } from '../kind.js';
import { apiKeySince } from '../since.generated.js';
import { asRequest, oneOf, orAbsent } from '../wire.js';

/** The API that keys never get a permission for, whatever is asked (fusionauth-java-client APIKey.normalize()). */
export const keyManagerEndpoint = '/api/api-key';

const lost = 'whoever uses the old key must be given the new one';

/** An API key. No call lists them, so that kedge knows those only that the files name. */
export const apiKey: Kind = {
  kind: 'apiKey',
  collection: 'apiKeys',
  clientType: 'APIKey',
  title: 'API key',
  scope: 'instance',
  naturalKey: [],
  nameField: 'name',
  refs: [
    { path: 'ipAccessControlListId', kind: 'ipAccessControlList' },
    { path: 'tenantId', kind: 'tenant' },
  ],
  // Only the UI and a kickstart make key managers (FusionAuth docs: apis/api-keys).
  serverOwned: ['id', 'insertInstant', 'lastUpdateInstant', 'keyManager'],
  mirrors: [],
  immutable: [
    { path: 'key', lost },
    { path: 'retrievable', lost },
    { path: 'tenantId', lost },
  ],
  secrets: [
    {
      path: 'key',
      readBack: 'get',
      onOmit: 'kept',
      source: 'FusionAuth docs: apis/api-keys (given back while retrievable, and never changed by an update)',
    },
  ],
  lists: [{ path: 'permissions.endpoints{}', as: 'set' }],
  // What a key may do is complete as it is written: an endpoint that nobody wrote is drift.
  completeMaps: ['permissions.endpoints'],
  freeMaps: ['metaData.attributes'],
  children: [],
  required: [],
  defaults: { retrievable: true },
  builtIns: [],
  files: [],
  listRequests: 0,
  since: apiKeySince,
  reads: {
    list: async () => [],
    byIds: async (client, ids) => {
      const found = await Promise.all(ids.map((id) => apiKey.reads.get(client, { id })));
      return found.filter((body) => body !== undefined);
    },
    get: async (client, { id }) => {
      const answer = await orAbsent(client.retrieveAPIKey(id));
      return answer && oneOf(answer.response, 'apiKey');
    },
  },
  writes: {
    create: async ({ client, id }, body) =>
      oneOf((await client.createAPIKey(id, asRequest<APIKeyRequest>({ apiKey: body }))).response, 'apiKey'),
    update: async ({ client, id }, body) =>
      oneOf((await client.updateAPIKey(id, asRequest<APIKeyRequest>({ apiKey: body }))).response, 'apiKey'),
    delete: async ({ client, id }) => {
      await client.deleteAPIKey(id);
    },
  },
  traps: [
    'No call lists API keys: kedge knows those only that the files name, and never prunes or pulls others.',
    'A key without `permissions` may do everything: write at least one endpoint.',
    'Making and changing keys needs a key that is a key manager.',
  ],
  // "An API key with equal or greater permissions must be used" (FusionAuth docs: apis/api-keys).
  mayOnlyWith: permissionsIn,
  canonical: withoutOwnEndpoint,
  softDelete: false,
  deleteMeans: 'whoever uses it is refused from then on',
  meanings: [
    {
      path: 'permissions.endpoints',
      when: 'loses',
      risk: 'disruptive',
      says: 'whoever uses it may no longer call {items}',
    },
    { path: 'permissions.endpoints', when: 'gains', risk: 'disruptive', says: 'whoever uses it may call {items}' },
    {
      path: 'permissions.endpoints{}',
      when: 'loses',
      risk: 'disruptive',
      says: 'whoever uses it may no longer use {items} on {key}',
    },
    {
      path: 'permissions.endpoints{}',
      when: 'gains',
      risk: 'disruptive',
      says: 'whoever uses it may use {items} on {key}',
    },
    {
      path: 'ipAccessControlListId',
      when: 'changed',
      risk: 'disruptive',
      says: 'where it may be used from is decided by {to}[, no longer by {from}]',
    },
    {
      path: 'expirationInstant',
      when: 'changed',
      risk: 'disruptive',
      says: 'it is refused from the instant {to} on[, no longer {from}]',
    },
  ],
  sources: ['FusionAuth docs: apis/api-keys', 'fusionauth-java-client APIKey.normalize()'],
};

/** What a key is permitted, as it is written; without any endpoint it may do everything. */
function permissionsIn(fields: DesiredObject): KeyLimits {
  const { permissions } = fields;
  const endpoints = permissions !== undefined && isDesiredObject(permissions) ? permissions['endpoints'] : undefined;
  if (endpoints === undefined || !isDesiredObject(endpoints) || Object.keys(endpoints).length === 0) return undefined;
  const methodsOf = (methods: DesiredValue): readonly string[] =>
    isDesiredList(methods) ? methods.filter((method) => typeof method === 'string') : [];
  const limits = Object.entries(endpoints).map(([endpoint, methods]) => [endpoint, methodsOf(methods)] as const);
  return Object.fromEntries(limits.filter(([endpoint]) => endpoint !== keyManagerEndpoint));
}

function withoutOwnEndpoint(body: JsonObject): JsonObject {
  const { permissions } = body;
  const endpoints = isJsonObject(permissions) ? permissions['endpoints'] : undefined;
  if (!isJsonObject(permissions) || !isJsonObject(endpoints) || !Object.hasOwn(endpoints, keyManagerEndpoint))
    return body;
  const { [keyManagerEndpoint]: _, ...others } = endpoints;
  return { ...body, permissions: { ...permissions, endpoints: others } };
}
