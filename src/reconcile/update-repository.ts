import { loadHashKey } from '../apply/index.js';
import { catalog } from '../catalog/index.js';
import { createFolderSource, type FileSource } from '../desired/index.js';
import { type DiffInput, diffStates, idsToRead } from '../diff/index.js';
import { type DesiredState, type Difference, type Finding, KedgeError, locationText, refText } from '../model/index.js';
import { type PullLayout, type SecretStyle, type UpdatedFiles, updateFiles } from '../pull/index.js';
import { loadDeclared, type LoadedFiles } from './load-files.js';
import { readRecords, recordKeyOf, withLookedUp } from './plan-session.js';
import type { EnvironmentTarget } from './ports.js';
import { createOverlaidSource, type RecordingSource } from './recording-source.js';
import { readWhole } from './read-whole.js';
import type { Session } from './session.js';
import { writeFiles } from './written-files.js';

/** How files are brought up to date. */
export interface UpdateInput extends EnvironmentTarget {
  readonly secrets?: SecretStyle | undefined;
  /** `owned` updates what the files own already and adds nothing. */
  readonly scope?: 'everything' | 'owned' | undefined;
  /** How new files are split, and where new objects of a pull on top of files go: as the files are laid out unless given. */
  readonly layout?: PullLayout | undefined;
  /** Takes out entries that the instance does not have. */
  readonly prune?: boolean | undefined;
  /** Writes nothing. */
  readonly dryRun?: boolean | undefined;
}

/** A repository's files as they were loaded for a pull on top of them. */
export interface LoadedRepository {
  readonly desired: DesiredState;
  readonly declared: LoadedFiles['declared'];
  readonly source: RecordingSource;
}

/**
 * Brings an environment's files up to date with its instance, all together or not at all. Before anything is written, the
 * new files are loaded and compared with the same live state: what was pulled must not differ any more.
 * @throws {@link KedgeError} `pull/comment-in-flow`, `pull/files-moved`, `pull/still-named`, `pull/not-verified`, and what a plan
 * throws.
 */
export async function updateRepository(
  session: Session,
  input: UpdateInput,
  repository: LoadedRepository,
): Promise<{ readonly updated: UpdatedFiles; readonly findings: readonly Finding[] }> {
  const { desired, declared, source } = repository;
  const { record, findings } = await readRecords(session);
  const hashKey = await loadHashKey({ directory: session.directory, recordKey: recordKeyOf(session), create: false });
  const asked = idsToRead({ catalog, desired, record });
  const live = await withLookedUp(session, await readWhole(session), asked);
  const base = {
    catalog,
    live,
    record,
    hashKey,
    writes: 'none' as const,
    secrets: declared ? ('left-out' as const) : undefined,
    defaultTenantId: session.environment.instance.tenantId,
  };
  const difference = diffStates({ ...base, desired });
  const { environment, namespace } = desired;
  const folder = `environments/${environment}`;
  const updated = updateFiles({
    catalog,
    live,
    environment,
    namespace,
    record,
    secrets: input.secrets,
    desired,
    difference,
    ...(await textsOf(source, folder)),
    layout: input.layout,
    taken: await pathsIn(source, folder),
    scope: input.scope ?? 'everything',
    prune: input.prune ?? false,
  });
  refuse(updated.findings);
  await verify({ ...base, before: difference }, { input, repository, updated });
  if (input.dryRun !== true) {
    await checkUnmoved(createFolderSource(input.root), source, updated.files);
    await writeFiles(input.root, updated.files);
  }
  return { updated, findings };
}

/** Files of the environment's own that were read, and YAML of the layers below. What a link leads to is not its own. */
async function textsOf(
  source: RecordingSource,
  folder: string,
): Promise<{ readonly texts: ReadonlyMap<string, string>; readonly lower: ReadonlyMap<string, string> }> {
  const texts = new Map<string, string>();
  const lower = new Map<string, string>();
  for (const [path, read] of source.reads) {
    if (read.state !== 'read' || path === `${folder}/environment.yaml`) continue;
    // The mark of the byte order is kept, or it would be lost when the file is written again.
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(read.bytes);
    if (path.startsWith(`${folder}/`) && (await isFile(source, path))) texts.set(path, text);
    else if (/\.ya?ml$/.test(path)) lower.set(path, text);
  }
  return { texts, lower };
}

async function isFile(source: FileSource, path: string): Promise<boolean> {
  const slash = path.lastIndexOf('/');
  const entries = await source.list(path.slice(0, slash));
  return entries?.find(({ name }) => name === path.slice(slash + 1))?.type === 'file';
}

