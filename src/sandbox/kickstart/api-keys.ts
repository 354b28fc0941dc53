import { isRecord } from '../kinds/normal-text.js';
import type { JsonNode } from './json-document.js';
import { KickstartError, type FilePosition } from './kickstart-error.js';
import { optionalUuid, readFields } from './placed-fields.js';
import type { Sources } from './resolve.js';

/** One of `apiKeys`. */
export interface KickstartApiKey {
  readonly key: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/**
 * The fields that a key of a kickstart has (FusionAuth docs, kickstart, "The API Key" and "Scoping an API Key"). No
 * document speaks of others, `id`, `name` and `retrievable` among them: they may be written and mean nothing here.
 */
const known = ['description', 'ipAccessControlListId', 'key', 'keyManager', 'permissions', 'tenantId'] as const;

/**
 * Reads one of `apiKeys`. Its tenant and its list of addresses need not be there: the docs' sample makes them in `requests`.
 * @throws {@link KickstartError} `bad-api-key`, at the field that is wrong.
 */
export function readApiKey(node: JsonNode, index: number, sources: Sources): KickstartApiKey {
  const placed = readFields(node, sources, { what: 'an API key', code: 'bad-api-key' });
  const { fields, placeOf } = placed;
  const wrong = (name: string, message: string): KickstartError => badApiKey(message, placeOf(name));
  const { key, description, keyManager, permissions } = fields;
  if (typeof key !== 'string' || key === '') throw wrong('key', 'an API key needs a "key": any long, random text');
  if (!isAbsent(description) && typeof description !== 'string') {
    throw wrong('description', '"description" must be a text');
  }
  if (!isAbsent(keyManager) && typeof keyManager !== 'boolean') {
    throw wrong('keyManager', '"keyManager" must be true or false');
  }
  if (!isAbsent(permissions) && !arePermissions(permissions)) {
    throw wrong('permissions', '"permissions" must be like {"endpoints": {"/api/user": ["GET"]}}');
  }
  const tenantId = optionalUuid(placed, 'tenantId', 'bad-api-key');
  optionalUuid(placed, 'ipAccessControlListId', 'bad-api-key');
  if (index === 0 && tenantId !== undefined) throw wrong('tenantId', mustBeUnrestricted('"tenantId"'));
  if (index === 0 && isRestricted(permissions)) throw wrong('permissions', mustBeUnrestricted('"permissions"'));
  const taken = known.flatMap((name) => (isAbsent(fields[name]) ? [] : [[name, fields[name]] as const]));
  return { key, fields: Object.fromEntries(taken) };
}

/** Each key is written once. @throws {@link KickstartError} `bad-api-key`. */
export function checkDistinct(keys: readonly KickstartApiKey[], nodes: readonly JsonNode[]): void {
  keys.forEach(({ key }, index) => {
    const first = keys.findIndex((other) => other.key === key);
    const at = nodes[index]?.at;
    if (first < index && at !== undefined) {
      throw badApiKey(`the key is that of /apiKeys/${first}; give each one of its own`, at);
    }
  });
}

function badApiKey(message: string, at: FilePosition): KickstartError {
  return new KickstartError('bad-api-key', message, at);
}

/** FusionAuth docs, kickstart: the first key must have authority over all tenants and all endpoints. */
function mustBeUnrestricted(field: string): string {
  return `the first API key must be unrestricted, for all requests are made with it; leave out ${field}`;
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

function arePermissions(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const endpoints = value['endpoints'] ?? {};
  return isRecord(endpoints) && Object.values(endpoints).every((methods) => Array.isArray(methods));
}

/** Without endpoints a key may do everything (FusionAuth docs apis/api-keys). */
function isRestricted(permissions: unknown): boolean {
  const endpoints = isRecord(permissions) ? permissions['endpoints'] : undefined;
  return isRecord(endpoints) && Object.keys(endpoints).length > 0;
}
