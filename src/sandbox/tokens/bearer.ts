import type { Call } from '../kind.js';
import type { Fields } from '../store.js';
import { cookieOf } from './cookies.js';
import { claimedIssuer, trustedKeys } from './issuer.js';
import { parseJwt, verifyJwt } from './verify-jwt.js';

/**
 * The access token that a call is made with: in `Authorization: Bearer`, or `JWT` as older clients write, or in a cookie.
 * Source: FusionAuth docs apis/authentication, "JWT Authentication".
 */
function bearerToken({ headers }: Pick<Call, 'headers'>): string | undefined {
  const [, inHeader] = /^(?:Bearer|JWT)\s+(\S+)$/i.exec(headers.get('authorization')?.trim() ?? '') ?? [];
  return inHeader ?? cookieOf(headers, 'access_token');
}

/** The claims of the access token that a call is made with; undefined where there is none that is trusted and good. */
export function bearerClaims(call: Call): Fields | undefined {
  const token = bearerToken(call);
  const jwt = token === undefined ? undefined : parseJwt(token);
  if (token === undefined || jwt === undefined) return undefined;
  const issuer = claimedIssuer(jwt.claims, call.tenantId, call.instance);
  return verifyJwt(token, trustedKeys(issuer, call.instance), call.instance.now());
}
