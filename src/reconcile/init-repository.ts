import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { catalog } from '../catalog/index.js';
import { createMemorySource } from '../desired/index.js';
import { KedgeError } from '../model/index.js';
import { type PulledFiles, pullFiles, type PullNote } from '../pull/index.js';
import type { EnvironmentTarget } from './ports.js';
import { readWhole } from './read-whole.js';
import { baseText, bundledSchemas, ignoredByGit, projectText, settingsText } from './scaffold.js';
import { withSession } from './session.js';
import { createSettingsSource } from './settings-source.js';
import { existingFiles, writeFiles } from './written-files.js';

/** What to make a repository of. */
export interface InitInput extends EnvironmentTarget {
  /** A new UUID: chance is the caller's. */
  readonly project: string;
  /** An instance to begin from; its key is `KEDGE_API_KEY`. */
  readonly url?: string | undefined;
}

/** What was made. */
export interface InitResult {
  readonly folder: string;
  /** Paths within the folder, `.gitignore` included where lines were added to it. */
  readonly files: readonly string[];
  /** What of the instance is not in the files, and why. */
  readonly notes: readonly PullNote[];
}

/**
 * Makes a repository: project, settings of one environment, a first file, schemas for editors, and what git ignores. With a
 * URL the first files are those of the instance. Everything is known before the first file is written.
 * @throws {@link KedgeError} `cli/already-there`, with what is: nothing is overwritten.
 */
export async function initRepository(input: InitInput): Promise<InitResult> {
  const { root, environment, url } = input;
  if (!/^[A-Za-z0-9][\w.-]*$/.test(environment)) throw badName(environment);
  const settings = `environments/${environment}/environment.yaml`;
  const files = new Map<string, string>([
    ['kedge.yaml', projectText(input.project)],
    [settings, settingsText({ url: url ?? 'https://auth.example.com', extendsBase: url === undefined })],
  ]);
  if (url === undefined) files.set('environments/base/tenants.yaml', baseText);
  await refuseExisting(root, [...files.keys()]);
  const pulled = url === undefined ? undefined : await pullInstance(input, files);
  for (const [path, text] of pulled?.files ?? []) files.set(`environments/${environment}/${path}`, text);
  await refuseExisting(root, [...files.keys()]);
  for (const [path, text] of await bundledSchemas()) files.set(path, text);
  const ignore = await gitIgnore(root);
  if (ignore !== undefined) files.set('.gitignore', ignore);
  await writeFiles(root, files);
  return { folder: root, files: [...files.keys()], notes: pulled?.notes ?? [] };
}

/** Reads the instance with the settings as they will be, before they are on the disk. */
async function pullInstance(input: InitInput, files: ReadonlyMap<string, string>): Promise<PulledFiles> {
  const source = createSettingsSource(createMemorySource(Object.fromEntries(files)));
  return withSession(input, { write: false, source }, async (session) => {
    const { environment, namespace } = session.desired;
    return pullFiles({ catalog, live: await readWhole(session), environment, namespace });
  });
}

async function refuseExisting(root: string, paths: readonly string[]): Promise<void> {
  const there = await existingFiles(root, paths);
  if (there.length === 0) return;
  throw new KedgeError({
    code: 'cli/already-there',
    message: `${root} already has ${there.join(', ')}; nothing was written`,
    hint: 'use what is there, or choose another folder with -C',
  });
}

/** The text of `.gitignore` with the lines it lacks; undefined when it lacks none. */
async function gitIgnore(root: string): Promise<string | undefined> {
  const there = (await existingFiles(root, ['.gitignore'])).length > 0;
  const text = there ? await readFile(join(root, '.gitignore'), 'utf8') : '';
  const has = new Set(text.split(/\r?\n/).map((line) => line.trim()));
  const missing = ignoredByGit.filter((line) => !has.has(line));
  if (missing.length === 0) return undefined;
  const gap = text === '' || text.endsWith('\n') ? '' : '\n';
  return `${text}${gap}${missing.join('\n')}\n`;
}

function badName(environment: string): KedgeError {
  return new KedgeError({
    code: 'cli/usage',
    message: `'${environment}' cannot be the name of an environment`,
    hint: 'use letters, digits, dots, hyphens and underscores, beginning with a letter or digit',
  });
}
