import type { ProviderType } from './provider-type.js';

/** Source: FusionAuth docs apis/identity-providers/linkedin; `LinkedInIdentityProvider` of fusionauth-java-client. */
export const linkedIn: ProviderType = {
  type: 'LinkedIn',
  shape: 'LinkedInIdentityProvider',
  legacy: { id: '6177c09d-3f0e-4d53-9504-3600b1b23f46', name: 'LinkedIn' },
  reconcile: 'LinkedInReconcile',
  defaults: { buttonText: 'Sign in with LinkedIn' },
  required: ['buttonText', 'client_id', 'client_secret'],
  secrets: ['client_secret'],
};
