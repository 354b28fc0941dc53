import type { Fields } from '../../store.js';

/** Source: `IdentityProviderOauth2Configuration` of fusionauth-java-client. */
export const oauth2Defaults: Fields = {
  clientAuthenticationMethod: 'client_secret_basic',
  emailClaim: 'email',
  emailVerifiedClaim: 'email_verified',
  uniqueIdClaim: 'sub',
  usernameClaim: 'preferred_username',
};
