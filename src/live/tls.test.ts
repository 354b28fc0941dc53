import { afterEach, expect, test } from 'vitest';
import { makeAuthority } from '../testing/certificates.js';
import { type FaultServer, sendJson, startFaultServer } from '../testing/fault-server.js';
import { createTransport, type TransportOptions } from './transport.js';

const open: { close: () => Promise<void> }[] = [];
const authority = await makeAuthority();

afterEach(async () => {
  await Promise.all(open.splice(0).map((item) => item.close()));
});

async function serve(tls: Parameters<typeof startFaultServer>[1]): Promise<FaultServer> {
  const server = await startFaultServer((_, response) => sendJson(response, 200, { version: '1.69.0' }), tls);
  open.push(server);
  return server;
}

async function ask(url: string, options: Partial<TransportOptions>): Promise<unknown> {
  const transport = createTransport({ url, apiKey: 'key', version: '1', ...options });
  open.push(transport);
  const request = { method: 'GET', path: '/api/system/version', query: [], headers: {}, authorized: true };
  return (await transport.send(request)).body;
}

test('an instance behind a private authority is trusted with its ca', async () => {
  const server = await serve(authority.server);
  await expect(ask(server.url, { ca: authority.ca })).resolves.toEqual({ version: '1.69.0' });
});

test('an instance behind a private authority is not trusted without, and nobody waits for it to change', async () => {
  const server = await serve(authority.server);
  await expect(ask(server.url, {})).rejects.toMatchObject({
    code: 'live/unreachable',
    hint: expect.stringContaining('instance.ca'),
    details: { retryable: false },
  });
  expect(server.seen).toHaveLength(0);
});

test('a client certificate opens an instance that asks for one', async () => {
  const server = await serve({ ...authority.server, ca: authority.ca, requestCert: true, rejectUnauthorized: true });
  const options = { ca: authority.ca, clientCertificate: authority.client };
  await expect(ask(server.url, options)).resolves.toEqual({ version: '1.69.0' });
  await expect(ask(server.url, { ca: authority.ca, retry: { attempts: 1 } })).rejects.toMatchObject({
    code: 'live/unreachable',
  });
});

test('a certificate that is no PEM is refused before any request', () => {
  const clientCertificate = { cert: 'not a certificate', key: authority.client.key };
  expect(() => createTransport({ url: 'https://host', apiKey: 'key', version: '1', clientCertificate })).toThrow(
    expect.objectContaining({ code: 'live/bad-address' }),
  );
});
