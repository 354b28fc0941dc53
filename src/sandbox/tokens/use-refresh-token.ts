import { invalid, parameterError, type Problem } from '../errors.js';
import { tell } from '../events/tell.js';
import { valueAt } from '../fields.js';
import type { Answer, Call } from '../kind.js';
import { checkedRequest } from '../request-envelope.js';
import type { StoredObject } from '../store.js';
import { issueAccessToken } from './access-token.js';
import { cookieOf, tokenCookies } from './cookies.js';
import {
  afterUse,
  findRefreshToken,
  findUsed,
  isGood,
  issuerOfToken,
  refreshTokenKind,
  type RefreshToken,
} from './refresh-token.js';
import { revokeToken } from './revoke.js';
import { accessTokenSeconds, refreshTokenSeconds, tokenSettings, type Issuer } from './token-settings.js';

/** Everything that is wrong with a refresh token is answered alike, with the code that clients of FusionAuth know. */
function badToken(options: Pick<Problem, 'madeUp'> = {}): Error {
  const message = 'The refreshToken is invalid, it may be expired or revoked.';
  return invalid([{ field: 'refreshToken', kind: 'invalid', message, at: 'request', ...options }], '');
}

/**
 * Exchanges a refresh token for an access token. Source: FusionAuth docs apis/jwt, "Refresh a JWT". The code where the
 * application does not allow it (`loginConfiguration.allowTokenRefresh`) is UNVERIFIED (switch undocumentedErrors).
 */
export async function refresh(call: Call): Promise<Answer> {
  const { headers, instance } = call;
  const request = checkedRequest('RefreshRequest', call.body, instance.switches);
  const value = cookieOf(headers, 'refresh_token') ?? request['refreshToken'];
  if (typeof value !== 'string' || value === '') {
    throw parameterError('blank', 'refreshToken', 'The refreshToken is required.');
  }
  const { token, rotates } = await presented(value, call);
  const { user, issuer } = usableOwner(token, call);
  const seconds = lifetime(request['timeToLiveInSeconds'], issuer);
  const access = issueAccessToken(
    {
      user,
      issuer,
      authenticationType: 'REFRESH_TOKEN',
      authInstant: token.authInstant,
      refreshTokenId: token.id,
      ends: { afterSeconds: seconds },
    },
    instance,
  );
  await tell(call, user, {
    type: 'jwt.refresh',
    fields: {
      applicationId: token.applicationId,
      original: request['token'] ?? cookieOf(headers, 'access_token'),
      refreshToken: value,
      token: access.token,
      userId: user.id,
    },
  });
  // Somebody else may have used or revoked it while webhooks were asked.
  const present = findRefreshToken(token.token, instance);
  if (present === undefined) throw badToken();
  const used = rotates ? afterUse(present, { issuer, from: call.client?.ipAddress }, instance) : present;
  instance.store.put(refreshTokenKind, used);
  return {
    status: 200,
    body: { refreshToken: used.token, refreshTokenId: used.id, token: access.token },
    cookies: tokenCookies(access.token, { value: used.token, seconds: refreshTokenSeconds(issuer) }),
  };
}

/**
 * The token with a value. One that was for one use and comes back within the grace period is answered with its present value
 * and is not changed; after it, it may be revoked. Source: FusionAuth docs apis/tenants,
 * `refreshTokenOneTimeUseConfiguration` and `refreshTokenRevocationPolicy.onOneTimeTokenReuse` (since 1.55.1).
 */
async function presented(
  value: string,
  call: Call,
): Promise<{ readonly token: RefreshToken; readonly rotates: boolean }> {
  const { instance } = call;
  const token = findRefreshToken(value, instance);
  if (token !== undefined) return { token, rotates: true };
  const used = findUsed(value, instance);
  const owner = used === undefined ? undefined : issuerOfToken(used.token, instance);
  if (used === undefined || owner === undefined) throw badToken();
  const grace = valueAt(tokenSettings(owner.issuer), 'refreshTokenOneTimeUseConfiguration.gracePeriodInSeconds');
  const graceMs = Number(grace ?? 0) * 1000;
  if (instance.now() - used.usedInstant < graceMs) return { token: used.token, rotates: false };
  const policy = valueAt(owner.issuer.tenant, 'jwtConfiguration.refreshTokenRevocationPolicy.onOneTimeTokenReuse');
  if (policy === true) await revokeToken(used.token, call);
  throw badToken();
}

function usableOwner(
  token: RefreshToken,
  { instance, tenantId }: Call,
): { readonly user: StoredObject; readonly issuer: Issuer } {
  const owner = issuerOfToken(token, instance);
  const elsewhere = tenantId !== undefined && owner?.user['tenantId'] !== tenantId;
  if (owner === undefined || elsewhere || !isGood(token, instance)) throw badToken();
  if (valueAt(owner.issuer.application, 'loginConfiguration.allowTokenRefresh') !== true) {
    throw badToken({ madeUp: true });
  }
  return owner;
}

/** What the request asks for (since 1.59), at most what is configured. */
function lifetime(asked: unknown, issuer: Issuer): number {
  const longest = accessTokenSeconds(issuer);
  if (typeof asked !== 'number') return longest;
  if (asked > 0 && asked <= longest) return asked;
  throw parameterError('invalid', 'timeToLiveInSeconds', `The time must be between 1 and ${longest} seconds.`);
}
