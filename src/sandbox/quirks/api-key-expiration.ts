import type { Newcomer } from './quirk.js';

export const apiKeyExpiration: Newcomer = {
  since: '1.55',
  what: 'API keys that expire.',
  source: 'FusionAuth docs apis/api-keys',
  fields: { APIKey: ['expirationInstant'] },
};
