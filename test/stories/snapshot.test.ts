import { guardCodes } from '../../src/model/index.js';
import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import schema from '../../schemas/snapshot.schema.json' with { type: 'json' };
import { catalog } from '../../src/catalog/index.js';
import {
  applyEnvironment,
  createPorts,
  driftEnvironment,
  KedgeError,
  type Plan,
  planEnvironment,
  type Ports,
  readSnapshot,
  type Sandbox,
  snapshotEnvironment,
  type SnapshotFile,
  startSandbox,
} from '../../src/index.js';
import { failuresOf } from './support/loop.js';

const fixture = fileURLToPath(new URL('../fixtures/every-kind', import.meta.url));
const secrets = {
  CLEANSPEAK_KEY: 'cleanspeak secret',
  LDAP_PASSWORD: 'directory secret',
  MESSENGER_PASSWORD: 'messenger secret',
  MONITOR_KEY: 'monitor-key-that-is-long-enough-for-an-api-key',
  PROVIDER_SECRET: 'provider secret',
  RADAR_SECRET: 'radar secret',
};

let sandbox: Sandbox;
let root: string;
let file: string;
let snapshot: SnapshotFile;
let requestsTaken: number;

interface Target {
  readonly root: string;
  readonly environment: string;
  readonly ports: Ports;
}

function targetWith(env: Readonly<Record<string, string>>): Target {
  return { root, environment: 'all', ports: createPorts({ env }) };
}

function target(): Target {
  return targetWith({ ...secrets, KEDGE_API_KEY: sandbox.apiKey });
}

async function pointTo(url: string): Promise<void> {
  const settings = join(root, 'environments/all/environment.yaml');
  await writeFile(settings, (await readFile(settings, 'utf8')).replace(/url: \S+/, `url: ${url}`));
}

