import type { Newcomer } from './quirk.js';

export const rsaSigningKey: Newcomer = {
  since: '1.50',
  what: 'The default signing key of a fresh install is an RSA pair; it was an HMAC secret.',
  source: 'FusionAuth/fusionauth-site pull request 3371',
};
