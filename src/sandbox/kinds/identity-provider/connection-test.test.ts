import { randomUUID } from 'node:crypto';

import { expect, test } from 'vitest';

import { useSandbox } from '../../testing/http.js';
import { makeProviderWorld } from '../../testing/provider-bodies.js';

let now = Date.UTC(2026, 0, 15);
const { call } = useSandbox({ clock: () => now });
const path = '/api/identity-provider/test';

test('a connection test has no steps and no success until its time is over', async () => {
  const { tenantId } = await makeProviderWorld(call);
  const steam = { type: 'Steam', client_id: 'acme', webAPIKey: 'acme-web-key' };
  const { json } = await call('POST', '/api/identity-provider', { identityProvider: steam });
  const identityProviderId = json.identityProvider.id;
  const started = await call('POST', path, { identityProviderId, tenantId });
  const read = (): ReturnType<typeof call> => call('GET', `${path}?connectionTestId=${started.json.connectionTestId}`);
  expect((await read()).json).toEqual({ result: { identityProviderId, startInstant: now, steps: [], success: false } });
  now += 1_800_000;
  expect((await read()).status).toBe(404);
});

test('a connection test needs an identity provider and a tenant', async () => {
  const { tenantId } = await makeProviderWorld(call);
  const refused = await call('POST', path, { identityProviderId: randomUUID(), tenantId });
  expect(refused.json.fieldErrors).toMatchObject({ identityProviderId: [{ code: '[invalid]identityProviderId' }] });
  const { json } = await call('POST', path, { identityProviderId: randomUUID() });
  expect(json.fieldErrors).toMatchObject({ tenantId: [{ code: '[missing]tenantId' }] });
  expect((await call('GET', `${path}?connectionTestId=nowhere`)).status).toBe(404);
});
