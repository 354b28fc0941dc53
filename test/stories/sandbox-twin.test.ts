import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../src/cli/run-cli.js';
import { createCapturedIo, kedge } from '../../src/cli/testing/captured-io.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.js';
import { readConfiguration } from './support/instance-configuration.js';

const fixture = fileURLToPath(new URL('../fixtures/every-kind', import.meta.url));
const secrets = {
  CLEANSPEAK_KEY: 'cleanspeak secret',
  LDAP_PASSWORD: 'directory secret',
  MESSENGER_PASSWORD: 'messenger secret',
  MONITOR_KEY: 'monitor-key-that-is-long-enough-for-an-api-key',
  PROVIDER_SECRET: 'provider secret',
  RADAR_SECRET: 'radar secret',
};
const twinKey = 'the-key-of-the-twin';

let original: Sandbox;
let root: string;
let options: { readonly cwd: string; readonly env: Readonly<Record<string, string>> };

beforeAll(async () => {
  [original, root] = await Promise.all([startSandbox(), mkdtemp(join(tmpdir(), 'kedge-twin-story-'))]);
  await cp(fixture, root, { recursive: true });
  await pointAt(original.url);
  options = { cwd: root, env: { ...secrets, KEDGE_API_KEY: original.apiKey } };
  for (const argv of [
    ['apply', '-e', 'all', '--yes', '--allow', 'plan/irreversible'],
    ['snapshot', '-e', 'all', '-o', 'all.snapshot.json'],
  ]) {
    const { exitCode, stderr } = await kedge(argv, options);
    if (exitCode !== 0) throw new Error(stderr);
  }
}, 60_000);
afterAll(async () => {
  await original.close();
  await rm(root, { recursive: true });
});

async function pointAt(url: string): Promise<void> {
  const settings = `version: 1\ninstance:\n  url: ${url}\n  apiKey: !secret env:KEDGE_API_KEY\n`;
  await writeFile(join(root, 'environments/all/environment.yaml'), settings);
}

interface PlanReport {
  readonly environments: readonly [
    {
      readonly summary: { readonly [op: string]: number };
      readonly changes: readonly {
        readonly edits: readonly { readonly pointer: string; readonly secret: boolean }[];
      }[];
    },
  ];
}

/** Runs `kedge sandbox` until the work is done. */
async function withTwin(
  argv: readonly string[],
  work: (url: string) => Promise<void>,
): Promise<{ readonly exitCode: number; readonly stderr: string }> {
  const stop = new AbortController();
  const { io, out } = createCapturedIo(options);
  const ended = runCli(['sandbox', ...argv], { ...io, interrupted: () => stop.signal });
  const over = ended.then(() => 'over' as const);
  while (!out.stdout.includes('\n') && (await Promise.race([over, sleep(10)])) !== 'over');
  try {
    const url = /http:\S+/.exec(out.stdout)?.[0];
    if (url !== undefined) await work(url);
  } finally {
    stop.abort();
  }
  return { exitCode: await ended, stderr: out.stderr };
}

/** What two configurations have in common where one of them has placeholders for secrets. */
function withoutSecrets(configuration: unknown): unknown {
  const values: ReadonlySet<string> = new Set(Object.values(secrets));
  const isSecret = (value: unknown): boolean =>
    typeof value === 'string' && (values.has(value) || value.startsWith('placeholder for '));
  return JSON.parse(JSON.stringify(configuration, (_, value: unknown) => (isSecret(value) ? '(secret)' : value)));
}

describe('a sandbox that starts from a snapshot', { timeout: 60_000 }, () => {
  it('has the configuration of the instance, with its ids and its version, and placeholders for secrets', async () => {
    const { exitCode, stderr } = await withTwin(['--from', 'all.snapshot.json', '--api-key', twinKey], async (url) => {
      const [twin, wanted] = await Promise.all([
        readConfiguration({ url, apiKey: twinKey }),
        readConfiguration(original),
      ]);
      expect(withoutSecrets(twin)).toEqual(withoutSecrets(wanted));
      expect(JSON.stringify(twin)).toContain('placeholder for ');
      for (const secret of Object.values(secrets)) expect(JSON.stringify(twin)).not.toContain(secret);
    });
    expect(exitCode).toBe(0);
    expect(stderr).toContain('secrets are placeholders: a snapshot has none');
    expect(stderr).not.toContain('comes with every FusionAuth');
    expect((await readdir(tmpdir())).filter((name) => name.startsWith('kedge-twin-') && !root.endsWith(name))).toEqual(
      [],
    );
  });

  it('is in step with the files, but for the secrets that it cannot know', async () => {
    await withTwin(['--from', 'all.snapshot.json', '--api-key', twinKey], async (url) => {
      await pointAt(url);
      const env = { ...options.env, KEDGE_API_KEY: twinKey };
      const { exitCode, stdout } = await kedge(['plan', '-e', 'all', '--json'], { ...options, env });
      await pointAt(original.url);
      expect(exitCode).toBe(0);
      const [{ changes, summary }] = (JSON.parse(stdout) as PlanReport).environments;
      expect(summary).toMatchObject({ create: 0, delete: 0, replace: 0 });
      expect(changes.length).toBeGreaterThan(5);
      expect(changes.flatMap(({ edits }) => edits).filter(({ secret }) => !secret)).toEqual([]);
    });
  });

  it('is refused together with a kickstart, and without a snapshot that can be read', async () => {
    await writeFile(join(root, 'broken.json'), '{');
    for (const [argv, message] of [
      [['--from', 'all.snapshot.json', '--kickstart', 'k.json'], 'cli/sandbox-not-started'],
      [['--from', 'broken.json'], 'snapshot/unreadable'],
      [['--from', 'missing.json'], 'snapshot/unreadable'],
    ] as const) {
      const { exitCode, stderr } = await withTwin(argv, () => Promise.reject(new Error('it started')));
      expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: expect.stringContaining(message) });
    }
  });
});
