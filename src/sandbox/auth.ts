import { forbidden, unauthorized } from './errors.js';
import { letsIn } from './ip-access.js';
import type { ApiKey, Instance, Route } from './kind.js';
import { isRecord } from './kinds/normal-text.js';
import type { StoredObject } from './store.js';

/** How long a new key may be unknown while caches fill (FusionAuth docs apis, "new API key": usually below a second). */
const newKeyLatencyMs = 1000;

/** What a request says about who sends it. */
export interface Credentials {
  /** The `Authorization` header as it is: the key itself, without a scheme. */
  readonly authorization: string | undefined;
  readonly tenantHeader: string | undefined;
  /** Where it comes from; a request from inside comes from nowhere. */
  readonly ipAddress: string | undefined;
}

/**
 * The key a route is called with; undefined without a valid one on routes that do not ask for any.
 * @throws {@link Refusal} 401 with an empty body: no key, unknown, expired, or not for this endpoint, method or scope;
 *   403 where the route says so.
 */
export function authorise(
  route: Pick<Route, 'endpoint' | 'method' | 'scope' | 'tenantCalls' | 'tenantHeader'>,
  credentials: Credentials,
  instance: Instance,
): ApiKey | undefined {
  const apiKey = findKey(credentials, instance);
  if (route.scope === 'anonymous') return apiKey;
  if (route.scope === 'ownRule') return apiKey !== undefined && isPermitted(apiKey, route) ? apiKey : undefined;
  if (apiKey === undefined) throw unauthorized();
  // `/api/api-key` is never among a key's permissions: the flag alone opens it.
  if (route.scope === 'keyManager' ? apiKey.keyManager !== true : !isPermitted(apiKey, route)) throw unauthorized();
  const hasHeader = (credentials.tenantHeader ?? '') !== '';
  if (route.tenantCalls === 'forbidden' && (hasHeader || apiKey.tenantId !== undefined)) throw forbidden();
  if (route.scope === 'global' && apiKey.tenantId !== undefined) throw unauthorized();
  if (route.tenantHeader === 'forbidden' && hasHeader) throw unauthorized();
  return apiKey;
}

function findKey({ authorization, ipAddress }: Credentials, instance: Instance): ApiKey | undefined {
  const { store, switches, now } = instance;
  if (authorization === undefined || authorization === '') return undefined;
  const found = store.find('apiKey', 'key', authorization);
  if (found === undefined || !isApiKey(found)) return undefined;
  const expiration = found['expirationInstant'];
  if (typeof expiration === 'number' && expiration <= now()) return undefined;
  const age = now() - Number(found['insertInstant'] ?? 0);
  if (switches.newKeyLatency === 'on' && found['seeded'] !== true && age < newKeyLatencyMs) return undefined;
  return isBlocked(found, ipAddress, instance) ? undefined : found;
}

/**
 * Whether a key's access control list keeps its caller out, who "will not be able to tell the difference between an invalid
 * API key and an API key that is blocked" (FusionAuth docs apis/ip-acl).
 */
function isBlocked(
  { ipAccessControlListId: id }: ApiKey,
  ipAddress: string | undefined,
  { store, switches }: Instance,
): boolean {
  const list = typeof id === 'string' ? store.get('ipAccessControlList', id) : undefined;
  return list !== undefined && ipAddress !== undefined && !letsIn(list, ipAddress, switches);
}

/** No endpoints at all mean all of them. Source: FusionAuth docs apis/api-keys, `permissions`. */
function isPermitted({ permissions }: ApiKey, { endpoint, method }: Pick<Route, 'endpoint' | 'method'>): boolean {
  const endpoints = isRecord(permissions) ? permissions['endpoints'] : undefined;
  if (!isRecord(endpoints) || Object.keys(endpoints).length === 0) return true;
  const methods = Object.hasOwn(endpoints, endpoint) ? endpoints[endpoint] : undefined;
  return Array.isArray(methods) && methods.includes(method);
}

function isApiKey(object: StoredObject): object is ApiKey {
  return typeof object['key'] === 'string';
}
