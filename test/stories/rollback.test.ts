import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Captured, kedge } from '../../src/cli/testing/captured-io.js';
import { systemRetryClock } from '../../src/live/index.js';
import { createRedactor } from '../../src/model/index.js';
import {
  applyEnvironment,
  type ApplyResult,
  planEnvironment,
  type Ports,
  readPlan,
  rollbackRun,
  type RollbackResult,
} from '../../src/reconcile/index.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.js';
import { type InstanceConfiguration, readConfiguration } from './support/instance-configuration.js';
import { failuresOf } from './support/loop.js';

const fixture = fileURLToPath(new URL('../fixtures/every-kind', import.meta.url));

/** Without what is deactivated, for that is how FusionAuth deletes it, and the template that it still uses. */
function awake(configuration: InstanceConfiguration): InstanceConfiguration {
  const isAwake = (object: unknown): boolean => {
    // An object of a JSON answer.
    const { active, name } = (object ?? {}) as { readonly active?: unknown; readonly name?: unknown };
    return active !== false && name !== 'Locked';
  };
  return Object.fromEntries(Object.entries(configuration).map(([path, list]) => [path, list.filter(isAwake)]));
}

/** Without the key of an integration: it was written over, and no journal has it. */
function unkeyed(configuration: InstanceConfiguration): unknown {
  const isKept = (key: string, value: unknown): unknown => (key === 'apiKey' ? undefined : value);
  return JSON.parse(JSON.stringify(configuration, isKept));
}

describe('a rollback over every kind', { timeout: 120_000 }, () => {
  let sandbox: Sandbox;
  let root: string;
  beforeAll(async () => {
    sandbox = await startSandbox();
    root = await mkdtemp(join(tmpdir(), 'kedge-rollback-'));
    await cp(fixture, root, { recursive: true });
    const settings = join(root, 'environments/all/environment.yaml');
    await writeFile(settings, (await readFile(settings, 'utf8')).replace('http://127.0.0.1:9011', sandbox.url));
  });
  afterAll(async () => {
    await sandbox.close();
    await rm(root, { recursive: true });
  });

  const target = (): { root: string; environment: string; ports: Ports } => ({
    root,
    environment: 'all',
    ports: {
      env: {
        CLEANSPEAK_KEY: 'cleanspeak secret',
        LDAP_PASSWORD: 'directory secret',
        MESSENGER_PASSWORD: 'messenger secret',
        MONITOR_KEY: 'monitor-key-that-is-long-enough-for-an-api-key',
        PROVIDER_SECRET: 'provider secret',
        RADAR_SECRET: 'radar secret',
        KEDGE_API_KEY: sandbox.apiKey,
      },
      redactor: createRedactor(),
      clock: systemRetryClock,
      version: 'test',
    },
  });
  const apply = async (file?: string): Promise<ApplyResult> =>
    applyEnvironment({
      ...target(),
      ...(file !== undefined && { plan: await readPlan(file) }),
      allow: ['plan/destructive', 'plan/irreversible', 'plan/too-many-deletes', 'plan/too-many-updates'],
      confirm: () => Promise.resolve(true),
    });
  const rolledBack = async (): Promise<RollbackResult & ApplyResult> => {
    const saveTo = join(root, 'back.json');
    const planned = await rollbackRun({ ...target(), saveTo });
    return { ...planned, ...(await apply(saveTo)), findings: planned.findings };
  };

  it('takes back the run that made one of each, and the one that took them back', async () => {
    const fresh = await readConfiguration(sandbox);
    expect(failuresOf((await apply()).outcomes)).toEqual([]);
    const made = await readConfiguration(sandbox);
    expect(made).not.toEqual(fresh);
    const back = await rolledBack();
    expect(failuresOf(back.outcomes)).toEqual([]);
    expect(back.plan.withheld).toMatchObject([{ code: 'plan/in-use', change: { ref: { key: 'locked' } } }]);
    expect(awake(await readConfiguration(sandbox))).toEqual(awake(fresh));

    const again = await rolledBack();
    expect(failuresOf(again.outcomes)).toEqual([]);
    expect(unkeyed(await readConfiguration(sandbox))).toEqual(unkeyed(made));
    const { plan } = await planEnvironment(target());
    // What a journal does not have is all that is left to write.
    const left = plan.changes.flatMap(({ change }) => ('edits' in change ? change.edits : []));
    expect(left.filter((edit) => !edit.secret)).toEqual([]);
  });
});

