import { describe, expect, test } from 'vitest';

import { Faults } from './faults.js';
import { startSandbox } from './index.js';
import { FaultError, parseFault, readFault } from './parse-fault.js';
import { seededRandom } from './seeded-random.js';
import { callSandbox, useSandbox } from './testing/http.js';

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

describe('a fault by chance', () => {
  const fault = { kind: 'status', status: 503, probability: 0.3, seed: 7 } as const;

  async function statuses(): Promise<readonly number[]> {
    const seen: number[] = [];
    for (let number = 0; number < 40; number += 1) seen.push((await call('GET', '/api/tenant')).status);
    return seen;
  }

  test('meets the same requests with the same seed, and goes on until it is taken away', async () => {
    sandbox().addFault(fault);
    const first = await statuses();
    await sandbox().reset();
    sandbox().addFault(fault);
    expect(await statuses()).toEqual(first);
    const hit = first.filter((status) => status === 503).length;
    expect(hit).toBeGreaterThan(4);
    expect(hit).toBeLessThan(20);
  });

  test('meets others with another seed', async () => {
    sandbox().addFault(fault);
    const first = await statuses();
    await sandbox().reset();
    sandbox().addFault({ ...fault, seed: 8 });
    expect(await statuses()).not.toEqual(first);
  });

  test('is not drawn for requests that do not fit', () => {
    const draws = (others: readonly string[]): readonly boolean[] => {
      const faults = new Faults([{ ...fault, route: '/api/tenant' }]);
      return Array.from({ length: 20 }, () => {
        for (const path of others) faults.take('GET', path);
        return faults.take('GET', '/api/tenant') !== undefined;
      });
    };
    expect(draws(['/api/lambda', '/api/key'])).toEqual(draws([]));
  });
});

test('jitter is added to the latency, and is the same with the same seed', () => {
  const waits = (seed: number): readonly (number | undefined)[] => {
    const faults = new Faults([{ kind: 'latency', latencyMs: 100, jitterMs: 50, count: 0, seed }]);
    return Array.from({ length: 30 }, () => faults.take('GET', '/api/tenant')?.waitMs);
  };
  expect(waits(1)).toEqual(waits(1));
  expect(waits(1)).not.toEqual(waits(2));
  expect(Math.min(...waits(1).map(Number))).toBeGreaterThanOrEqual(100);
  expect(Math.max(...waits(1).map(Number))).toBeLessThanOrEqual(150);
  expect(new Set(waits(1)).size).toBeGreaterThan(10);
});

test('the generator is mulberry32: its first numbers for the seed 1', () => {
  const random = seededRandom(1);
  expect([random(), random(), random()]).toEqual([0.6270739405881613, 0.002735721180215478, 0.5274470399599522]);
});

test.each([
  ['/api/tenant', '/api/tenant', true],
  ['/api/tenant', '/api/tenant/', true],
  ['/api/tenant', '/api/tenant/search', false],
  ['/api/tenant/{tenantId}', '/api/tenant/d7d09513-a3f5-401c-9685-34ab6c552453', true],
  ['/api/tenant/{tenantId}', '/api/tenant', false],
  ['/api/application/{applicationId}/role/{roleId}', '/api/application/a/role/b', true],
  ['/api/application/{applicationId}/role', '/api/application/a/b/role', false],
  ['/.well-known/jwks.json', '/.well-known/jwksXjson', false],
])('the route %s and the path %s: %j', (route, path, met) => {
  expect(new Faults([{ kind: 'reset', route }]).take('GET', path) !== undefined).toBe(met);
});

test('the right body may be called something else', async () => {
  const usual = await call('GET', '/api/tenant');
  sandbox().addFault({ kind: 'contentType' });
  sandbox().addFault({ kind: 'contentType', contentType: 'application/xml' });
  const [plain, xml] = [await call('GET', '/api/tenant'), await call('GET', '/api/tenant')];
  expect([plain.headers.get('content-type'), xml.headers.get('content-type')]).toEqual([
    'text/plain',
    'application/xml',
  ]);
  expect([plain.text, xml.text]).toEqual([usual.text, usual.text]);
});

