import type { Newcomer } from './quirk.js';

export const apiKeyNames: Newcomer = {
  since: '1.56',
  what: 'Names of API keys, and keys that are shown once.',
  source: 'FusionAuth docs apis/api-keys',
  fields: { APIKey: ['name', 'retrievable'] },
};
