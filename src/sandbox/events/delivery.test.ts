import { createHash, createPublicKey, verify } from 'node:crypto';
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:https';

import { afterEach, describe, expect, test } from 'vitest';

import type { WebhookEventLog } from '../index.js';
import { generateKey } from '../keys/generate.js';
import { useSandbox } from '../testing/http.js';
import { startReceiver, useReceiver } from '../testing/receiver.js';
import { subscribe } from '../testing/subscribe.js';

const { call, sandbox } = useSandbox();
const receiver = useReceiver();
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const crew = { group: { name: 'crew' } };
const certified = { id: '0db8e2a4-1d1f-4d2b-8c1f-3f4f7c2b6a11', algorithm: 'ES256', now: Date.now() } as const;

describe('a webhook is told of an event', () => {
  test('by a POST of JSON with the fields every event has', async () => {
    await subscribe(call, { urls: [receiver().url], types: ['group.create'] });
    const before = Date.now();
    const { json } = await call('POST', '/api/group', crew);
    await sandbox().settle();
    const [got] = receiver().received;
    expect(got).toMatchObject({ method: 'POST', url: '/hook' });
    expect(got?.headers['content-type']).toBe('application/json');
    expect(Object.keys(JSON.parse(got!.body))).toEqual(['event']);
    expect(got?.event).toEqual({
      createInstant: expect.any(Number),
      group: expect.objectContaining({ id: json.group.id, name: 'crew' }),
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      info: { ipAddress: '127.0.0.1', userAgent: expect.any(String) },
      linkedObjectId: json.group.id,
      tenantId: json.group.tenantId,
      type: 'group.create',
    });
    expect(Object.keys(got?.event)).toEqual(Object.keys(got?.event).toSorted());
    expect(got?.event.createInstant).toBeGreaterThanOrEqual(before);
  });

  test('with what the caller said of himself', async () => {
    await subscribe(call, { urls: [receiver().url], types: ['group.create'] });
    await call('POST', '/api/group', { ...crew, eventInfo: { deviceName: 'iPhone', ipAddress: '203.0.113.7' } });
    await sandbox().settle();
    expect(receiver().received[0]?.event.info).toMatchObject({ deviceName: 'iPhone', ipAddress: '203.0.113.7' });
  });

  test('with the headers and the basic authentication of the webhook', async () => {
    await subscribe(call, {
      urls: [`${receiver().url}?room=crew`],
      types: ['group.create'],
      webhook: {
        headers: { 'X-Acme-Token': 'r2d2', 'content-type': 'text/plain' },
        httpAuthenticationUsername: 'acme',
        httpAuthenticationPassword: 'p:ä',
      },
    });
    await call('POST', '/api/group', crew);
    await sandbox().settle();
    const [got] = receiver().received;
    expect(got?.url).toBe('/hook?room=crew');
    expect(got?.headers).toMatchObject({
      'content-type': 'application/json',
      'x-acme-token': 'r2d2',
      authorization: `Basic ${Buffer.from('acme:p:ä').toString('base64')}`,
    });
  });

  test('after the change, of what is complete', async () => {
    await subscribe(call, { urls: [receiver().url], types: ['group.create', 'group.create.complete'] });
    await call('POST', '/api/group', crew);
    await sandbox().settle();
    expect(receiver().types().toSorted()).toEqual(['group.create', 'group.create.complete']);
  });
});

