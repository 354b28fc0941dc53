import { beforeEach, describe, expect, test } from 'vitest';

import { useSandbox } from './testing/http.js';

const { call, sandbox } = useSandbox();
const app = 'https://app.acme.com';
const cors = {
  enabled: true,
  allowedHeaders: ['Authorization', 'Content-Type'],
  allowedMethods: ['GET', 'POST'],
  allowedOrigins: [app],
  exposedHeaders: ['X-Trace', 'X-Region'],
  preflightMaxAgeInSeconds: 600,
};

async function configure(corsConfiguration: object): Promise<void> {
  const systemConfiguration = { reportTimezone: 'UTC', corsConfiguration };
  expect((await call('PUT', '/api/system-configuration', { systemConfiguration })).status).toBe(200);
}

async function ask(path: string, headers: Readonly<Record<string, string>>, method = 'GET'): Promise<Response> {
  const authorization = sandbox().apiKey;
  return fetch(sandbox().url + path, { method, headers: { authorization, ...headers } });
}

/** The headers of an answer that are about origins. */
function corsHeaders({ headers }: Response): Readonly<Record<string, string>> {
  return Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control-') || name === 'vary'));
}

test('while the filter is off every request is answered, without a header', async () => {
  const answer = await ask('/api/tenant', { origin: app });
  expect([answer.status, corsHeaders(answer)]).toEqual([200, {}]);
});

describe('with the filter on', () => {
  beforeEach(() => configure(cors));

  test('a request without an origin, or of the server’s own, is none of its business', async () => {
    for (const headers of [{}, { origin: sandbox().url }]) {
      const answer = await ask('/api/system-configuration', headers, 'DELETE');
      expect([answer.status, corsHeaders(answer)]).toEqual([405, {}]);
    }
  });

  test('an allowed origin may read the answer and the exposed headers, even of a 404', async () => {
    for (const [path, status] of [
      ['/api/tenant', 200],
      ['/api/nothing', 404],
    ] as const) {
      const answer = await ask(path, { origin: app });
      expect([answer.status, corsHeaders(answer)]).toEqual([
        status,
        {
          'access-control-allow-origin': app,
          'access-control-expose-headers': 'X-Trace,X-Region',
          vary: 'Origin',
        },
      ]);
    }
  });

  test.each([
    ['another origin', { origin: 'https://evil.test' }, 'GET'],
    ['an origin without a scheme', { origin: 'app.acme.com' }, 'GET'],
    ['an origin with an escape', { origin: 'https://app.acme.com%0d' }, 'GET'],
    ['a method that is not allowed', { origin: app, 'content-type': 'application/json' }, 'DELETE'],
    ['a POST without a content type', { origin: app }, 'POST'],
  ])('%s is 403 with an empty body', async (_name, headers, method) => {
    const answer = await ask('/api/tenant', headers, method);
    expect([answer.status, await answer.text(), corsHeaders(answer)]).toEqual([403, '', {}]);
  });

  test('a question in advance is answered 204, without a key', async () => {
    const answer = await fetch(`${sandbox().url}/api/tenant`, {
      method: 'OPTIONS',
      headers: {
        origin: app,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization, content-type',
      },
    });
    expect([answer.status, corsHeaders(answer)]).toEqual([
      204,
      {
        'access-control-allow-headers': 'Authorization,Content-Type',
        'access-control-allow-methods': 'POST',
        'access-control-allow-origin': app,
        'access-control-max-age': '600',
        vary: 'Origin',
      },
    ]);
  });

  test.each([
    [{ 'access-control-request-method': 'DELETE' }, '/api/tenant'],
    [{ 'access-control-request-method': 'GET', 'access-control-request-headers': 'x-secret' }, '/api/tenant'],
    [{ 'access-control-request-method': 'GET' }, '/admin/tenant'],
  ])('and 403 for %j at %s', async (headers, path) => {
    expect((await ask(path, { origin: app, ...headers }, 'OPTIONS')).status).toBe(403);
  });

  test('the pages of the admin UI are left out', async () => {
    const answer = await ask('/admin/', { origin: 'https://evil.test' });
    expect([answer.status, corsHeaders(answer)]).toEqual([404, {}]);
  });

  test('any origin is allowed by *, and named where there are credentials', async () => {
    await configure({ ...cors, allowedOrigins: ['*'], exposedHeaders: [] });
    const anybody = await ask('/api/tenant', { origin: 'https://globex.test' });
    expect(corsHeaders(anybody)).toEqual({ 'access-control-allow-origin': '*' });
    await configure({ ...cors, allowedOrigins: ['*'], exposedHeaders: [], allowCredentials: true });
    const known = await ask('/api/tenant', { origin: 'https://globex.test' });
    expect(corsHeaders(known)).toEqual({
      'access-control-allow-credentials': 'true',
      'access-control-allow-origin': 'https://globex.test',
      vary: 'Origin',
    });
  });

  test('the control plane answers whoever asks', async () => {
    expect((await ask('/__sandbox/switches', { origin: 'https://evil.test' })).status).toBe(200);
  });
});
