import type { ProviderType } from './provider-type.js';

/** Source: FusionAuth docs apis/identity-providers/epicgames; `EpicGamesIdentityProvider` of fusionauth-java-client. */
export const epicGames: ProviderType = {
  type: 'EpicGames',
  shape: 'EpicGamesIdentityProvider',
  legacy: { id: '1b932b19-61a8-47c7-9e81-27dbf9011dad', name: 'Epic Games' },
  reconcile: 'EpicGamesReconcile',
  defaults: { buttonText: 'Login with Epic Games', linkingStrategy: 'CreatePendingLink' },
  required: ['buttonText', 'client_id', 'client_secret'],
  secrets: ['client_secret'],
};
