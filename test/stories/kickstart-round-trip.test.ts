import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createRedactor, systemRetryClock } from '../../src/live/index.js';
import { applyEnvironment, initRepository, planEnvironment, type Ports } from '../../src/reconcile/index.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.js';
import { readConfiguration } from './support/instance-configuration.js';

/** Kickstart files that FusionAuth publishes; too many to carry, so they lie beside the repository where they are. */
const cases = new URL('../../../shared/cases/kickstart/', import.meta.url);
const names = ['basic', 'all-webhooks', 'kafka', 'multiple-tenants', 'get-started', 'mailcatcher'];
const project = '7d1c6f0e-52b7-4a7e-9b0f-0c3f2f6f1f11';
const missing = !existsSync(cases);

it.runIf(missing && process.env['CI'] !== undefined)('finds the published kickstarts in CI', () => {
  expect.fail('../shared/cases is missing: in CI the published kickstarts must be there');
});

const skipped = missing ? ' (skipped: ../shared/cases is not there)' : '';
describe.skipIf(missing)(`a published kickstart, pulled and applied to a fresh instance${skipped}`, () => {
  it.each(names)('%s comes out the same', { timeout: 60_000 }, async (name) => {
    const original = await start({ kickstart: new URL(`${name}/kickstart.json`, cases).pathname });
    const root = await temporaryFolder();
    const first = { root, environment: 'original', ports: portsOf(original) };
    await initRepository({ ...first, project, url: original.url });

    const { plan } = await planEnvironment(first);
    expect(plan.changes.map((item) => item.change)).toEqual([]);
    expect(plan.withheld).toEqual([]);

    const copy = await start({});
    await cp(join(root, 'environments/original'), join(root, 'environments/copy'), { recursive: true });
    const settings = join(root, 'environments/copy/environment.yaml');
    await writeFile(settings, (await readFile(settings, 'utf8')).replace(original.url, copy.url));
    const second = { root, environment: 'copy', ports: portsOf(copy) };
    const applied = await applyEnvironment({ ...second, confirm: () => Promise.resolve(true), verify: true });
    expect(applied.outcomes.filter((outcome) => outcome.result !== 'applied')).toEqual([]);
    expect(applied.after?.changes.map((item) => item.change)).toEqual([]);

    expect(await readConfiguration(copy)).toEqual(await readConfiguration(original));
  });
});

it('a fresh install needs no file at all', async () => {
  const fresh = await start({});
  const root = await temporaryFolder();
  const target = { root, environment: 'fresh', ports: portsOf(fresh) };
  const { files } = await initRepository({ ...target, project, url: fresh.url });
  expect(files.filter((file) => file.startsWith('environments/'))).toEqual(['environments/fresh/environment.yaml']);
});

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
