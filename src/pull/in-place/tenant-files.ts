import type { Catalog, Kind } from '../../catalog/index.js';
import { type Ref, refText } from '../../model/index.js';
import type { OwningTenant, PullLayout } from '../layout.js';
import type { PulledEntries } from '../pull-files.js';
import type { SourceFile } from './source-file.js';
import { canHold, keysIn, type OwnFiles } from './written-places.js';

/** What the places of new entries are found in. */
export interface LaidOutFiles {
  readonly catalog: Catalog;
  readonly own: OwnFiles;
  /** Of the environment, in the repository. */
  readonly folder: string;
  readonly pulled: PulledEntries;
  /** `kind:id` of what is on the instance → what the files call it. */
  readonly refs: ReadonlyMap<string, Ref>;
  /** Where new objects go; as the files are laid out where it is not said. */
  readonly layout: PullLayout | undefined;
}

/** The file that an entry which is in none of the environment's own belongs in. */
export type PlaceFor = (kind: Kind, key: string) => SourceFile;

/**
 * Learns how the files are laid out. Something of a tenant goes where its tenant has others of its kind, else into the
 * tenant's own file, else where the kind is. What is of no tenant does not go into a tenant's own file.
 */
export function createPlaces(files: LaidOutFiles): PlaceFor {
  const { own, layout } = files;
  const tenants = tenantsOf(files);
  const before = own.all().map((source) => contentOf(source, files, tenants));
  const owners = ownersOf(before, files);
  const made = new Map<string, SourceFile>();
  const isOwn = (source: SourceFile): boolean => owners.has(source) || [...made.values()].includes(source);
  const ofTenant = (kind: Kind, tenant: OwningTenant): SourceFile | undefined => {
    if (layout !== 'tenant') {
      const beside = before.find(({ objects }) =>
        objects.some((item) => item.kind === kind && item.tenant === tenant.id),
      );
      if (beside && canHold(beside.source, kind)) return beside.source;
    }
    const file = [...owners].find(([source, id]) => id === tenant.id && canHold(source, kind))?.[0];
    return file ?? made.get(tenant.id);
  };
  return (kind, key) => {
    const tenant = layout === 'kind' ? undefined : tenants.get(refText({ kind: kind.kind, key }));
    if (!tenant) return own.sourceFor(kind, isOwn);
    const there = ofTenant(kind, tenant);
    if (there) return there;
    const isPerTenant = layout === 'tenant' || owners.size > 0;
    const hasOthers = before.some(
      ({ source, objects }) => !isOwn(source) && objects.some((item) => item.kind === kind),
    );
    if (!isPerTenant || (layout === undefined && hasOthers)) return own.sourceFor(kind, isOwn);
    const source = own.made(tenant.file);
    made.set(tenant.id, source);
    return source;
  };
}

/** What a file declares. */
interface Content {
  readonly source: SourceFile;
  readonly objects: readonly {
    readonly kind: Kind;
    readonly key: string;
    /** The id of the tenant that it is of; undefined for what is of none, or not known. */
    readonly tenant: string | undefined;
    /** False for what the instance does not have, or shows as it is after an installation. */
    readonly known: boolean;
  }[];
}

function contentOf(
  source: SourceFile,
  { catalog }: LaidOutFiles,
  tenants: ReadonlyMap<string, OwningTenant | undefined>,
): Content {
  const kinds = catalog.kinds.filter(({ scope }) => scope !== 'child' && scope !== 'singleton');
  const objects = kinds.flatMap((kind) =>
    keysIn(source, kind).map((key) => {
      const text = refText({ kind: kind.kind, key });
      return { kind, key, tenant: tenants.get(text)?.id, known: tenants.has(text) };
    }),
  );
  return { source, objects };
}

/** By {@link refText} of what the files call it, or would. */
function tenantsOf({ pulled, refs }: LaidOutFiles): ReadonlyMap<string, OwningTenant | undefined> {
  return new Map(
    pulled.entries.map(({ kind, live, tenant, yaml }) => {
      const ref = refs.get(`${kind.kind}:${live.id}`) ?? { kind: kind.kind, key: yaml.key };
      return [refText(ref), tenant];
    }),
  );
}

/**
 * The files that are one tenant's own, with its id: they hold no other tenant, and are named as a pull names them or have
 * something else of the tenant and nothing that is not of it. The only file of an environment is nobody's own by what is in it.
 */
function ownersOf(contents: readonly Content[], { folder, pulled }: LaidOutFiles): ReadonlyMap<SourceFile, string> {
  const owners = new Map<SourceFile, string>();
  const isAlone = contents.filter(({ objects }) => objects.length > 0).length < 2;
  const ids = new Map(
    [...pulled.keys].flatMap(([of, key]) => (of.startsWith('tenant:') ? [[key, of.slice('tenant:'.length)]] : [])),
  );
  const byFile = new Map(
    pulled.entries.flatMap(({ tenant }) => (tenant ? [[`${folder}/${tenant.file}`, tenant.id]] : [])),
  );
  for (const { source, objects } of contents) {
    const [first, another] = objects.filter(({ kind }) => kind.kind === 'tenant');
    if (another) continue;
    const named = byFile.get(source.file);
    const id = first && ids.get(first.key);
    const isOfIt = objects.length > 1 && objects.every((item) => item === first || !item.known || item.tenant === id);
    if (named !== undefined && (first === undefined || id === named)) owners.set(source, named);
    else if (id !== undefined && !isAlone && isOfIt) owners.set(source, id);
  }
  return owners;
}
