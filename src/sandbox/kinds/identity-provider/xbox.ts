import type { ProviderType } from './provider-type.js';

/** Source: FusionAuth docs apis/identity-providers/xbox; `XboxIdentityProvider` of fusionauth-java-client. */
export const xbox: ProviderType = {
  type: 'Xbox',
  shape: 'XboxIdentityProvider',
  legacy: { id: 'af53ab21-34c3-468a-8ba2-ecb3905f67f2', name: 'Xbox' },
  reconcile: 'XboxReconcile',
  defaults: { buttonText: 'Login with Xbox', linkingStrategy: 'CreatePendingLink' },
  required: ['buttonText', 'client_id', 'client_secret'],
  secrets: ['client_secret'],
};
