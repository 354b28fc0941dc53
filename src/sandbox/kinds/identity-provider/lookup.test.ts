import { expect, test } from 'vitest';

import { useSandbox } from '../../testing/http.js';
import { makeProviderWorld } from '../../testing/provider-bodies.js';

const { call } = useSandbox();
const path = '/api/identity-provider';

const oauth2 = {
  authorization_endpoint: 'https://sso.acme.com/authorize',
  client_id: 'acme',
  client_secret: 's3cret',
  token_endpoint: 'https://sso.acme.com/token',
  userinfo_endpoint: 'https://sso.acme.com/userinfo',
};

async function manage(domain: string, fields: object = {}): Promise<string> {
  const provider = {
    type: 'OpenIDConnect',
    name: `SSO of ${domain}`,
    oauth2,
    enabled: true,
    domains: [domain],
    ...fields,
  };
  const { json } = await call('POST', path, { identityProvider: provider });
  return json.identityProvider.id;
}

/** Asks as a login page does: without a key. */
const lookup = (query: string): ReturnType<typeof call> =>
  call('GET', `${path}/lookup?${query}`, undefined, { key: null });

test('anybody finds who manages a domain, or that of an address, without its secret and claims', async () => {
  const { applicationId } = await makeProviderWorld(call);
  const id = await manage('acme.com', { applicationConfiguration: { [applicationId]: { enabled: true } } });
  const { client_secret: _secret, ...shown } = oauth2;
  const identityProvider = {
    applicationIds: [applicationId],
    id,
    name: 'SSO of acme.com',
    oauth2: { ...shown, clientAuthenticationMethod: 'client_secret_basic' },
    type: 'OpenIDConnect',
  };
  for (const domain of ['acme.com', 'Jenny@ACME.com']) {
    expect((await lookup(`domain=${domain}`)).json).toEqual({ identityProvider });
  }
  expect((await lookup('domain=acme.org')).status).toBe(404);
  expect((await lookup('')).json.fieldErrors.domain).toMatchObject([{ code: '[blank]domain' }]);
});

test('SAML has its endpoint, and External JWT no client that authenticates', async () => {
  const { publicKey } = await makeProviderWorld(call);
  await manage('saml.acme.com', {
    type: 'SAMLv2',
    emailClaim: 'email',
    idpEndpoint: 'https://idp.acme.com/login',
    verificationKeyIds: [publicKey],
  });
  expect((await lookup('domain=saml.acme.com')).json.identityProvider).toMatchObject({
    idpEndpoint: 'https://idp.acme.com/login',
  });
  await manage('jwt.acme.com', { type: 'ExternalJWT', verificationKeyIds: [publicKey] });
  const { oauth2: shown } = (await lookup('domain=jwt.acme.com')).json.identityProvider;
  expect(shown).toEqual({ ...oauth2, client_secret: undefined });
});

test('trap: one of a tenant is found only by who names the tenant, a global one by all', async () => {
  const { tenantId } = await makeProviderWorld(call);
  const own = await manage('acme.com', { tenantId });
  const global = await manage('acme.org');
  expect((await lookup('domain=acme.com')).status).toBe(404);
  expect((await lookup(`domain=acme.com&tenantId=${tenantId}`)).json.identityProvider).toMatchObject({
    id: own,
    tenantId,
  });
  expect((await lookup(`domain=acme.org&tenantId=${tenantId}`)).json.identityProvider.id).toBe(global);
});

test('a disabled one is not found, or is', async () => {
  await manage('acme.com', { enabled: false });
  expect((await lookup('domain=acme.com')).status).toBe(404);
  await call('POST', '/__sandbox/switches', { lookupOfDisabled: 'found' });
  expect((await lookup('domain=acme.com')).status).toBe(200);
});
