import type { Newcomer } from './quirk.js';

export const identityProviderAttributes: Newcomer = {
  since: '1.65',
  what: '`attributeMappings` and `source` of identity providers.',
  source: 'FusionAuth docs apis/identity-providers, fusionauth-java-client 1.65',
  fields: { '*IdentityProvider': ['attributeMappings', 'source'] },
};
