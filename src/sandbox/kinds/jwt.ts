import { notFound, unauthorized } from '../errors.js';
import type { Answer, Call, Kind, Route } from '../kind.js';
import { bearerClaims } from '../tokens/bearer.js';
import { issueForApplication } from '../tokens/issue-for-application.js';
import { openIdConfiguration } from '../tokens/openid-configuration.js';
import { refresh } from '../tokens/use-refresh-token.js';
import { vend } from '../tokens/vend.js';

/** What is done with access tokens. It is no kind of object: it has routes only. Source: FusionAuth docs apis/jwt. */
export const jwt: Kind = {
  name: 'jwt',
  label: 'JWT',
  path: '/api/jwt',
  one: 'jwt',
  many: 'jwts',
  idParameter: 'jwtId',
  operations: [],
  scope: 'tenant',
  routes: [
    open('GET', '/.well-known/openid-configuration', openId),
    open('GET', '/:tenantId/.well-known/openid-configuration', openId),
    open('GET', '/api/jwt/validate', validate),
    open('POST', '/api/jwt/validate', validate),
    open('GET', '/api/jwt/issue', issueForApplication),
    open('POST', '/api/jwt/refresh', refresh),
    { ...open('POST', '/api/jwt/vend', vend), scope: 'tenant' },
  ],
};

function open(method: Route['method'], path: string, handle: Route['handle']): Route {
  return { method, path, endpoint: path, scope: 'anonymous', handle };
}

function openId({ params, query, headers, instance }: Call): Answer {
  const id = params['tenantId'] ?? query.get('tenantId') ?? instance.seeds.defaultTenant;
  const { store, seeds, switches } = instance;
  const inPath = switches.tenantOpenIdUrls === 'withTenant' ? params['tenantId'] : undefined;
  // What an id that is no tenant's is answered is UNVERIFIED (switch unknownTenantOpenId).
  const instead =
    switches.unknownTenantOpenId === 'defaultTenant' ? store.get('tenant', seeds.defaultTenant) : undefined;
  const tenant = store.get('tenant', id) ?? instead;
  if (tenant === undefined) throw notFound();
  return { status: 200, body: openIdConfiguration(tenant, headers, inPath) };
}

/** "A valid JWT indicates the signature is valid and the payload has not been tampered with and the token is not expired." */
function validate(call: Call): Answer {
  const claims = bearerClaims(call);
  if (claims === undefined) throw unauthorized();
  return { status: 200, body: { jwt: claims } };
}
