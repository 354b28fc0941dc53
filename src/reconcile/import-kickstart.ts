import { readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { catalog } from '../catalog/index.js';
import { importKickstart, type KickstartNote } from '../kickstart/index.js';
import { KedgeError } from '../model/index.js';
import type { SecretStyle, WantedSecret } from '../pull/index.js';
import { readSettings } from './declared-settings.js';
import type { EnvironmentTarget } from './ports.js';
import { existingFiles, writeFiles } from './written-files.js';

/** What to import, and where to. */
export interface ImportKickstartInput extends Omit<EnvironmentTarget, 'environment'> {
  /** The environment whose folder the files go to; `environments/base`, which others extend, unless given. */
  readonly environment?: string | undefined;
  /** The kickstart.json; what it includes lies in its folder. */
  readonly file: string;
  /** Replaces files that are there. */
  readonly force: boolean;
  /** A comment for each secret that is written in clear unless it is `env`: then each is owned as `!secret env:NAME`. */
  readonly secrets?: SecretStyle | undefined;
}

/** What was imported. */
export interface ImportKickstartResult {
  /** The repository. */
  readonly folder: string;
  /** Paths within the repository. */
  readonly files: readonly string[];
  /** What of the kickstart is not in them, or must be done by hand. */
  readonly notes: readonly KickstartNote[];
  /** Environment variables that the files want secrets from. */
  readonly secrets: readonly WantedSecret[];
}

const largestBytes = 16 * 1024 * 1024;

/**
 * Writes the YAML that makes what a kickstart makes. Requests about users and other data go to a file of their own, which
 * nothing applies.
 * @throws {@link KedgeError} `kickstart/bad-file`, `kickstart/unknown-request`, `cli/already-there`; then nothing is written.
 */
export async function importKickstartInto(input: ImportKickstartInput): Promise<ImportKickstartResult> {
  const { root, file, force } = input;
  const environment = input.environment ?? 'base';
  const { namespace } =
    input.environment === undefined ? { namespace: '' } : await readSettings({ ...input, environment });
  const name = basename(file);
  const imported = importKickstart({
    catalog,
    file: name,
    text: textOf(file),
    environment,
    namespace,
    secrets: input.secrets,
    read: (path) => readBeside(dirname(file), path),
  });
  const files = new Map([...imported.files].map(([path, text]) => [`environments/${environment}/${path}`, text]));
  if (imported.data !== undefined) files.set(`kickstart-data/${environment}.json`, imported.data);
  const there = force ? [] : await existingFiles(root, [...files.keys()]);
  if (there.length > 0) {
    throw new KedgeError({
      code: 'cli/already-there',
      message: `${root} already has ${there.join(', ')}; nothing was written`,
      hint: 'import into an environment of its own with -e, or replace these files with --force',
    });
  }
  await writeFiles(root, files);
  return { folder: root, files: [...files.keys()], notes: imported.notes, secrets: imported.secrets };
}

function textOf(file: string): string {
  try {
    return read(file);
  } catch (cause) {
    throw new KedgeError({
      code: 'kickstart/bad-file',
      message: `${file} cannot be read: ${cause instanceof Error ? cause.message : ''}`,
      hint: 'name the kickstart.json',
      cause,
    });
  }
}

/** A kickstart from elsewhere must not take any file of this machine into the repository. */
function readBeside(folder: string, path: string): string {
  const real = realpathSync(join(folder, path));
  const inside = relative(realpathSync(folder), real);
  if (inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside))
    throw new Error('it lies outside the folder of the kickstart');
  return read(real);
}

function read(file: string): string {
  if (statSync(file).size > largestBytes) throw new Error(`it has more than ${largestBytes} bytes`);
  return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
}
