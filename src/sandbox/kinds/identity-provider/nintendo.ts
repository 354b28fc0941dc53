import type { ProviderType } from './provider-type.js';

const claims = { emailClaim: 'email', uniqueIdClaim: 'id', usernameClaim: 'preferred_username' } as const;

/** Source: FusionAuth docs apis/identity-providers/nintendo; `NintendoIdentityProvider` of fusionauth-java-client. */
export const nintendo: ProviderType = {
  type: 'Nintendo',
  shape: 'NintendoIdentityProvider',
  legacy: { id: 'b0ac2e16-d4af-483e-98c8-7f6693610665', name: 'Nintendo' },
  reconcile: 'NintendoReconcile',
  defaults: { ...claims, buttonText: 'Login with Nintendo', linkingStrategy: 'CreatePendingLink' },
  // Unlike all other overrides these have values of their own: `NintendoApplicationConfiguration`.
  applicationDefaults: claims,
  required: ['buttonText', 'client_id', 'client_secret'],
  secrets: ['client_secret'],
};
