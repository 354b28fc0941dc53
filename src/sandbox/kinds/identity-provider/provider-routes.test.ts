import { expect, test } from 'vitest';

import { useSandbox } from '../../testing/http.js';

const { call } = useSandbox({ fusionauth: '1.61' });

test('before 1.62 an identity provider belongs to no tenant, whatever header or key is sent', async () => {
  const tenant = (await call('GET', '/api/tenant')).json.tenants[0];
  const { json } = await call('POST', '/api/api-key', { apiKey: { tenantId: tenant.id } });
  const steam = { type: 'Steam', client_id: 'acme', webAPIKey: 'acme-web-key', tenantId: tenant.id, name: 'Acme' };
  const created = await call('POST', '/api/identity-provider', { identityProvider: steam }, { tenantId: tenant.id });
  expect(created.json.identityProvider).not.toHaveProperty('tenantId');
  const path = `/api/identity-provider/${created.json.identityProvider.id}`;
  for (const options of [{ tenantId: tenant.id }, { key: json.apiKey.key }]) {
    expect((await call('GET', path, undefined, options)).json).toEqual(created.json);
  }
});
