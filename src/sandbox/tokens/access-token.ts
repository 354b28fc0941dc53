import { valueAt } from '../fields.js';
import type { Instance } from '../kind.js';
import { findRole } from '../kinds/role-index.js';
import { signJwt, UnsignableError } from '../keys/sign-jwt.js';
import type { Fields, StoredObject } from '../store.js';
import { byText, membershipsOf, registrationsOf } from '../users/normal-user.js';
import { accessTokenSeconds, signingKey, type Issuer } from './token-settings.js';

/** A token and when it ends, in milliseconds since 1970. */
export interface AccessToken {
  readonly token: string;
  readonly expirationInstant: number;
}

export interface AccessTokenRequest {
  readonly user: StoredObject;
  readonly issuer: Issuer;
  /** How the user was known, such as `PASSWORD`. Source: FusionAuth docs, values of `authenticationType`. */
  readonly authenticationType: string;
  /** When the user logged in, in milliseconds since 1970; a refresh does not change it. */
  readonly authInstant: number;
  /** The id of the refresh token that goes with it. */
  readonly refreshTokenId?: string;
  /** When it ends, in seconds since 1970, or how many it lives; default as configured. */
  readonly ends?: { readonly at: number } | { readonly afterSeconds: number };
}

/**
 * A signed access token. Names and order of its claims: the docs' sample (lifecycle/authenticate-users/oauth,
 * `_example_access_token`) and their list of access token claims.
 * @throws {@link UnsignableError} when the configured key cannot sign.
 */
export function issueAccessToken(request: AccessTokenRequest, instance: Instance): AccessToken {
  const { user, issuer, authInstant, refreshTokenId, ends = { afterSeconds: accessTokenSeconds(issuer) } } = request;
  const issued = Math.floor(instance.now() / 1000);
  const expires = 'at' in ends ? ends.at : issued + ends.afterSeconds;
  const claims = {
    aud: issuer.application?.id,
    exp: expires,
    iat: issued,
    iss: issuer.tenant['issuer'],
    sub: user.id,
    jti: instance.uuid(),
    authenticationType: request.authenticationType,
    ...personalClaims(user, issuer, instance),
    ...authorisation(user, issuer, instance),
    sid: refreshTokenId,
    auth_time: Math.floor(authInstant / 1000),
    tid: user['tenantId'],
  };
  const key = signingKey(issuer, instance);
  if (key === undefined) throw new UnsignableError('no key is configured for access tokens');
  const { ed25519Alg, loginTokenGrants } = instance.switches;
  const grants = loginTokenGrants === 'password' ? { grants: ['password'] } : {};
  return { token: signJwt(claims, key, { ed25519: ed25519Alg, ...grants }), expirationInstant: expires * 1000 };
}

/** What a token of a `Strict` application does not tell. Source: FusionAuth docs, access token claims (since 1.50). */
function personalClaims(user: Fields, { application }: Issuer, { switches }: Instance): Fields {
  const strict = valueAt(application, 'oauthConfiguration.scopeHandlingPolicy') === 'Strict';
  if (strict && switches.strictLoginClaims === 'leftOut') return {};
  const { email, uniqueUsername, username, verified } = user;
  return {
    ...(email === undefined ? {} : { email, email_verified: verified === true }),
    preferred_username: uniqueUsername ?? username,
  };
}

/** Only a user who is registered is authorised. Source: FusionAuth docs core concepts, authentication and authorization. */
function authorisation(user: Fields, { application }: Issuer, instance: Instance): Fields {
  const registration = registrationsOf(user).find(({ applicationId }) => applicationId === application?.id);
  if (application === undefined || registration === undefined) return {};
  return { applicationId: application.id, roles: rolesFor(user, registration, instance) };
}

/** Roles of the registration and of the groups that the user is in. Source: FusionAuth docs core concepts, groups. */
function rolesFor(user: Fields, { roles, applicationId }: Fields, instance: Instance): readonly string[] {
  const own: readonly unknown[] = Array.isArray(roles) ? roles : [];
  const ofGroups = membershipsOf(user).flatMap(({ groupId }) => {
    const ids: unknown = instance.store.get('group', String(groupId))?.['roleIds'];
    return (Array.isArray(ids) ? ids : [])
      .map((id) => findRole(String(id), instance))
      .filter((found) => found?.application.id === applicationId)
      .map((found) => found?.role['name']);
  });
  return [...new Set([...own, ...ofGroups].map(String))].toSorted(byText);
}
