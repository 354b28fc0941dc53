import { expect, test } from 'vitest';

import type { KickstartApiKey } from './api-keys.js';
import type { Kickstart } from './kickstart.js';
import { runKickstart } from './run.js';

const at = { file: 'kickstart.json', line: 12, col: 5, pointer: '/requests/0' };
const kickstart: Kickstart = {
  file: 'kickstart.json',
  ids: {},
  readTimeoutMs: 5000,
  apiKeys: [
    { key: 'first', fields: { key: 'first' } },
    { key: 'second', fields: { key: 'second' } },
  ],
  requests: [
    { at, method: 'POST', url: '/api/tenant', body: { tenant: { name: 'Acme' } } },
    {
      at,
      method: 'PATCH',
      url: '/api/group/1',
      tenantId: 't-1',
      contentType: 'application/merge-patch+json',
      body: {},
    },
  ],
};

test('keys come first, then requests in order with the first key', async () => {
  const { server, sent, keys } = serverThat(() => new Response('{}'));
  await expect(runKickstart(kickstart, server)).resolves.toEqual({ apiKeys: 2, requests: 2 });
  expect(keys.map(({ key }) => key)).toEqual(['first', 'second']);
  expect(sent).toEqual([
    {
      path: '/api/tenant',
      method: 'POST',
      body: '{"tenant":{"name":"Acme"}}',
      headers: { authorization: 'first', 'content-type': 'application/json' },
    },
    {
      path: '/api/group/1',
      method: 'PATCH',
      body: '{}',
      headers: {
        authorization: 'first',
        'content-type': 'application/merge-patch+json',
        'x-fusionauth-tenantid': 't-1',
      },
    },
  ]);
});

test('a licence is given before the first request', async () => {
  const { server, sent } = serverThat(() => new Response(null));
  await runKickstart({ ...kickstart, licence: { at, licenseId: 'l-1', license: 'text' } }, server);
  expect(sent[0]).toMatchObject({ path: '/api/reactor', body: '{"licenseId":"l-1","license":"text"}' });
});

test('the first request that fails ends it, and is named with what the server said', async () => {
  const errors = '{"fieldErrors":{"tenant.name":[{"code":"[blank]tenant.name"}]}}';
  const { server, sent } = serverThat(() => new Response(errors, { status: 400 }));
  await expect(runKickstart(kickstart, server)).rejects.toThrow(
    `kickstart.json:12:5 /requests/0 POST /api/tenant was answered 400: ${errors}`,
  );
  expect(sent).toHaveLength(1);
});

test('an empty 404 is explained', async () => {
  const { server } = serverThat(() => new Response(null, { status: 404 }));
  await expect(runKickstart(kickstart, server)).rejects.toThrow('a path the sandbox does not have');
});

test('a licence that is refused is named like a request', async () => {
  const { server } = serverThat(() => new Response(null, { status: 401 }));
  const licence = { at: { ...at, pointer: '/licenseId' }, licenseId: 'l-1' };
  await expect(runKickstart({ ...kickstart, licence }, server)).rejects.toThrow(
    'kickstart.json:12:5 /licenseId POST /api/reactor was answered 401 (not permitted',
  );
});

test('an answer that takes longer than the read timeout ends it', async () => {
  const { server } = serverThat(() => new Promise<Response>(() => undefined));
  await expect(runKickstart({ ...kickstart, readTimeoutMs: 1 }, server)).rejects.toThrow(
    'kickstart.json:12:5 /requests/0 POST /api/tenant was not answered within 1 ms; raise "settings.readTimeout"',
  );
});

interface Sent {
  readonly path: string;
  readonly method: string | undefined;
  readonly body: unknown;
  readonly headers: unknown;
}

function serverThat(answer: () => Promise<Response> | Response): {
  server: Parameters<typeof runKickstart>[1];
  sent: Sent[];
  keys: KickstartApiKey[];
} {
  const sent: Sent[] = [];
  const keys: KickstartApiKey[] = [];
  const server = {
    request: (path: string, { method, body, headers }: RequestInit): Promise<Response> | Response => {
      sent.push({ path, method, body, headers });
      return answer();
    },
    addApiKey: (key: KickstartApiKey) => void keys.push(key),
  };
  return { server, sent, keys };
}
