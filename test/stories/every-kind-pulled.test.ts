import { guardCodes } from '../../src/model/index.js';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonicalBody, catalog } from '../../src/catalog/index.js';
import { createFolderSource, loadEnvironment } from '../../src/desired/index.js';
import { systemRetryClock } from '../../src/live/index.js';
import { createRedactor, type DesiredResource, refText } from '../../src/model/index.js';
import {
  applyEnvironment,
  type EnvironmentTarget,
  planEnvironment,
  pullEnvironment,
  type PullResult,
} from '../../src/reconcile/index.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.js';
import { readConfiguration } from './support/instance-configuration.js';
import { failuresOf } from './support/loop.js';

const fixture = fileURLToPath(new URL('../fixtures/every-kind', import.meta.url));
const declared = {
  CLEANSPEAK_KEY: 'cleanspeak secret',
  LDAP_PASSWORD: 'directory secret',
  MESSENGER_PASSWORD: 'messenger secret',
  MONITOR_KEY: 'monitor-key-that-is-long-enough-for-an-api-key',
  PROVIDER_SECRET: 'provider secret',
  RADAR_SECRET: 'radar secret',
};
/** What nobody lists: the files of a pull have none. */
const unlisted = new Set(['apiKey', 'entity']);

let original: Sandbox;
let copy: Sandbox;
let root: string;
let secrets: Record<string, string>;
let pulled: PullResult;

beforeAll(async () => {
  [original, copy, root] = await Promise.all([
    startSandbox(),
    startSandbox(),
    mkdtemp(join(tmpdir(), 'kedge-every-kind-pulled-')),
  ]);
  await cp(fixture, root, { recursive: true });
  await pointAt('all', original);
  await applyEnvironment({
    ...target('all', original, declared),
    confirm: () => Promise.resolve(true),
    allow: guardCodes,
  });

  await settingsOf('pulled', original);
  pulled = await pullEnvironment({ ...target('pulled', original, {}), force: false, secrets: 'env' });
  const answer = await fetch(`${original.url}/api/application`, { headers: { authorization: original.apiKey } });
  const { applications } = (await answer.json()) as {
    applications: { name: string; oauthConfiguration: { clientSecret: string } }[];
  };
  const shore = applications.find(({ name }) => name === 'Shore')?.oauthConfiguration.clientSecret;
  const values: Record<string, string> = {
    application: shore ?? '',
    connector: declared.LDAP_PASSWORD,
    identityProvider: declared.PROVIDER_SECRET,
    integrations: declared.CLEANSPEAK_KEY,
    messenger: declared.MESSENGER_PASSWORD,
  };
  secrets = Object.fromEntries(pulled.secrets.map(({ kind, name }) => [name, values[kind] ?? '']));
}, 60_000);
afterAll(async () => {
  await Promise.all([original.close(), copy.close(), rm(root, { recursive: true })]);
});

describe('an instance with an object of every kind, pulled with its secrets', { timeout: 60_000 }, () => {
  it('comes out as what somebody wrote to make it, and nothing more', async () => {
    const [wrote, read] = await Promise.all([desiredOf('all', declared), desiredOf('pulled', secrets)]);
    expect(read).toEqual(wrote);
  });

  it('is in step with what was pulled', async () => {
    const { plan } = await planEnvironment(target('pulled', original, secrets));
    expect(plan.changes.map(({ change }) => change)).toEqual([]);
    expect(plan.withheld).toEqual([]);
  });

  it('is in step with files of a tenant each, where a tenant stands with all that is of it', async () => {
    await settingsOf('by-tenant', original);
    const into = { ...target('by-tenant', original, {}), force: false, secrets: 'env', layout: 'tenant' } as const;
    const { files, folder } = await pullEnvironment(into);
    expect(files).toContain('tenant-fleet.yaml');
    expect(files).not.toContain('tenants.yaml');
    expect(files).not.toContain('applications.yaml');
    const sections = ['version', 'tenants', 'applications', 'groups', 'identityProviders', 'webhooks'];
    const fleet = await readFile(join(folder, 'tenant-fleet.yaml'), 'utf8');
    expect(fleet.match(/^\w+(?=:)/gm)).toEqual(sections);
    const { plan } = await planEnvironment(target('by-tenant', original, secrets));
    expect(plan.changes.map(({ change }) => change)).toEqual([]);
    expect(plan.withheld).toEqual([]);
    expect(await desiredOf('by-tenant', secrets)).toEqual(await desiredOf('pulled', secrets));
  });

  it('shows no secret in any file or note', async () => {
    const texts = await Promise.all(pulled.files.map((file) => readFile(join(pulled.folder, file), 'utf8')));
    for (const secret of Object.values({ ...declared, ...secrets })) {
      expect(texts.join('\n')).not.toContain(secret);
      expect(JSON.stringify(pulled.notes)).not.toContain(secret);
    }
  });

  it('makes the same configuration on a fresh instance', async () => {
    await cp(join(root, 'environments/pulled'), join(root, 'environments/copy'), { recursive: true });
    await pointAt('copy', copy);
    const made = {
      ...target('copy', copy, secrets),
      confirm: () => Promise.resolve(true),
      allow: guardCodes,
      verify: true,
    };
    const { after, outcomes } = await applyEnvironment(made);
    expect(failuresOf(outcomes)).toEqual([]);
    expect(after?.changes.map(({ change }) => change)).toEqual([]);
    expect(await readConfiguration(copy)).toEqual(await readConfiguration(original));
  });
});

/** The fields of everything that an environment declares, less what no pull can know. */
async function desiredOf(environment: string, env: Record<string, string>): Promise<Record<string, unknown>> {
  const loaded = await loadEnvironment({
    source: createFolderSource(root),
    environment,
    catalog,
    env: { ...env, KEDGE_API_KEY: 'key' },
    secrets: 'resolve',
    writeKey: false,
  });
  if (!loaded.ok) throw new Error(loaded.findings.map(({ message }) => message).join('\n'));
  const said = loaded.desired.resources.filter(({ ref }) => !unlisted.has(ref.kind));
  return Object.fromEntries(said.map((resource) => [refText(resource.ref), fieldsOf(resource)]));
}

/** What is the same whoever wrote it: sets sorted, texts as the server keeps them, no secrets and no maps of secrets alone. */
function fieldsOf({ fields, ref }: DesiredResource): unknown {
  const { kid: _, ...same } = canonicalBody(catalog.kind(ref.kind), JSON.parse(JSON.stringify(fields)));
  return JSON.parse(JSON.stringify(same), (_, value) =>
    /^{("[$]secret":.*)?}$/.test(JSON.stringify(value)) ? undefined : value,
  );
}

async function settingsOf(environment: string, { url }: Sandbox): Promise<void> {
  const folder = join(root, 'environments', environment);
  await mkdir(folder);
  const text = `version: 1\ninstance: { url: ${JSON.stringify(url)}, apiKey: !secret env:KEDGE_API_KEY }\n`;
  await writeFile(join(folder, 'environment.yaml'), text);
}

async function pointAt(environment: string, { url }: Sandbox): Promise<void> {
  const settings = join(root, 'environments', environment, 'environment.yaml');
  await writeFile(settings, (await readFile(settings, 'utf8')).replace(/http:\/\/[\d.:]+/, url));
}

function target(environment: string, { apiKey }: Sandbox, env: Record<string, string>): EnvironmentTarget {
  const ports = {
    env: { ...env, KEDGE_API_KEY: apiKey },
    redactor: createRedactor(),
    clock: systemRetryClock,
    version: 'test',
  };
  return { root, environment, ports };
}
