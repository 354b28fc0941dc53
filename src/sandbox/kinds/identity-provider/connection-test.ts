import { badUuid, invalid, notFound, parameterError, type Problem } from '../../errors.js';
import { valueAt } from '../../fields.js';
import type { Answer, Call, Route } from '../../kind.js';
import { isUuid } from '../../shape.js';
import type { StoredObject } from '../../store.js';
import { isRecord } from '../normal-text.js';

const path = '/api/identity-provider/test';

/**
 * Tests of a connection. One is started and can be read until its tenant's time for it is over; since nobody logs in, it
 * has no steps and no success. Source: FusionAuth docs apis/identity-providers/test;
 * `IdentityProviderConnectionTestResult` of fusionauth-java-client.
 */
export const connectionTestRoutes: readonly Route[] = [
  { method: 'POST', path, endpoint: path, scope: 'tenant', handle: start },
  { method: 'GET', path, endpoint: path, scope: 'tenant', handle: read },
];

const timeToLive = 'externalIdentifierConfiguration.identityProviderConnectionTestTimeToLiveInSeconds';

function start(call: Call): Answer {
  const { instance } = call;
  const identityProviderId = idIn(call, 'identityProviderId');
  const tenantId = idIn(call, 'tenantId');
  const provider = instance.store.get('identityProvider', identityProviderId);
  const tenant = instance.store.get('tenant', tenantId);
  const problems: Problem[] = [];
  if (tenant === undefined || (call.tenantId !== undefined && call.tenantId !== tenantId)) {
    problems.push({ field: 'tenantId', kind: 'invalid', message: `There is no Tenant with Id [${tenantId}].` });
  }
  if (provider === undefined || (provider['tenantId'] ?? tenantId) !== tenantId) {
    const message = `There is no Identity Provider with Id [${identityProviderId}] for this Tenant.`;
    problems.push({ field: 'identityProviderId', kind: 'invalid', message });
  }
  if (problems.length > 0) throw invalid(problems, '');
  const id = Buffer.from(instance.random(32)).toString('base64url');
  const startInstant = instance.now();
  const expires = startInstant + Number(valueAt(tenant, timeToLive) ?? 1800) * 1000;
  instance.store.removeWhere('identityProviderTest', (test) => isOver(test, startInstant));
  instance.store.put('identityProviderTest', { id, identityProviderId, tenantId, startInstant, expires });
  return { status: 200, body: { connectionTestId: id } };
}

function read({ query, instance, tenantId }: Call): Answer {
  const id = query.get('connectionTestId') ?? '';
  if (id === '') throw parameterError('blank', 'connectionTestId', 'The connectionTestId is required.');
  const found = instance.store.get('identityProviderTest', id);
  const other = tenantId !== undefined && found?.['tenantId'] !== tenantId;
  if (found === undefined || other || isOver(found, instance.now())) throw notFound();
  const { identityProviderId, startInstant } = found;
  return { status: 200, body: { result: { identityProviderId, startInstant, steps: [], success: false } } };
}

function isOver({ expires }: StoredObject, now: number): boolean {
  return Number(expires) <= now;
}

function idIn({ body }: Call, name: string): string {
  const value = isRecord(body) ? (body[name] ?? '') : '';
  if (value === '') throw parameterError('missing', name, `The ${name} is required.`);
  if (!isUuid(value)) throw badUuid(name, typeof value === 'string' ? value : JSON.stringify(value));
  return value.toLowerCase();
}
