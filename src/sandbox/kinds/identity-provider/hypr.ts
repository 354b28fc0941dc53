import type { ProviderType } from './provider-type.js';

/** Source: FusionAuth docs apis/identity-providers/hypr; `HYPRIdentityProvider` of fusionauth-java-client. */
export const hypr: ProviderType = {
  type: 'HYPR',
  shape: 'HYPRIdentityProvider',
  legacy: { id: '778985b7-6fd8-414d-acf2-94f18fb7c7e0', name: 'HYPR' },
  reconcile: 'HYPRReconcile',
  defaults: ({ hyprLinkingStrategy }) => ({ linkingStrategy: hyprLinkingStrategy }),
  required: ['relyingPartyApplicationId', 'relyingPartyURL'],
};