describe('three switches have to be on', () => {
  test('the one of the tenant', async () => {
    await subscribe(call, { urls: [receiver().url], types: [], webhook: { eventsEnabled: { 'group.create': true } } });
    await call('POST', '/api/group', crew);
    await sandbox().settle();
    expect(receiver().received).toEqual([]);
  });

  test('the one of the webhook', async () => {
    const webhook = { eventsEnabled: { 'group.update': true } };
    await subscribe(call, { urls: [receiver().url], types: ['group.create'], webhook });
    await call('POST', '/api/group', crew);
    await sandbox().settle();
    expect(receiver().received).toEqual([]);
  });

  test('and the one between them: a webhook of another tenant hears nothing', async () => {
    const other = (await call('POST', '/api/tenant', { tenant: { name: 'Hooli' } })).json.tenant.id;
    const [webhookId] = await subscribe(call, {
      urls: [receiver().url],
      types: ['group.create'],
      webhook: { global: false, tenantIds: [other] },
    });
    const own = (await call('GET', '/api/tenant')).json.tenants.find((tenant: any) => tenant.id !== other).id;
    await call('POST', '/api/group', crew, { tenantId: own });
    await sandbox().settle();
    expect(receiver().received).toEqual([]);
    await call('PATCH', `/api/webhook/${webhookId}`, { webhook: { tenantIds: [own] } });
    await call('POST', '/api/group', { group: { name: 'guests' } }, { tenantId: own });
    await sandbox().settle();
    expect(receiver().types()).toEqual(['group.create']);
  });
});