async function send(method: string, path: string, body: unknown): Promise<void> {
  const answer = await fetch(sandbox.url + path, {
    method,
    headers: { authorization: sandbox.apiKey, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect([method, path, answer.status]).toEqual([method, path, 200]);
}

/** A plan in what it would do, without the secrets: an instance that shows none is not compared in them. */
function comparable(plan: Plan): unknown {
  const changes = plan.changes.flatMap(({ change }) => {
    const edits = ('edits' in change ? change.edits : []).flatMap((edit) =>
      edit.secret ? [] : [{ ...edit, fromHash: undefined }],
    );
    return change.op === 'update' && edits.length === 0
      ? []
      : [{ op: change.op, ref: change.ref, id: change.id, edits }];
  });
  return { changes, withheld: plan.withheld.map(({ change, code }) => [change.ref, code]), unmanaged: plan.unmanaged };
}

beforeAll(async () => {
  sandbox = await startSandbox();
  root = await mkdtemp(join(tmpdir(), 'kedge-snapshot-'));
  file = join(root, 'all.snapshot.json');
  await cp(fixture, root, { recursive: true });
  await pointTo(sandbox.url);
  const { outcomes } = await applyEnvironment({ ...target(), confirm: () => Promise.resolve(true), allow: guardCodes });
  if (failuresOf(outcomes).length > 0) throw new Error(failuresOf(outcomes).join('\n'));
  ({ requests: requestsTaken } = await snapshotEnvironment({ ...target(), to: file }));
  snapshot = await readSnapshot(file);
}, 60_000);
afterAll(async () => {
  await sandbox.close();
  await rm(root, { recursive: true });
});

describe('a snapshot of an instance with an object of every kind', { timeout: 60_000 }, () => {
  it('has every kind, and is what its schema says', async () => {
    const { Ajv } = await import('ajv');
    const validate = new Ajv().compile(schema);
    expect([validate(snapshot), validate.errors]).toEqual([true, null]);
    const without = catalog.kinds.filter(({ kind }) => {
      const read = snapshot.kinds[kind];
      return read?.known !== true || read.objects.length === 0;
    });
    expect(without.map(({ kind }) => kind)).toEqual([]);
    expect(requestsTaken).toBeLessThanOrEqual(2 * 33);
    expect(snapshot).toMatchObject({ instance: sandbox.url, fusionauth: '1.69.0' });
  });

  it('holds no secret and no key material, and only its owner may read it', async () => {
    const text = await readFile(file, 'utf8');
    for (const secret of [...Object.values(secrets), sandbox.apiKey]) expect(text).not.toContain(secret);
    const stored = sandbox.snapshot();
    const kept = [...(stored.objects['key'] ?? []), ...(stored.objects['application'] ?? [])].flatMap((object) => {
      const { clientSecret } = (object['oauthConfiguration'] ?? {}) as { readonly clientSecret?: unknown };
      return [object['secret'], object['privateKey'], clientSecret].filter((part) => typeof part === 'string');
    });
    expect(kept.length).toBeGreaterThan(3);
    for (const part of kept) expect(text).not.toContain(JSON.stringify(part).slice(1, -1));
    expect(text).not.toContain('PRIVATE KEY');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await readdir(root)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('gives the plan of the instance without a request and without a secret, which are not compared', async () => {
    sandbox.clearRequests();
    const { plan, requests, findings } = await planEnvironment({ ...targetWith({}), live: snapshot });
    expect(comparable(plan)).toEqual({ changes: [], withheld: [], unmanaged: expect.anything() });
    expect(plan.changes.map(({ change }) => change)).toEqual([]);
    expect(plan.notCompared.length).toBeGreaterThan(5);
    expect([requests, sandbox.requests().requests, findings]).toEqual([0, [], []]);
  });

  it('shows what moved before it was taken, as drift of the instance would', async () => {
    await send('PATCH', '/api/system-configuration', { systemConfiguration: { reportTimezone: 'Europe/Rome' } });
    await send('POST', '/api/theme/4a2f4c53-43f6-4f52-a527-0a9d9a1f6a10', {
      sourceThemeId: '75a068fd-e94b-451a-9aeb-3ddb9a3b5987',
      theme: { name: 'Somebody else’s' },
    });
    await snapshotEnvironment({ ...target(), to: file });
    const live = await readSnapshot(file);
    const online = await driftEnvironment(target());
    const offline = await driftEnvironment({ ...target(), live });
    expect(comparable(offline.plan)).toEqual(comparable(online.plan));
    expect(offline.drift).toEqual(online.drift);
    snapshot = live;
  });

  it('is of another instance: that is said, and planned all the same', async () => {
    const other = { ...snapshot, instance: 'https://auth.acme.example' };
    const { findings, plan } = await planEnvironment({ ...target(), live: other });
    expect(findings).toMatchObject([{ code: 'snapshot/other-instance' }]);
    expect(plan.instance).toBe('https://auth.acme.example');
  });

  it('was taken before the files named an entity: that is said', async () => {
    const entity = snapshot.kinds['entity'];
    if (entity?.known !== true) throw new Error('no entities');
    const before = {
      ...snapshot,
      kinds: { ...snapshot.kinds, entity: { known: true as const, objects: [], asked: [] } },
    };
    const { findings } = await planEnvironment({ ...target(), live: before });
    expect(findings).toMatchObject([{ code: 'snapshot/not-asked' }]);
  });

  it('without a kind: the kind is unknown, which is never taken for empty', async () => {
    const { theme: _, ...kinds } = snapshot.kinds;
    await expect(planEnvironment({ ...target(), live: { ...snapshot, kinds } })).rejects.toThrow(
      expect.objectContaining({ code: 'diff/unknown-kind-state' }),
    );
  });

  it('is written for an instance of which there are no files, and says so of files that are wrong', async () => {
    const bare = await mkdtemp(join(tmpdir(), 'kedge-snapshot-bare-'));
    await cp(fixture, bare, { recursive: true });
    const folder = join(bare, 'environments/all');
    for (const name of await readdir(folder))
      if (name !== 'environment.yaml') await rm(join(folder, name), { recursive: true });
    await cp(join(root, 'environments/all/environment.yaml'), join(folder, 'environment.yaml'));
    const to = join(bare, 'deep/bare.json');
    const ports = createPorts({ env: { KEDGE_API_KEY: sandbox.apiKey } });
    const of = { root: bare, environment: 'all', ports, to };
    expect((await snapshotEnvironment(of)).findings).toEqual([]);
    expect((await readSnapshot(to)).kinds['entity']).toEqual({ known: true, objects: [], asked: [] });
    await writeFile(join(folder, 'wrong.yaml'), 'version: 1\ntenants: { main: { nmae: Main } }\n');
    expect((await snapshotEnvironment(of)).findings).toMatchObject([{ code: 'snapshot/not-asked' }]);
    await rm(bare, { recursive: true });
  });

  it('cannot be written where a folder stands, and leaves nothing behind', async () => {
    await expect(snapshotEnvironment({ ...target(), to: join(root, 'environments') })).rejects.toThrow(
      expect.objectContaining({ code: 'snapshot/not-written' }),
    );
    expect((await readdir(root)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('is not there, or is a folder', async () => {
    for (const path of ['missing.json', 'environments'])
      await expect(readSnapshot(join(root, path))).rejects.toThrow(
        expect.objectContaining({ code: 'snapshot/unreadable' }),
      );
  });
});

describe('an instance that moves while it is read', { timeout: 60_000 }, () => {
  /** Ports whose waits do something to the instance. */
  const moving = (move: () => Promise<void>): Ports => {
    const { ports } = target();
    return { ...ports, clock: { ...ports.clock, sleep: move } };
  };

  it('is read again until it stands still', async () => {
    const proxied = await startBumping(sandbox, 2);
    await pointTo(proxied.url);
    const { requests } = await snapshotEnvironment({ ...target(), ports: moving(async () => {}), to: file });
    await proxied.close();
    await pointTo(sandbox.url);
    expect(requests).toBeGreaterThan(3 * 25);
    expect(await readFile(file, 'utf8')).toContain('moved 2 times');
  });

  it('is given up where it never does: what moves is named, and nothing is written', async () => {
    const before = await readFile(file, 'utf8');
    const proxied = await startBumping(sandbox, 100);
    await pointTo(proxied.url);
    const taking = snapshotEnvironment({ ...target(), ports: moving(async () => {}), to: file });
    await expect(taking).rejects.toThrow(expect.objectContaining({ code: 'snapshot/keeps-moving' }));
    await expect(taking).rejects.toThrow(/last: consent [0-9a-f-]{36}; nothing was written/);
    await proxied.close();
    await pointTo(sandbox.url);
    expect(await readFile(file, 'utf8')).toBe(before);
  });
});

/** A way to a sandbox on which each list of consents is followed by a change of one, so many times. */
async function startBumping(
  to: Sandbox,
  times: number,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const { createServer } = await import('node:http');
  let bumped = 0;
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const { authorization = '', 'content-type': type = 'application/json' } = request.headers;
      const answer = await fetch(`${to.url}${request.url}`, {
        method: request.method ?? 'GET',
        headers: { authorization, 'content-type': type },
        ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
      });
      const text = await answer.text();
      if (/^\/api\/consent(\?|$)/.test(request.url ?? '') && bumped < times) {
        bumped += 1;
        const [first] = (JSON.parse(text) as { consents: { id: string }[] }).consents;
        await send('PATCH', `/api/consent/${first?.id}`, { consent: { data: { note: `moved ${bumped} times` } } });
      }
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(text);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address() as { readonly port: number };
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

describe('a snapshot that somebody edited', { timeout: 120_000 }, () => {
  it('gives a plan or one clear error, never anything else', async () => {
    const text = await readFile(file, 'utf8');
    const damaged = join(root, 'damaged.json');
    let plans = 0;
    const junk = fc.constantFrom<unknown>(null, 0, -1, 1e21, '', 'x', true, [], {}, [null], { a: [{}] }, [[]]);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(), junk), { minLength: 1, maxLength: 4 }), async (edits) => {
        const value: unknown = JSON.parse(text);
        for (const [seed, other] of edits) damage(value, seed, other);
        await writeFile(damaged, JSON.stringify(value));
        try {
          await planEnvironment({ ...target(), live: await readSnapshot(damaged) });
          plans += 1;
        } catch (error) {
          if (!(error instanceof KedgeError) || error.message === '') throw error;
        }
      }),
      { numRuns: 150 },
    );
    expect(plans).toBeGreaterThan(10);
  });
});

/** Puts something else in the place of one of the values, deep down, chosen by a number. */
function damage(value: unknown, seed: number, other: unknown): void {
  const places: { readonly holder: Record<string, unknown>; readonly key: string }[] = [];
  const walk = (holder: unknown): void => {
    if (typeof holder !== 'object' || holder === null) return;
    for (const [key, item] of Object.entries(holder)) {
      places.push({ holder: holder as Record<string, unknown>, key });
      walk(item);
    }
  };
  walk(value);
  const place = places[seed % places.length];
  if (place) place.holder[place.key] = other;
}
