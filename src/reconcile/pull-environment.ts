import { join } from 'node:path';
import { catalog } from '../catalog/index.js';
import { createFolderSource } from '../desired/index.js';
import { type Finding, KedgeError } from '../model/index.js';
import {
  declaredTwice,
  type PulledEdit,
  type PulledFiles,
  pullFiles,
  type PullNote,
  type WantedSecret,
} from '../pull/index.js';
import { loadFiles } from './load-files.js';
import { readRecords } from './plan-session.js';
import { readWhole } from './read-whole.js';
import { createRecordingSource } from './recording-source.js';
import { filesError, secretsOf, withSession } from './session.js';
import { createSettingsSource } from './settings-source.js';
import { type LoadedRepository, type UpdateInput, updateRepository } from './update-repository.js';
import { existingFiles, namesIn, writeFiles } from './written-files.js';

/** What to pull, and where to. */
export interface PullInput extends UpdateInput {
  /** An empty or missing folder; the environment's own unless given. */
  readonly to?: string | undefined;
  /** Writes new files over those that are there; those that the pull has no file for stay. */
  readonly force: boolean;
}

/** What was pulled. */
export interface PullResult {
  readonly folder: string;
  /** Paths within the folder, of the files that were written. */
  readonly files: readonly string[];
  /** What was done in files that were there; undefined where the files are new, or replaced. */
  readonly edits: readonly PulledEdit[] | undefined;
  /** What of the instance is not in them, and why. */
  readonly notes: readonly PullNote[];
  /** Environment variables that the files want secrets from. */
  readonly secrets: readonly WantedSecret[];
  /** Files that were there before and are not of this pull. */
  readonly left: readonly string[];
  readonly findings: readonly Finding[];
  readonly requests: number;
}

/**
 * Writes the live instance as YAML. Where the environment has files already they are brought up to date in place. Otherwise,
 * or in another folder, or by force, the files are new: of those that are there only the settings are read then, and what
 * else they say, right or wrong, does not count.
 * @throws {@link KedgeError} `pull/not-empty` where there is something already, `pull/declared-twice` where files that stay declare
 * what new ones do, and of a pull on top of files: `pull/comment-in-flow`,
 * `pull/files-moved`, `pull/not-verified`, and what a plan throws.
 */
export async function pullEnvironment(input: PullInput): Promise<PullResult> {
  const folder = input.to ?? join(input.root, 'environments', input.environment);
  const before = (await namesIn(folder)).filter((name) => isContent(name));
  const repository = input.to === undefined && !input.force ? await loadRepository(input, before) : undefined;
  if (repository === undefined && input.to !== undefined && before.length > 0 && !input.force)
    throw notEmpty(folder, before);
  const settings = createSettingsSource(createFolderSource(input.root));
  return withSession(input, { write: false, source: settings }, async (session) => {
    if (repository) {
      const { updated, findings } = await updateRepository(session, input, repository);
      const prefix = `environments/${input.environment}/`;
      const { edits, notes, secrets } = updated;
      const files = [...updated.files.keys()].map((path) => path.slice(prefix.length));
      return { folder, files, edits, notes, secrets, left: [], findings, requests: session.requestCount() };
    }
    const { record, findings } = await readRecords(session);
    const live = await readWhole(session);
    const { environment, namespace } = session.desired;
    const { secrets, layout } = input;
    const pulled = pullFiles({ catalog, live, environment, namespace, record, secrets, layout });
    if (!input.force) {
      const there = await existingFiles(folder, [...pulled.files.keys()]);
      if (there.length > 0) throw notEmpty(folder, there);
    }
    await checkDeclaredOnce(folder, before, pulled.files);
    if (input.dryRun !== true) await writeFiles(folder, pulled.files);
    return { ...resultOf(pulled, before), folder, findings, requests: session.requestCount() };
  });
}

/** @throws {@link KedgeError} `pull/declared-twice` */
async function checkDeclaredOnce(
  folder: string,
  before: readonly string[],
  files: ReadonlyMap<string, string>,
): Promise<void> {
  const source = createFolderSource(folder);
  const staying = new Map<string, string>();
  for (const name of before.filter((item) => /\.ya?ml$/.test(item) && !files.has(item))) {
    const read = await source.read(name, Number.MAX_SAFE_INTEGER);
    if (read.state === 'read') staying.set(name, new TextDecoder().decode(read.bytes));
  }
  const twice = declaredTwice(catalog, files, staying);
  const [first] = twice;
  if (!first) return;
  const names = twice.map(({ file }) => file);
  throw new KedgeError({
    code: 'pull/declared-twice',
    message: `${names.join(', ')} would stay beside the new files, and ${first.file} declares ${first.entry} as they do; nothing was written`,
    hint: `remove ${names.length === 1 ? 'this file' : 'these files'} and pull again: what the instance has of them is in the new files`,
  });
}

/** The files that are there, to be brought up to date; undefined where there are none to speak of. */
async function loadRepository(input: PullInput, before: readonly string[]): Promise<LoadedRepository | undefined> {
  const source = createRecordingSource(createFolderSource(input.root));
  const { loaded, declared } = await loadFiles(input, source);
  if (loaded.ok) {
    input.ports.redactor.add(secretsOf(loaded.environment, loaded.desired));
    return { desired: loaded.desired, declared, source };
  }
  const errors = loaded.findings.filter(({ severity }) => severity === 'error');
  const isEmpty = errors.every(({ code }) => code === 'desired/empty');
  if (isEmpty || !before.some((name) => /\.ya?ml$/.test(name))) return undefined;
  throw filesError(input.environment, loaded.findings);
}

function resultOf(
  pulled: PulledFiles,
  before: readonly string[],
): Pick<PullResult, 'files' | 'edits' | 'notes' | 'secrets' | 'left'> {
  const files = [...pulled.files.keys()];
  const tops = new Set(files.map((file) => file.split('/')[0]));
  return {
    files,
    edits: undefined,
    notes: pulled.notes,
    secrets: pulled.secrets,
    left: before.filter((name) => !tops.has(name)),
  };
}

/** Settings and hidden files are no content: a folder with only those is empty to a pull. */
function isContent(name: string): boolean {
  return name !== 'environment.yaml' && !name.startsWith('.');
}

function notEmpty(folder: string, names: readonly string[]): KedgeError {
  const shown = names.slice(0, 5).join(', ') + (names.length > 5 ? ` and ${names.length - 5} more` : '');
  return new KedgeError({
    code: 'pull/not-empty',
    message: `${folder} already has ${shown}; nothing was written`,
    hint: 'pull into an empty folder with --to <folder>, or replace files of the same name with --force',
  });
}
