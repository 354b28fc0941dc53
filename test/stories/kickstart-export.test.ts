import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { kedge } from '../../src/cli/testing/captured-io.js';
import { systemRetryClock } from '../../src/live/index.js';
import { createRedactor } from '../../src/model/index.js';
import { exportKickstartOf, planEnvironment, type Ports } from '../../src/reconcile/index.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.js';
import { readConfiguration } from './support/instance-configuration.js';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const secrets = {
  CLEANSPEAK_KEY: 'cleanspeak secret',
  HALCYON_READ_KEY: 'an-api-key-that-is-long-enough',
  HALCYON_SIEM_TOKEN: 'siem secret',
  HALCYON_SMTP_PASSWORD: 'mail secret',
  HALCYON_STAGING_KEY: 'an-api-key-that-is-long-enough',
  HALCYON_WRITE_KEY: 'an-api-key-that-is-long-enough',
  KEDGE_API_KEY: 'an-api-key-that-is-long-enough',
  KICKSTART_ADMIN_PASSWORD: 'correct horse battery',
  LDAP_PASSWORD: 'directory secret',
  MESSENGER_PASSWORD: 'messenger secret',
  MONITOR_KEY: 'monitor-key-that-is-long-enough-for-an-api-key',
  PROVIDER_SECRET: 'provider secret',
  RADAR_SECRET: 'radar secret',
};

describe('a fresh instance that ran the kickstart of an environment', { timeout: 60_000 }, () => {
  it.each([
    ['production', repository],
    ['staging', repository],
    ['all', join(repository, 'test/fixtures/every-kind')],
  ])('is in step with %s', async (environment, from) => {
    const root = await copyOf(from);
    const { plan, exported } = await planAfterKickstart(root, environment);
    expect(plan.changes.map(({ change }) => change)).toEqual([]);
    expect(Object.values(secrets).filter((secret) => exported.text.includes(secret))).toEqual([]);
  });
});

it('the kickstart of an instance makes another one like it, with the same ids', { timeout: 60_000 }, async () => {
  const { original, root, options } = await instanceToExport();
  const argv = ['export', 'kickstart', '-e', 'production', '--from', 'live', '-o', 'out/kickstart.json'];
  const written = await kedge(argv, options);
  expect(written).toMatchObject({ exitCode: 0 });
  expect(written.stdout).toContain('set KEDGE_API_KEY where FusionAuth starts');
  expect(await configurationAfter(join(root, 'out/kickstart.json'), written.stdout)).toEqual(
    await readConfiguration(original),
  );

  const again = await kedge(argv, options);
  expect(again).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('cli/already-there') });
  expect(await kedge([...argv, '--force'], options)).toMatchObject({ exitCode: 0 });
});

