import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { kedge } from '../../src/cli/testing/captured-io.js';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/index.js';

let cwd = '';
let sandbox: Sandbox;

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'kedge-wrong-server-'));
  await kedge(['init'], { cwd });
});
afterEach(async () => {
  await sandbox.close();
  await rm(cwd, { recursive: true });
});

/** A server of this make, and a repository whose production is it and asks for these things. */
async function start(options: SandboxOptions, yaml: string): Promise<void> {
  sandbox = await startSandbox(options);
  const settings = join(cwd, 'environments/production/environment.yaml');
  await writeFile(settings, (await readFile(settings, 'utf8')).replace('https://auth.example.com', sandbox.url));
  await writeFile(join(cwd, 'environments/production/acme.yaml'), `version: 1\n${yaml}`);
}

const run = (...command: readonly string[]): ReturnType<typeof kedge> =>
  kedge([...command, '-e', 'production'], { cwd, env: { KEDGE_API_KEY: sandbox.apiKey } });

const writes = (): readonly string[] =>
  sandbox
    .requests()
    .requests.filter(({ method, path }) => method !== 'GET' && !path.endsWith('/search'))
    .map(({ method, path }) => `${method} ${path}`);

describe('a server that is older than what the files ask for', () => {
  it('is told apart before any write, with every place, the version that has it and the server’s own', async () => {
    await start(
      { fusionauth: '1.62.1' },
      `tenants:
  acme: { name: Acme, baseURL: https://login.acme.example }
webhooks:
  sink:
    url: https://sink.acme.example
    connectTimeout: 1000
    readTimeout: 1000
    eventsEnabled:
      entity.create: true
tenantManagerConfiguration: { brandName: Acme }
`,
    );
    for (const command of [['plan'], ['apply', '--yes']]) {
      const { exitCode, stderr } = await run(...command);
      expect(exitCode).toBe(3);
      const found = stderr.split('\n').filter((line) => line.includes('plan/too-new  '));
      expect(found).toEqual([
        'plan/too-new  3 things are not for this instance',
        expect.stringMatching(
          /^environments\/production\/acme\.yaml:3:\d+ plan\/too-new {2}tenant\/acme baseURL is there since FusionAuth 1\.68, and the instance is 1\.62\.1$/,
        ),
        expect.stringMatching(/acme\.yaml:11:\d+ .*tenantManagerConfiguration\/\S+ is there since FusionAuth 1\.65,/),
        expect.stringMatching(
          /acme\.yaml:10:\d+ .*webhook\/sink eventsEnabled\.entity\.create is there since FusionAuth 1\.69,/,
        ),
      ]);
    }
    expect(writes()).toEqual([]);
  });

  it('is no obstacle to what it has', async () => {
    await start({ fusionauth: '1.62.1' }, 'tenants:\n  acme: { name: Acme, issuer: acme.example }\n');
    expect((await run('plan')).exitCode).toBe(0);
  });
});

describe('a server without a licence', () => {
  const form = 'formFields:\n  badge: { name: Badge, key: user.data.badge, type: string, control: text }\n';

  it('is told apart before any write of what needs one', async () => {
    await start({ switches: { licensed: 'off' } }, form);
    for (const command of [['plan'], ['apply', '--yes']]) {
      const { exitCode, stderr } = await run(...command);
      expect(stderr).toMatch(
        /acme\.yaml:3:\d+ plan\/not-licensed {2}formField\/badge needs a licence with advancedRegistration, and the instance has no licence/,
      );
      expect(exitCode).toBe(3);
    }
    expect(writes()).toEqual([]);
  });

  it('is no obstacle to what needs none, and is not asked about it', async () => {
    await start({ switches: { licensed: 'off' } }, 'tenants:\n  acme: { name: Acme }\n');
    const { exitCode, stderr } = await run('apply', '--yes');
    expect(stderr).not.toMatch(/licen/);
    expect(exitCode).toBe(0);
    expect(sandbox.requests().requests.filter(({ path }) => path === '/api/reactor')).toEqual([]);
  });

  it('says so of a kind whose very reads it refuses', async () => {
    await start({ switches: { licensed: 'off' } }, 'entityTypes:\n  device: { name: Device }\n');
    const { exitCode, stderr } = await run('plan');
    expect(stderr).toMatch(
      /diff\/unknown-kind-state {2}the entity types of this instance could not be read: the licence of this instance does not include the kind entity type/,
    );
    expect(exitCode).toBe(1);
  });
});
