import { describe, expect, test } from 'vitest';

import { SnapshotError, startSandbox } from './index.js';
import { callSandbox, useSandbox } from './testing/http.js';

const { call, sandbox } = useSandbox();
const acme = { tenant: { name: 'Acme' } };
const entry = { auditLog: { insertUser: 'crew', message: 'Moored' } };

test('a snapshot is restored with objects, counters, licence and switches, also after being JSON', async () => {
  await call('POST', '/api/tenant', acme);
  await call('POST', '/api/system/audit-log', entry);
  await call('DELETE', '/api/reactor');
  await call('POST', '/__sandbox/switches', { noopUpdate: 'keeps' });
  const before = await call('GET', '/api/tenant');
  const snapshot = JSON.parse(JSON.stringify(sandbox().snapshot()));
  await sandbox().reset();
  await call('POST', '/api/tenant', { tenant: { name: 'Globex' } });
  await sandbox().restore(snapshot);
  expect((await call('GET', '/api/tenant')).text).toBe(before.text);
  expect((await call('GET', '/api/reactor')).json.status.licensed).toBe(false);
  expect((await call('GET', '/__sandbox/switches')).json).toMatchObject({ noopUpdate: 'keeps', licensed: 'off' });
  await call('POST', '/api/system/audit-log', entry);
  expect((await call('GET', '/api/system/audit-log/2')).status).toBe(200);
});

test('a snapshot is a copy: neither later writes nor changes to it reach the other', async () => {
  const snapshot = sandbox().snapshot();
  await call('POST', '/api/tenant', acme);
  expect(snapshot.objects['tenant']).toHaveLength(1);
  // What a caller of plain JavaScript could do.
  const [stored] = snapshot.objects['tenant'] ?? [];
  Object.assign(stored ?? {}, { name: 'Changed' });
  await sandbox().restore(snapshot);
  Object.assign(stored ?? {}, { name: 'Changed again' });
  expect((await call('GET', '/api/tenant')).json.tenants.map(({ name }: { name: string }) => name)).toEqual([
    'Changed',
  ]);
});

test('another sandbox takes it, keys and ids of the install included, and keeps its own API key', async () => {
  const { json } = await call('POST', '/api/tenant', acme);
  const other = await startSandbox({ apiKey: 'other-key' });
  try {
    const own = await callSandbox(other, 'GET', '/api/tenant');
    await other.restore(sandbox().snapshot());
    expect((await callSandbox(other, 'GET', `/api/tenant/${json.tenant.id}`)).json).toEqual(json);
    expect((await callSandbox(other, 'GET', '/.well-known/jwks.json')).text).toBe(
      (await call('GET', '/.well-known/jwks.json')).text,
    );
    const builtIn = json.tenant.id === undefined ? '' : (await call('GET', '/api/tenant')).json.tenants[0].id;
    expect((await callSandbox(other, 'DELETE', `/api/tenant/${builtIn}`)).status).toBe(400);
    await other.reset();
    expect((await callSandbox(other, 'GET', '/api/tenant')).text).toBe(own.text);
    const ownDefault = own.json.tenants[0].id;
    expect((await callSandbox(other, 'DELETE', `/api/tenant/${ownDefault}`)).status).toBe(400);
  } finally {
    await other.close();
  }
});

test('over HTTP it is a GET and a PUT, and neither is counted', async () => {
  await call('POST', '/api/tenant', acme);
  const { json: snapshot } = await call('GET', '/__sandbox/snapshot');
  expect(snapshot).toEqual(JSON.parse(JSON.stringify(sandbox().snapshot())));
  await call('POST', '/api/tenant', { tenant: { name: 'Globex' } });
  expect((await call('PUT', '/__sandbox/snapshot', snapshot)).status).toBe(204);
  expect((await call('GET', '/api/tenant')).json.tenants).toHaveLength(2);
  expect(sandbox().requests().total).toBe(3);
});

describe('a snapshot is refused', () => {
  const taken = (): Record<string, unknown> => ({ ...sandbox().snapshot() });

  test.each([
    ['that is none', () => 7, '"format" must be 1'],
    [
      'of another version',
      () => ({ ...taken(), fusionauth: '1.60.0' }),
      'it is of FusionAuth 1.60.0, and this is 1.69.0',
    ],
    ['with switches that there are not', () => ({ ...taken(), switches: { colour: 'blue' } }), 'no switch "colour"'],
    ['without ids of the install', () => ({ ...taken(), seeds: {} }), '"seeds" must have the ids of the install'],
    ['with counters that do not count', () => ({ ...taken(), counters: { auditLog: 'x' } }), '"counters" must be'],
    ['with objects without ids', () => ({ ...taken(), objects: { tenant: [{}] } }), '"objects.tenant" must be a list'],
  ])('%s', async (_, snapshot, message) => {
    const before = await call('GET', '/api/tenant');
    const answer = await call('PUT', '/__sandbox/snapshot', snapshot());
    expect([answer.status, answer.json.message]).toEqual([400, expect.stringContaining(message)]);
    expect((await call('GET', '/api/tenant')).text).toBe(before.text);
  });

  test('with an error of its own from a program', async () => {
    // `as`: what a caller of plain JavaScript could give.
    await expect(sandbox().restore({} as never)).rejects.toThrow(SnapshotError);
  });
});
