import { afterEach, describe, expect, test } from 'vitest';
import { createCatalog, type ReadClient } from '../catalog/index.js';
import { type ApplyRecord, encodeRecordEntry } from '../model/index.js';
import { acmeApplication, acmeKind, acmeRole } from '../testing/acme-kinds.js';
import { type FaultServer, sendJson, startFaultServer } from '../testing/fault-server.js';
import { createReader, type Reader } from './reader.js';
import { createTransport } from './transport.js';

const open: { close: () => Promise<void> }[] = [];
const catalog = createCatalog([acmeKind(), acmeApplication, acmeRole]);
const web = { id: 'web-id', name: 'Web', active: true, roles: [{ id: 'admin-id', name: 'admin' }] };

afterEach(async () => {
  await Promise.all(open.splice(0).map((item) => item.close()));
});

type Answer = readonly [status: number, body: unknown];

/** A reader on an instance that gives these answers by path, and a version. */
async function readerOn(answers: Record<string, Answer>): Promise<{ reader: Reader; server: FaultServer }> {
  const all: Record<string, Answer> = { '/api/system/version': [200, { version: '1.69.0' }], ...answers };
  const server = await startFaultServer((request, response) => {
    const [status, body] = all[request.url] ?? [404, {}];
    if (status === 401 || status === 404) response.writeHead(status).end();
    else sendJson(response, status, body);
  });
  const transport = createTransport({ url: server.url, apiKey: 'key', version: '1', retry: { attempts: 1 } });
  open.push(server, transport);
  return { reader: createReader({ transport, catalog }), server };
}

describe('readLive', () => {
  test('gives every kind, with children apart from their parent, in one request per list', async () => {
    const { reader, server } = await readerOn({
      '/api/lambda': [200, { lambdas: [{ id: 'claims-id', name: 'claims' }] }],
      '/api/application': [200, { applications: [web] }],
    });
    const live = await reader.readLive({ kinds: ['lambda', 'application', 'role'] });
    expect(live.serverVersion).toBe('1.69.0');
    expect(Object.fromEntries(live.kinds)).toEqual({
      lambda: {
        known: true,
        resources: [{ kind: 'lambda', id: 'claims-id', body: { id: 'claims-id', name: 'claims' }, detailed: false }],
      },
      application: {
        known: true,
        resources: [
          {
            kind: 'application',
            id: 'web-id',
            active: true,
            body: { id: 'web-id', name: 'Web', active: true },
            detailed: false,
          },
        ],
      },
      role: {
        known: true,
        resources: [
          {
            kind: 'role',
            id: 'admin-id',
            parentId: 'web-id',
            body: { id: 'admin-id', name: 'admin' },
            detailed: false,
          },
        ],
      },
    });
    expect(server.seen).toHaveLength(3);
  });

  test('a kind the key may not read is unknown with its children, never empty', async () => {
    const { reader } = await readerOn({ '/api/lambda': [200, { lambdas: [] }], '/api/application': [401, {}] });
    const live = await reader.readLive({ kinds: ['lambda', 'application', 'role'] });
    expect(live.kinds.get('lambda')).toEqual({ known: true, resources: [] });
    expect(live.kinds.get('application')).toEqual({
      known: false,
      why: 'the API key may not read the kind application: it lacks GET on /api/application',
    });
    expect(live.kinds.get('role')?.known).toBe(false);
  });

  test('a key that may read no kind at all is an error', async () => {
    const { reader } = await readerOn({
      '/api/lambda': [401, {}],
      '/api/application': [401, {}],
      '/api/system/version': [401, {}],
    });
    await expect(reader.readLive({ kinds: ['lambda', 'application'] })).rejects.toMatchObject({
      code: 'live/unauthorized',
    });
  });

  test.each([
    ['without the list', {}],
    ['with a list that is none', { lambdas: { id: '1' } }],
    ['with an object without id', { lambdas: [{ name: 'claims' }] }],
    ['with something that is no object', { lambdas: ['claims'] }],
  ])('an answer %s is an error, never an empty kind', async (_, body) => {
    const { reader } = await readerOn({ '/api/lambda': [200, body] });
    await expect(reader.readLive({ kinds: ['lambda'] })).rejects.toMatchObject({ code: 'live/bad-response' });
  });

  test('a kind that fails otherwise is an error, not unknown', async () => {
    const { reader } = await readerOn({ '/api/lambda': [500, {}], '/api/application': [200, { applications: [] }] });
    await expect(reader.readLive({ kinds: ['lambda', 'application'] })).rejects.toMatchObject({
      code: 'live/server-error',
    });
  });

  test('an object that paging gave twice is there once', async () => {
    const { reader } = await readerOn({ '/api/application': [200, { applications: [web, web] }] });
    const live = await reader.readLive({ kinds: ['application', 'role'] });
    expect(live.kinds.get('role')).toMatchObject({ resources: { length: 1 } });
  });

  test('a soft-deleted application is told from an active one', async () => {
    const gone = { id: 'old-id', name: 'Old', active: false, state: 'Inactive' };
    const { reader } = await readerOn({ '/api/application': [200, { applications: [web, gone] }] });
    const live = await reader.readLive({ kinds: ['application'] });
    expect(live.kinds.get('application')).toMatchObject({ resources: [{ active: true }, { active: false }] });
    expect(live.kinds.has('role')).toBe(false);
  });
});

