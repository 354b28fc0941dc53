import { type Node, visit } from 'yaml';
import {
  type DesiredResource,
  type LiveResource,
  type Location,
  pointerOf,
  type Ref,
  refText,
} from '../../model/index.js';
import { type GivenNames, type PulledEntries, pullEntries } from '../pull-files.js';
import { givenNames } from './given-names.js';
import { readSource, type SourceFile } from './source-file.js';
import type { UpdateOptions } from './update-options.js';
import { createPlaces, type PlaceFor } from './tenant-files.js';
import { fileSources, type OwnFiles } from './written-places.js';

/** What is known before anything is edited. Nothing in it changes, but for the files that `own` makes. */
export interface Known {
  readonly options: UpdateOptions;
  /** Of the environment, in the repository. */
  readonly folder: string;
  readonly own: OwnFiles;
  readonly placeFor: PlaceFor;
  readonly given: GivenNames;
  /** What a fresh pull would write, with the names that the files have given. */
  readonly pulled: PulledEntries;
  /** By {@link refText}. */
  readonly resources: ReadonlyMap<string, DesiredResource>;
  /** `kind:id` of what is on the instance → what the files call it. */
  readonly refs: ReadonlyMap<string, Ref>;
  /** The id of everything that the files declare, on the instance or not. */
  readonly ids: ReadonlyMap<string, string>;
  /** By path: how often a `!file` names it. */
  readonly uses: ReadonlyMap<string, number>;
  /** References to children that get the name that the instance has: as written → as they will be. */
  readonly renamed: ReadonlyMap<string, string>;
}

/** Learns from the files and the instance all that the edits of a pull rest on. */
export function knownState(options: UpdateOptions): Known {
  const { desired, difference, environment, lower, texts } = options;
  const folder = `environments/${environment}`;
  const own = fileSources(new Map([...texts].filter(([path]) => /\.ya?ml$/.test(path))), folder);
  const below = [...lower].map(([path, text]) => readSource(path, text));
  const given = givenNames(options);
  const resources = new Map(desired.resources.map((resource) => [refText(resource.ref), resource]));
  const refs = new Map(
    [...difference.live].flatMap(([text, live]) => {
      const resource = resources.get(text);
      return resource ? [[`${live.kind}:${live.id}`, resource.ref] as const] : [];
    }),
  );
  const pulled = pullEntries({ ...options, given });
  return {
    options,
    folder,
    own,
    given,
    placeFor: createPlaces({ catalog: options.catalog, own, folder, pulled, refs, layout: options.layout }),
    pulled,
    resources,
    refs,
    ids: new Map(difference.changes.map(({ ref, id }) => [refText(ref), id])),
    uses: usesOfFiles([...own.all(), ...below]),
    renamed: renamedChildren(options, resources, folder),
  };
}

/** The name of a child is part of what others call it by. */
function renamedChildren(
  options: UpdateOptions,
  resources: ReadonlyMap<string, DesiredResource>,
  folder: string,
): ReadonlyMap<string, string> {
  const renamed = new Map<string, string>();
  for (const change of options.difference.changes) {
    const kind = options.catalog.kind(change.ref.kind);
    const resource = resources.get(refText(change.ref));
    if (kind.scope !== 'child' || !resource?.parent || !('edits' in change) || !isAllOwn({ folder }, resource))
      continue;
    const edit = change.edits.find(({ pointer }) => pointer === pointerOf(kind.nameField.split('.')));
    if (!edit || edit.secret || typeof edit.from !== 'string') continue;
    const parent = resource.parent.key;
    const name = change.ref.key.slice(`${parent}/${kind.collection}/`.length);
    const now = edit.from.includes('/') ? `${kind.collection}/${edit.from}` : edit.from;
    for (const before of [name, `${kind.collection}/${name}`])
      renamed.set(refText({ kind: kind.kind, key: `${parent}/${before}` }), `${parent}/${now}`);
  }
  return renamed;
}

/** True where no lower layer says anything of it. */
export function isAllOwn(known: Pick<Known, 'folder'>, resource: DesiredResource): boolean {
  if (isForEach(resource.ref)) return false;
  const folder = `${known.folder}/`;
  return [...resource.locations.values(), resource.at].every(({ file }) => file.startsWith(folder));
}

/** True for an object that one entry makes for several tenants: its key ends in `@tenant`. */
export function isForEach(ref: Ref): boolean {
  return ref.key.includes('@');
}

/** The node at a place, where the place is in a file of the environment's own. */
export function placeOf(known: Known, at: Location): { readonly source: SourceFile; readonly node: Node } | undefined {
  const source = known.own.source(at.file);
  const node = source?.nodeAt(at);
  return source && node && { source, node };
}

/** True where the files say that a live object must be absent. */
export function isBuried(known: Known, live: LiveResource): boolean {
  return known.options.difference.changes.some(
    (change) => change.op === 'delete' && change.why === 'tombstone' && change.id === live.id,
  );
}

/** Roles and the like that a live object has. */
export function childrenOf(known: Known, kind: string, parentId: string): readonly LiveResource[] {
  const read = known.options.live.kinds.get(kind);
  return read?.known === true ? read.resources.filter((item) => item.parentId === parentId) : [];
}

function usesOfFiles(sources: readonly SourceFile[]): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  for (const { file, root } of sources) {
    visit(root ?? null, {
      Scalar: (_, { tag, value }) => {
        const path = tag === '!file' ? joined(file, String(value)) : undefined;
        if (path !== undefined) uses.set(path, (uses.get(path) ?? 0) + 1);
      },
    });
  }
  return uses;
}

/** The path that a `!file` means in the repository. */
export function joined(file: string, path: string): string | undefined {
  const steps = file.split('/').slice(0, -1);
  for (const step of path.split('/')) {
    if (step === '' || step === '.') continue;
    if (step !== '..') steps.push(step);
    else if (steps.pop() === undefined) return undefined;
  }
  return steps.join('/');
}
