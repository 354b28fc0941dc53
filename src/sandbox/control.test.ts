import { expect, test } from 'vitest';

import { useSandbox } from './testing/http.js';

const { call, sandbox } = useSandbox();

test('requests are counted by method and path template, without the control plane’s own', async () => {
  const { json: created } = await call('POST', '/api/tenant', { tenant: { name: 'Acme' } });
  await call('GET', `/api/tenant/${created.tenant.id}?x=1`);
  await call('GET', '/api/tenant');
  await call('GET', '/api/nothing/at/all');
  await call('GET', '/__sandbox/switches');
  const { json } = await call('GET', '/__sandbox/requests');
  expect(json.total).toBe(4);
  expect(json.counts).toEqual({
    'GET /api/nothing/at/all': 1,
    'GET /api/tenant': 1,
    'GET /api/tenant/{tenantId}': 1,
    'POST /api/tenant': 1,
  });
  expect(json.requests[1]).toMatchObject({
    method: 'GET',
    path: `/api/tenant/${created.tenant.id}`,
    query: '?x=1',
    status: 200,
    template: '/api/tenant/{tenantId}',
  });
  expect((await call('DELETE', '/__sandbox/requests')).status).toBe(204);
  expect(sandbox().requests().total).toBe(0);
});

test('a reset goes back to the fresh install and takes faults and switches back', async () => {
  const before = await call('GET', '/api/tenant');
  await call('POST', '/api/tenant', { tenant: { name: 'Acme' } });
  await call('POST', '/__sandbox/switches', { licensed: 'off' });
  await call('POST', '/__sandbox/faults', { kind: 'reset', count: 0 });
  expect((await call('POST', '/__sandbox/reset')).status).toBe(204);
  expect((await call('GET', '/api/tenant')).text).toBe(before.text);
  expect((await call('GET', '/__sandbox/switches')).json.licensed).toBe('on');
  expect((await call('GET', '/__sandbox/faults')).json).toEqual({ faults: [] });
});

test('a reset is quick enough to stand before every run of a property test', async () => {
  for (let number = 0; number < 50; number += 1) await call('POST', '/api/tenant', { tenant: { name: `T${number}` } });
  const times: number[] = [];
  for (let run = 0; run < 5; run += 1) {
    const start = performance.now();
    await sandbox().reset();
    times.push(performance.now() - start);
  }
  expect(Math.min(...times)).toBeLessThan(20);
});

test('a switch or value that there is not is refused', async () => {
  for (const body of [{ colour: 'blue' }, { licensed: 'maybe' }, ['licensed']]) {
    const { status, json } = await call('POST', '/__sandbox/switches', body);
    expect(status).toBe(400);
    expect(json.message).toBeTypeOf('string');
  }
  expect((await call('GET', '/__sandbox/nothing')).status).toBe(404);
});
