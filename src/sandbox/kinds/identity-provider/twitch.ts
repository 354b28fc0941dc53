import type { ProviderType } from './provider-type.js';

/** Source: FusionAuth docs apis/identity-providers/twitch; `TwitchIdentityProvider` of fusionauth-java-client. */
export const twitch: ProviderType = {
  type: 'Twitch',
  shape: 'TwitchIdentityProvider',
  legacy: { id: 'bf4cf83f-e824-42d7-b4a3-5b10847a66b2', name: 'Twitch' },
  reconcile: 'TwitchReconcile',
  defaults: { buttonText: 'Login with Twitch', linkingStrategy: 'CreatePendingLink', scope: 'openid user:read:email' },
  required: ['buttonText', 'client_id', 'client_secret'],
  secrets: ['client_secret'],
};
