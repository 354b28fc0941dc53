import type { Newcomer } from './quirk.js';

export const secretKeys: Newcomer = {
  since: '1.64',
  what: 'Keys of type `Secret`, which lambdas read.',
  source: 'FusionAuth docs apis/keys',
  values: { KeyAlgorithm: ['None'], KeyType: ['Secret'] },
};
