import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalog } from '../../src/catalog/index.js';
import { systemRetryClock } from '../../src/live/index.js';
import {
  createRedactor,
  guardCodes,
  KedgeError,
  type NeededKey,
  permissionOf,
  permissionText,
} from '../../src/model/index.js';
import { applyEnvironment, permissionsOf, type Ports } from '../../src/reconcile/index.js';
import { type Sandbox, type SandboxSnapshot, startSandbox } from '../../src/sandbox/index.js';
import { failuresOf } from './support/loop.js';

const fixture = fileURLToPath(new URL('../fixtures/every-kind', import.meta.url));
const secrets = {
  CLEANSPEAK_KEY: 'cleanspeak secret',
  LDAP_PASSWORD: 'directory secret',
  MESSENGER_PASSWORD: 'messenger secret',
  MONITOR_KEY: 'monitor-key-that-is-long-enough-for-an-api-key',
  PROVIDER_SECRET: 'provider secret',
  RADAR_SECRET: 'radar secret',
  RECORD_KEY: 'record key that is long enough to sign with',
};
const superKey = 'super-key-of-the-sandbox';
const leastKey = 'least-key-of-this-environment';
/** Keys that lack one permission each of the least key, by what they lack. */
const lesser = (lacks: string): string => `key-without ${lacks}`.replaceAll(/[^\w-]/g, '-');
/** Who lacks one of these is stopped at another place each: a list, a read by id, a create, an update, a delete. */
const sampled = [
  'POST on /api/ip-acl/search',
  'GET on /api/form/field',
  'POST on /api/key/import',
  'PUT on /api/tenant-manager/identity-provider',
  'DELETE on /api/entity/grant',
  'POST on /api/system/audit-log',
  'DELETE on /api/webhook',
];
const lesserKeys = [...sampled, 'POST on /api/lambda'];

let root: string;
let sandbox: Sandbox;
let key: NeededKey;

const folder = (): string => join(root, 'environments/all');

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kedge-least-key-'));
  await cp(fixture, root, { recursive: true });
  await writeSettings('http://127.0.0.1:9011');
  const { keys } = await permissionsOf({ ...target(leastKey), purpose: 'apply' });
  if (!keys[0]) throw new Error('no key is needed');
  [key] = keys;
  const limited = (lacks?: string): object => ({
    endpoints: Object.fromEntries(
      keys[0]?.endpoints.map(({ endpoint, methods }) => [
        endpoint,
        methods.filter((method) => permissionText({ endpoint, method }) !== lacks),
      ]) ?? [],
    ),
  });
  const kickstart = join(root, 'kickstart.json');
  const apiKeys = [
    { key: superKey },
    { key: leastKey, keyManager: true, permissions: limited() },
    ...lesserKeys.map((lacks) => ({ key: lesser(lacks), keyManager: true, permissions: limited(lacks) })),
  ];
  await writeFile(kickstart, JSON.stringify({ apiKeys }));
  sandbox = await startSandbox({ kickstart });
});
afterAll(async () => {
  await sandbox.close();
  await rm(root, { recursive: true });
});

function target(apiKey: string): { readonly root: string; readonly environment: string; readonly ports: Ports } {
  const ports: Ports = {
    env: { ...secrets, KEDGE_API_KEY: apiKey },
    redactor: createRedactor(),
    clock: systemRetryClock,
    version: 'test',
  };
  return { root, environment: 'all', ports };
}

async function writeSettings(url: string): Promise<void> {
  const prunable = catalog.kinds.filter(({ scope }) => scope !== 'singleton');
  const settings = {
    version: 1,
    instance: { url, apiKey: '@' },
    record: { key: '@' },
    policy: { kinds: Object.fromEntries(prunable.map(({ collection }) => [collection, { prune: true }])) },
  };
  const text = JSON.stringify(settings)
    .replace('"apiKey":"@"', '"apiKey":!secret env:KEDGE_API_KEY')
    .replace('"key":"@"', '"key":!secret env:RECORD_KEY');
  await writeFile(join(folder(), 'environment.yaml'), text.replaceAll(',', ', ').replaceAll('":', '": '));
}

/** The files as they are, and with the lists of what lives inside others shortened. */
async function shortenLists(): Promise<void> {
  const edit = async (file: string, edits: readonly (readonly [string | RegExp, string])[]): Promise<void> => {
    let text = await readFile(join(folder(), file), 'utf8');
    for (const [from, to] of edits) {
      expect(text).toMatch(from);
      text = text.replace(from, to);
    }
    await writeFile(join(folder(), file), text);
  };
  await edit('tenants.yaml', [
    ['      - { name: crew, isDefault: true }\n', ''],
    [/scopes:\n.*\n/, 'scopes: []\n'],
  ]);
  await edit('entities.yaml', [
    ['      - { name: write, description: Changes ships }\n', ''],
    [/grants:\n.*\n/, 'grants: []\n'],
  ]);
}

function without<T extends object>(body: T, fields: readonly string[]): T {
  // What is left out may be absent of every object of a snapshot.
  return Object.fromEntries(Object.entries(body).filter(([field]) => !fields.includes(field))) as T;
}

