import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createPorts } from '../../src/reconcile/create-ports.js';
import { type Session, withSession } from '../../src/reconcile/session.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.js';

const keys = { first: 'first-key-of-the-story', second: 'second-key-of-the-story' };
const admin = 'administrator-of-the-story';
let root = '';
let sandbox: Sandbox;

async function api(
  method: string,
  path: string,
  body?: unknown,
): Promise<{ readonly apiKey: { readonly id: string } }> {
  const response = await fetch(`${sandbox.url}${path}`, {
    method,
    headers: { authorization: admin, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  expect(response.status).toBe(200);
  return method === 'POST' ? ((await response.json()) as { apiKey: { id: string } }) : { apiKey: { id: '' } };
}

/** Makes a key at the instance and gives the id it can be deleted by. */
const createKey = async (key: string): Promise<string> =>
  (await api('POST', '/api/api-key', { apiKey: { key } })).apiKey.id;
const writeKeyFile = (key: string): Promise<void> =>
  writeFile(join(root, 'environments/production/read.key'), `${key}\n`);

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kedge-key-rotation-'));
  sandbox = await startSandbox({ apiKey: admin });
  await mkdir(join(root, 'environments/production'), { recursive: true });
  await writeFile(join(root, 'kedge.yaml'), 'version: 1\nproject: 00000000-0000-4000-8000-00000000000b\n');
  const settings = `version: 1\ninstance: { url: "${sandbox.url}", apiKey: !secret file:read.key }\n`;
  await writeFile(join(root, 'environments/production/environment.yaml'), settings);
  await writeFile(
    join(root, 'environments/production/tenants.yaml'),
    'version: 1\ntenants: { main: { name: Main } }\n',
  );
  await writeKeyFile(keys.first);
});
afterEach(() => sandbox.close());

const inSession = <T>(use: (session: Session) => Promise<T>): Promise<T> =>
  withSession({ root, environment: 'production', ports: createPorts({ env: {} }) }, { write: false }, use);

/** Status of the answers since the last call, in the order they were given. */
function statuses(): () => readonly number[] {
  let told = sandbox.requests().total;
  return () => {
    const { requests, total } = sandbox.requests();
    const fresh = requests.slice(requests.length - (total - told));
    told = total;
    return fresh.map((request) => request.status ?? 0);
  };
}

it('a key that is rotated between two requests is read again, once, and the run goes on', async () => {
  const first = await createKey(keys.first);
  await inSession(async (session) => {
    const since = statuses();
    await session.reader.readLive({ kinds: ['lambda'] });
    expect(new Set(since())).toEqual(new Set([200]));
    await createKey(keys.second);
    await writeKeyFile(keys.second);
    await api('DELETE', `/api/api-key/${first}`);
    since();
    await session.reader.readLive({ kinds: ['lambda'] });
    const seen = since();
    expect(seen.filter((status) => status === 401).length).toBeGreaterThan(0);
    expect(seen.at(-1)).toBe(200);
    await session.reader.readLive({ kinds: ['lambda'] });
    expect(new Set(since())).toEqual(new Set([200]));
  });
});

it('a key that was taken back and not replaced ends the run, and no key is shown', async () => {
  const first = await createKey(keys.first);
  await inSession(async (session) => {
    await session.reader.readLive({ kinds: ['lambda'] });
    await api('DELETE', `/api/api-key/${first}`);
    const refused = await session.reader.readLive({ kinds: ['lambda'] }).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(refused).toMatchObject({ code: 'live/unauthorized' });
    expect(JSON.stringify(refused)).not.toContain(keys.first);
  });
});
