import type { Newcomer } from './quirk.js';

export const verificationKeys: Newcomer = {
  since: '1.69',
  what: 'Lists of verification keys, of which the older single fields are the first since then.',
  source: 'FusionAuth docs apis/tenants, apis/applications, apis/identity-providers',
  fields: {
    EntityJWTConfiguration: ['accessTokenVerificationKeyIds'],
    ExternalJWTIdentityProvider: ['verificationKeyIds'],
    JWTConfiguration: ['accessTokenVerificationKeyIds', 'idTokenVerificationKeyIds'],
    SAMLv2Configuration: ['verificationKeyIds'],
    SAMLv2IdentityProvider: ['verificationKeyIds'],
    SAMLv2IdPInitiatedIdentityProvider: ['verificationKeyIds'],
    SAMLv2Logout: ['verificationKeyIds'],
  },
};
