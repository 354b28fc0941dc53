import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { kedge } from '../../src/cli/testing/captured-io.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.js';
import { readConfiguration } from './support/instance-configuration.js';

/** Kickstart files that FusionAuth publishes; they lie beside the repository. */
const cases = new URL('../../../shared/cases/kickstart/', import.meta.url);
const missing = !existsSync(cases);
const names = ['basic', 'all-webhooks', 'kafka', 'multiple-tenants', 'get-started', 'mailcatcher'];

it('finds the published kickstarts in CI, where they must be', () => {
  expect(missing && process.env['CI'] !== undefined, '../shared/cases is missing').toBe(false);
});

const skipped = missing ? ' (skipped: ../shared/cases is not there)' : '';
describe.skipIf(missing)(`a published kickstart, imported${skipped}`, { timeout: 60_000 }, () => {
  it.each(names)(
    '%s plans nothing where the kickstart ran, and applied to a fresh instance comes out the same',
    async (name) => {
      const file = fileURLToPath(new URL(`${name}/kickstart.json`, cases));
      const [original, copy] = await Promise.all([start({ kickstart: file }), start({})]);
      const { root, options, pointAt } = await repositoryFor(original);
      const imported = await kedge(['import', 'kickstart', file, '-e', 'production'], options);
      expect(imported).toMatchObject({ exitCode: 0, stderr: '' });
      const planned = await kedge(['plan', '-e', 'production', '--json'], options);
      // A webhook that the kickstart gives no id has nothing to be found by: the import says so.
      const secondWebhooks = imported.stdout.match(/^ {2}webhook\/.*would make a second one$/gm)?.length ?? 0;
      expect(JSON.parse(planned.stdout).environments).toMatchObject([
        { summary: { create: secondWebhooks, update: 0, replace: 0, delete: 0 }, differs: secondWebhooks > 0 },
      ]);
      expect(secondWebhooks).toBe(name === 'all-webhooks' ? 1 : 0);
      await pointAt(copy.url);
      const applied = await kedge(['apply', '-e', 'production', '--yes'], {
        ...options,
        env: { KEDGE_API_KEY: copy.apiKey },
      });
      expect(applied).toMatchObject({ exitCode: 0 });
      expect(byName(await readConfiguration(copy))).toEqual(byName(await readConfiguration(original)));
      expect(await readdir(root)).toContain('kickstart-data');
    },
  );
});

it('every kind, exported and imported again, plans nothing where the kickstart ran', { timeout: 60_000 }, async () => {
  const every = fileURLToPath(new URL('../fixtures/every-kind', import.meta.url));
  const { root, options, pointAt } = await repositoryFor({ url: 'https://auth.harbour.example' });
  const file = join(root, 'kickstart/kickstart.json');
  const exported = await kedge(['export', 'kickstart', '-e', 'all', '-o', file], { ...options, cwd: every });
  expect(exported).toMatchObject({ exitCode: 0 });
  const names = [...exported.stdout.matchAll(/set (\w+) where FusionAuth starts/g)].map(([, name = '']) => name);
  const env = Object.fromEntries(names.map((name) => [name, `the-value-of-${name}`]));
  const original = await start({ kickstart: file, env });
  await pointAt(original.url);
  const imported = await kedge(['import', 'kickstart', file, '-e', 'production'], options);
  expect(imported).toMatchObject({ exitCode: 0, stderr: '' });
  const planned = await kedge(['plan', '-e', 'production', '--json'], { ...options, env });
  expect(planned.stderr).toBe('');
  expect(JSON.parse(planned.stdout).environments).toMatchObject([
    { differs: false, summary: { create: 0, update: 0 } },
  ]);
});

