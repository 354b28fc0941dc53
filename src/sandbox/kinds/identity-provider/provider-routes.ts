import {
  createObject,
  deleteObject,
  listObjects,
  patchObject,
  readObject,
  searchObjects,
  updateObject,
} from '../../crud.js';
import { invalid, parameterError } from '../../errors.js';
import type { Answer, Call, Kind, Route } from '../../kind.js';
import type { Fields } from '../../store.js';
import { isAtLeast } from '../../version.js';
import { isBlank, isRecord } from '../normal-text.js';
import type { ProviderType } from './provider-type.js';
import { findProviderType, providerTypeOf } from './provider-types.js';

const path = '/api/identity-provider';
const byId = `${path}/:identityProviderId`;

/**
 * The usual routes, with what is particular to identity providers: fixed ids, and updates and deletes by type (deprecated
 * in 1.61). Source: FusionAuth docs apis/identity-providers.
 */
export function providerRoutes(kind: Kind): readonly Route[] {
  const route = (
    method: Route['method'],
    to: string,
    carryOut: (kind: Kind, call: Call) => Answer | Promise<Answer>,
    prepare: (call: Call) => Call = (call) => call,
  ): Route => ({
    method,
    path: to,
    endpoint: to.startsWith(`${path}/search`) ? `${path}/search` : path,
    scope: 'tenant',
    handle: (call) => carryOut(kind, prepare(confined(call))),
  });
  return [
    route('POST', `${byId}?`, createObject, ofNewProvider),
    route('GET', path, listObjects, ofKnownType),
    route('GET', byId, readObject),
    route('PUT', byId, updateObject, (call) => ofSameType(kind, call)),
    route('PATCH', byId, patchObject, (call) => ofSameType(kind, call)),
    route('DELETE', byId, deleteObject),
    route('PUT', path, updateObject, (call) => ofSameType(kind, byType(call))),
    route('PATCH', path, patchObject, (call) => ofSameType(kind, byType(call))),
    route('DELETE', path, deleteObject, byType),
    route('GET', `${path}/search`, searchObjects, ofOwnTenant),
    route('POST', `${path}/search`, searchObjects, ofOwnTenant),
  ];
}

/**
 * Before 1.62 no identity provider belongs to a tenant. Whether the header confines as a tenant key does is
 * UNVERIFIED (switch providerTenantHeader).
 */
function confined(call: Call): Call {
  const { fusionauth, switches } = call.instance;
  const headerIgnored = call.apiKey?.tenantId === undefined && switches.providerTenantHeader === 'ignored';
  return headerIgnored || !isAtLeast(fusionauth, '1.62') ? { ...call, tenantId: undefined } : call;
}

/**
 * A create of a caller who is confined to a tenant is for that tenant. Without id, name and tenant it makes the one
 * instance that there could be before 1.61, if its type had one. Source: FusionAuth docs apis/identity-providers,
 * `identityProviderId`; fusionauth-issues #3255.
 */
function ofNewProvider(call: Call): Call {
  const sent = providerIn(call.body);
  if (sent === undefined) return call;
  const { tenantId } = call;
  if (tenantId !== undefined) {
    const wanted = sent['tenantId'];
    if (!isBlank(wanted) && String(wanted).toLowerCase() !== tenantId) {
      const message = `The tenantId [${String(wanted)}] is not that of the request.`;
      throw invalid([{ field: 'tenantId', kind: 'invalid', message }], 'identityProvider');
    }
    return withProvider(call, { ...sent, tenantId });
  }
  const { legacy } = providerTypeOf(sent);
  const isLegacy =
    call.params['identityProviderId'] === undefined &&
    [sent['id'], sent['name'], sent['tenantId']].every((value) => isBlank(value));
  if (legacy === undefined || !isLegacy) return call;
  return withProvider(withId(call, legacy.id), { ...sent, name: legacy.name });
}

/** The server reads no type over one that there is; whether it minds another one is UNVERIFIED (switch providerTypeOnUpdate). */
function ofSameType(kind: Kind, call: Call): Call {
  const { instance, params, body } = call;
  const sent = providerIn(body);
  if (sent === undefined || instance.switches.providerTypeOnUpdate === 'refused') return call;
  const type = instance.store.get(kind.name, params['identityProviderId'] ?? '')?.['type'];
  return withProvider(call, { ...sent, type });
}

function ofKnownType(call: Call): Call {
  if (call.query.has('type')) typeIn(call);
  return call;
}

/** The one instance of before 1.61. @throws {@link Refusal} 400 for types that had many. */
function byType(call: Call): Call {
  const { type, legacy } = typeIn(call);
  if (legacy !== undefined) return withId(call, legacy.id);
  throw parameterError('missing', 'identityProviderId', `There can be many of type ${type}: give the Id of one.`);
}

function typeIn({ query }: Call): ProviderType {
  const name = query.get('type') ?? '';
  const type = findProviderType(name);
  if (type !== undefined) return type;
  if (name === '') throw parameterError('missing', 'type', 'The Id or the type is required.');
  throw parameterError('couldNotConvert', 'type', `Invalid type [${name}]. There is no such Identity Provider type.`);
}

/** A tenant in the criteria counts for nothing beside that of the caller. Source: FusionAuth docs, search, `tenantId`. */
function ofOwnTenant(call: Call): Call {
  if (call.tenantId === undefined) return call;
  const query = new URLSearchParams(call.query);
  query.delete('tenantId');
  const search = isRecord(call.body) ? call.body['search'] : undefined;
  if (!isRecord(search)) return { ...call, query };
  const { tenantId: _tenant, ...criteria } = search;
  return { ...call, query, body: { search: criteria } };
}

function providerIn(body: unknown): Fields | undefined {
  const sent = isRecord(body) ? body['identityProvider'] : undefined;
  return isRecord(sent) ? sent : undefined;
}

function withProvider(call: Call, identityProvider: Fields): Call {
  return { ...call, body: { ...(isRecord(call.body) ? call.body : {}), identityProvider } };
}

function withId(call: Call, identityProviderId: string): Call {
  return { ...call, params: { ...call.params, identityProviderId } };
}