it('the kickstart of an instance has all messages of a theme, also where only some differ from the default', async () => {
  const { original, root, options } = await instanceToExport();
  const send = (method: string, path: string, body?: object): Promise<Response> =>
    fetch(`${original.url}${path}`, {
      method,
      headers: { Authorization: original.apiKey, 'Content-Type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
  const { themes } = (await (await send('GET', '/api/theme')).json()) as {
    readonly themes: readonly { readonly id: string; readonly defaultMessages: string }[];
  };
  const sourceThemeId = '75a068fd-e94b-451a-9aeb-3ddb9a3b5987';
  const shipped = themes.find(({ id }) => id === sourceThemeId)?.defaultMessages ?? '';
  const path = '/api/theme/10f8a4d2-6a0e-4a53-8c1b-6f3f2f0a7f10';
  await send('POST', path, { sourceThemeId, theme: { name: 'Own words' } });
  const defaultMessages = `${shipped}\nlogin=Come aboard\n`;
  expect((await send('PATCH', path, { theme: { defaultMessages } })).status).toBe(200);

  const argv = ['export', 'kickstart', '-e', 'production', '--from', 'live', '-o', 'out/kickstart.json'];
  const written = await kedge(argv, options);
  expect(written).toMatchObject({ exitCode: 0, stdout: expect.not.stringContaining('defaultMessages') });
  expect(await configurationAfter(join(root, 'out/kickstart.json'), written.stdout)).toEqual(
    await readConfiguration(original),
  );
});

it('the kickstart of a snapshot is that of its instance, without a network', { timeout: 60_000 }, async () => {
  const { original, root, options } = await instanceToExport();
  const argv = ['export', 'kickstart', '-e', 'production', '-o', 'out/kickstart.json', '--from'];
  const live = await kedge([...argv, 'live'], options);
  const text = await readFile(join(root, 'out/kickstart.json'), 'utf8');
  expect(await kedge(['snapshot', '-e', 'production'], options)).toMatchObject({ exitCode: 0 });
  await original.close();
  const taken = await kedge([...argv, 'production.snapshot.json', '--force'], { ...options, env: {} });
  expect(taken).toEqual({ ...live, stderr: '' });
  expect(await readFile(join(root, 'out/kickstart.json'), 'utf8')).toBe(text);

  const secretsIn = /"clientSecret": "(#\{ENV\.\w+\})"/g;
  expect([...text.matchAll(secretsIn)].length).toBe([...text.matchAll(/"clientSecret"/g)].length);
  expect([...text.matchAll(secretsIn)].length).toBeGreaterThan(0);

  const settings = join(root, 'environments/production/environment.yaml');
  await writeFile(settings, (await readFile(settings, 'utf8')).replace(original.url, 'https://auth.harbour.example'));
  const elsewhere = await kedge([...argv, 'production.snapshot.json', '--force'], options);
  expect(elsewhere).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('snapshot/other-instance') });
});

describe('the command line of export kickstart', () => {
  it('prints one JSON file with everything in it, and what must be done beside it', async () => {
    const { exitCode, stdout, stderr } = await kedge(['export', 'kickstart', '-e', 'production'], { cwd: repository });
    expect(exitCode).toBe(0);
    expect(stdout).not.toContain('@{');
    expect(JSON.parse(stdout)).toMatchObject({ apiKeys: [{ key: '#{ENV.HALCYON_WRITE_KEY}' }] });
    expect(stderr).toContain('set HALCYON_SMTP_PASSWORD where FusionAuth starts: env:HALCYON_SMTP_PASSWORD');
  });

  it.each([
    [['--from', 'yesterday'], 'yesterday cannot be read: there is no such file or folder'],
    [['--json'], '--json tells which files were written'],
  ])('refuses %j', async (flags, message) => {
    const { exitCode, stderr } = await kedge(['export', 'kickstart', '-e', 'production', ...flags], {
      cwd: repository,
    });
    expect(exitCode).toBe(1);
    expect(stderr).toContain(message);
  });
});

async function instanceToExport() {
  const original = await start({ kickstart: join(repository, 'docs/tour/kickstart.json') });
  const root = await temporaryFolder();
  const options = { cwd: root, env: { KEDGE_API_KEY: original.apiKey } };
  expect(await kedge(['init', '--url', original.url], options)).toMatchObject({ exitCode: 0 });
  return { original, root, options };
}

/** Starts a fresh instance with a kickstart, and with a value for each variable that the export said to set. */
async function configurationAfter(kickstart: string, told: string) {
  const names = [...told.matchAll(/set (\w+) where FusionAuth starts/g)].map(([, name = '']) => name);
  const env = Object.fromEntries(names.map((name) => [name, `a value of ${name} that is long enough`]));
  return readConfiguration(await start({ kickstart, env }));
}

async function start(options: { readonly kickstart: string; readonly env?: Record<string, string> }): Promise<Sandbox> {
  const sandbox = await startSandbox(options);
  onTestFinished(() => sandbox.close());
  return sandbox;
}

async function planAfterKickstart(root: string, environment: string) {
  const file = join(await temporaryFolder(), 'kickstart.json');
  const target = { root, environment, ports: ports({}) };
  const exported = await exportKickstartOf({
    ...target,
    from: 'desired',
    admin: 'admin@harbour.example',
    file,
    force: false,
  });
  const sandbox = await start({ kickstart: file, env: secrets });
  await pointAt(join(root, 'environments', environment, 'environment.yaml'), sandbox);
  const { plan } = await planEnvironment({ root, environment, ports: ports(secrets) });
  return { plan, exported };
}

function ports(env: Ports['env']): Ports {
  return { env, redactor: createRedactor(), clock: systemRetryClock, version: 'test' };
}

async function pointAt(settings: string, { url }: Sandbox): Promise<void> {
  await writeFile(settings, (await readFile(settings, 'utf8')).replace(/^ {2}url: .*$/m, `  url: ${url}`));
}

async function copyOf(from: string): Promise<string> {
  const root = await temporaryFolder();
  for (const path of ['environments', 'kedge.yaml']) await cp(join(from, path), join(root, path), { recursive: true });
  return root;
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kedge-kickstart-export-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
