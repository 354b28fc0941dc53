import { catalog } from '../catalog/index.js';
import { createFolderSource, type LoadResult } from '../desired/index.js';
import { idsToRead } from '../diff/index.js';
import { type Finding, KedgeError, type LiveState } from '../model/index.js';
import { makeSnapshot, movedObjects, parseSnapshot, type SnapshotFile, snapshotText } from '../snapshot/index.js';
import { loadFiles } from './load-files.js';
import { withDetailOf } from './detailed-kinds.js';
import { readNamedFile, writeNamedFile } from './named-file.js';
import { readRecords, withLookedUp } from './plan-session.js';
import type { EnvironmentTarget } from './ports.js';
import { secretsOf, type Session, withSession } from './session.js';
import { createSettingsSource } from './settings-source.js';

/** What to take a snapshot of, and where to put it. */
export interface SnapshotInput extends EnvironmentTarget {
  /** The file to write; one that is there is replaced. */
  readonly to: string;
}

/** A snapshot that was taken. */
export interface SnapshotResult {
  readonly file: string;
  readonly snapshot: SnapshotFile;
  /** How many secrets were left out. */
  readonly secrets: number;
  readonly findings: readonly Finding[];
  readonly requests: number;
}

/** So often the instance is read before it is said to keep moving. */
const mostReads = 6;

/**
 * Writes an instance as one file, whole or not at all, that only its owner may read. Of the files only the settings are
 * needed; they also say which API keys and entities there are. The instance is read until two reads
 * one after the other are the same, so that the file shows it as it was at one moment.
 * @throws {@link KedgeError} `snapshot/keeps-moving`, `snapshot/not-written`, and what reading an instance throws.
 */
export async function snapshotEnvironment(input: SnapshotInput): Promise<SnapshotResult> {
  const source = createSettingsSource(createFolderSource(input.root));
  return withSession(input, { write: false, source }, async (session) => {
    const [{ record, findings }, files] = await Promise.all([readRecords(session), loadFiles(input)]);
    const { loaded } = files;
    const asked = idsToRead({ catalog, desired: loaded.ok ? loaded.desired : session.desired, record });
    const live = await readSteady(() => readOnce(session, asked), input.ports.clock.sleep);
    const { secrets, redacted, snapshot } = makeSnapshot({
      catalog,
      live,
      asked,
      instance: session.url,
      takenAt: input.ports.clock.now(),
      secrets: [...session.secrets, ...(loaded.ok ? secretsOf(loaded.environment, loaded.desired) : [])],
    });
    await writeNamedFile(input.to, snapshotText(snapshot), {
      code: 'snapshot/not-written',
      what: input.to,
      hint: 'name a file in a folder that you may write to: -o <file>',
    });
    const found = redacted.map(({ kind, id, pointer }): Finding => ({
      code: 'snapshot/secret-elsewhere',
      severity: 'warning',
      message: `${pointer} of the ${catalog.kind(kind).title} ${id} held a secret; the snapshot has (secret) in its place`,
      hint: 'whoever may read that field of the instance reads the secret: move it, and change it',
    }));
    return {
      file: input.to,
      snapshot,
      secrets,
      findings: [...findings, ...notNamed(input.environment, loaded), ...found],
      requests: session.requestCount(),
    };
  });
}

/** An instance without files is as good as any; files that cannot be read may name what nobody lists. */
function notNamed(environment: string, loaded: LoadResult): readonly Finding[] {
  const errors = loaded.ok ? [] : loaded.findings.filter(({ severity }) => severity === 'error');
  if (errors.every(({ code }) => code === 'desired/empty')) return [];
  return [
    {
      code: 'snapshot/not-asked',
      severity: 'warning',
      message: `the files of '${environment}' are not in order, so API keys and entities that only they name are not in the snapshot`,
      hint: `kedge validate -e ${environment} tells what is wrong with them`,
    },
  ];
}

/** Everything, once. Only what the files may own besides secrets is read by id. */
async function readOnce(session: Session, asked: ReturnType<typeof idsToRead>): Promise<LiveState> {
  const listed = await session.reader.readLive({ kinds: catalog.kinds.map((kind) => kind.kind) });
  const whole = await withLookedUp(session, listed, asked);
  return withDetailOf(session.reader, whole, (kind) => catalog.kind(kind).detailFields !== undefined);
}

/** Reads until two reads one after the other are the same. */
async function readSteady(read: () => Promise<LiveState>, sleep: (ms: number) => Promise<void>): Promise<LiveState> {
  let before = await read();
  let moved: readonly string[] = [];
  for (let reads = 2; reads <= mostReads; reads += 1) {
    // The first second look comes at once: as a rule nothing moves.
    if (reads > 2) await sleep(250 * (reads - 2));
    const after = await read();
    moved = movedObjects(before, after);
    if (moved.length === 0) return after;
    before = after;
  }
  const named = moved.slice(0, 5).join(', ') + (moved.length > 5 ? ` and ${moved.length - 5} more` : '');
  throw new KedgeError({
    code: 'snapshot/keeps-moving',
    message: `the instance changed between each two of ${mostReads} reads, last: ${named}; nothing was written`,
    hint: 'take the snapshot when nobody is changing these',
  });
}

/**
 * Reads a snapshot that `kedge snapshot` wrote.
 * @throws {@link KedgeError} `snapshot/unreadable`, `snapshot/other-version`.
 */
export async function readSnapshot(path: string): Promise<SnapshotFile> {
  const text = await readNamedFile(path, {
    code: 'snapshot/unreadable',
    what: `the snapshot ${path}`,
    hint: 'kedge snapshot -e <environment> -o <file> writes one',
  });
  return parseSnapshot(text, { catalog, from: path });
}