describe('a signature', () => {
  test.each([
    ['RSA', { algorithm: 'RS256', length: 2048 }, 'sha256'],
    ['EC', { algorithm: 'ES384' }, 'sha384'],
    ['OKP', { algorithm: 'Ed25519' }, null],
  ] as const)('of an %s key can be checked with what is at jwks.json', async (_, algorithm, hash) => {
    const { key } = (await call('POST', '/api/key/generate', { key: { name: 'webhooks', ...algorithm } })).json;
    await subscribe(call, {
      urls: [receiver().url],
      types: ['group.create'],
      webhook: { signatureConfiguration: { enabled: true, signingKeyId: key.id } },
    });
    await call('POST', '/api/group', crew);
    await sandbox().settle();
    const { headers, body } = receiver().received[0]!;
    const [header = '', payload = '', signature = ''] = String(headers['x-fusionauth-signature-jwt']).split('.');
    const { kid, typ, ...others } = decode(header);
    const jwks: any = await (await fetch(`${sandbox().url}/.well-known/jwks.json`)).json();
    const jwk = jwks.keys.find((one: any) => one.kid === kid);
    expect({ typ, ...others }).toEqual({ typ: 'JWT', alg: jwk.alg });
    expect(decode(payload)).toEqual({ request_body_sha256: createHash('sha256').update(body).digest('base64') });
    const publicKey = { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' } as const;
    expect(verify(hash, Buffer.from(`${header}.${payload}`), publicKey, Buffer.from(signature, 'base64url'))).toBe(
      true,
    );
  });

  test('that cannot be made is a failure, and nothing is sent', async () => {
    const publicKey = (await generateKey({ ...certified, issuer: 'acme.com' })).publicKey;
    const { key } = (await call('POST', '/api/key/import', { key: { name: 'public only', publicKey } })).json;
    // Such a key is refused where it is named, unless nobody looks.
    await call('POST', '/__sandbox/switches', { referenceTypes: 'unchecked' });
    await subscribe(call, {
      urls: [receiver().url],
      types: ['group.create'],
      webhook: { signatureConfiguration: { enabled: true, signingKeyId: key.id } },
    });
    await call('POST', '/api/group', crew);
    await sandbox().settle();
    expect(receiver().received).toEqual([]);
    expect(lastResponse()).toEqual({ statusCode: -1, exception: 'the key has no private key', url: receiver().url });
  });
});

describe('an answer is a failure', () => {
  test.each([301, 307, 400, 404, 500])('when it is a %i, and a redirect is not followed', async (status) => {
    receiver().react = [{ status, headers: { location: `${receiver().url}-elsewhere` } }];
    await subscribe(call, { urls: [receiver().url], types: ['group.create'] });
    await call('POST', '/api/group', crew);
    await sandbox().settle();
    expect(receiver().received.map(({ url }) => url)).toEqual(['/hook']);
    expect(lastResponse()).toEqual({ statusCode: status, url: receiver().url });
    expect(lastAttempt().attemptResult).toBe('Failure');
  });

  test.each([200, 202, 204, 299])('but not when it is a %i', async (status) => {
    receiver().react = [{ status }];
    await subscribe(call, { urls: [receiver().url], types: ['group.create'] });
    await call('POST', '/api/group', crew);
    await sandbox().settle();
    expect(lastAttempt()).toMatchObject({ attemptResult: 'Success', webhookCallResponse: { statusCode: status } });
  });

  test('when none comes in time', async () => {
    receiver().react = ['silence'];
    await subscribe(call, { urls: [receiver().url], types: ['group.create'], webhook: { readTimeout: 40 } });
    await call('POST', '/api/group', crew);
    await sandbox().settle();
    expect(lastResponse()).toMatchObject({ statusCode: -1, exception: expect.stringContaining('Headers Timeout') });
  });

  test('when there is no connection in time', async () => {
    // A server that never says hello in TLS.
    const sockets = new Set<Socket>();
    const server = createTcpServer((socket) => sockets.add(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(() => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    });
    const url = `https://127.0.0.1:${portOf(server)}/hook`;
    await subscribe(call, { urls: [url], types: ['group.create'], webhook: { connectTimeout: 40 } });
    await call('POST', '/api/group', crew);
    await sandbox().settle();
    expect(lastResponse()).toMatchObject({ statusCode: -1, exception: expect.stringContaining('Connect Timeout') });
  });

  test('when nobody listens there', async () => {
    const gone = await startReceiver();
    await gone.close();
    await subscribe(call, { urls: [gone.url], types: ['group.create'] });
    await call('POST', '/api/group', crew);
    await sandbox().settle();
    expect(lastResponse()).toMatchObject({ statusCode: -1, exception: expect.stringContaining('ECONNREFUSED') });
  });
});

describe('over TLS a webhook is trusted', () => {
  async function startTls(commonName: string): Promise<{ readonly url: string; readonly certificate: string }> {
    const key = await generateKey({ ...certified, issuer: commonName });
    const server = createTlsServer({ key: key.privateKey!, cert: key.certificate! }, (request, response) => {
      request.resume().on('end', () => response.writeHead(200).end());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(() => new Promise((resolve) => server.close(() => resolve())));
    return { url: `https://localhost:${portOf(server)}/hook`, certificate: key.certificate! };
  }

  test.each(['sslCertificate', 'sslCertificateKeyId'])('by its %s', async (field) => {
    const { url, certificate } = await startTls('localhost');
    const { key } = (await call('POST', '/api/key/import', { key: { name: 'webhook server', certificate } })).json;
    const webhook = { [field]: field === 'sslCertificate' ? certificate : key.id };
    await subscribe(call, { urls: [url], types: ['group.create'], webhook });
    await call('POST', '/api/group', crew);
    await sandbox().settle();
    expect(lastResponse()).toEqual({ statusCode: 200, url });
  });

  test('and not without one, or under another name', async () => {
    const { url } = await startTls('localhost');
    const other = await startTls('hooli.example');
    await subscribe(call, { urls: [url], types: ['group.create'] });
    await subscribe(call, {
      urls: [other.url],
      types: ['group.create'],
      webhook: { sslCertificate: other.certificate },
    });
    await call('POST', '/api/group', crew);
    await sandbox().settle();
    const attempts = groupCreate()?.attempts.map(({ webhookCallResponse }) => webhookCallResponse?.exception);
    expect(attempts).toEqual([expect.stringMatching(/self-signed/), expect.stringMatching(/altnames|CN/)]);
  });
});

function groupCreate(): WebhookEventLog | undefined {
  return sandbox()
    .events()
    .findLast(({ eventType }) => eventType === 'group.create');
}

function lastAttempt(): any {
  return groupCreate()?.attempts.at(-1);
}

function lastResponse(): any {
  return lastAttempt().webhookCallResponse;
}

function portOf(server: { readonly address: () => AddressInfo | string | null }): number {
  // `as`: a server on a TCP port has such an address.
  return (server.address() as AddressInfo).port;
}

function decode(part: string): any {
  return JSON.parse(Buffer.from(part, 'base64url').toString());
}
