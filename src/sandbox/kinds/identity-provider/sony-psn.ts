import type { ProviderType } from './provider-type.js';

/** Source: FusionAuth docs apis/identity-providers/sonypsn; `SonyPSNIdentityProvider` of fusionauth-java-client. */
export const sonyPsn: ProviderType = {
  type: 'SonyPSN',
  shape: 'SonyPSNIdentityProvider',
  legacy: { id: '7764b5c7-165b-4e7e-94aa-02ebe2a0a5fb', name: 'Sony PlayStation Network' },
  reconcile: 'SonyPSNReconcile',
  defaults: { buttonText: 'Login with Playstation Network', linkingStrategy: 'CreatePendingLink' },
  required: ['buttonText', 'client_id', 'client_secret'],
  secrets: ['client_secret'],
};
