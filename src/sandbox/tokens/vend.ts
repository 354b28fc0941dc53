import { invalid, madeUp, type Problem } from '../errors.js';
import { valueAt } from '../fields.js';
import { signJwt, UnsignableError } from '../keys/sign-jwt.js';
import type { Answer, Call, Instance } from '../kind.js';
import { isRecord } from '../kinds/normal-text.js';
import { checkedRequest } from '../request-envelope.js';
import type { Fields } from '../store.js';
import { accessTokenSeconds, usableKey, type Issuer } from './token-settings.js';

/** Claims in the order in which fusionauth-jwt writes them: those that RFC 7519 names, then all others. */
const registered = ['aud', 'exp', 'iat', 'iss', 'nbf', 'sub', 'jti'] as const;

/**
 * A token with any claims but `exp` and `iat`, of any key or else of the tenant's. Source: FusionAuth docs apis/jwt, "Vend a
 * JWT"; that `jti` is added: the client's comment. The errors are
 * UNVERIFIED (switch undocumentedErrors).
 */
export function vend({ body, instance, tenantId }: Call): Answer {
  const request = checkedRequest('JWTVendRequest', body, instance.switches);
  const tenant = instance.store.get('tenant', tenantId ?? instance.seeds.defaultTenant) ?? {};
  const issuer: Issuer = { tenant, application: undefined };
  const seconds = Number(request['timeToLiveInSeconds'] ?? 0);
  const problems: Problem[] = [];
  if (seconds < 0) {
    problems.push({ field: 'timeToLiveInSeconds', kind: 'invalid', message: 'The time must be greater than 0.' });
  }
  const key = usableKey(request['keyId'] ?? valueAt(tenant, 'jwtConfiguration.accessTokenKeyId'), issuer, instance);
  const iat = Math.floor(instance.now() / 1000);
  const sent = isRecord(request['claims']) ? request['claims'] : {};
  const claims: Fields = {
    jti: instance.uuid(),
    ...sent,
    exp: iat + (seconds > 0 ? seconds : accessTokenSeconds(issuer)),
    iat,
  };
  const ordered = { ...Object.fromEntries(registered.map((name) => [name, claims[name]])), ...claims };
  const token = key === undefined ? undefined : signed(ordered, key, instance);
  if (token === undefined) {
    const message = `There is no Key with Id [${String(request['keyId'])}] that can sign.`;
    problems.push({ field: 'keyId', kind: 'invalid', message });
  }
  if (problems.length > 0) throw invalid(madeUp(problems), '');
  return { status: 200, body: { token } };
}

function signed(claims: Fields, key: Fields, { switches }: Instance): string | undefined {
  try {
    return signJwt(claims, key, { ed25519: switches.ed25519Alg });
  } catch (error) {
    if (error instanceof UnsignableError) return undefined;
    throw error;
  }
}