/** Everything in a folder, by its path within it. */
async function pathsIn(source: FileSource, folder: string, prefix = ''): Promise<ReadonlySet<string>> {
  const paths = new Set<string>();
  for (const { name, type } of (await source.list(folder)) ?? []) {
    paths.add(prefix + name);
    if (type !== 'folder') continue;
    for (const path of await pathsIn(source, `${folder}/${name}`, `${prefix}${name}/`)) paths.add(path);
  }
  return paths;
}

function refuse(findings: readonly Finding[]): void {
  const [first] = findings;
  if (!first) return;
  throw new KedgeError({
    code: first.code,
    message:
      findings.length === 1
        ? `${first.message}; nothing was written`
        : `${findings.length} places cannot be edited; nothing was written`,
    findings,
    ...(findings.length === 1 && first.hint !== undefined && { hint: first.hint }),
    ...(findings.length === 1 && first.at && { at: first.at }),
  });
}

/** Loads the new files and compares them: whatever still differs must be in the notes, or have been so before. */
async function verify(
  base: Omit<DiffInput, 'desired'> & { readonly before: Difference },
  made: { readonly input: UpdateInput; readonly repository: LoadedRepository; readonly updated: UpdatedFiles },
): Promise<void> {
  const { input, repository, updated } = made;
  // A secret that is owned from now on need not be there yet.
  const loaded = await loadDeclared(input, { source: createOverlaidSource(repository.source, updated.files) });
  if (!loaded.ok) {
    const errors = loaded.findings.filter(({ severity }) => severity === 'error');
    if (errors.every(({ code }) => code === 'desired/unknown-reference')) throw stillNamed(errors);
    const [first] = errors;
    throw notVerified(first?.message ?? 'they do not load', loaded.findings);
  }
  const { before, ...states } = base;
  const { changes } = diffStates({ ...states, desired: loaded.desired, secrets: 'left-out' });
  const { left } = updated;
  const buried = new Set(before.changes.flatMap((change) => (change.op === 'delete' ? [change.id] : [])));
  for (const change of changes) {
    const text = refText(change.ref);
    if (change.op === 'keep' || left.has(text)) continue;
    if (change.op === 'delete') {
      if (change.why === 'tombstone' && buried.has(change.id)) continue;
      if (input.scope === 'owned' && change.why === 'prune') continue;
      throw notVerified(`${text} would be deleted`, []);
    }
    if (change.op === 'create' || change.op === 'adopt' || change.op === 'reactivate')
      throw notVerified(`${text} would be ${change.op === 'create' ? 'made' : `found by name (${change.op})`}`, []);
    const edit = change.edits.find(({ pointer, secret }) => !secret && !left.has(`${text} ${pointer}`));
    if (edit) throw notVerified(`${edit.pointer} of ${text} would still differ`, []);
  }
}

/** What the pull renames or takes out is named where it does not write: in a layer below, or through an alias. */
function stillNamed(findings: readonly Finding[]): KedgeError {
  const places = findings.flatMap(({ at }) => (at ? [locationText(at)] : []));
  const [first] = findings;
  return new KedgeError({
    code: 'pull/still-named',
    message: `what this pull renames or takes out is still named at ${places.join(', ')}, where it does not write: ${first?.message ?? ''}; nothing was written`,
    hint: 'write the reference in a file of this environment, or the new name in its place, and pull again',
    findings,
    ...(first?.at && { at: first.at }),
  });
}

function notVerified(why: string, findings: readonly Finding[]): KedgeError {
  return new KedgeError({
    code: 'pull/not-verified',
    message: `the files that this pull would write are not in step with the instance: ${why}; nothing was written`,
    hint: 'this is a defect of kedge: report it, with the entry as it is written; edit that entry by hand and pull again',
    findings,
  });
}

/** @throws {@link KedgeError} `pull/files-moved` where somebody else wrote one of the files meanwhile. */
async function checkUnmoved(
  now: FileSource,
  before: RecordingSource,
  files: ReadonlyMap<string, string>,
): Promise<void> {
  for (const path of files.keys()) {
    const read = await now.read(path, Number.MAX_SAFE_INTEGER);
    const then = before.reads.get(path);
    const same =
      read.state === 'read'
        ? then?.state === 'read' && Buffer.compare(read.bytes, then.bytes) === 0
        : read.state === 'missing' && (then === undefined || then.state === 'missing');
    if (same) continue;
    throw new KedgeError({
      code: 'pull/files-moved',
      message: `${path} was changed while the instance was read; nothing was written`,
      hint: 'pull again',
    });
  }
}
