import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalog, type Kind } from '../../src/catalog/index.js';
import { createReader, createTransport, type Reader, type Transport } from '../../src/live/index.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.js';
import { resources, type World } from '../contract/resources.js';
import { ask } from '../contract/target.js';
import { askFor, createWorld, creation, inWorld } from '../contract/world.js';

let sandbox: Sandbox;
let transport: Transport;
let reader: Reader;
let world: World;

beforeAll(async () => {
  sandbox = await startSandbox();
  transport = createTransport({ url: sandbox.url, apiKey: sandbox.apiKey, version: 'test' });
  reader = createReader({ transport, catalog });
  world = await createWorld(sandbox);
}, 60_000);
afterAll(async () => {
  await transport.close();
  await sandbox.close();
});

/** How the contract's requests call what the catalog has another name for. */
const wrappers: Readonly<Record<string, string>> = { formField: 'field', entityTypePermission: 'permission' };

async function make(kind: string, count: number): Promise<readonly string[]> {
  const wrapper = wrappers[kind] ?? kind;
  const resource = resources.find((candidate) => candidate.wrapper === wrapper);
  if (resource === undefined) throw new Error(`no requests make a ${kind}`);
  return Promise.all(
    Array.from({ length: count }, async () => {
      const id = randomUUID();
      const body = creation(resource, world);
      const path = `${inWorld(resource.path, world)}/${id}`;
      const { status } = await askFor(resource, { target: sandbox, world }, { method: 'POST', path, body });
      expect({ kind, status }).toEqual({ kind, status: 200 });
      return id;
    }),
  );
}

async function requestsOf(work: () => Promise<unknown>): Promise<number> {
  sandbox.clearRequests();
  await work();
  return sandbox.requests().total;
}

async function idsOf(kind: string): Promise<readonly string[]> {
  const read = (await reader.readLive({ kinds: [kind] })).kinds.get(kind);
  if (read?.known !== true) throw new Error(`${kind} is not known`);
  return read.resources.map(({ id }) => id);
}

/** Requests of a list of the kind, and of the version, which every plan asks for once. */
const budgetOf = (kind: Kind): number => 1 + (kind.listRequests ?? 1);

const listed = catalog.kinds.filter(({ parent, reads }) => parent === undefined && reads.byIds === undefined);
const singletons = new Set(['integrations', 'systemConfiguration', 'tenantManagerConfiguration']);
const many = listed.filter(({ kind }) => !singletons.has(kind) && kind !== 'key');

describe('the requests that a kind costs', () => {
  it.each(many.map((kind) => [kind.kind, kind] as const))(
    'of a %s grow with pages, not with objects',
    async (name, kind) => {
      expect(await requestsOf(() => reader.readLive({ kinds: [name] }))).toBe(budgetOf(kind));
      const made = await make(name, 3);
      expect(await requestsOf(() => reader.readLive({ kinds: [name] }))).toBe(budgetOf(kind));
      expect(await idsOf(name)).toEqual(expect.arrayContaining([...made]));
    },
  );

  it('of a key grow with neither', async () => {
    const budget = budgetOf(catalog.kind('key'));
    expect(await requestsOf(() => reader.readLive({ kinds: ['key'] }))).toBe(budget);
    for (const name of ['Deck', 'Hold', 'Bridge']) {
      const path = `/api/key/generate/${randomUUID()}`;
      const body = { key: { name, algorithm: 'HS256' } };
      expect((await ask(sandbox, { method: 'POST', path, body })).status).toBe(200);
    }
    expect(await requestsOf(() => reader.readLive({ kinds: ['key'] }))).toBe(budget);
  });

  it.each([...singletons])('of the %s are one', async (name) => {
    expect(await requestsOf(() => reader.readLive({ kinds: [name] }))).toBe(budgetOf(catalog.kind(name)));
  });

  it.each(
    catalog.kinds.filter(({ parent }) => parent !== undefined).map((kind) => [kind.kind, kind.parent ?? ''] as const),
  )('of a %s are those of its %s', async (name, parent) => {
    await make(name, 2);
    const kinds = [name, parent];
    expect(await requestsOf(() => reader.readLive({ kinds }))).toBe(budgetOf(catalog.kind(parent)));
  });

  it('are one more for every 500 IP access control lists, which can only be searched for', async () => {
    await make('ipAccessControlList', 501);
    const found = await idsOf('ipAccessControlList');
    expect(found.length).toBeGreaterThan(501);
    expect(found.length).toBeLessThanOrEqual(1000);
    expect(new Set(found).size).toBe(found.length);
    const budget = budgetOf(catalog.kind('ipAccessControlList'));
    expect(await requestsOf(() => reader.readLive({ kinds: ['ipAccessControlList'] }))).toBe(budget + 1);
  });

  it('are one for each API key that the files name, and none for others', async () => {
    const keys = await make('apiKey', 5);
    expect(await requestsOf(() => reader.readLive({ kinds: ['apiKey'] }))).toBe(1);
    const named = keys.slice(0, 3);
    const found: string[] = [];
    const requests = await requestsOf(async () => {
      const known = (await reader.lookUp(new Map([['apiKey', named]]))).get('apiKey');
      if (known?.known === true) found.push(...known.resources.map(({ id }) => id));
    });
    expect({ requests, found: found.toSorted() }).toEqual({ requests: 3, found: named.toSorted() });
  });

  it('are one for every hundred entities that the files name, and two more for each whose grants they own', async () => {
    const entities = await make('entity', 101);
    let read = await reader.lookUp(new Map([['entity', []]]));
    const requests = await requestsOf(async () => {
      read = await reader.lookUp(new Map([['entity', entities]]));
    });
    const known = read.get('entity');
    if (known?.known !== true) throw new Error('entities are not known');
    expect({ requests, found: known.resources.length }).toEqual({ requests: 2, found: 101 });
    const owned = known.resources.slice(0, 2);
    // The entity by its id, and its grants, in one go each.
    expect(await requestsOf(() => reader.detail(owned))).toBe(4);
  });
});
