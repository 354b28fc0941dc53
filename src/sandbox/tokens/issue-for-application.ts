import { badUuid, parameterError, unauthorized } from '../errors.js';
import { valueAt } from '../fields.js';
import type { Answer, Call } from '../kind.js';
import { isUuid } from '../shape.js';
import type { StoredObject } from '../store.js';
import { registrationsOf } from '../users/normal-user.js';
import { issueAccessToken } from './access-token.js';
import { bearerClaims } from './bearer.js';
import { cookieOf } from './cookies.js';
import { issuerFor } from './issuer.js';
import { findRefreshToken, isGood, newRefreshToken, refreshTokenKind, type RefreshToken } from './refresh-token.js';
import { tokenSettings, type Issuer } from './token-settings.js';

/**
 * A token for another application, which ends when the one it is made of does. Source: FusionAuth docs apis/jwt, "Issue a
 * JWT": 202 where the user is not registered there.
 */
export function issueForApplication(call: Call): Answer {
  const { instance, query } = call;
  const claims = bearerClaims(call);
  const user = typeof claims?.['sub'] === 'string' ? instance.store.get('user', claims['sub']) : undefined;
  if (claims === undefined || user === undefined || user['active'] === false) throw unauthorized();
  const applicationId = query.get('applicationId') ?? '';
  if (applicationId === '') throw parameterError('missing', 'applicationId', 'The applicationId is required.');
  if (!isUuid(applicationId)) throw badUuid('applicationId', applicationId);
  const issuer = issuerFor(user, applicationId, instance);
  const { application } = issuer;
  const owner = application?.['tenantId'];
  if (application === undefined || (owner !== undefined && owner !== user['tenantId'])) {
    throw parameterError('invalid', 'applicationId', `There is no Application with Id [${applicationId}].`);
  }
  const isRegistered = registrationsOf(user).some((registration) => registration['applicationId'] === application.id);
  const exchanged = isRegistered ? exchange(call, user, issuer) : undefined;
  if (exchanged !== undefined) instance.store.put(refreshTokenKind, exchanged);
  const { token } = issueAccessToken(
    {
      user,
      issuer,
      authenticationType: 'JWT_SSO',
      authInstant: Number(claims['auth_time'] ?? claims['iat']) * 1000,
      ends: { at: Number(claims['exp']) },
      ...(exchanged === undefined ? {} : { refreshTokenId: exchanged.id }),
    },
    instance,
  );
  return { status: isRegistered ? 200 : 202, body: { refreshToken: exchanged?.token, token } };
}

/** A refresh token for the other application, whose time began with that of the one it is made of. */
function exchange(
  { headers, query, instance, client }: Call,
  user: StoredObject,
  issuer: Issuer,
): RefreshToken | undefined {
  const value = cookieOf(headers, 'refresh_token') ?? query.get('refreshToken') ?? '';
  const source = value === '' ? undefined : findRefreshToken(value, instance);
  const { application } = issuer;
  if (source === undefined || application === undefined || source.userId !== user.id) return undefined;
  if (!isGood(source, instance) || valueAt(application, 'loginConfiguration.generateRefreshTokens') !== true) {
    return undefined;
  }
  const policy = 'refreshTokenExpirationPolicy';
  const sourceSettings = tokenSettings(issuerFor(user, source.applicationId, instance));
  if (sourceSettings[policy] !== tokenSettings(issuer)[policy]) return undefined;
  const made = newRefreshToken(
    { user, applicationId: application.id },
    { metaData: source['metaData'], from: client?.ipAddress },
    instance,
  );
  return { ...made, authInstant: source.authInstant, startInstant: source.startInstant };
}
