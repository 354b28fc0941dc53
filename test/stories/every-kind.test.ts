import { guardCodes } from '../../src/model/index.js';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalog } from '../../src/catalog/index.js';
import { createRedactor } from '../../src/model/index.js';
import { systemRetryClock } from '../../src/live/index.js';
import { applyEnvironment, planEnvironment, type Ports } from '../../src/reconcile/index.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.js';
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

beforeAll(async () => {
  sandbox = await startSandbox();
  root = await mkdtemp(join(tmpdir(), 'kedge-every-kind-'));
  await cp(fixture, root, { recursive: true });
  const settings = join(root, 'environments/all/environment.yaml');
  await writeFile(settings, (await readFile(settings, 'utf8')).replace('http://127.0.0.1:9011', sandbox.url));
});
afterAll(async () => {
  await sandbox.close();
  await rm(root, { recursive: true });
});

function target(): { readonly root: string; readonly environment: string; readonly ports: Ports } {
  const ports: Ports = {
    env: { ...secrets, KEDGE_API_KEY: sandbox.apiKey },
    redactor: createRedactor(),
    clock: systemRetryClock,
    version: 'test',
  };
  return { root, environment: 'all', ports };
}

describe('a repository with an object of every kind', { timeout: 60_000 }, () => {
  it('has one of each', async () => {
    const { plan } = await planEnvironment(target());
    const kinds = new Set(plan.changes.map(({ change }) => change.ref.kind));
    expect(catalog.kinds.map((kind) => kind.kind).filter((kind) => !kinds.has(kind))).toEqual([]);
  });

  it('is made on a fresh instance, and is in step after one apply', async () => {
    const { outcomes } = await applyEnvironment({
      ...target(),
      confirm: () => Promise.resolve(true),
      allow: guardCodes,
    });
    expect(failuresOf(outcomes)).toEqual([]);
    const { plan } = await planEnvironment(target());
    expect(plan.changes.map(({ change }) => change)).toEqual([]);
  });
});
