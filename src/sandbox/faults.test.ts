import { describe, expect, test } from 'vitest';

import { FaultError, parseFault } from './faults.js';
import { useSandbox } from './testing/http.js';

const { call, sandbox } = useSandbox();
const tenant = { tenant: { name: 'Acme' } };

async function tenantNames(): Promise<readonly string[]> {
  const { json } = await call('GET', '/api/tenant');
  return json.tenants.map(({ name }: { name: string }) => name);
}

describe('a fault', () => {
  test('gives another status, so many times, with Retry-After', async () => {
    await call('POST', '/__sandbox/faults', { kind: 'status', status: 429, retryAfter: 2, count: 2, method: 'GET' });
    const first = await call('GET', '/api/tenant');
    expect(first).toMatchObject({ status: 429, text: '' });
    expect(first.headers.get('retry-after')).toBe('2');
    expect((await call('POST', '/api/tenant', tenant)).status).toBe(200);
    expect((await call('GET', '/api/tenant')).status).toBe(429);
    expect((await call('GET', '/api/tenant')).status).toBe(200);
  });

  test('is for paths that fit, after so many have passed', async () => {
    const body = { generalErrors: [{ code: '[Exception]' }] };
    await call('POST', '/__sandbox/faults', {
      kind: 'status',
      status: 500,
      path: '^/api/tenant$',
      skip: 1,
      count: 0,
      body,
    });
    expect((await call('GET', '/api/tenant')).status).toBe(200);
    expect((await call('GET', '/api/lambda')).status).toBe(200);
    expect((await call('GET', '/api/tenant')).json).toEqual(body);
    expect((await call('GET', '/api/tenant')).status).toBe(500);
    await call('DELETE', '/__sandbox/faults');
    expect((await call('GET', '/api/tenant')).status).toBe(200);
  });

  test('waits', async () => {
    sandbox().addFault({ kind: 'latency', latencyMs: 60 });
    const start = performance.now();
    expect((await call('GET', '/api/tenant')).status).toBe(200);
    expect(performance.now() - start).toBeGreaterThan(55);
  });

  test.each([
    ['before', false],
    ['after', true],
  ] as const)('cuts the connection %s the write is done', async (when, written) => {
    sandbox().addFault({ kind: 'reset', method: 'POST', when });
    await expect(call('POST', '/api/tenant', tenant)).rejects.toThrow('fetch failed');
    expect((await tenantNames()).includes('Acme')).toBe(written);
  });

  test('loses the answer of a write that was done', async () => {
    sandbox().addFault({ kind: 'status', status: 503, when: 'after' });
    expect((await call('POST', '/api/tenant', tenant)).status).toBe(503);
    expect(await tenantNames()).toContain('Acme');
  });

  test('cuts a body in half', async () => {
    sandbox().addFault({ kind: 'truncate' });
    await expect(call('GET', '/api/tenant')).rejects.toThrow('terminated');
    expect((await call('GET', '/api/tenant')).status).toBe(200);
  });

  test('sends a page of HTML', async () => {
    sandbox().addFault({ kind: 'html', status: 502 });
    const answer = await call('GET', '/api/tenant');
    expect(answer.status).toBe(502);
    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(answer.text).toContain('<html>');
  });

  test('sends a body slowly, and whole', async () => {
    const usual = await call('GET', '/api/tenant');
    sandbox().addFault({ kind: 'slowBody', durationMs: 60 });
    const start = performance.now();
    expect((await call('GET', '/api/tenant')).text).toBe(usual.text);
    expect(performance.now() - start).toBeGreaterThan(50);
  });

  test('is in the log with the status that was seen, 0 for a cut connection', async () => {
    sandbox().addFault({ kind: 'reset' });
    await expect(call('GET', '/api/tenant')).rejects.toThrow('fetch failed');
    expect(sandbox().requests().requests).toMatchObject([{ method: 'GET', status: 0 }]);
  });
});

test.each([
  [{ kind: 'fire' }, '"kind" is one of'],
  [{ kind: 'status' }, '"status" is missing'],
  [{ kind: 'status', status: 99 }, '"status" is from 200 to 599'],
  [{ kind: 'reset', when: 'now' }, '"when" is before or after'],
  [{ kind: 'latency', latencyMs: -1 }, '"latencyMs" is a whole number'],
  [{ kind: 'reset', path: '(' }, '"path" is no regular expression'],
  [7, 'a fault is an object'],
])('%j is no fault', async (value, message) => {
  expect(() => parseFault(value)).toThrow(FaultError);
  const { status, json } = await call('POST', '/__sandbox/faults', value);
  expect(status).toBe(400);
  expect(json.message).toContain(message);
});
