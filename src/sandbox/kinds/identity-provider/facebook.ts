import type { ProviderType } from './provider-type.js';

/**
 * `fields` and `permissions` have been stored as `email` where nothing was sent since 1.11. Source: FusionAuth docs
 * apis/identity-providers/facebook, and its sample for `loginMethod`; `FacebookIdentityProvider` of fusionauth-java-client.
 */
export const facebook: ProviderType = {
  type: 'Facebook',
  shape: 'FacebookIdentityProvider',
  legacy: { id: '56abdcc7-8bd9-4321-9621-4e9bbebae494', name: 'Facebook' },
  reconcile: 'FacebookReconcile',
  defaults: { buttonText: 'Login with Facebook', fields: 'email', loginMethod: 'UseRedirect', permissions: 'email' },
  required: ['appId', 'buttonText', 'client_secret'],
  secrets: ['client_secret'],
};
