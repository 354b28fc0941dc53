import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeAuthority } from '../testing/certificates.js';
import { type ConnectProxy, type ProxyFaults, startConnectProxy } from '../testing/connect-proxy.js';
import { sendJson, startFaultServer } from '../testing/fault-server.js';
import { closeAfterTest, connect, failure, request, serve } from './testing/requests.js';

const authority = await makeAuthority();
const once = { retry: { attempts: 1 } };

async function proxyWith(faults: ProxyFaults = {}): Promise<ConnectProxy> {
  return closeAfterTest(await startConnectProxy(faults));
}

describe('a proxy', () => {
  test.each([
    ['http', undefined],
    ['https', authority.server],
  ])('carries requests to an instance of %s', async (scheme, tls) => {
    const server = await serve((_, response) => sendJson(response, 200, { tenants: [] }), tls);
    const proxy = await proxyWith();
    const transport = connect(server.url, { proxy: { url: proxy.url }, ca: authority.ca });
    await transport.send(request('GET', '/api/tenant'));
    await transport.send(request('GET', '/api/tenant'));
    expect(server.seen.map(({ url }) => url)).toEqual(['/api/tenant', '/api/tenant']);
    expect(server.url).toContain(`${scheme}://`);
    const tunnel = { to: new URL(server.url).host, authorization: undefined, certificate: false };
    expect(proxy.tunnels.length).toBeGreaterThan(0);
    for (const made of proxy.tunnels) expect(made).toEqual(tunnel);
  });

  test('is told user and password, and the instance is not', async () => {
    const server = await serve((_, response) => sendJson(response, 200, {}));
    const authorization = `Basic ${Buffer.from('kedge:hunter2').toString('base64')}`;
    const proxy = await proxyWith({ authorization });
    const transport = connect(server.url, { proxy: { url: proxy.url, user: 'kedge', password: 'hunter2' } });
    await transport.send(request('GET', '/api/tenant'));
    expect(proxy.tunnels).toEqual([{ to: new URL(server.url).host, authorization, certificate: false }]);
    expect(server.seen[0]?.headers).not.toHaveProperty('proxy-authorization');
    expect(transport.redactor.redact(`x hunter2 ${authorization}`)).not.toMatch(/hunter2/);
  });

  test('that is spoken to by TLS is trusted by the same authority, and not shown the client certificate', async () => {
    const tls = { ...authority.server, ca: authority.ca, requestCert: true, rejectUnauthorized: true };
    const server = await serve((_, response) => sendJson(response, 200, {}), tls);
    const proxy = await proxyWith({
      tls: { ...authority.server, ca: authority.ca, requestCert: true, rejectUnauthorized: false },
    });
    const transport = connect(server.url, {
      proxy: { url: proxy.url },
      ca: authority.ca,
      clientCertificate: authority.client,
    });
    await expect(transport.send(request('GET', '/api/tenant'))).resolves.toMatchObject({ status: 200 });
    expect(proxy.tunnels).toMatchObject([{ certificate: false }]);
  });

  test.each([
    [407, false, 'instance.proxy.user and instance.proxy.password'],
    [403, false, 'ask who runs the proxy'],
    [501, false, 'cannot reach the instance'],
    [502, true, 'cannot reach the instance'],
  ])('that answers %i is named, not the instance', async (status, retryable, hint) => {
    const server = await serve((_, response) => sendJson(response, 200, {}));
    const proxy = await proxyWith({ status });
    const transport = connect(server.url, { ...once, proxy: { url: proxy.url } });
    const error = await failure(transport.send(request('GET', '/api/tenant')));
    expect(error).toMatchObject({
      code: 'live/proxy-failed',
      hint: expect.stringContaining(hint),
      details: { retryable, requestId: 'test-1' },
    });
    expect(error.message).toContain(`the proxy ${proxy.url} `);
    expect(error.message).toContain(`(${status})`);
    expect(error.message).toContain('GET /api/tenant (request test-1)');
    expect(server.seen).toEqual([]);
  });

  test('that fails in passing is asked again for a read, and never for a write', async () => {
    const proxy = await proxyWith({ status: 503 });
    const transport = connect('http://127.0.0.1:1', { proxy: { url: proxy.url }, retry: { attempts: 3 } });
    await failure(transport.send(request('GET', '/api/tenant')));
    expect(proxy.tunnels).toHaveLength(3);
    await failure(transport.send(request('PUT', '/api/tenant/1', { body: '{}' })));
    expect(proxy.tunnels).toHaveLength(4);
  });

  test('that nobody listens at is named, not the instance', async () => {
    const proxy = await startConnectProxy();
    await proxy.close();
    const transport = connect('http://127.0.0.1:1', { ...once, proxy: { url: proxy.url } });
    const error = await failure(transport.send(request('GET', '/api/tenant')));
    expect(error).toMatchObject({ code: 'live/proxy-failed', details: { retryable: true } });
    expect(error.message).toContain(`the proxy ${proxy.url} could not be reached: ECONNREFUSED`);
  });

  test('that closes the connection in the place of an answer is named', async () => {
    const server = await serve((_, response) => response.destroy());
    const transport = connect('http://127.0.0.1:1', { ...once, proxy: { url: server.url } });
    expect((await failure(transport.send(request('GET', '/api/tenant')))).code).toBe('live/proxy-failed');
  });

  test('that does not answer is given up after connectMs', async () => {
    const proxy = await proxyWith({ silent: true });
    const options = { ...once, proxy: { url: proxy.url }, timeouts: { connectMs: 40 } };
    const error = await failure(connect('http://127.0.0.1:1', options).send(request('GET', '/api/tenant')));
    expect(error).toMatchObject({ code: 'live/proxy-failed', details: { retryable: true } });
    expect(error.message).toContain('made no connection within 40 ms');
  });

  test('that is in order leaves the failures of the instance to the instance', async () => {
    const server = await serve((_, response) => sendJson(response, 200, {}), authority.server);
    const proxy = await proxyWith();
    const error = await failure(
      connect(server.url, { ...once, proxy: { url: proxy.url } }).send(request('GET', '/api/tenant')),
    );
    expect(error).toMatchObject({ code: 'live/unreachable', hint: expect.stringContaining('instance.ca') });
  });
});

