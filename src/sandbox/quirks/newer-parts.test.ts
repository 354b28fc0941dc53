import { describe, expect, test } from 'vitest';

import { callSandbox, useSandbox } from '../testing/http.js';
import { startSandbox } from '../index.js';

describe('on the oldest version', () => {
  const { call, sandbox } = useSandbox({ fusionauth: '1.48' });

  test('the version says so', async () => {
    expect((await call('GET', '/api/system/version')).json).toEqual({ version: '1.48.0' });
  });

  test('the default signing key is an HMAC secret', async () => {
    const { json } = await call('GET', '/api/key');
    expect(json.keys[0]).toMatchObject({ type: 'HMAC', algorithm: 'HS256' });
    expect((await call('GET', '/.well-known/jwks.json')).json).toEqual({ keys: [] });
  });

  test('there is no simple theme, and none can be made', async () => {
    const { json } = await call('GET', '/api/theme');
    expect(json.themes.map(({ type }: { type: string }) => type)).toEqual(['advanced']);
    const { status, json: errors } = await call('POST', '/api/theme', { theme: { name: 'Ship', type: 'simple' } });
    expect(status).toBe(400);
    expect(errors.fieldErrors['theme.type']).toMatchObject([{ code: '[invalidJSON]' }]);
  });

  test('there is no Tenant Manager, and applications are of one tenant', async () => {
    const { json } = await call('GET', '/api/application');
    expect(json.applications.map(({ name }: { name: string }) => name)).toEqual(['FusionAuth']);
    expect(json.applications[0].universalConfiguration).toBeUndefined();
    expect((await call('GET', '/api/tenant-manager')).status).toBe(404);
  });

  test('there is no webhook event log', async () => {
    expect((await call('POST', '/api/system/webhook-event-log/search', { search: {} })).status).toBe(404);
  });

  test.each([
    ['an Ed25519 key', '/api/key/generate', { key: { name: 'Crew', algorithm: 'Ed25519' } }],
    ['a secret', '/api/key/import', { key: { name: 'Crew', type: 'Secret', algorithm: 'None', secret: 'x' } }],
  ])('there is no such thing as %s', async (_, path, body) => {
    const { status, json } = await call('POST', path, body);
    expect([status, Object.keys(json.fieldErrors).length]).toEqual([400, 1]);
  });

  test('fields that came later are dropped, in defaults too, or refused where unknown ones are', async () => {
    const sent = {
      name: 'Acme',
      clientRiskConfiguration: { enabled: true },
      jwtConfiguration: { idTokenVerificationKeyIds: [] },
    };
    const { status, json } = await call('POST', '/api/tenant', { tenant: sent });
    expect(status).toBe(200);
    expect(json.tenant.clientRiskConfiguration).toBeUndefined();
    expect(json.tenant.jwtConfiguration.idTokenVerificationKeyIds).toBeUndefined();
    await call('POST', '/__sandbox/switches', { unknownProperties: 'reject' });
    const { json: errors } = await call('POST', '/api/tenant', { tenant: { ...sent, name: 'Globex' } });
    expect(Object.keys(errors.fieldErrors)).toEqual([
      'tenant.clientRiskConfiguration',
      'tenant.jwtConfiguration.idTokenVerificationKeyIds',
    ]);
  });

  test('a write that changes nothing is still seen to change nothing', async () => {
    await call('POST', '/__sandbox/switches', { noopUpdate: 'keeps' });
    const { json } = await call('POST', '/api/tenant', { tenant: { name: 'Acme' } });
    const { json: again } = await call('PUT', `/api/tenant/${json.tenant.id}`, { tenant: { name: 'Acme' } });
    expect(again).toEqual(json);
  });

  test('a reset goes back to where the switches of the version stand', async () => {
    await call('POST', '/__sandbox/switches', { identityProviderPatch: 'serial' });
    await sandbox().reset();
    expect((await call('GET', '/__sandbox/switches')).json.identityProviderPatch).toBe('lost');
  });
});

test('a switch that is set goes before what the version says', async () => {
  const sandbox = await startSandbox({ fusionauth: '1.62.1', switches: { tenantMergePatchBug: 'off' } });
  try {
    expect((await callSandbox(sandbox, 'GET', '/__sandbox/switches')).json.tenantMergePatchBug).toBe('off');
  } finally {
    await sandbox.close();
  }
});
