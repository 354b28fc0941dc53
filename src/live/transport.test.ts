import { describe, expect, test } from 'vitest';
import { sendJson, startFaultServer } from '../testing/fault-server.js';
import { apiKey, connect, failure, request, serve } from './testing/requests.js';

describe('a request', () => {
  test('carries the raw key, kedge as user agent, and an id of its own', async () => {
    const server = await serve((_, response) => sendJson(response, 200, { tenants: [] }));
    const transport = connect(server.url);
    await transport.send(request('GET', '/api/tenant'));
    await transport.send(request('GET', '/api/tenant'));
    expect(server.seen[0]?.headers).toMatchObject({
      authorization: apiKey,
      'user-agent': 'kedge/1.2.3',
      'x-kedge-request-id': 'test-1',
    });
    expect(server.seen[1]?.headers['x-kedge-request-id']).toBe('test-2');
    expect(transport.requestCount()).toBe(2);
  });

  test('goes below the path of the URL, with repeated and encoded parameters', async () => {
    const server = await serve((_, response) => sendJson(response, 200, {}));
    const query = [
      ['ids', 'a b'],
      ['ids', 'c&d'],
    ] as const;
    await connect(`${server.url}/auth/`).send(request('GET', '/api/key/search', { query }));
    expect(server.seen[0]?.url).toBe('/auth/api/key/search?ids=a%20b&ids=c%26d');
  });

  test('without need of a key carries none', async () => {
    const server = await serve((_, response) => sendJson(response, 200, {}));
    await connect(server.url).send(request('GET', '/api/status', { authorized: false }));
    expect(server.seen[0]?.headers.authorization).toBeUndefined();
  });

  test('never has more in flight than the concurrency, and the wait for a turn does not count as time', async () => {
    let now = 0;
    let most = 0;
    const server = await serve((_, response) => {
      now += 1;
      most = Math.max(most, now);
      setTimeout(() => {
        now -= 1;
        sendJson(response, 200, {});
      }, 10);
    });
    const transport = connect(server.url, { concurrency: 2, timeoutMs: 400, retry: { attempts: 1 } });
    await Promise.all(Array.from({ length: 20 }, () => transport.send(request('GET', '/api/tenant'))));
    expect(most).toBe(2);
  });
});

describe('a read', () => {
  test.each([429, 502, 503, 504])('answered %i is sent again, each wait twice the last', async (status) => {
    const server = await serve((_, response, count) => sendJson(response, count < 3 ? status : 200, { tenants: [] }));
    const transport = connect(server.url);
    await expect(transport.send(request('GET', '/api/tenant'))).resolves.toMatchObject({ status: 200 });
    expect(transport.waits).toEqual([150, 300, 600]);
  });

  test('that is a POST to a search is sent again too', async () => {
    const server = await serve((_, response, count) => sendJson(response, count === 0 ? 503 : 200, { keys: [] }));
    await connect(server.url).send(request('POST', '/api/key/search', { body: '{}' }));
    expect(server.seen).toHaveLength(2);
    expect(server.seen[1]?.body).toBe('{}');
  });

  test('waits as long as the instance asks for, in seconds', async () => {
    const server = await serve((_, response, count) =>
      count === 0 ? sendJson(response, 429, {}, { 'retry-after': '7' }) : sendJson(response, 200, {}),
    );
    const transport = connect(server.url);
    await transport.send(request('GET', '/api/tenant'));
    expect(transport.waits).toEqual([7000]);
  });

  test('waits until the date the instance names, but never beyond the cap', async () => {
    const dates = ['Thu, 01 Jan 2026 00:00:09 GMT', 'Thu, 01 Jan 2026 05:00:00 GMT'];
    const server = await serve((_, response, count) => {
      const date = dates[count];
      if (date === undefined) sendJson(response, 200, {});
      else sendJson(response, 503, {}, { 'retry-after': date });
    });
    const transport = connect(server.url);
    await transport.send(request('GET', '/api/tenant'));
    expect(transport.waits).toEqual([9000, 30_000]);
  });

  test('gives up after its attempts with the last error', async () => {
    const server = await serve((_, response) => sendJson(response, 503, {}));
    const error = await failure(connect(server.url, { retry: { attempts: 3 } }).send(request('GET', '/api/tenant')));
    expect(error).toMatchObject({ code: 'live/server-error', details: { status: 503, retryable: true } });
    expect(server.seen).toHaveLength(3);
  });

  test('survives a connection that is cut before and within the answer', async () => {
    const server = await serve((_, response, count) => {
      if (count === 0) response.destroy();
      else if (count === 1) {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
        response.write('{"tenants":');
        setTimeout(() => response.destroy(), 5);
      } else sendJson(response, 200, { tenants: [] });
    });
    const answer = await connect(server.url).send(request('GET', '/api/tenant'));
    expect(answer.body).toEqual({ tenants: [] });
  });
});

describe('a write', () => {
  test.each([429, 500, 503])('answered %i is never sent again', async (status) => {
    const server = await serve((_, response) => sendJson(response, status, {}, { 'retry-after': '2' }));
    const error = await failure(connect(server.url).send(request('PUT', '/api/tenant/1', { body: '{}' })));
    expect(error.details).toMatchObject({ status, retryable: true, retryAfterMs: 2000 });
    expect(server.seen).toHaveLength(1);
  });

  test('whose connection breaks is never sent again', async () => {
    const server = await serve((_, response) => response.destroy());
    const error = await failure(connect(server.url).send(request('POST', '/api/tenant/1', { body: '{}' })));
    expect(error).toMatchObject({ code: 'live/unreachable', details: { retryable: true } });
    expect(server.seen).toHaveLength(1);
  });
});

