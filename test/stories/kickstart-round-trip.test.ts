import { guardCodes } from '../../src/model/index.js';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemRetryClock } from '../../src/live/index.js';
import { createRedactor, type Outcome, refText } from '../../src/model/index.js';
import { applyEnvironment, initRepository, planEnvironment, type Ports } from '../../src/reconcile/index.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.js';
import { type InstanceConfiguration, readConfiguration } from './support/instance-configuration.js';

/** Kickstart files that FusionAuth publishes; too many to carry, so they lie beside the repository where they are. */
const cases = new URL('../../../shared/cases/kickstart/', import.meta.url);
const repository = fileURLToPath(new URL('../..', import.meta.url));
const names = ['basic', 'all-webhooks', 'kafka', 'multiple-tenants', 'get-started', 'mailcatcher'];
const project = '7d1c6f0e-52b7-4a7e-9b0f-0c3f2f6f1f11';
const missing = !existsSync(cases);

it('finds the published kickstarts in CI, where they must be', () => {
  expect(missing && process.env['CI'] !== undefined, '../shared/cases is missing').toBe(false);
});

const skipped = missing ? ' (skipped: ../shared/cases is not there)' : '';
describe.skipIf(missing)(`a published kickstart, pulled and applied to a fresh instance${skipped}`, () => {
  it.each(names)('%s comes out the same', { timeout: 60_000 }, async (name) => {
    const kickstart = fileURLToPath(new URL(`${name}/kickstart.json`, cases));
    const { copy, original } = await roundTrip(await start({ kickstart }));
    expect(copy).toEqual(original);
  });
});

it('the example of this project on top of an instance that grew comes out the same', { timeout: 60_000 }, async () => {
  const original = await start({ kickstart: join(repository, 'docs/tour/kickstart.json') });
  const root = await temporaryFolder();
  for (const path of ['environments', 'kedge.yaml'])
    await cp(join(repository, path), join(root, path), { recursive: true });
  await pointAt(join(root, 'environments/production/environment.yaml'), original);
  const env = {
    HALCYON_READ_KEY: original.apiKey,
    HALCYON_WRITE_KEY: original.apiKey,
    HALCYON_SIEM_TOKEN: 'token',
    HALCYON_SMTP_PASSWORD: 'password',
  };
  const target = { root, environment: 'production', ports: { ...portsOf(original), env } };
  const { outcomes } = await applyEnvironment({ ...target, confirm: () => Promise.resolve(true), allow: guardCodes });
  expect(failuresOf(outcomes)).toEqual([]);
  const both = await roundTrip(original);
  expect(both.copy).toEqual(both.original);
});

it('a fresh install needs no file at all', async () => {
  const fresh = await start({});
  const root = await temporaryFolder();
  const target = { root, environment: 'fresh', ports: portsOf(fresh) };
  const { files } = await initRepository({ ...target, project, url: fresh.url });
  expect(files.filter((file) => file.startsWith('environments/'))).toEqual(['environments/fresh/environment.yaml']);
});

/** Pulls an instance, plans it empty, applies it to a fresh one, and reads both. */
async function roundTrip(
  original: Sandbox,
): Promise<{ readonly copy: InstanceConfiguration; readonly original: InstanceConfiguration }> {
  const root = await temporaryFolder();
  const first = { root, environment: 'original', ports: portsOf(original) };
  await initRepository({ ...first, project, url: original.url });

  const { plan } = await planEnvironment(first);
  expect(plan.changes.map((item) => item.change)).toEqual([]);
  expect(plan.withheld).toEqual([]);

  const copy = await start({});
  await cp(join(root, 'environments/original'), join(root, 'environments/copy'), { recursive: true });
  await pointAt(join(root, 'environments/copy/environment.yaml'), copy);
  const second = { root, environment: 'copy', ports: portsOf(copy) };
  const applied = await applyEnvironment({
    ...second,
    confirm: () => Promise.resolve(true),
    allow: guardCodes,
    verify: true,
  });
  expect(failuresOf(applied.outcomes)).toEqual([]);
  expect(applied.after?.changes.map((item) => item.change)).toEqual([]);

  return { copy: await readConfiguration(copy), original: await readConfiguration(original) };
}

function failuresOf(outcomes: readonly Outcome[]): readonly string[] {
  return outcomes.flatMap((outcome) => {
    const ref = refText(outcome.change.ref);
    if (outcome.result === 'failed') return [`${ref} failed: ${outcome.error.code} ${outcome.error.message}`];
    return outcome.result === 'skipped' ? [`${ref} skipped: ${outcome.because}`] : [];
  });
}

async function pointAt(settings: string, { url }: Sandbox): Promise<void> {
  await writeFile(settings, (await readFile(settings, 'utf8')).replace(/^ {2}url: .*$/m, `  url: ${url}`));
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kedge-round-trip-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function start(options: { readonly kickstart?: string }): Promise<Sandbox> {
  const sandbox = await startSandbox(options);
  onTestFinished(() => sandbox.close());
  return sandbox;
}

function portsOf(sandbox: Sandbox): Ports {
  return {
    env: { KEDGE_API_KEY: sandbox.apiKey },
    clock: systemRetryClock,
    version: '0.0.0',
    redactor: createRedactor(),
  };
}
