import { describe, expect, test } from 'vitest';
import { sendJson } from '../testing/fault-server.js';
import { apiKey, connect, createVirtualClock, failure, request, serve } from './testing/requests.js';

const rotated = '00000000-rotated-key';

describe('a key that the instance refuses', () => {
  /** An instance that takes one key only, and a source that is asked for it. */
  async function rotating(source: readonly (string | undefined)[]): Promise<{
    readonly server: Awaited<ReturnType<typeof serve>>;
    readonly reads: () => number;
    readonly rereadApiKey: () => Promise<string | undefined>;
  }> {
    let reads = 0;
    const server = await serve(({ headers }, response) =>
      headers.authorization === rotated ? sendJson(response, 200, {}) : response.writeHead(401).end(),
    );
    return {
      server,
      reads: () => reads,
      rereadApiKey: () => {
        reads += 1;
        return Promise.resolve(source[Math.min(reads, source.length) - 1]);
      },
    };
  }

  test('is read again, and the read is sent with the new one at once', async () => {
    const { server, reads, rereadApiKey } = await rotating([rotated]);
    const transport = connect(server.url, { rereadApiKey });
    await expect(transport.send(request('GET', '/api/tenant'))).resolves.toMatchObject({ status: 200 });
    await transport.send(request('GET', '/api/tenant'));
    expect(server.seen.map(({ headers }) => headers.authorization)).toEqual([apiKey, rotated, rotated]);
    expect([reads(), transport.waits]).toEqual([1, []]);
    expect(transport.redactor.redact(`${apiKey} ${rotated}`)).toBe('(secret) (secret)');
  });

  test('is read once for all requests that are refused together', async () => {
    const { server, reads, rereadApiKey } = await rotating([rotated]);
    const transport = connect(server.url, { rereadApiKey });
    const sent = Array.from({ length: 6 }, () => transport.send(request('GET', '/api/tenant')));
    await expect(Promise.all(sent)).resolves.toHaveLength(6);
    expect(reads()).toBe(1);
  });

  test('leaves a write to be sent again by who can tell what it did', async () => {
    const { server, rereadApiKey } = await rotating([rotated]);
    const transport = connect(server.url, { rereadApiKey });
    const error = await failure(transport.send(request('PUT', '/api/tenant/1', { body: '{}' })));
    expect(error).toMatchObject({ code: 'live/unauthorized', details: { status: 401, retryable: true } });
    expect(server.seen).toHaveLength(1);
    await expect(transport.send(request('PUT', '/api/tenant/1', { body: '{}' }))).resolves.toMatchObject({
      status: 200,
    });
  });

  test.each([
    ['the same', apiKey],
    ['none', undefined],
    ['one that no header may hold', 'a\r\nb'],
  ])('stays refused when its source gives %s, which is not asked again for a minute', async (_, value) => {
    const clock = createVirtualClock();
    const { server, reads, rereadApiKey } = await rotating([value, value, rotated]);
    const transport = connect(server.url, { rereadApiKey, clock });
    for (let count = 0; count < 2; count += 1) {
      const error = await failure(transport.send(request('GET', '/api/tenant')));
      expect(error).toMatchObject({ code: 'live/unauthorized', details: { retryable: false } });
    }
    expect(reads()).toBe(1);
    await clock.sleep(60_000);
    await failure(transport.send(request('GET', '/api/tenant')));
    expect(reads()).toBe(2);
  });

  test('is given up when the new one is refused as well', async () => {
    const { server, rereadApiKey } = await rotating(['another', 'and-another']);
    const error = await failure(connect(server.url, { rereadApiKey }).send(request('GET', '/api/tenant')));
    expect(error.code).toBe('live/unauthorized');
    expect(server.seen).toHaveLength(2);
  });

  test('is not read again for a request that carries none', async () => {
    const { server, reads, rereadApiKey } = await rotating([rotated]);
    await failure(connect(server.url, { rereadApiKey }).send(request('GET', '/api/status', { authorized: false })));
    expect(reads()).toBe(0);
  });
});
