import { basename, dirname } from 'node:path';
import { catalog } from '../catalog/index.js';
import { createFolderSource, type FileSource } from '../desired/index.js';
import {
  type EnvironmentVariable,
  type ExportedKickstart,
  exportKickstart,
  type ExportKickstartOptions,
  type ForcedIds,
  type KickstartNote,
  wholeMessages,
} from '../kickstart/index.js';
import { type Finding, KedgeError, type LiveState } from '../model/index.js';
import { pullFiles } from '../pull/index.js';
import { liveStateOf, type SnapshotFile } from '../snapshot/index.js';
import { readSettings } from './declared-settings.js';
import { loadDeclared } from './load-files.js';
import { otherInstance } from './plan-snapshot.js';
import type { EnvironmentTarget } from './ports.js';
import { readWhole } from './read-whole.js';
import { filesError, withSession } from './session.js';
import { createReplacedSource, createSettingsSource } from './settings-source.js';
import { existingFiles, writeFiles } from './written-files.js';

/** What to export, and where to. */
export interface ExportKickstartInput extends EnvironmentTarget {
  /** What the files say, what the instance has now, or what it had when a snapshot was taken. */
  readonly from: 'desired' | 'live' | SnapshotFile;
  /** The e-mail address of a user who may do everything in the admin UI. */
  readonly admin?: string | undefined;
  /** The kickstart.json to write, with what it includes beside it; without one everything stands in the text. */
  readonly file?: string | undefined;
  /** Replaces files that are there. */
  readonly force: boolean;
}

/** What was exported. */
export interface ExportKickstartResult {
  /** The text of the kickstart.json. */
  readonly text: string;
  /** Paths within the folder of the file, the kickstart itself first; none where no file was asked for. */
  readonly files: readonly string[];
  /** What must be set where FusionAuth is started. */
  readonly variables: readonly EnvironmentVariable[];
  /** What a kickstart cannot say, or that comes out otherwise. */
  readonly notes: readonly KickstartNote[];
  /** How many requests the kickstart makes. */
  readonly requests: number;
  readonly findings: readonly Finding[];
}

/**
 * Makes a kickstart that gives a fresh FusionAuth the configuration of an environment. From the files, or a snapshot, it
 * needs neither network nor secrets.
 * @throws {@link KedgeError} with all findings where the files are not in order, and `cli/already-there` before anything
 * is written.
 */
export async function exportKickstartOf(input: ExportKickstartInput): Promise<ExportKickstartResult> {
  const { file, force } = input;
  const { exported, findings, notes } = await exportedFrom(input);
  const { text, variables, requests } = exported;
  const files = new Map(file === undefined ? [] : [[basename(file), text] as const, ...exported.files]);
  if (file !== undefined) {
    const there = force ? [] : await existingFiles(dirname(file), [...files.keys()]);
    if (there.length > 0) throw alreadyThere(dirname(file), there);
    await writeFiles(dirname(file), files);
  }
  return { text, files: [...files.keys()], variables, notes, requests, findings };
}

interface Exported {
  readonly exported: ExportedKickstart;
  readonly notes: readonly KickstartNote[];
  readonly findings: readonly Finding[];
}

function exportedFrom(input: ExportKickstartInput): Promise<Exported> {
  switch (input.from) {
    case 'desired':
      return fromFiles(input);
    case 'live':
      return fromLive(input);
    default:
      return fromSnapshot(input, input.from);
  }
}

async function fromFiles(input: ExportKickstartInput): Promise<Exported> {
  return exportOf(input, createFolderSource(input.root), {});
}

async function fromLive(input: ExportKickstartInput): Promise<Exported> {
  const source = createSettingsSource(createFolderSource(input.root));
  return withSession(input, { write: false, source }, async (session) =>
    fromState(input, await readWhole(session), session.desired.namespace),
  );
}

/** Without network: of the environment only the settings are read. */
async function fromSnapshot(input: ExportKickstartInput, snapshot: SnapshotFile): Promise<Exported> {
  const { namespace, url } = await readSettings(input);
  const exported = await fromState(input, liveStateOf(snapshot, catalog, 'marked'), namespace);
  return { ...exported, findings: [...exported.findings, ...otherInstance(snapshot, url)] };
}

/** As the files would be after a pull that owns all secrets: what they leave out, a kickstart cannot say either. */
async function fromState(input: ExportKickstartInput, live: LiveState, namespace: string): Promise<Exported> {
  const { environment, root } = input;
  const pulled = pullFiles({ catalog, live, environment, namespace, secrets: 'env' });
  const files = createReplacedSource(createFolderSource(root), environment, pulled.files);
  const exported = await exportOf(input, files, { ...idsOf(live), messages: wholeMessages(live) });
  // What FusionAuth ships is there by itself, and of keys the export says the same.
  const told = pulled.notes.filter(({ reason }) => reason !== 'shipped' && reason !== 'key-material');
  return { ...exported, notes: [...told, ...exported.notes] };
}

/** What an instance shows and the files do not say. */
type Known = ForcedIds & Pick<ExportKickstartOptions, 'messages'>;

async function exportOf(input: ExportKickstartInput, source: FileSource, known: Known): Promise<Exported> {
  const { environment, admin } = input;
  // The write key for the name of its variable only.
  const loaded = await loadDeclared(input, { source, writeKey: true });
  if (!loaded.ok) throw filesError(environment, loaded.findings);
  const { apiKey, tenantId, writeKey } = loaded.environment.instance;
  const exported = exportKickstart({
    catalog,
    desired: loaded.desired,
    apiKeySource: (writeKey ?? apiKey).source,
    ownTenantId: tenantId,
    includes: input.file !== undefined,
    admin,
    ...known,
  });
  return { exported, notes: exported.notes, findings: loaded.warnings };
}

/** The ids of what FusionAuth makes by itself, and that a kickstart can force. */
function idsOf(live: LiveState): ForcedIds {
  const lookup = {
    bodies: (kind: string) => {
      const read = live.kinds.get(kind);
      return read?.known === true
        ? read.resources.map(({ body, parentId }) => ({ ...body, ...(parentId !== undefined && { parentId }) }))
        : [];
    },
  };
  const idOf = (name: string): string | undefined => {
    const find = catalog.builtIn(name)?.builtIn.find;
    return find && 'byRole' in find ? find.byRole(lookup) : undefined;
  };
  return { defaultTenantId: idOf('default-tenant'), tenantManagerApplicationId: idOf('tenant-manager') };
}

function alreadyThere(folder: string, names: readonly string[]): KedgeError {
  return new KedgeError({
    code: 'cli/already-there',
    message: `${folder} already has ${names.join(', ')}; nothing was written`,
    hint: 'write into another folder with -o, or replace them with --force',
  });
}