describe('lookUp', () => {
  const keyKind = {
    ...acmeKind(),
    reads: {
      list: async () => [],
      byIds: async (client: ReadClient, ids: readonly string[]) =>
        (await Promise.all(ids.map((id) => client.retrieveLambda(id)))).map(({ response }) => ({ ...response.lambda })),
      get: async () => undefined,
    },
  };

  test('gives the objects of these ids; what this key may not ask for is unknown', async () => {
    const { server } = await readerOn({
      '/api/lambda/a': [200, { lambda: { id: 'a' } }],
      '/api/lambda/b': [401, {}],
    });
    const transport = createTransport({ url: server.url, apiKey: 'key', version: '1', retry: { attempts: 1 } });
    open.push(transport);
    const reader = createReader({ transport, catalog: createCatalog([keyKind]) });
    expect((await reader.lookUp(new Map([['lambda', ['a']]]))).get('lambda')).toMatchObject({
      known: true,
      resources: [{ id: 'a' }],
    });
    expect((await reader.lookUp(new Map([['lambda', ['a', 'b']]]))).get('lambda')).toMatchObject({
      known: false,
      why: expect.stringContaining('may not read'),
    });
  });
});

test('a kind that the licence lacks is unknown, and says so', async () => {
  const notLicensed = { code: '[notLicensed]', message: 'This feature requires an active license.' };
  const { reader } = await readerOn({
    '/api/lambda': [400, { fieldErrors: {}, generalErrors: [notLicensed] }],
    '/api/application': [200, { applications: [web] }],
  });
  const live = await reader.readLive({ kinds: ['lambda', 'application'] });
  expect(live.kinds.get('lambda')).toEqual({
    known: false,
    why: expect.stringContaining('the licence of this instance does not include'),
  });
});

describe('detail', () => {
  test('reads again what holds a secret that lists leave out, and nothing else', async () => {
    const { reader, server } = await readerOn({
      '/api/lambda': [200, { lambdas: [{ id: 'claims-id', name: 'claims' }] }],
      '/api/application': [200, { applications: [web, { ...web, id: 'gone-id' }] }],
      '/api/application/web-id': [200, { application: { ...web, oauthConfiguration: { clientSecret: 's' } } }],
    });
    const live = await reader.readLive({ kinds: ['lambda', 'application'] });
    const resources = [...live.kinds.values()].flatMap((kind) => (kind.known ? kind.resources : []));
    const detailed = await reader.detail(resources);
    expect(detailed.map((item) => [item.id, item.detailed])).toEqual([
      ['claims-id', false],
      ['web-id', true],
    ]);
    expect(detailed[1]?.body).toMatchObject({ oauthConfiguration: { clientSecret: 's' } });
    expect(detailed[1]?.body).not.toHaveProperty('roles');
    expect(
      server.seen
        .map((request) => request.url)
        .slice(-2)
        .sort(),
    ).toEqual(['/api/application/gone-id', '/api/application/web-id']);
  });
});

describe('readRecord', () => {
  const of = { namespace: '0d8a7ab0-4ed8-44a5-b6b5-5d1c24a0a1e0', environment: 'production', recordKey: 'record-key' };
  const record = (instant: number): ApplyRecord => ({
    version: 1,
    namespace: of.namespace,
    environment: of.environment,
    instant,
    planDigest: 'sha256:00',
    objects: [{ kind: 'lambda', key: 'claims', id: 'claims-id', adopted: false, paths: { '/name': 'h' } }],
  });
  const entry = (instant: number, recordKey = of.recordKey): object => ({
    id: instant,
    ...encodeRecordEntry({ record: record(instant), summary: '1 created', recordKey }),
  });

  test('gives the newest entry in one request for its own namespace and environment', async () => {
    const { reader, server } = await readerOn({
      '/api/system/audit-log/search': [200, { auditLogs: [entry(1), entry(3), entry(2)] }],
    });
    await expect(reader.readRecord(of)).resolves.toEqual({ record: record(3), findings: [] });
    expect(server.seen).toHaveLength(1);
    expect(JSON.parse(server.seen[0]?.body ?? '')).toMatchObject({
      search: { user: 'kedge', message: `kedge apply ${of.namespace} production:*`, orderBy: 'insertInstant DESC' },
    });
  });

  test('passes over entries that another key signed, and says so', async () => {
    const { reader } = await readerOn({
      '/api/system/audit-log/search': [200, { auditLogs: [entry(9, 'forged'), entry(1)] }],
    });
    const reading = await reader.readRecord(of);
    expect(reading.record?.instant).toBe(1);
    expect(reading.findings).toMatchObject([{ code: 'record/bad-signature', severity: 'warning' }]);
  });

  test('is a warning where the key may not read the audit log', async () => {
    const { reader } = await readerOn({ '/api/system/audit-log/search': [401, {}] });
    const reading = await reader.readRecord(of);
    expect(reading).toMatchObject({ record: undefined, findings: [{ code: 'record/unreadable' }] });
  });
});

test('a reader has no way to write, for the compiler either', async () => {
  const { reader } = await readerOn({});
  // @ts-expect-error -- a reading command that could write would one day do so
  expect(reader.perform).toBeUndefined();
  // @ts-expect-error -- nor may it write the record
  expect(reader.writeRecord).toBeUndefined();
  expect(Object.keys(reader).sort()).toEqual([
    'detail',
    'licence',
    'lookUp',
    'readLive',
    'readRecord',
    'serverVersion',
  ]);
});
