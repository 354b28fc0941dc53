import { families } from './operations/families.js';
import { identityProviders } from './operations/identity-providers.js';
import { instance } from './operations/instance.js';
import { keys } from './operations/keys.js';
import { logs } from './operations/logs.js';
import { parts } from './operations/parts.js';
import type { Specials } from './operations/special.js';
import { tokens } from './operations/tokens.js';
import { users } from './operations/users.js';
import { verifications } from './operations/verifications.js';

/** Every operation that is not made, read, changed and deleted in the usual way: `GET /api/status` → how it is called. */
export const specials: Specials = {
  ...families,
  ...identityProviders,
  ...instance,
  ...keys,
  ...logs,
  ...parts,
  ...tokens,
  ...users,
  ...verifications,
};

/** Operations that the sandbox answers and that can never find anything there, and why. */
export const nothingToFind: Readonly<Record<string, string>> = {
  'GET /api/identity-provider/link/pending/{pendingLinkId}':
    'a pending link comes of a login with an identity provider, which is not emulated',
};
