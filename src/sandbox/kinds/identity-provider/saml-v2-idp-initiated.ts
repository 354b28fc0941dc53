import type { ProviderType } from './provider-type.js';
import { samlDefaults, samlProblems } from './saml-parts.js';
import { withVerificationKeys } from './verification-keys.js';

/**
 * It has no button and no domains: users come from there. Source: FusionAuth docs
 * apis/identity-providers/samlv2-idp-initiated; `SAMLv2IdPInitiatedIdentityProvider` of fusionauth-java-client.
 */
export const samlV2IdpInitiated: ProviderType = {
  type: 'SAMLv2IdPInitiated',
  shape: 'SAMLv2IdPInitiatedIdentityProvider',
  reconcile: 'SAMLv2Reconcile',
  defaults: samlDefaults,
  required: ['issuer'],
  normalise: (object, { instance }) => withVerificationKeys(object, 'keyId', instance.switches),
  validate: samlProblems,
};