describe('as --fault takes it, a fault', () => {
  test.each([
    [
      '429,path=/api/tenant,count=2,retryAfter=1',
      { kind: 'status', status: 429, path: '/api/tenant', count: 2, retryAfter: 1 },
    ],
    ['reset, when=after, method=POST', { kind: 'reset', when: 'after', method: 'POST' }],
    ['restart,durationMs=500', { kind: 'restart', durationMs: 500 }],
    ['503,probability=0.1,seed=7', { kind: 'status', status: 503, probability: 0.1, seed: 7 }],
    ['slowBody,durationMs=50,route=/api/key/{keyId}', { kind: 'slowBody', durationMs: 50, route: '/api/key/{keyId}' }],
    ['latency,latencyMs=20,jitterMs=30,count=0', { kind: 'latency', latencyMs: 20, jitterMs: 30, count: 0 }],
    ['{"kind":"status","status":500,"path":"a{1,2}"}', { kind: 'status', status: 500, path: 'a{1,2}' }],
    ['reset,path=^/api/(user|group)=', { kind: 'reset', path: '^/api/(user|group)=' }],
  ])('is written %s', (written, fault) => {
    expect(readFault(written)).toEqual(fault);
  });

  test.each([
    ['429,paht=/api', 'fault "429,paht=/api": a fault of kind status has no "paht"; it has body, count,'],
    ['fire', 'fault "fire": "kind" is one of'],
    ['429,count', 'fault "429,count": "count" is not written name=value'],
    ['{"kind":', 'fault "{"kind":": is no JSON'],
    ['reset,count=-1', '"count" is a whole number from 0'],
    ['', '"kind" is one of'],
  ])('is not written %j', (written, message) => {
    expect(() => readFault(written)).toThrow(FaultError);
    expect(() => readFault(written)).toThrow(message);
  });
});

test('faults of the start are there again, with their counts, after a reset', async () => {
  const own = await startSandbox({ faults: [{ kind: 'status', status: 503 }] });
  try {
    const statuses = async (): Promise<readonly number[]> => [
      (await callSandbox(own, 'GET', '/api/tenant')).status,
      (await callSandbox(own, 'GET', '/api/tenant')).status,
    ];
    expect(await statuses()).toEqual([503, 200]);
    await own.reset();
    expect(await statuses()).toEqual([503, 200]);
  } finally {
    await own.close();
  }
});

test('a fault that is none keeps a sandbox from starting, and is not taken by a running one', async () => {
  const fault = { kind: 'reset', path: '(' } as const;
  await expect(startSandbox({ faults: [fault] })).rejects.toThrow(FaultError);
  expect(() => sandbox().addFault(fault)).toThrow('"path" is no regular expression: (');
});

test.each([
  [{ kind: 'fire' }, '"kind" is one of'],
  [{ kind: 'status' }, '"status" is missing'],
  [{ kind: 'status', status: 99 }, '"status" is from 200 to 599'],
  [{ kind: 'reset', when: 'now' }, '"when" is before or after'],
  [{ kind: 'latency', latencyMs: -1 }, '"latencyMs" is a whole number'],
  [{ kind: 'reset', path: '(' }, '"path" is no regular expression'],
  [{ kind: 'reset', probability: 0 }, '"probability" is a number above 0 and up to 1'],
  [{ kind: 'reset', seed: 0.5 }, '"seed" is a whole number'],
  [{ kind: 'reset', route: 'api/tenant' }, '"route" is a path such as'],
  [{ kind: 'reset', status: 500 }, 'a fault of kind reset has no "status"'],
  [{ kind: 'slowBody' }, '"durationMs" is missing'],
  [{ kind: 'contentType', contentType: 'a\nb' }, '"contentType" is the value of a header'],
  [{ kind: 'status', status: 429, retryAfter: -1 }, '"retryAfter" is a number of seconds or an HTTP date'],
  [7, 'a fault is an object'],
])('%j is no fault', async (value, message) => {
  expect(() => parseFault(value)).toThrow(FaultError);
  const { status, json } = await call('POST', '/__sandbox/faults', value);
  expect(status).toBe(400);
  expect(json.message).toContain(message);
});
