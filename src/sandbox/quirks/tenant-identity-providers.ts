import type { Newcomer } from './quirk.js';

export const tenantIdentityProviders: Newcomer = {
  since: '1.62',
  what: 'Identity providers of a tenant.',
  source: 'FusionAuth docs apis/identity-providers',
  fields: { '*IdentityProvider': ['tenantId'] },
};
