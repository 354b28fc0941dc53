import { tell } from '../events/tell.js';
import { valueAt } from '../fields.js';
import type { Call, Instance, Told, Write } from '../kind.js';
import type { Fields, StoredObject } from '../store.js';
import { userView } from '../users/user-view.js';
import { issuerFor } from './issuer.js';
import { isGood, refreshTokenKind, refreshTokensOf, refreshTokenView, type RefreshToken } from './refresh-token.js';
import { accessTokenSeconds } from './token-settings.js';

/**
 * Revokes one refresh token. Webhooks are asked before. Source: FusionAuth docs
 * extend/events-and-webhooks/events/jwt-refresh-token-revoke.
 */
export async function revokeToken(token: RefreshToken, call: Call): Promise<void> {
  const { applicationId } = token;
  const user = call.instance.store.get('user', token.userId);
  if (user !== undefined) {
    await tell(call, user, {
      type: 'jwt.refresh-token.revoke',
      fields: { ...about(user, [applicationId], call.instance), applicationId, refreshToken: refreshTokenView(token) },
    });
  }
  call.instance.store.remove(refreshTokenKind, token.id);
}

/** Revokes all refresh tokens of a user; nobody is told where none of them is good any longer. */
export async function revokeTokensOfUser(user: StoredObject, call: Call): Promise<void> {
  for (const told of revocationOf(user, call.instance)) await tell(call, user, told);
  forgetRefreshTokens({ userId: user.id }, call.instance);
}

function revocationOf(user: StoredObject, instance: Instance): readonly Told[] {
  const good = refreshTokensOf({ userId: user.id }, instance).filter((token) => isGood(token, instance));
  if (good.length === 0) return [];
  const ids = good.map(({ applicationId }) => applicationId);
  return [{ type: 'jwt.refresh-token.revoke', fields: about(user, ids, instance) }];
}

/** Revokes all refresh tokens of a user who is kept out of logging in, where the tenant wants that. */
export async function revokeOnPrevention(user: StoredObject, call: Call): Promise<void> {
  if (wants('onLoginPrevented', user, call.instance)) await revokeTokensOfUser(user, call);
}

/** What webhooks are told before the password of a user is changed, which may cost him all refresh tokens. */
export function passwordRevocation(user: StoredObject, { instance, previous }: Write): readonly Told[] {
  return losesTokens(user, previous, instance) ? revocationOf(user, instance) : [];
}

/** Takes the refresh tokens of a user away whose password was changed. */
export function revokeOnPassword(user: StoredObject, { instance, previous }: Write): void {
  if (losesTokens(user, previous, instance)) forgetRefreshTokens({ userId: user.id }, instance);
}

function losesTokens(user: StoredObject, previous: Fields | undefined, instance: Instance): boolean {
  return (
    previous !== undefined && user['password'] !== previous['password'] && wants('onPasswordChanged', user, instance)
  );
}

/** Source: FusionAuth docs apis/tenants, `jwtConfiguration.refreshTokenRevocationPolicy`. */
function wants(policy: 'onLoginPrevented' | 'onPasswordChanged', user: Fields, instance: Instance): boolean {
  const { tenant } = issuerFor(user, undefined, instance);
  return valueAt(tenant, `jwtConfiguration.refreshTokenRevocationPolicy.${policy}`) !== false;
}

/** Revokes all refresh tokens of a user for an application. */
export async function revokeTokensOfUserFor(user: StoredObject, applicationId: string, call: Call): Promise<void> {
  await tell(call, user, {
    type: 'jwt.refresh-token.revoke',
    fields: { ...about(user, [applicationId], call.instance), applicationId },
  });
  forgetRefreshTokens({ userId: user.id, applicationId }, call.instance);
}

/** Revokes all refresh tokens for an application; the event is about no user. */
export async function revokeTokensFor(application: StoredObject, call: Call): Promise<void> {
  const seconds = accessTokenSeconds(issuerFor(application, application.id, call.instance));
  await tell(call, application, {
    type: 'jwt.refresh-token.revoke',
    unlinked: true,
    fields: {
      applicationId: application.id,
      applicationTimeToLiveInSeconds: { [application.id]: seconds },
    },
  });
  forgetRefreshTokens({ applicationId: application.id }, call.instance);
}

/** Takes refresh tokens away of a user, of an application, or of one for the other; nobody is told. */
export function forgetRefreshTokens(
  of: { readonly userId?: string; readonly applicationId?: string },
  instance: Instance,
): void {
  for (const { id } of refreshTokensOf(of, instance)) instance.store.remove(refreshTokenKind, id);
}

/** Access tokens of these applications may live on for so many seconds. */
function about(user: StoredObject, applicationIds: readonly string[], instance: Instance): Fields {
  const seconds = applicationIds.map((id) => [id, accessTokenSeconds(issuerFor(user, id, instance))] as const);
  return {
    applicationTimeToLiveInSeconds: Object.fromEntries(seconds),
    user: userView(user),
    userId: user.id,
  };
}