describe('an answer', () => {
  const once = { retry: { attempts: 1 } };

  test('that is empty is a success without a body', async () => {
    const server = await serve((_, response) => response.writeHead(200).end());
    await expect(connect(server.url).send(request('DELETE', '/api/tenant/1'))).resolves.toMatchObject({
      body: undefined,
    });
  });

  test('of HTML is no success, and none of it is shown', async () => {
    const server = await serve((_, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Sign in to the proxy</h1>'),
    );
    const error = await failure(connect(server.url, once).send(request('GET', '/api/tenant')));
    expect(error.code).toBe('live/bad-response');
    expect(error.message).toBe(
      "GET /api/tenant was answered 200, but the answer is 'text/html', not JSON (request test-1)",
    );
  });

  test('that is cut off is no success', async () => {
    const server = await serve((_, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"tenants":[{"id":"'),
    );
    const error = await failure(connect(server.url, once).send(request('GET', '/api/tenant')));
    expect(error.code).toBe('live/bad-response');
    expect(error.message).toContain('not whole JSON');
    expect(error.cause).toBeUndefined();
  });

  test('with bytes that are no UTF-8 is no success', async () => {
    const server = await serve((_, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(Buffer.from([0x22, 0xff, 0x22])),
    );
    expect((await failure(connect(server.url, once).send(request('GET', '/api/tenant')))).code).toBe(
      'live/bad-response',
    );
  });

  test('beyond the size limit is dropped', async () => {
    const server = await serve((_, response) => sendJson(response, 200, { text: 'x'.repeat(100_000) }));
    const error = await failure(
      connect(server.url, { ...once, maxBodyBytes: 1000 }).send(request('GET', '/api/tenant')),
    );
    expect(error.message).toContain('larger than 1000 bytes');
  });

  test('that redirects is an error that says where to, without the query', async () => {
    const server = await serve((_, response) =>
      response.writeHead(302, { location: 'https://login.example.com/sso?token=abc' }).end(),
    );
    const error = await failure(connect(server.url, once).send(request('GET', '/api/tenant')));
    expect(error.code).toBe('live/bad-response');
    expect(error.message).toContain('https://login.example.com/sso');
    expect(error.message).not.toContain('abc');
    expect(server.seen).toHaveLength(1);
  });

  test.each([
    [401, 'live/unauthorized'],
    [403, 'live/forbidden'],
    [404, 'live/not-found'],
    [409, 'live/conflict'],
    [400, 'live/rejected'],
    [500, 'live/server-error'],
  ])('of %i is %s', async (status, code) => {
    const server = await serve((_, response) => response.writeHead(status).end());
    expect((await failure(connect(server.url, once).send(request('GET', '/api/tenant')))).code).toBe(code);
  });

  test('of 401 says which endpoint the key lacks', async () => {
    const server = await serve((_, response) => response.writeHead(401).end());
    const error = await failure(connect(server.url, once).send(request('GET', '/api/lambda')));
    expect(error.message).toContain('GET /api/lambda');
    expect(error.hint).toContain('GET on /api/lambda');
  });

  test("of 400 carries the instance's complaints, in the error and in its data, without secrets", async () => {
    const server = await serve((_, response) =>
      sendJson(response, 400, {
        fieldErrors: { 'tenant.name': [{ code: '[blank]tenant.name', message: 'You must specify a name.' }] },
        generalErrors: [{ code: '[Exception]', message: 'cannot parse "hunter2-smtp"' }],
      }),
    );
    const transport = connect(server.url, { secrets: ['hunter2-smtp'] });
    const error = await failure(transport.send(request('POST', '/api/tenant', { body: '{"p":"hunter2-smtp"}' })));
    expect(error.details?.serverErrors).toEqual([
      { field: 'tenant.name', code: '[blank]tenant.name', message: 'You must specify a name.' },
      { code: '[Exception]', message: 'cannot parse "(secret)"' },
    ]);
    expect(error.message).toContain('You must specify a name. [blank]tenant.name');
    expect(JSON.stringify([error.message, error.details])).not.toContain('hunter2');
    expect(JSON.stringify([error.message, error.details])).not.toContain(apiKey);
  });
});

describe('an instance', () => {
  test('that does not answer is a timeout after timeoutMs', async () => {
    const server = await serve(() => undefined);
    const transport = connect(server.url, { timeoutMs: 40, retry: { attempts: 2 } });
    const error = await failure(transport.send(request('GET', '/api/tenant')));
    expect(error).toMatchObject({ code: 'live/timeout', details: { retryable: true } });
    expect(error.message).toContain('within 40 ms');
    expect(transport.requestCount()).toBe(2);
  });

  test('that stops in the middle of an answer is a timeout', async () => {
    const server = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"tenants":[');
    });
    const transport = connect(server.url, { timeoutMs: 40, retry: { attempts: 1 } });
    expect((await failure(transport.send(request('GET', '/api/tenant')))).code).toBe('live/timeout');
  });

  test('that nobody listens at is unreachable', async () => {
    const server = await startFaultServer((_, response) => response.end());
    await server.close();
    const error = await failure(connect(server.url, { retry: { attempts: 1 } }).send(request('GET', '/api/tenant')));
    expect(error.code).toBe('live/unreachable');
    expect(error.message).toContain('ECONNREFUSED');
  });

  test.each(['ftp://host', 'host:9011', 'https://user:pw@host', 'https://host/?a=b'])('cannot be at %s', (url) => {
    expect(() => connect(url)).toThrow(expect.objectContaining({ code: 'live/bad-address' }));
  });

  test('cannot be asked with a key that would break the header', () => {
    expect(() => connect('https://host', { apiKey: 'key\r\nX-Evil: 1' })).toThrow(
      expect.objectContaining({ code: 'live/bad-address' }),
    );
  });
});
