import { randomUUID } from 'node:crypto';

import { ask, type Ask } from '../target.js';
import type { Surroundings } from '../world.js';
import { newUser } from './new-user.js';
import { after, type Specials } from './special.js';

const path = '/api/identity-provider';

/** What is done with identity providers: users are linked to them, and they are looked up and tested. */
export const identityProviders: Specials = {
  'POST /api/identity-provider/link': after(newEnds, link),
  'GET /api/identity-provider/link': after(newLink, (query) => ({ method: 'GET', path: `${path}/link?${query}` })),
  'DELETE /api/identity-provider/link': after(newLink, (query) => ({
    method: 'DELETE',
    path: `${path}/link?${query}`,
  })),
  'GET /api/identity-provider/lookup': after(newProvider, ({ domain }) => ({
    method: 'GET',
    path: `${path}/lookup?domain=${domain}`,
  })),
  'POST /api/identity-provider/test': after(newProvider, ({ id }, { defaultTenantId = '' }) =>
    connectionTest(id, defaultTenantId),
  ),
  'GET /api/identity-provider/test': after(
    async (surroundings) => {
      const { id } = await newProvider(surroundings);
      return ask(surroundings.target, connectionTest(id, surroundings.world['defaultTenantId'] ?? ''));
    },
    ({ body }) => ({ method: 'GET', path: `${path}/test?connectionTestId=${body.connectionTestId}` }),
  ),
};

/** Makes an identity provider that is enabled and manages a domain of its own. */
async function newProvider({ target }: Surroundings): Promise<{ readonly id: string; readonly domain: string }> {
  const id = randomUUID();
  const domain = `${id}.acme.test`;
  const identityProvider = {
    type: 'OpenIDConnect',
    name: `Provider ${id}`,
    buttonText: 'Log in',
    domains: [domain],
    enabled: true,
    oauth2: { client_id: 'kedge', client_secret: 'secret', issuer: 'https://issuer.acme.test' },
  };
  await ask(target, { method: 'POST', path: `${path}/${id}`, body: { identityProvider } });
  return { id, domain };
}

/** Who a link is between. */
interface Ends {
  readonly identityProviderId: string;
  readonly identityProviderUserId: string;
  readonly userId: string;
}

async function newEnds(surroundings: Surroundings): Promise<Ends> {
  const { id } = await newProvider(surroundings);
  return { identityProviderId: id, identityProviderUserId: 'ada', userId: await newUser(surroundings) };
}

function link(identityProviderLink: Ends): Ask {
  return { method: 'POST', path: `${path}/link`, body: { identityProviderLink } };
}

/** Links a user. @returns the query that finds the link. */
async function newLink(surroundings: Surroundings): Promise<string> {
  const ends = await newEnds(surroundings);
  await ask(surroundings.target, link(ends));
  return new URLSearchParams({ ...ends }).toString();
}

function connectionTest(identityProviderId: string, tenantId: string): Ask {
  return { method: 'POST', path: `${path}/test`, body: { identityProviderId, tenantId } };
}
