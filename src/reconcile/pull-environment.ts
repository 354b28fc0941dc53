import { join } from 'node:path';
import { catalog } from '../catalog/index.js';
import { createFolderSource } from '../desired/index.js';
import { type Finding, KedgeError, type LiveState } from '../model/index.js';
import { type PulledFiles, pullFiles, type PullNote, type SecretStyle, type WantedSecret } from '../pull/index.js';
import { withDetailOf } from './detailed-kinds.js';
import { readRecords } from './plan-session.js';
import type { EnvironmentTarget } from './ports.js';
import { type Session, withSession } from './session.js';
import { createSettingsSource } from './settings-source.js';
import { existingFiles, namesIn, writeFiles } from './written-files.js';

/** What to pull, and where to. */
export interface PullInput extends EnvironmentTarget {
  /** An empty or missing folder; the environment's own unless given. */
  readonly to?: string | undefined;
  /** Replaces files that are there; those that the pull has no file for stay. */
  readonly force: boolean;
  /** A comment for each secret unless it is `env`: then each is owned as `!secret env:NAME`. */
  readonly secrets?: SecretStyle | undefined;
}

/** What was pulled. */
export interface PullResult {
  readonly folder: string;
  /** Paths within the folder. */
  readonly files: readonly string[];
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
 * Writes the live instance as YAML. Only the environment's settings are read from the files: what else they say, right or
 * wrong, does not count.
 * @throws {@link KedgeError} `pull/not-empty` where there is something already, before anything is read or written.
 */
export async function pullEnvironment(input: PullInput): Promise<PullResult> {
  const folder = input.to ?? join(input.root, 'environments', input.environment);
  const before = (await namesIn(folder)).filter((name) => isContent(name));
  if (before.length > 0 && !input.force) throw notEmpty(folder, before);
  const source = createSettingsSource(createFolderSource(input.root));
  return withSession(input, { write: false, source }, async (session) => {
    const { record, findings } = await readRecords(session);
    const live = await readWhole(session);
    const { environment, namespace } = session.desired;
    const pulled = pullFiles({ catalog, live, environment, namespace, record, secrets: input.secrets });
    if (!input.force) {
      const there = await existingFiles(folder, [...pulled.files.keys()]);
      if (there.length > 0) throw notEmpty(folder, there);
    }
    await writeFiles(folder, pulled.files);
    return { ...resultOf(pulled, before), folder, findings, requests: session.requestCount() };
  });
}

/** Reads everything there is, each object by id where its list leaves something out. */
export async function readWhole(session: Session): Promise<LiveState> {
  const live = await session.reader.readLive({ kinds: catalog.kinds.map((kind) => kind.kind) });
  return withDetailOf(session.reader, live, () => true);
}

function resultOf(
  pulled: PulledFiles,
  before: readonly string[],
): Pick<PullResult, 'files' | 'notes' | 'secrets' | 'left'> {
  const files = [...pulled.files.keys()];
  const tops = new Set(files.map((file) => file.split('/')[0]));
  return { files, notes: pulled.notes, secrets: pulled.secrets, left: before.filter((name) => !tops.has(name)) };
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
