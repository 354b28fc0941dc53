import type { Fields } from '../store.js';

const algorithms = ['ES256', 'ES384', 'ES512', 'HS256', 'HS384', 'HS512', 'RS256', 'RS384', 'RS512'] as const;

/**
 * What a tenant says of itself to OpenID Connect clients. Paths, order and values: `OpenIdConfiguration` of
 * fusionauth-java-client. That the URLs are the same below a tenant's id is
 * UNVERIFIED (switch tenantOpenIdUrls). The sandbox has only the JWK set of
 * what they lead to.
 * @param headers - of the request: the URLs are on the host that it names.
 * @param inPath - the tenant's id where the URLs have it.
 */
export function openIdConfiguration(tenant: Fields, headers: Headers, inPath?: string): Fields {
  const host = headers.get('x-forwarded-host') ?? headers.get('host') ?? 'localhost:9011';
  const base = `${headers.get('x-forwarded-proto') ?? 'http'}://${host}${inPath === undefined ? '' : `/${inPath}`}`;
  return {
    authorization_endpoint: `${base}/oauth2/authorize`,
    backchannel_logout_supported: false,
    claims_supported: [
      'applicationId',
      'at_hash',
      'aud',
      'authenticationType',
      'birthdate',
      'c_hash',
      'email',
      'email_verified',
      'exp',
      'family_name',
      'given_name',
      'iat',
      'iss',
      'jti',
      'middle_name',
      'name',
      'nbf',
      'nonce',
      'phone_number',
      'phone_number_verified',
      'picture',
      'preferred_username',
      'roles',
      'sub',
    ],
    code_challenge_methods_supported: ['S256'],
    device_authorization_endpoint: `${base}/oauth2/device_authorize`,
    dpop_signing_alg_values_supported: [
      'Ed448',
      'Ed25519',
      'ES256',
      'ES384',
      'ES512',
      'PS256',
      'PS384',
      'PS512',
      'RS256',
      'RS384',
      'RS512',
    ],
    end_session_endpoint: `${base}/oauth2/logout`,
    frontchannel_logout_supported: true,
    grant_types_supported: [
      'authorization_code',
      'password',
      'implicit',
      'refresh_token',
      'urn:ietf:params:oauth:grant-type:device_code',
      'client_credentials',
    ],
    id_token_signing_alg_values_supported: algorithms,
    issuer: tenant['issuer'],
    jwks_uri: `${base}/.well-known/jwks.json`,
    response_modes_supported: ['form_post', 'fragment', 'query'],
    response_types_supported: ['code', 'id_token', 'token id_token'],
    scopes_supported: ['openid', 'offline_access', 'email', 'phone', 'profile'],
    subject_types_supported: ['public'],
    token_endpoint: `${base}/oauth2/token`,
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
    userinfo_endpoint: `${base}/oauth2/userinfo`,
    userinfo_signing_alg_values_supported: algorithms,
  };
}
