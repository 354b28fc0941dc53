import { valueAt } from '../fields.js';
import type { Instance } from '../kind.js';
import { isRecord } from '../kinds/normal-text.js';
import { shadowKeyIds } from '../seeds/ids.js';
import type { Fields, StoredObject } from '../store.js';

/** Whose tokens they are: those of a tenant's users, for one of its applications or for none. */
export interface Issuer {
  readonly tenant: Fields;
  readonly application: StoredObject | undefined;
}

/**
 * How tokens are made: as the application says where its own configuration is enabled, else as the tenant says.
 * Source: FusionAuth docs apis/applications, `jwtConfiguration.enabled`.
 */
export function tokenSettings({ tenant, application }: Issuer): Fields {
  const own = application?.['jwtConfiguration'];
  if (isRecord(own) && own['enabled'] === true) return own;
  const shared = tenant['jwtConfiguration'];
  return isRecord(shared) ? shared : {};
}

/** How long an access token is good for, in seconds. */
export function accessTokenSeconds(issuer: Issuer): number {
  return Number(tokenSettings(issuer)['timeToLiveInSeconds'] ?? 3600);
}

/** How long a refresh token is good for, in seconds. */
export function refreshTokenSeconds(issuer: Issuer): number {
  return Number(tokenSettings(issuer)['refreshTokenTimeToLiveInMinutes'] ?? 43_200) * 60;
}

/**
 * The key that signs an access token, with what it signs with; undefined where there is none. An application that names no
 * key of its own has its tenant's.
 */
export function signingKey(issuer: Issuer, instance: Instance): Fields | undefined {
  const id = tokenSettings(issuer)['accessTokenKeyId'] ?? valueAt(issuer.tenant, 'jwtConfiguration.accessTokenKeyId');
  return usableKey(id, issuer, instance);
}

/**
 * Keys that an access token may be signed with: the one that signs, and those that did. Source: FusionAuth docs
 * apis/applications, `accessTokenVerificationKeyIds` (since 1.69): "always implicitly includes" the signing key.
 */
export function verificationKeys(issuer: Issuer, instance: Instance): readonly Fields[] {
  const others = tokenSettings(issuer)['accessTokenVerificationKeyIds'];
  return [
    signingKey(issuer, instance),
    ...(Array.isArray(others) ? others : []).map((id) => usableKey(id, issuer, instance)),
  ].filter((key) => key !== undefined);
}

/**
 * A key with what it signs and verifies with. The three keys that are on every FusionAuth stand for the client secret of
 * the application. Source: FusionAuth docs, default entities ("shadow keys"); OpenID Connect Core §10.1.
 */
export function usableKey(
  id: unknown,
  { application }: Pick<Issuer, 'application'>,
  instance: Instance,
): Fields | undefined {
  const key = typeof id === 'string' ? instance.store.get('key', id) : undefined;
  if (key === undefined || key['type'] === 'Secret') return undefined;
  if (!isShadowKey(key)) return key;
  const secret = valueAt(application, 'oauthConfiguration.clientSecret');
  return typeof secret === 'string' ? { ...key, secret } : undefined;
}

function isShadowKey({ id }: Pick<StoredObject, 'id'>): boolean {
  return Object.values<string>(shadowKeyIds).includes(id);
}
