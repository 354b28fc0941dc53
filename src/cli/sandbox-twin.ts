import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CliRun } from './cli-run.js';
import { snapshotOf } from './environments.js';
import { noteText } from './written-text.js';

/** What a sandbox is started with to be like an instance. */
export interface Twin {
  /** Path of a kickstart file that makes its configuration, with its ids. */
  readonly kickstart: string;
  /** What the kickstart asks the environment for. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The server's version as the snapshot has it: `1.69.0`; undefined where it has none. */
  readonly fusionauth: string | undefined;
  /** Takes the kickstart away again, once it has run. */
  readonly remove: () => Promise<void>;
}

/** What stands for a secret, since snapshots have none: each in its own words, for API keys must not be the same. */
const placeholderOf = (name: string): string => `placeholder for ${name}`;

const environment = 'twin';

/** A repository with nothing but what an export asks for. No project has this UUID, so that every id is written. */
async function writeSettings(root: string, instance: string): Promise<void> {
  const folder = join(root, 'environments', environment);
  await mkdir(folder, { recursive: true });
  await writeFile(join(root, 'kedge.yaml'), 'version: 1\nproject: 00000000-0000-4000-8000-000000000000\n');
  const settings = `url: ${JSON.stringify(instance)}, apiKey: !secret env:KICKSTART_API_KEY`;
  await writeFile(join(folder, 'environment.yaml'), `version: 1\ninstance: { ${settings} }\n`);
}

/**
 * What starts a sandbox as the twin of the instance that a snapshot was taken of, and says what will not be as there.
 * @param apiKey - the key of the sandbox.
 */
export async function createTwin(run: CliRun, file: string, apiKey: string): Promise<Twin> {
  const { exportKickstartOf } = await import('../reconcile/index.js');
  const snapshot = await snapshotOf(file, run);
  const root = await mkdtemp(join(tmpdir(), 'kedge-twin-'));
  const remove = (): Promise<void> => rm(root, { recursive: true, force: true });
  try {
    await writeSettings(root, snapshot.instance);
    const kickstart = join(root, 'kickstart.json');
    const { variables, notes } = await exportKickstartOf({
      root,
      environment,
      ports: run.ports,
      from: snapshot,
      file: kickstart,
      force: false,
    });
    for (const note of notes) run.say(`sandbox: ${noteText(note)}\n`);
    const secrets = variables.map(({ name }) => [name, placeholderOf(name)] as const);
    if (secrets.length > 1) run.say(`sandbox: ${secrets.length - 1} secrets are placeholders: a snapshot has none\n`);
    const env = { ...Object.fromEntries(secrets), KICKSTART_API_KEY: apiKey };
    return { kickstart, env, fusionauth: snapshot.fusionauth ?? undefined, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
