import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyPlan } from '../../src/apply/index.js';
import { catalog } from '../../src/catalog/index.js';
import { createFolderSource, createMemorySource, type FileSource, loadEnvironment } from '../../src/desired/index.js';
import { diffStates, resourcesToDetail } from '../../src/diff/index.js';
import { createReader, createTransport, createWriter, type Transport } from '../../src/live/index.js';
import type { DesiredState, LiveState, Plan } from '../../src/model/index.js';
import { makePlan } from '../../src/plan/index.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.js';

const hashKey = 'request count';
let sandbox: Sandbox;
let transport: Transport;

beforeEach(async () => {
  sandbox = await startSandbox();
  transport = createTransport({ url: sandbox.url, apiKey: sandbox.apiKey, version: 'test' });
});
afterEach(async () => {
  await transport.close();
  await sandbox.close();
});

async function load(source: FileSource, environment: string): Promise<DesiredState> {
  const env = Object.fromEntries(
    ['READ_KEY', 'SIEM_TOKEN', 'SMTP_PASSWORD', 'WRITE_KEY'].map((name) => [`HALCYON_${name}`, name]),
  );
  const loaded = await loadEnvironment({ source, environment, catalog, env, secrets: 'resolve', writeKey: false });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.findings));
  return loaded.desired;
}

async function plan(desired: DesiredState): Promise<Plan> {
  const reader = createReader({ transport, catalog });
  const listed = await reader.readLive({ kinds: catalog.kinds.map((kind) => kind.kind) });
  const detailed = await reader.detail(resourcesToDetail({ catalog, desired, live: listed, hashKey }));
  const byId = new Map(detailed.map((resource) => [resource.id, resource]));
  const kinds = [...listed.kinds].map(
    ([kind, read]) =>
      [
        kind,
        read.known
          ? { known: true as const, resources: read.resources.map((item) => byId.get(item.id) ?? item) }
          : read,
      ] as const,
  );
  const live: LiveState = { ...listed, kinds: new Map(kinds) };
  const difference = diffStates({ catalog, desired, live, hashKey });
  return makePlan({ catalog, desired, difference, instance: sandbox.url, serverVersion: live.serverVersion, hashKey });
}

async function apply(desired: DesiredState): Promise<void> {
  const writer = createWriter({ transport, catalog, hashKey });
  for await (const outcome of applyPlan(await plan(desired), { writer, clock: performance, concurrency: 8 })) {
    expect(outcome.result).toBe('applied');
  }
}

/** Every request that is no read: a POST to a search path is one. */
const writesOf = (requests: ReturnType<Sandbox['requests']>['requests']): readonly string[] =>
  requests
    .filter(({ method, path }) => method !== 'GET' && !path.endsWith('/search'))
    .map(({ method, path }) => `${method} ${path}`);

/** 520 objects in the mix of a real instance: 5 tenants, 45 applications with 8 roles each, templates, lambdas, webhooks. */
function manyObjects(): FileSource {
  const lines = (count: number, line: (index: number) => string): string =>
    Array.from({ length: count }, (_, index) => line(index)).join('');
  return createMemorySource({
    'kedge.yaml': 'version: 1\nproject: 6f1c0e1e-5a0b-4a3e-9d5e-0d9a4c1b2a33\n',
    'environments/fleet/environment.yaml': 'version: 1\ninstance: { url: "http://127.0.0.1:9", apiKey: none }\n',
    'environments/fleet/all.yaml': `version: 1
tenants:
${lines(5, (index) => `  ship-${index}: { name: Ship ${index} }\n`)}applications:
${lines(45, (index) => `  app-${index}:\n    name: App ${index}\n    tenantId: ship-${index % 5}\n    roles: [${lines(8, (role) => `{ name: role-${role} }, `).slice(0, -2)}]\n`)}emailTemplates:
${lines(50, (index) => `  mail-${index}: { name: Mail ${index}, defaultSubject: Hello, defaultHtmlTemplate: <p>Hello</p>, defaultTextTemplate: Hello }\n`)}lambdas:
${lines(30, (index) => `  lambda-${index}: { name: Lambda ${index}, type: JWTPopulate, body: "function populate() {}" }\n`)}webhooks:
${lines(30, (index) => `  hook-${index}: { url: "https://hook-${index}.example", connectTimeout: 1000, readTimeout: 1000, tenantIds: [ship-0] }\n`)}`,
  });
}

describe('a plan that finds nothing to do', { timeout: 60_000 }, () => {
  it.each([
    [
      'the example of production',
      () => load(createFolderSource(new URL('../..', import.meta.url).pathname), 'production'),
    ],
    ['an environment of 520 objects', () => load(manyObjects(), 'fleet')],
  ])('of %s takes at most 30 requests, no write, and reads no application twice', async (_, loaded) => {
    const desired = await loaded();
    await apply(desired);
    sandbox.clearRequests();
    const made = await plan(desired);
    expect(made.changes.map(({ change }) => change)).toEqual([]);
    const { total, requests } = sandbox.requests();
    expect(total).toBeLessThanOrEqual(30);
    expect(writesOf(requests)).toEqual([]);
    expect(requests.filter(({ path }) => path.startsWith('/api/application/'))).toEqual([]);
    expect(requests.filter(({ path }) => path === '/api/application')).toHaveLength(2);
  });

  it('of 520 objects takes as many requests as one of seven: they grow with kinds, not with objects', async () => {
    const desired = await load(manyObjects(), 'fleet');
    expect(desired.resources).toHaveLength(520);
    await apply(desired);
    sandbox.clearRequests();
    await plan(desired);
    expect(sandbox.requests().total).toBe(25);
  });
});
