import { describe, expect, test } from 'vitest';
import { sendJson } from '../testing/fault-server.js';
import { Gate } from './gate.js';
import { connect, createVirtualClock, failure, request, serve } from './testing/requests.js';

const read = request('GET', '/api/tenant');
const write = request('PUT', '/api/tenant/1', { body: '{}' });

describe('a rate limit', () => {
  test('spaces requests exactly, repeated ones and writes included, in the order they came', async () => {
    const clock = createVirtualClock();
    const times: number[] = [];
    const start = clock.now();
    const server = await serve((_, response, count) => {
      times.push(clock.now() - start);
      sendJson(response, count === 0 ? 429 : 200, {}, { 'retry-after': '0' });
    });
    const gate = new Gate({ requestsPerSecond: 4, clock });
    const transport = connect(server.url, { gate, clock });
    await transport.send(read);
    await transport.send(write);
    await transport.send(read);
    expect(times).toEqual([0, 250, 500, 750]);
    expect(clock.waits).toEqual([0, 250, 250, 250]);
  });

  test('is shared by the transports of one instance', async () => {
    const clock = createVirtualClock();
    const server = await serve((_, response) => sendJson(response, 200, {}));
    const gate = new Gate({ requestsPerSecond: 1, clock });
    await connect(server.url, { gate, clock }).send(read);
    await connect(server.url, { gate, clock }).send(write);
    expect(clock.waits).toEqual([1000]);
  });
});

describe('a retry budget', () => {
  test('that is spent makes the failure the last one, and says so', async () => {
    const clock = createVirtualClock();
    const server = await serve((_, response) => sendJson(response, 503, {}));
    const gate = new Gate({ clock, budget: { floor: 1, share: 0.5 }, breaker: { failures: 99, openMs: 1 } });
    const transport = connect(server.url, { gate, clock });
    const error = await failure(transport.send(read));
    // One from the floor; half of one request is no second one.
    expect(server.seen).toHaveLength(2);
    expect(error).toMatchObject({
      code: 'live/server-error',
      hint: expect.stringContaining('too much of this run was repetition'),
      details: { status: 503, requestId: 'test-2' },
    });
    await failure(transport.send(read));
    expect(server.seen).toHaveLength(4);
    expect(transport.takeRetry()).toBe(false);
  });

  test('without more being said leaves 20 % of the requests, and 16 beyond them', async () => {
    const gate = new Gate({ concurrency: 8 });
    for (let request = 0; request < 100; request += 1) gate.countRequest();
    let granted = 0;
    while (gate.takeRetry()) granted += 1;
    expect(granted).toBe(36);
  });
});

describe('a circuit', () => {
  test('that opened lets nothing through, says why, and closes when a probe is answered', async () => {
    const clock = createVirtualClock();
    let up = false;
    const server = await serve((_, response) => (up ? sendJson(response, 200, {}) : response.destroy()));
    const gate = new Gate({ clock, breaker: { failures: 3, openMs: 10_000 } });
    const transport = connect(server.url, { gate, clock, retry: { attempts: 1 } });
    for (let count = 0; count < 3; count += 1) await failure(transport.send(count === 1 ? write : read));
    const error = await failure(transport.send(write));
    expect(server.seen).toHaveLength(3);
    expect(transport.requestCount()).toBe(3);
    expect(error).toMatchObject({
      code: 'live/circuit-open',
      hint: expect.stringContaining('in 10 s one request may'),
      details: { method: 'PUT', path: '/api/tenant/1', requestId: 'test-4', retryable: true },
    });
    expect(error.message).toContain('PUT /api/tenant/1 was not sent (request test-4)');
    expect(error.message).toContain('GET /api/tenant (request test-3)');
    await clock.sleep(10_000);
    await failure(transport.send(read));
    expect((await failure(transport.send(read))).code).toBe('live/circuit-open');
    await clock.sleep(10_000);
    up = true;
    await transport.send(read);
    await transport.send(write);
    expect(server.seen).toHaveLength(6);
  });

  test('that is being probed tells the others that somebody is finding out', async () => {
    const clock = createVirtualClock();
    const gate = new Gate({ clock, breaker: { failures: 1, openMs: 1000 } });
    const names = { method: 'GET', path: '/api/tenant', requestId: 'a-1' };
    gate.failed(
      await gate.enter(names),
      await failure(connect('http://127.0.0.1:1', { retry: { attempts: 1 } }).send(read)),
    );
    await clock.sleep(1000);
    await expect(gate.enter(names)).resolves.toBe('probe');
    expect((await failure(gate.enter(names))).hint).toContain('one request is finding out');
  });

  test('that opens while a read is being repeated leaves the read its own failure', async () => {
    const clock = createVirtualClock();
    const server = await serve((_, response) => response.destroy());
    const gate = new Gate({ clock, breaker: { failures: 2, openMs: 10_000 } });
    const error = await failure(connect(server.url, { gate, clock }).send(read));
    expect(error).toMatchObject({ code: 'live/unreachable', details: { requestId: 'test-2' } });
    expect(server.seen).toHaveLength(2);
  });

  test.each([401, 404, 429, 500])('stays closed for %i: whoever answers is there', async (status) => {
    const clock = createVirtualClock();
    const server = await serve((_, response, count) =>
      count === 1 ? response.writeHead(status).end() : response.destroy(),
    );
    const gate = new Gate({ clock, breaker: { failures: 2, openMs: 10_000 } });
    const transport = connect(server.url, { gate, clock, retry: { attempts: 1 } });
    for (let count = 0; count < 3; count += 1) await failure(transport.send(read));
    expect((await failure(transport.send(read))).code).toBe('live/unreachable');
  });

  test('opens by itself for an instance of which nothing comes any more', async () => {
    const server = await serve((_, response) => response.destroy());
    const transport = connect(server.url, { concurrency: 1, retry: { attempts: 1 } });
    for (let count = 0; count < 10; count += 1) await failure(transport.send(read));
    expect((await failure(transport.send(read))).code).toBe('live/circuit-open');
    expect(server.seen).toHaveLength(10);
  });
});