const env = { KEDGE_API_KEY: 'story-api-key' };
const files = (url: string, extra: string): string => `version: 1
applications:
  web:
    tenantId: main
    name: Web
    data: { note: kept }
    oauthConfiguration: { authorizedRedirectURLs: ["${url}"] }
${extra}`;

describe('a rollback at the command line', () => {
  let sandbox: Sandbox;
  let cwd = '';
  const run = (...argv: readonly string[]): Promise<Captured> => kedge(argv, { cwd, env });
  const write = (text: string): Promise<void> => writeFile(join(cwd, 'environments/base/applications.yaml'), text);
  const redirects = async (): Promise<unknown> => {
    const answer = await fetch(`${sandbox.url}/api/application`, { headers: { authorization: env.KEDGE_API_KEY } });
    const { applications } = (await answer.json()) as {
      readonly applications: readonly { name: string; oauthConfiguration: { authorizedRedirectURLs?: unknown } }[];
    };
    return applications.find(({ name }) => name === 'Web')?.oauthConfiguration.authorizedRedirectURLs;
  };
  beforeEach(async () => {
    cwd = await mkdtemp(join(tmpdir(), 'kedge-rollback-cli-'));
    sandbox = await startSandbox({ apiKey: env.KEDGE_API_KEY });
    await run('init');
    const settings = join(cwd, 'environments/production/environment.yaml');
    await writeFile(settings, (await readFile(settings, 'utf8')).replace('https://auth.example.com', sandbox.url));
    await write(files('https://web.example/callback', ''));
    await run('apply', '-e', 'production', '--yes');
  });
  afterEach(() => sandbox.close());

  it('shows the inverse and writes nothing, saves it, and is applied like any other plan', async () => {
    await write(
      files(
        'https://web.example/broken',
        'webhooks:\n  sink: { url: "https://sink.example", connectTimeout: 1000, readTimeout: 1000 }\n',
      ),
    );
    await run('apply', '-e', 'production', '--yes');
    expect(await redirects()).toEqual(['https://web.example/broken']);
    const shown = await run('rollback', '-e', 'production');
    expect(shown.exitCode).toBe(0);
    expect(shown.stdout).toContain('- delete  webhook/sink');
    expect(shown.stdout).toContain('the run made it');
    expect(shown.stdout).toContain('+ "https://web.example/callback"');
    expect(shown.stderr).toContain('The files still ask for what is taken back');
    expect(await redirects()).toEqual(['https://web.example/broken']);

    expect((await run('rollback', '-e', 'production', '-o', 'back.json')).stdout).toBe(shown.stdout);
    expect((await run('show', 'back.json')).stdout).toBe(shown.stdout);
    const applied = await run('apply', 'back.json', '--yes');
    expect(applied).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Applied: 2 done') });
    expect(await redirects()).toEqual(['https://web.example/callback']);
    const planned = await run('plan', '-e', 'production');
    expect(planned.stdout).toContain('Plan: 1 to create, 1 to update, 0 to delete');
    await write(files('https://web.example/callback', ''));
    expect((await run('plan', '-e', 'production', '--detailed-exitcode')).exitCode).toBe(0);
  });

  it('says which run there is nothing of, and which journal cannot be read', async () => {
    const nothing = await run('rollback', '-e', 'production', 'nowhere.jsonl');
    expect([nothing.exitCode, nothing.stderr]).toEqual([1, expect.stringContaining('rollback/no-run')]);
    await writeFile(join(cwd, 'broken.jsonl'), '{}\n');
    const broken = await run('rollback', '-e', 'production', 'broken.jsonl');
    expect([broken.exitCode, broken.stderr]).toEqual([1, expect.stringContaining('journal/unreadable')]);
  });
});
