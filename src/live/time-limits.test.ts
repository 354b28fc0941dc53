import { type AddressInfo, createServer, type Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { errorCode, timedOut, timeLimits } from './time-limits.js';
import { closeAfterTest, connect, failure, request, serve } from './testing/requests.js';

const once = { retry: { attempts: 1 } };

/** A port that takes connections and never says a word, so that no TLS comes about. */
async function silentPort(): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closeAfterTest({
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  });
  // A server that listens on a port has an address with a port.
  return (server.address() as AddressInfo).port;
}

describe('each time limit ends an attempt and is named', () => {
  test('connectMs, where TLS does not come about', async () => {
    const url = `https://127.0.0.1:${await silentPort()}`;
    const transport = connect(url, { ...once, timeouts: { connectMs: 40 } });
    const error = await failure(transport.send(request('GET', '/api/tenant')));
    expect(error).toMatchObject({
      code: 'live/timeout',
      message: 'no connection to the instance was made for GET /api/tenant (request test-1) within 40 ms',
      hint: expect.stringContaining('instance.timeouts.connectMs'),
      details: { retryable: true, requestId: 'test-1' },
    });
  });

  test('headersMs, where no answer begins', async () => {
    const server = await serve(() => undefined);
    const transport = connect(server.url, { ...once, timeouts: { headersMs: 40 } });
    const error = await failure(transport.send(request('GET', '/api/tenant')));
    expect(error).toMatchObject({
      code: 'live/timeout',
      message: 'the instance did not begin to answer GET /api/tenant (request test-1) within 40 ms',
      hint: expect.stringContaining('instance.timeouts.headersMs'),
      details: { retryable: true },
    });
  });

  test('bodyMs, where the answer stops', async () => {
    const server = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"tenants":[');
    });
    const transport = connect(server.url, { ...once, timeouts: { bodyMs: 40 } });
    const error = await failure(transport.send(request('GET', '/api/tenant')));
    expect(error).toMatchObject({
      code: 'live/timeout',
      message: 'the answer to GET /api/tenant (request test-1) stopped: nothing more came for 40 ms',
      hint: expect.stringContaining('instance.timeouts.bodyMs'),
      details: { retryable: true },
    });
  });

  test('timeoutMs, where the answer dribbles on without end', async () => {
    const server = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const dribble = setInterval(() => response.write(' '), 5);
      response.on('close', () => clearInterval(dribble));
    });
    const transport = connect(server.url, { ...once, timeoutMs: 120, timeouts: { bodyMs: 100 } });
    const error = await failure(transport.send(request('GET', '/api/tenant')));
    expect(error).toMatchObject({
      code: 'live/timeout',
      message: 'the instance did not answer GET /api/tenant (request test-1) within 120 ms',
      hint: expect.stringContaining('instance.timeoutMs'),
    });
  });
});

test('without more being said, an attempt has 30 s, and 10 of them to connect', () => {
  expect(timeLimits({})).toEqual({ connectMs: 10_000, headersMs: 0, bodyMs: 0, totalMs: 30_000 });
  expect(timeLimits({ timeoutMs: 5000 })).toMatchObject({ connectMs: 5000, totalMs: 5000 });
  expect(timeLimits({ timeoutMs: 5000, timeouts: { connectMs: 7, headersMs: 8, bodyMs: 9 } })).toEqual({
    connectMs: 7,
    headersMs: 8,
    bodyMs: 9,
    totalMs: 5000,
  });
});

test('what is no timeout is not taken for one', () => {
  expect(timedOut('ETIMEDOUT')).toBeUndefined();
  expect(timedOut(Object.assign(new Error('x'), { code: 'ECONNRESET' }))).toBeUndefined();
  expect(timedOut(Object.assign(new Error('x'), { code: 'toString' }))).toBeUndefined();
  expect(timedOut(Object.assign(new Error('x'), { code: 'ETIMEDOUT' }))).toBe('system');
});

test('the code of an error may be that of its cause', () => {
  expect(errorCode(new Error('x', { cause: Object.assign(new Error('y'), { code: 'EPIPE' }) }))).toBe('EPIPE');
  expect(errorCode(new Error('x'))).toBe('');
  expect(errorCode(undefined)).toBe('');
});
