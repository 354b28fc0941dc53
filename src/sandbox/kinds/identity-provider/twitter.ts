import type { ProviderType } from './provider-type.js';

/** Source: FusionAuth docs apis/identity-providers/twitter; `TwitterIdentityProvider` of fusionauth-java-client. */
export const twitter: ProviderType = {
  type: 'Twitter',
  shape: 'TwitterIdentityProvider',
  legacy: { id: '45bb233c-0901-4236-b5ca-ac46e2e0a5a5', name: 'Twitter' },
  reconcile: 'TwitterReconcile',
  defaults: { buttonText: 'Login with Twitter' },
  required: ['buttonText', 'consumerKey', 'consumerSecret'],
  secrets: ['consumerSecret'],
};