/** Leaves one object in the files, so that all others are pruned. */
async function emptyFiles(): Promise<void> {
  for (const file of await readdir(folder())) if (file !== 'environment.yaml') await rm(join(folder(), file));
  await writeFile(
    join(folder(), 'left.yaml'),
    'version: 1\nmessengers: { left: { name: Left, type: Kafka, defaultTopic: left } }\n',
  );
  // Deactivated, an application still keeps its forms from being deleted, and a user action its e-mail template.
  const snapshot = sandbox.snapshot();
  const applications = snapshot.objects['application'] ?? [];
  const userActions = snapshot.objects['userAction'] ?? [];
  await sandbox.restore({
    ...snapshot,
    objects: {
      ...snapshot.objects,
      application: applications.map((body) => without(body, ['formConfiguration', 'registrationConfiguration'])),
      userAction: userActions.map((body) => without(body, ['startEmailTemplateId'])),
    },
  });
}

/** Renames all that the project made, as somebody else would, so that every object has something to be put right. */
async function moveEverything(): Promise<void> {
  const snapshot = JSON.parse(JSON.stringify(sandbox.snapshot())) as SandboxSnapshot;
  const moved = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(moved);
    if (typeof value !== 'object' || value === null) return value;
    const body = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, moved(item)]));
    if (!String(body['id']).startsWith('28ca1a86-2048-8')) return body;
    const field = ['description', 'defaultConsentMessage', 'text', 'url', 'name'].find(
      (one) => typeof body[one] === 'string',
    );
    return field === undefined ? body : { ...body, [field]: `${String(body[field])}-moved` };
  };
  const types = snapshot.objects['tenantManagerIdentityProviderType'] ?? [];
  await sandbox.restore({
    ...snapshot,
    objects: {
      ...(moved(snapshot.objects) as SandboxSnapshot['objects']),
      tenantManagerIdentityProviderType: types.map((type) => ({ ...type, linkingStrategy: 'CreatePendingLink' })),
    },
  });
}

/** The files as the fixture has them, and a fresh instance without a record. */
async function startOver(): Promise<void> {
  await rm(folder(), { recursive: true });
  await rm(join(root, '.kedge'), { recursive: true, force: true });
  await cp(join(fixture, 'environments/all'), folder(), { recursive: true });
  await sandbox.reset();
  await writeSettings(sandbox.url);
}

/**
 * Makes an object of every kind, changes every object, takes away what lives inside others, and prunes the rest.
 * @returns what went wrong first; nothing where the key was enough.
 */
async function wholeLife(apiKey: string): Promise<readonly string[]> {
  await startOver();
  for (const step of [() => Promise.resolve(), moveEverything, shortenLists, emptyFiles]) {
    await step();
    const wrong = await wrongWithApply(apiKey);
    if (wrong.length > 0) return wrong;
  }
  return [];
}

async function wrongWithApply(apiKey: string): Promise<readonly string[]> {
  try {
    const { outcomes, findings } = await applyEnvironment({
      ...target(apiKey),
      allow: guardCodes,
      confirm: () => Promise.resolve(true),
    });
    // What is kept because it is in use is no matter of the key.
    const failures = failuresOf(outcomes).filter((text) => !text.includes('[inUse]'));
    return [...failures, ...findings.map(({ message }) => message)];
  } catch (error) {
    if (!(error instanceof KedgeError)) throw error;
    return [error.message, ...(error.findings ?? []).map(({ message }) => message)];
  }
}

const called = (): readonly string[] => {
  const { requests } = sandbox.requests();
  return [...new Set(requests.map((request) => permissionText(permissionOf(request))))]
    .filter((text) => !text.endsWith('on /api/api-key'))
    .sort();
};

describe('a key with exactly what kedge permissions prints', { timeout: 280_000 }, () => {
  it('makes, changes and deletes objects of every kind, and nothing that it may do is left unused', async () => {
    expect(await wholeLife(leastKey)).toEqual([]);
    const needed = key.endpoints
      // FusionAuth asks of a key manager what the keys may do that it makes, and not that it does so.
      .filter(({ why }) => !why.every((text) => text.endsWith('may do so itself')))
      .flatMap(({ endpoint, methods }) => methods.map((method) => permissionText({ endpoint, method })));
    expect(called()).toEqual([...needed].sort());
  });

  it.each(sampled)('without %s it fails, and says so', async (lacks) => {
    const wrong = await wholeLife(lesser(lacks));
    expect(wrong.join('\n').replaceAll(' on /', ' /')).toContain(lacks.replace(' on ', ' '));
  });
});

describe('an apply that is refused a write', { timeout: 120_000 }, () => {
  it('does not try the others that need the same, does the rest, and says once what the key lacks', async () => {
    await startOver();
    const lambdaless = lesser('POST on /api/lambda');
    sandbox.clearRequests();
    const { outcomes, findings } = await applyEnvironment({
      ...target(lambdaless),
      concurrency: 1,
      allow: guardCodes,
      confirm: () => Promise.resolve(true),
    });
    const lambdas = outcomes.filter(({ change }) => change.ref.kind === 'lambda');
    expect(lambdas.map(({ result }) => result).sort()).toEqual(['failed', ...lambdas.slice(1).map(() => 'skipped')]);
    expect(sandbox.requests().counts['POST /api/lambda/{lambdaId}']).toBe(1);
    expect(outcomes.filter(({ result }) => result === 'applied').length).toBeGreaterThan(10);
    expect(findings.filter(({ code }) => code === 'apply/key-lacks').map(({ message }) => message)).toEqual([
      'the instance refused this to the API key: POST on /api/lambda',
    ]);
  });
});
