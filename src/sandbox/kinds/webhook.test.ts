import { describe, expect, test } from 'vitest';

import { useSandbox } from '../testing/http.js';

const { call } = useSandbox();
const minimal = { url: 'https://siem.acme.test', connectTimeout: 1000, readTimeout: 2000 };
const id = 'be2f3f0e-7b55-4f6e-8f5c-0d8f2a9d7c3b';

test('a webhook of little has defaults for the rest, and another may be like it', async () => {
  const { json } = await call('POST', '/api/webhook', { webhook: minimal });
  expect(json.webhook).toMatchObject({
    ...minimal,
    data: {},
    eventsEnabled: {},
    global: false,
    headers: {},
    signatureConfiguration: { enabled: false },
    tenantIds: [],
  });
  expect((await call('POST', '/api/webhook', { webhook: minimal })).status).toBe(200);
});

test('trap: values of headers and credentials are trimmed', async () => {
  const webhook = { ...minimal, headers: { 'X-Site': ' ship ' }, httpAuthenticationUsername: ' crew ' };
  const { json } = await call('POST', '/api/webhook', { webhook });
  expect(json.webhook).toMatchObject({ headers: { 'X-Site': 'ship' }, httpAuthenticationUsername: 'crew' });
});

test('secrets are shown, or hidden where that is switched on', async () => {
  const secrets = { headers: { Authorization: 'secret' }, httpAuthenticationPassword: 'swordfish' };
  const { json } = await call('POST', `/api/webhook/${id}`, { webhook: { ...minimal, ...secrets } });
  expect(json.webhook).toMatchObject(secrets);
  await call('POST', '/__sandbox/switches', { webhookSecretsOnRead: 'hidden' });
  expect((await call('GET', `/api/webhook/${id}`)).text).not.toMatch(/secret"|swordfish/);
  await call('PATCH', `/api/webhook/${id}`, { webhook: { description: 'SIEM' } });
  await call('POST', '/__sandbox/switches', { webhookSecretsOnRead: 'shown' });
  expect((await call('GET', `/api/webhook/${id}`)).json.webhook).toMatchObject(secrets);
});

describe('a webhook is refused', () => {
  test.each([
    [{ url: 'siem.acme.test' }, '[invalid]webhook.url'],
    [{ connectTimeout: 0 }, '[invalid]webhook.connectTimeout'],
    [{ signatureConfiguration: { enabled: true } }, '[missing]webhook.signatureConfiguration.signingKeyId'],
    [{ sslCertificateKeyId: id }, '[invalid]webhook.sslCertificateKeyId'],
    [{ eventsEnabled: { 'tenant.update': true } }, '[invalid]webhook.eventsEnabled'],
    [{ tenantIds: [id] }, '[invalid]webhook.tenantIds[0]'],
    [{ description: 'a'.repeat(256) }, '[tooLong]webhook.description'],
  ])('with %j', async (fields, code) => {
    const { status, json } = await call('POST', '/api/webhook', { webhook: { ...minimal, ...fields } });
    expect(status).toBe(400);
    expect(Object.values(json.fieldErrors).flat()).toMatchObject([{ code }]);
  });
});

test('its tenants are found from its side too', async () => {
  const tenant = await call('POST', '/api/tenant', { tenant: { name: 'Acme' } });
  const tenantIds = [tenant.json.tenant.id];
  await call('POST', `/api/webhook/${id}`, { webhook: { ...minimal, tenantIds } });
  await call('POST', '/api/webhook', { webhook: minimal });
  const { json } = await call('GET', `/api/webhook/search?tenantId=${tenantIds[0]}`);
  expect(json.webhooks.map((webhook: { id: string }) => webhook.id)).toEqual([id]);
});
