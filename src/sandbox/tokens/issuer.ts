import type { Instance } from '../kind.js';
import { isAtLeast } from '../version.js';
import type { Fields, StoredObject } from '../store.js';
import { usableKey, verificationKeys, type Issuer } from './token-settings.js';

/** The issuer of a user's tokens. @param applicationId - absent for tokens that are for no application. */
export function issuerFor(user: Fields, applicationId: unknown, { store }: Instance): Issuer {
  const application = typeof applicationId === 'string' ? store.get('application', applicationId) : undefined;
  return { tenant: store.get('tenant', String(user['tenantId'])) ?? {}, application };
}

/**
 * Who a token says it is of, to know which keys it may be signed with: `tid` and `aud`, else the tenant of the call, else the
 * Default tenant, which a token of `/api/jwt/vend` is made by.
 */
export function claimedIssuer(claims: Fields, tenantId: string | undefined, { store, seeds }: Instance): Issuer {
  const audience: unknown = Array.isArray(claims['aud']) ? claims['aud'][0] : claims['aud'];
  const application = typeof audience === 'string' ? store.get('application', audience) : undefined;
  const ids = [claims['tid'], application?.['tenantId'], tenantId, seeds.defaultTenant];
  const tenant = ids.map((id) => tenantOf(id, store)).find((found) => found !== undefined);
  return { tenant: tenant ?? {}, application };
}

/**
 * The keys an access token is trusted by. Since 1.69 only its issuer's; before, every key there is.
 * Source: FusionAuth docs operate/secure/key-rotation; apis/applications, `accessTokenVerificationKeyIds`.
 */
export function trustedKeys(issuer: Issuer, instance: Instance): readonly Fields[] {
  if (isAtLeast(instance.fusionauth, '1.69')) return verificationKeys(issuer, instance);
  return [...instance.store.all('key')]
    .map(({ id }) => usableKey(id, issuer, instance))
    .filter((key) => key !== undefined);
}

function tenantOf(id: unknown, store: Instance['store']): StoredObject | undefined {
  return typeof id === 'string' ? store.get('tenant', id) : undefined;
}
