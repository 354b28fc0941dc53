import { generalError, madeUpGeneralError, parameterError, unauthorized, type Refusal } from './errors.js';
import type { ApiKey, Call, Instance, Kind } from './kind.js';
import { isUuid } from './shape.js';
import type { Fields } from './store.js';

/**
 * The tenant a call is confined to: the one its key is tied to, or the one of the header, which must not be another.
 * Source: FusionAuth docs apis/authentication, "X-FusionAuth-TenantId". The errors of a header that names no tenant are
 * UNVERIFIED (switch undocumentedErrors).
 */
export function callTenant(
  apiKey: ApiKey | undefined,
  header: string | undefined,
  { store }: Instance,
): string | undefined {
  const named = header === undefined || header === '' ? undefined : header.toLowerCase();
  if (apiKey?.tenantId !== undefined) {
    if (named !== undefined && named !== apiKey.tenantId.toLowerCase()) throw unauthorized();
    return apiKey.tenantId.toLowerCase();
  }
  if (named === undefined) return undefined;
  if (!isUuid(named))
    throw madeUpGeneralError('InvalidTenantId', `The header X-FusionAuth-TenantId [${String(named)}] is no UUID.`);
  if (store.get('tenant', named) === undefined) {
    throw madeUpGeneralError('InvalidTenantId', `The header X-FusionAuth-TenantId [${named}] names no tenant.`);
  }
  return named;
}

/**
 * The tenant of an object that is created: that of the call, or the only one there is; undefined for objects without one.
 * @throws {@link Refusal} 400 `[TenantIdRequired]` when there are several to choose from.
 */
export function newObjectTenant(kind: Kind, call: Call, sent: Fields): string | undefined {
  if (kind.tenantless?.(sent) === true) return undefined;
  const { store, switches } = call.instance;
  const inBody = sent['tenantId'];
  const counts = call.tenantId === undefined && store.count('tenant') > 1 && switches.bodyTenantId === 'enough';
  if (!counts || typeof inBody !== 'string') return onlyTenant(call);
  if (store.get('tenant', inBody) !== undefined) return inBody;
  throw parameterError('invalid', `${kind.one}.tenantId`, `There is no Tenant with Id [${inBody}].`);
}

/**
 * The tenant that a call is about though it does not name an object of it: that of the call, or the only one there is.
 * @throws {@link Refusal} 400 `[TenantIdRequired]` when there are several to choose from.
 */
export function onlyTenant({ tenantId, instance }: Call): string {
  if (tenantId !== undefined) return tenantId;
  const [only, ...others] = instance.store.all('tenant');
  if (only === undefined || others.length > 0) throw tenantRequired();
  return only.id;
}

function tenantRequired(): Refusal {
  return generalError(
    'TenantIdRequired',
    'A Tenant Id is required to complete this request. To complete this request, you may either specify a Tenant Id using the X-FusionAuth-TenantId HTTP request header or use an API key that is tied to a tenant.',
  );
}
