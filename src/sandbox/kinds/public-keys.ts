import { notFound } from '../errors.js';
import type { Answer, Call, Instance, Route } from '../kind.js';
import { toJwks } from '../keys/jwks.js';
import type { Fields } from '../store.js';
import { signingKey } from '../tokens/token-settings.js';

/**
 * The public halves of the keys, for everybody. Source: FusionAuth docs apis/jwt; that imported keys are in the set and
 * shared secrets are not: fusionauth-issues #519, #744.
 */
export const publicKeyRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/.well-known/jwks.json',
    endpoint: '/.well-known/jwks.json',
    scope: 'anonymous',
    handle: jwks,
  },
  {
    method: 'GET',
    path: '/api/jwt/public-key',
    endpoint: '/api/jwt/public-key',
    scope: 'anonymous',
    handle: publicKey,
  },
];

function jwks({ instance }: Call): Answer {
  const { jwksExpiredKeys, jwksVerifyOnlyKeys, ed25519Alg } = instance.switches;
  const keys = [...instance.store.all('key')].filter(
    ({ expirationInstant, privateKey }) =>
      (jwksExpiredKeys === 'listed' || typeof expirationInstant !== 'number' || expirationInstant > instance.now()) &&
      (jwksVerifyOnlyKeys === 'listed' || typeof privateKey === 'string'),
  );
  return { status: 200, body: { ...toJwks(keys, ed25519Alg) } };
}

/**
 * `?kid=` and `?applicationId=` give one key, no parameter all of them. `?keyId=`, which the TypeScript client sends, is
 * not looked at (latte-java/fusionauth, discrepancies seen on 1.67.1).
 */
function publicKey({ instance, query }: Call): Answer {
  const kid = query.get('kid');
  if (kid !== null) return one(instance.store.find('key', 'kid', kid));
  const applicationId = query.get('applicationId');
  if (applicationId !== null) return one(applicationKey(instance, applicationId));
  const pems = [...instance.store.all('key')]
    .filter((key) => typeof key['publicKey'] === 'string')
    .map((key) => [String(key['kid']), key['publicKey']] as const);
  return { status: 200, body: { publicKeys: Object.fromEntries(pems) } };
}

function one(key: Fields | undefined): Answer {
  if (typeof key?.['publicKey'] !== 'string') throw notFound();
  return { status: 200, body: { publicKey: key['publicKey'] } };
}

/** The key of an application's access tokens: its own when its JWT configuration is enabled, else its tenant's. */
function applicationKey(instance: Instance, applicationId: string): Fields | undefined {
  const application = instance.store.get('application', applicationId);
  if (application === undefined) return undefined;
  const tenant = instance.store.get('tenant', String(application['tenantId'])) ?? {};
  return signingKey({ tenant, application }, instance);
}