describe('import kickstart', () => {
  it('keeps what the environment decides, leaves made-up ids to kedge, and lists users apart without passwords', async () => {
    const { root, options } = await repositoryFor({ url: 'https://auth.harbour.example' });
    await writeFile(join(root, 'claims.js'), 'function populate(jwt) {\n  jwt.crew = true;\n}\n');
    const kickstart = {
      variables: { app: '#{UUID()}', lambda: '#{UUID()}', domain: 'harbour.example' },
      apiKeys: [{ key: 'hush-hush-api-key' }],
      requests: [
        {
          method: 'POST',
          url: '/api/lambda/#{lambda}',
          body: { lambda: { name: 'Claims', type: 'JWTPopulate', body: '@{claims.js}' } },
        },
        {
          method: 'POST',
          url: '/api/application/#{app}',
          body: {
            application: {
              name: '#{ENV.BRAND}',
              roles: [{ name: 'admin' }],
              oauthConfiguration: {
                authorizedRedirectURLs: ['https://#{ENV.HOST}.#{domain}/${x}'],
                clientSecret: '#{ENV.WEB_SECRET}',
                logoutURL: 'https://#{domain}/',
              },
              lambdaConfiguration: { accessTokenPopulateId: '#{lambda}' },
            },
          },
        },
        {
          method: 'POST',
          url: '/api/user/registration',
          body: { user: { email: 'a@b.example', password: 'hush-hush' }, registration: { applicationId: '#{app}' } },
        },
      ],
    };
    await writeFile(join(root, 'kickstart.json'), JSON.stringify(kickstart, null, 2));
    const { exitCode, stdout } = await kedge(['import', 'kickstart', 'kickstart.json'], options);
    expect(exitCode).toBe(0);
    const read = (path: string) => readFile(join(root, path), 'utf8');
    const yaml = await read('environments/base/applications.yaml');
    expect(yaml).toContain('name: !env BRAND');
    expect(yaml).toContain('!sub "https://${HOST}.harbour.example/$${x}"');
    expect(yaml).toContain('accessTokenPopulateId: claims');
    expect(yaml).not.toMatch(/^ +id:/m);
    expect(await read('environments/base/lambdas/claims.js')).toContain('jwt.crew');
    expect(yaml).toContain('clientSecret: !secret env:WEB_SECRET');
    expect(stdout).toContain('Provide these in the environment:\n  WEB_SECRET');
    expect(stdout).toContain('variables: { HOST: !env HOST }');
    const data = await read('kickstart-data/base.json');
    expect(JSON.parse(data)).toMatchObject({
      requests: [{ from: expect.stringContaining('/requests/2'), url: '/api/user/registration' }],
    });
    expect(data + yaml + stdout).not.toContain('hush');
    expect(await kedge(['import', 'kickstart', 'kickstart.json'], options)).toMatchObject({ exitCode: 3 });
  });

  it.each([
    ['{ "requests": [,] }', /kickstart\.json:1:16 kickstart\/bad-file .*strict JSON/],
    [
      '{ "requests": [{ "method": "POST", "url": "/api/#{x}", "body": {} }] }',
      /kickstart\/bad-file .*\/requests\/0\/url: there is no variable 'x'/,
    ],
    ['{ "requests": [{ "method": "DELETE", "url": "/api/tenant" }] }', /"method" must be POST, PUT or PATCH/],
    ['{ "requests": ["&{../outside.json}"] }', /cannot be included/],
    [
      '{\n "requests": [{ "method": "POST", "url": "/api/ship", "body": {} }] }',
      /kickstart\.json:2:15 kickstart\/unknown-request .*\/requests\/0: POST \/api\/ship/,
    ],
  ])('says of %s what is wrong, where, and writes nothing', async (text, message) => {
    const { root, options } = await repositoryFor({ url: 'https://auth.harbour.example' });
    await writeFile(join(root, 'kickstart.json'), text);
    const before = await readdir(join(root, 'environments'), { recursive: true });
    const { exitCode, stderr } = await kedge(['import', 'kickstart', 'kickstart.json', '-e', 'production'], options);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(message);
    expect(await readdir(join(root, 'environments'), { recursive: true })).toEqual(before);
  });
});

/** The configuration with objects called by name: a kickstart may make up an id, and then every run has another. */
function byName(configuration: object): unknown {
  let text = JSON.stringify(configuration);
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const { id, url, name = url } = value as { readonly [field: string]: unknown };
    if (typeof id === 'string' && typeof name === 'string') text = text.replaceAll(id, name.replaceAll('"', ''));
    for (const item of Object.values(value)) walk(item);
  };
  walk(configuration);
  return JSON.parse(text);
}

async function repositoryFor({ url, apiKey = 'none' }: { readonly url: string; readonly apiKey?: string }) {
  const root = await mkdtemp(join(tmpdir(), 'kedge-kickstart-import-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const options = { cwd: root, env: { KEDGE_API_KEY: apiKey } };
  await writeFile(join(root, 'kedge.yaml'), 'version: 1\nproject: 7d1c6f0e-52b7-4a7e-9b0f-0c3f2f6f1f11\n');
  await mkdir(join(root, 'environments/production'), { recursive: true });
  const pointAt = (to: string) =>
    writeFile(
      join(root, 'environments/production/environment.yaml'),
      `version: 1\ninstance:\n  url: ${to}\n  apiKey: !secret env:KEDGE_API_KEY\n`,
    );
  await pointAt(url);
  return { root, options, pointAt };
}

async function start(options: {
  readonly kickstart?: string;
  readonly env?: Readonly<Record<string, string>>;
}): Promise<Sandbox> {
  const sandbox = await startSandbox(options);
  onTestFinished(() => sandbox.close());
  return sandbox;
}
