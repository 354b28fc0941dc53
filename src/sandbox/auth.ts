import { forbidden, unauthorized } from './errors.js';
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
}

/**
 * The key a route is called with; undefined on anonymous routes without a valid one.
 * @throws {@link Refusal} 401 with an empty body: no key, unknown, expired, or not for this endpoint, method or scope;
 *   403 where the route says so.
 */
export function authorise(
  route: Pick<Route, 'endpoint' | 'method' | 'scope' | 'tenantCalls' | 'tenantHeader'>,
  { authorization, tenantHeader }: Credentials,
  instance: Instance,
): ApiKey | undefined {
  const apiKey = findKey(authorization, instance);
  if (route.scope === 'anonymous') return apiKey;
  if (apiKey === undefined || !isPermitted(apiKey, route)) throw unauthorized();
  if (route.scope === 'keyManager' && apiKey.keyManager !== true) throw unauthorized();
  const hasHeader = (tenantHeader ?? '') !== '';
  if (route.tenantCalls === 'forbidden' && (hasHeader || apiKey.tenantId !== undefined)) throw forbidden();
  if (route.scope === 'global' && apiKey.tenantId !== undefined) throw unauthorized();
  if (route.tenantHeader === 'forbidden' && hasHeader) throw unauthorized();
  return apiKey;
}

function findKey(authorization: string | undefined, { store, switches, now }: Instance): ApiKey | undefined {
  if (authorization === undefined || authorization === '') return undefined;
  const found = store.find('apiKey', 'key', authorization);
  if (found === undefined || !isApiKey(found)) return undefined;
  const expiration = found['expirationInstant'];
  if (typeof expiration === 'number' && expiration <= now()) return undefined;
  const age = now() - Number(found['insertInstant'] ?? 0);
  if (switches.newKeyLatency === 'on' && found['seeded'] !== true && age < newKeyLatencyMs) return undefined;
  return found;
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