describe('a Unix socket', () => {
  test('is connected to in the place of host and port', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kedge-'));
    const socket = join(folder, 'fusionauth.sock');
    const hosts: (string | undefined)[] = [];
    const server = createServer((incoming, response) => {
      hosts.push(incoming.headers.host);
      sendJson(response, 200, { tenants: [] });
    });
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    closeAfterTest({
      close: async () => {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
        await rm(folder, { recursive: true });
      },
    });
    const answer = await connect('http://auth.acme.test', { socket }).send(request('GET', '/api/tenant'));
    expect(answer.body).toEqual({ tenants: [] });
    expect(hosts).toEqual(['auth.acme.test']);
  });

  test('that is not there is told at once', async () => {
    const transport = connect('http://auth.acme.test', { socket: join(tmpdir(), 'kedge-no.sock') });
    const error = await failure(transport.send(request('GET', '/api/tenant')));
    expect(error).toMatchObject({ code: 'live/unreachable', details: { retryable: false } });
    expect(error.message).toContain('ENOENT');
    expect(transport.requestCount()).toBe(1);
  });
});

test('a proxy can be closed while a tunnel is being made', async () => {
  const proxy = await proxyWith({ silent: true });
  const server = await startFaultServer((_, response) => response.end());
  await server.close();
  const transport = connect(server.url, { ...once, proxy: { url: proxy.url } });
  const sent = failure(transport.send(request('GET', '/api/tenant')));
  await expect.poll(() => proxy.tunnels.length).toBe(1);
  await transport.close();
  expect((await sent).code).toMatch(/^live\//);
});
