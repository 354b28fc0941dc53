import type { ProviderType } from './provider-type.js';

/** Source: FusionAuth docs apis/identity-providers/steam; `SteamIdentityProvider` of fusionauth-java-client. */
export const steam: ProviderType = {
  type: 'Steam',
  shape: 'SteamIdentityProvider',
  legacy: { id: 'e4f39345-7833-4b1d-b331-ca03bdc2c4be', name: 'Steam' },
  reconcile: 'SteamReconcile',
  defaults: { apiMode: 'Public', buttonText: 'Login with Steam', linkingStrategy: 'CreatePendingLink' },
  required: ['buttonText', 'client_id', 'webAPIKey'],
  secrets: ['webAPIKey'],
};
