import type { Problem } from '../errors.js';
import { placesAt } from '../fields.js';
import type { Kind, Write } from '../kind.js';
import type { Fields, StoredObject } from '../store.js';
import { isBlank, isRecord, trim } from './normal-text.js';

/** What a copy starts with. Source: FusionAuth docs apis/api-keys, `sourceKeyId`. */
const copied = ['ipAccessControlListId', 'metaData', 'permissions', 'tenantId'] as const;

/** API keys: no list and no search. Source: FusionAuth docs apis/api-keys; `normalize()` of fusionauth-java-client's `APIKey`. */
export const apiKey: Kind = {
  name: 'apiKey',
  label: 'API Key',
  path: '/api/api-key',
  one: 'apiKey',
  many: 'apiKeys',
  idParameter: 'keyId',
  operations: ['create', 'delete', 'patch', 'read', 'update'],
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
  },
};

function normalApiKey(object: Fields, { instance }: Write): Fields {
  const permissions = isRecord(object['permissions']) ? object['permissions'] : undefined;
  const endpoints = isRecord(permissions?.['endpoints']) ? permissions['endpoints'] : {};
  // Never a right of a key, whoever asks.
  const kept = Object.entries(endpoints).filter(([endpoint]) => endpoint !== '/api/api-key');
  return {
    ...object,
    key: isBlank(object['key']) ? Buffer.from(instance.random(48)).toString('base64url') : object['key'],
    keyManager: object['keyManager'] === true,
    name: trim(object['name']),
    ...(permissions === undefined ? {} : { permissions: { ...permissions, endpoints: Object.fromEntries(kept) } }),
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
  const allowed = permissionsOf(call.apiKey);
  const missing = permissionsOf(object).filter((permission) => allowed.length > 0 && !allowed.includes(permission));
  if (missing.length > 0 || (allowed.length > 0 && permissionsOf(object).length === 0)) {
    const message = 'A key cannot have more permissions than the one that makes it.';
    problems.push({ field: 'permissions.endpoints', kind: 'invalid', message });
  }
  return problems;
}

function permissionsOf(object: Fields | undefined): readonly string[] {
  return placesAt(object, 'permissions.endpoints.*').flatMap(({ path, value }) =>
    Array.isArray(value)
      ? value.map((method) => `${String(method)} ${path.slice('permissions.endpoints.'.length)}`)
      : [],
  );
}
