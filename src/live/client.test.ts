import { inspect } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import { type FaultServer, sendJson, startFaultServer } from '../testing/fault-server.js';
import { createReadClient, createWriteClients } from './client.js';
import { createTransport, type Transport } from './transport.js';

const open: { close: () => Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((item) => item.close()));
});

async function connect(
  handle: Parameters<typeof startFaultServer>[0],
): Promise<{ server: FaultServer; transport: Transport }> {
  const server = await startFaultServer(handle);
  const transport = createTransport({
    url: server.url,
    apiKey: 'top-secret-key',
    version: '1',
    retry: { attempts: 1 },
  });
  open.push(server, transport);
  return { server, transport };
}

test('ids are encoded, so that no id can reach another endpoint', async () => {
  const { server, transport } = await connect((_, response) => sendJson(response, 200, { lambda: {} }));
  const client = await createReadClient(transport);
  await client.retrieveLambda('../user/1?x=1');
  expect(server.seen[0]?.url).toBe('/api/lambda/..%2Fuser%2F1%3Fx%3D1');
});

test('lists are repeated parameters and empty ones are none', async () => {
  const { server, transport } = await connect((_, response) => sendJson(response, 200, { users: [] }));
  const client = await createReadClient(transport);
  await client.searchUsersByIds(['a', 'b']);
  expect(server.seen[0]?.url).toBe('/api/user/search?ids=a&ids=b');
});

test('a null id adds no segment', async () => {
  const { server, transport } = await connect((_, response) => sendJson(response, 200, {}));
  const clients = await createWriteClients(transport);
  await clients.forTenant().createLambda(null as never, { lambda: { name: 'claims' } });
  expect(server.seen[0]?.url).toBe('/api/lambda');
});

test('the key is sent and is nowhere in the client', async () => {
  const { server, transport } = await connect((_, response) => sendJson(response, 200, { lambdas: [] }));
  const client = await createReadClient(transport);
  await client.retrieveLambdas();
  expect(server.seen[0]?.headers.authorization).toBe('top-secret-key');
  expect(inspect(client, { depth: 10, showHidden: true })).not.toContain('top-secret-key');
  expect(inspect(transport, { depth: 10, showHidden: true })).not.toContain('top-secret-key');
});

test('the tenant header goes with the tenant the client is for', async () => {
  const { server, transport } = await connect((_, response) => sendJson(response, 200, {}));
  const clients = await createWriteClients(transport);
  await clients.forTenant('tenant-1').createGroup('1', {});
  await clients.forTenant().createGroup('1', {});
  expect(server.seen.map((request) => request.headers['x-fusionauth-tenantid'])).toEqual(['tenant-1', undefined]);
});

test('a reading client refuses to write, even where the compiler was talked round', async () => {
  const { server, transport } = await connect((_, response) => sendJson(response, 200, {}));
  const client = (await createReadClient(transport)) as unknown as {
    deleteLambda(id: string): Promise<unknown>;
    createLambda(id: string, request: object): Promise<unknown>;
  };
  await expect(client.deleteLambda('1')).rejects.toMatchObject({ code: 'live/read-only' });
  await expect(client.createLambda('1', {})).rejects.toMatchObject({ code: 'live/read-only' });
  expect(server.seen).toHaveLength(0);
});

test('a read that is answered with nothing is no success', async () => {
  const { transport } = await connect((_, response) => response.writeHead(200).end());
  const client = await createReadClient(transport);
  await expect(client.retrieveLambdas()).rejects.toMatchObject({ code: 'live/bad-response' });
});

test('failure rejects with the error itself', async () => {
  const { transport } = await connect((_, response) => response.writeHead(404).end());
  const client = await createReadClient(transport);
  await expect(client.retrieveLambda('1')).rejects.toMatchObject({ name: 'KedgeError', code: 'live/not-found' });
});
