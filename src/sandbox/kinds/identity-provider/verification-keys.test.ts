import { beforeEach, expect, test } from 'vitest';

import { useSandbox } from '../../testing/http.js';
import { makeProviderWorld, type ProviderWorld } from '../../testing/provider-bodies.js';

const { call } = useSandbox({ fusionauth: '1.68' });
let world: ProviderWorld;
beforeEach(async () => {
  world = await makeProviderWorld(call);
});

const make = (identityProvider: object): ReturnType<typeof call> =>
  call('POST', '/api/identity-provider', { identityProvider });

test('before 1.69 there is one verification key and no list, and External JWT needs none', async () => {
  const saml = { type: 'SAMLv2', name: 'Acme', emailClaim: 'email', idpEndpoint: 'https://idp.acme.com' };
  const { json } = await make({ ...saml, keyId: world.publicKey });
  expect(json.identityProvider).toMatchObject({ keyId: world.publicKey });
  expect(json.identityProvider).not.toHaveProperty('verificationKeyIds');
  const { id } = json.identityProvider;
  const put = { identityProvider: { ...saml, keyId: world.ecPair } };
  expect((await call('PUT', `/api/identity-provider/${id}`, put)).json.fieldErrors).toHaveProperty([
    'identityProvider.keyId',
  ]);
  expect((await make({ ...saml, name: 'Crew' })).json.fieldErrors).toMatchObject({
    'identityProvider.keyId': [{ code: '[missing]identityProvider.keyId' }],
  });
  expect((await make({ type: 'ExternalJWT', name: 'Acme ADFS' })).status).toBe(200);
});
