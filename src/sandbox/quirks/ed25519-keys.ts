import type { Newcomer } from './quirk.js';

export const ed25519Keys: Newcomer = {
  since: '1.62',
  what: 'Ed25519 keys.',
  source: 'FusionAuth docs apis/keys',
  values: { KeyAlgorithm: ['Ed25519'], KeyType: ['OKP'] },
};
