import type { Catalog, Kind } from '../catalog/index.js';
import {
  type ApplyRecord,
  compareText,
  type Json,
  type JsonObject,
  type KindName,
  type LiveResource,
  type LiveState,
  kebabCase,
  pointerOf,
  refText,
  valueAt,
} from '../model/index.js';
import { addedRoleNotes, childBodies, explicitId } from './children.js';
import { type Draft, draftOf, isFresh, knownVariable, ownsSecret } from './draft.js';
import type { KnownSecrets, SecretStyle } from './known-secrets.js';
import { fileLive, type LiveObjects } from './live-objects.js';
import { fileOfKind, type OwningTenant, owningTenant, type PullLayout } from './layout.js';
import { logicalKeys } from './logical-keys.js';
import { mergedBody, nestedAt } from './minimal-body.js';
import { type PullNote, sortedNotes } from './pull-note.js';
import { createNaming, liveName, nameReferences, type NameReference } from './references.js';
import { type OwnedSecret, type SecretName, secretNames } from './secret-names.js';
import { referredIds, shippedMatch } from './shipped.js';
import { type PulledText, textsOf } from './text-files.js';
import { type Expressions, type YamlEntry, type YamlSection, yamlText } from './yaml-text.js';

/** What to pull, and for which environment. */
export interface PullOptions {
  readonly catalog: Catalog;
  /** Read by id where a list leaves secrets out, so that there is a comment for each. */
  readonly live: LiveState;
  readonly environment: string;
  /** Ids that are derived from it need no `id:`. */
  readonly namespace: string;
  /** Objects that a record knows keep their logical keys. */
  readonly record?: ApplyRecord | undefined;
  /** What becomes of secrets: a comment each, or `!secret env:…` with a name made for it. A comment where it is not said. */
  readonly secrets?: SecretStyle | undefined;
  /** Secrets that the environment gives are owned, whatever the style. */
  readonly known?: KnownSecrets | undefined;
  /** Ids that mean nothing: the objects get those that their logical keys give. */
  readonly looseIds?: ReadonlySet<string> | undefined;
  /** Texts that stand for what another place decides → the tag that says so. */
  readonly expressions?: Expressions | undefined;
  /** How objects are split into files. Where it is not said: `kind`, and on top of files as they are laid out. */
  readonly layout?: PullLayout | undefined;
}

/** An environment variable that the files want a secret from. */
export interface WantedSecret {
  readonly name: string;
  readonly kind: KindName;
  /** The logical key the object has in the files. */
  readonly object: string;
  /** Field names joined by dots. */
  readonly field: string;
}

/** A pulled instance. */
export interface PulledFiles {
  /** Path relative to `environments/<environment>/` → text. What holds for the whole instance comes first. */
  readonly files: ReadonlyMap<string, string>;
  readonly notes: readonly PullNote[];
  /** What to provide before the files can be used, sorted by name. Never a value. */
  readonly secrets: readonly WantedSecret[];
  /** `kind:id` → the logical key that the object has in the files. */
  readonly keys: ReadonlyMap<string, string>;
}

/** The order of files: what others refer to first. */
const kindOrder = [
  'systemConfiguration',
  'tenant',
  'application',
  'group',
  'identityProvider',
  'webhook',
  'lambda',
  'key',
  'theme',
  'emailTemplate',
  'messageTemplate',
];

/**
 * The live instance as the minimal YAML a person would have written for it. Applied to the same instance it changes
 * nothing; applied to a fresh one it makes the same configuration, less key material and secrets. Holds no secret. Pure:
 * the order in which the instance lists its objects does not count.
 */
export function pullFiles(options: PullOptions): PulledFiles {
  const { entries, existing, notes, keys } = pullEntries(options);
  const files = new Map<string, string>();
  const sections = new Map<string, YamlSection[]>();
  const add = (file: string, section: YamlSection): void => {
    sections.set(file, [...(sections.get(file) ?? []), section]);
  };
  for (const kind of topKinds(options.catalog)) {
    const { collection } = kind;
    const matches = existing.filter((item) => item.kind === kind);
    if (matches.length > 0) add(fileOfKind(kind), { collection, entries: [], existing: matches });
    const own = entries.filter((entry) => entry.kind === kind).sort((a, b) => compareText(a.yaml.key, b.yaml.key));
    for (const { file, text } of own.flatMap(({ texts }) => texts)) files.set(file, text);
    const byFile = new Map<string, PulledEntry[]>();
    for (const entry of own) {
      const file = options.layout === 'tenant' && entry.tenant ? entry.tenant.file : fileOfKind(kind);
      const some = byFile.get(file) ?? [];
      byFile.set(file, some);
      some.push(entry);
    }
    for (const [file, some] of byFile) {
      const yaml = some.map((entry) => entry.yaml);
      const [singleton] = kind.scope === 'singleton' ? yaml : [];
      add(file, { collection, entries: yaml, existing: [], ...(singleton && { singleton }) });
    }
  }
  for (const [file, parts] of sections) files.set(file, yamlText(parts));
  const secrets = entries.flatMap((entry) => entry.secrets).sort((a, b) => compareText(a.name, b.name));
  return {
    files: sortedFiles(files),
    notes: sortedNotes([...notes, ...entries.flatMap((entry) => entry.notes)]),
    secrets,
    keys,
  };
}

/** One live object as a pull writes it. */
export interface PulledEntry {
  readonly kind: Kind;
  readonly live: LiveResource;
  /** The one tenant that it is of. */
  readonly tenant: OwningTenant | undefined;
  readonly yaml: YamlEntry;
  /** Texts of its fields that have files of their own. */
  readonly texts: readonly PulledText[];
  readonly notes: readonly PullNote[];
  readonly secrets: readonly WantedSecret[];
}

/** Everything that a pull writes, by object. */
export interface PulledEntries {
  readonly entries: readonly PulledEntry[];
  /** What is referred to and not pulled, with what finds it on any instance. */
  readonly existing: readonly PulledExisting[];
  /** What is not said of one of the entries. */
  readonly notes: readonly PullNote[];
  readonly name: NameReference;
  /** `kind:id` → logical key. */
  readonly keys: ReadonlyMap<string, string>;
}

/** A shipped object that something refers to. */
export interface PulledExisting {
  readonly kind: Kind;
  readonly id: string;
  readonly key: string;
  readonly match: JsonObject;
}

/** Names that files have given already, and that a pull on top of them keeps. */
export interface GivenNames {
  /** `kind:id` → logical key, of what the files declare or call existing. */
  readonly keys: ReadonlyMap<string, string>;
  /** `kind:id` of what the files only refer to: it is never written. */
  readonly existing: ReadonlySet<string>;
  /** `kind/key` of everything the files name, on the instance or not. */
  readonly taken: ReadonlySet<string>;
  /** Environment variables that the files read. */
  readonly variables: ReadonlySet<string>;
}

/** Drafts and names every live object that the files can hold. */
export function pullEntries(options: PullOptions & { readonly given?: GivenNames }): PulledEntries {
  const { catalog, live, given } = options;
  const objects = fileLive(catalog, live);
  const kinds = topKinds(catalog);
  const notes: PullNote[] = unknownKinds(catalog, live);
  const drafts = kinds.flatMap((kind) =>
    pullable(kind, { objects, notes, given }).map((item) => draftOf(kind, item, { ...options, objects })),
  );
  const written = drafts.filter((draft) => !isFresh(draft));
  const referred = referredIds(
    written.map(({ kind, fields }) => ({ kind, body: fields })),
    catalog,
  );
  const shipped = kinds.flatMap((kind) => objects.shipped(kind.kind));
  const isWritten = new Set(written.map((draft) => draft.live));
  const existing = shipped.filter((item) => referred.has(`${item.kind}:${item.id}`) && !isWritten.has(item));
  const keys = keysOf(written, existing, options);
  const name = createNaming({ catalog, objects, keys });
  const secretName = secretNames(
    written.flatMap(({ kind, live, secrets }) =>
      secrets.map((path) => secretOf(kind, keys.get(`${kind.kind}:${live.id}`) ?? live.id, path)),
    ),
    [...(given?.variables ?? []), ...(options.known?.variables.values() ?? [])],
  );
  const entries = written.map((draft) => entryOf(draft, { ...options, objects, keys, name, secretName }));
  const silent = shipped.filter((item) => !existing.includes(item) && !isWritten.has(item));
  notes.push(...addedRoleNotes(drafts, { catalog, objects }), ...kinds.flatMap((kind) => shippedNotes(kind, silent)));
  return {
    entries,
    existing: existing.map((item) => ({
      kind: catalog.kind(item.kind),
      id: item.id,
      key: keys.get(`${item.kind}:${item.id}`) ?? item.id,
      match: shippedMatch(catalog.kind(item.kind), item),
    })),
    notes,
    name,
    keys,
  };
}

function topKinds(catalog: Catalog): readonly Kind[] {
  const rank = (kind: Kind): number =>
    kindOrder.includes(kind.kind) ? kindOrder.indexOf(kind.kind) : kindOrder.length;
  return catalog.kinds.filter((kind) => kind.scope !== 'child').sort((a, b) => rank(a) - rank(b));
}

function unknownKinds(catalog: Catalog, live: LiveState): PullNote[] {
  return catalog.kinds.flatMap((kind): PullNote[] => {
    const read = live.kinds.get(kind.kind);
    if (read === undefined || read.known) return [];
    return [{ reason: 'unknown-kind', kind: kind.kind, object: '', message: `nothing was pulled: ${read.why}` }];
  });
}

/** The objects of a kind that the files can hold; a note for each other one, but not for what nobody can change. */
function pullable(
  kind: Kind,
  context: { readonly objects: LiveObjects; readonly notes: PullNote[]; readonly given: GivenNames | undefined },
): readonly LiveResource[] {
  const { objects, notes, given } = context;
  return objects.all(kind.kind).filter((item) => {
    const builtIn = objects.builtIn(kind.kind, item.id);
    if (builtIn) return builtIn.builtIn.writable;
    const note = { kind: kind.kind, object: liveName(kind, item), id: item.id };
    if (item.active === false) {
      notes.push({ ...note, reason: 'inactive', message: `the ${kind.title} is deactivated and is not pulled` });
      return false;
    }
    return given?.keys.has(`${kind.kind}:${item.id}`) === true || kind.shipped?.(item.body) !== true;
  });
}

function keysOf(
  written: readonly Draft[],
  existing: readonly LiveResource[],
  options: PullOptions & { readonly given?: GivenNames },
): ReadonlyMap<string, string> {
  const { given } = options;
  const recorded = new Map(options.record?.objects.map((object) => [`${object.kind}:${object.id}`, object.key]));
  const keys = new Map<string, string>(given?.keys);
  for (const kind of topKinds(options.catalog)) {
    const lives = [
      ...written.filter((draft) => draft.kind === kind).map((draft) => draft.live),
      ...existing.filter((item) => item.kind === kind.kind),
    ].filter((item) => !keys.has(`${kind.kind}:${item.id}`));
    const isTaken = (key: string): boolean => given?.taken.has(refText({ kind: kind.kind, key })) === true;
    const named = lives.map((item) => {
      const key = recorded.get(`${kind.kind}:${item.id}`);
      const name = liveName(kind, item);
      return {
        id: item.id,
        name: options.expressions?.get(name)?.text ?? name,
        ...(key !== undefined && { recorded: key }),
      };
    });
    for (const [id, key] of logicalKeys(named, kebabCase(kind.kind), isTaken)) keys.set(`${kind.kind}:${id}`, key);
  }
  return keys;
}

interface EntryContext extends PullOptions {
  readonly objects: LiveObjects;
  readonly keys: ReadonlyMap<string, string>;
  readonly name: NameReference;
  readonly secretName: SecretName;
}

function entryOf(draft: Draft, context: EntryContext): PulledEntry {
  const { kind, live, builtIn } = draft;
  const notes: PullNote[] = [];
  const wanted: WantedSecret[] = [];
  const key = context.keys.get(`${kind.kind}:${live.id}`) ?? live.id;
  const note = { kind: kind.kind, object: key, id: live.id };
  const owned = draft.secrets.filter((path) => ownsSecret(context, valueAt(live.body, path)));
  for (const item of draft.notes) {
    // A plain secret that is given is the same on every instance.
    if (item.reason !== 'key-material' || owned.length === 0) notes.push({ ...note, ...item });
  }
  const comments = [...draft.comments];
  for (const path of draft.secrets.filter((secret) => !owned.includes(secret))) {
    const field = path.join('.');
    comments.push({ path, text: 'not pulled (secret); own it with !secret env:…' });
    if (kind.kind !== 'key') notes.push({ ...note, reason: 'secret', field, message: 'a secret: left un-owned' });
  }
  const named = nameReferences(kind, draft.fields, context);
  const written = kind.written?.(named.body) ?? named.body;
  for (const { field, kind: to, id } of named.unknown) {
    const message = `refers to the ${to} ${id}, which is not pulled: its id is written`;
    notes.push({ ...note, reason: 'unknown-reference', field, message });
  }
  const body = new Map<string, Json>();
  const id =
    kind.scope === 'singleton'
      ? undefined
      : builtIn
        ? `builtin:${builtIn.builtIn.name}`
        : explicitId({ kind, key, id: live.id }, context);
  if (id !== undefined) body.set('id', id);
  let fields = written;
  const secrets = new Map<string, string>();
  for (const path of owned) {
    const given = knownVariable(context, valueAt(live.body, path));
    const variable = given ?? context.secretName(secretOf(kind, key, path));
    secrets.set(pointerOf(path), variable);
    fields = mergedBody(fields, nestedAt(path, variable));
    wanted.push({ name: variable, kind: kind.kind, object: key, field: path.join('.') });
  }
  for (const [field, value] of Object.entries(fields)) body.set(field, value);
  for (const child of builtIn ? [] : kind.children) {
    const children = childBodies({ parent: live, key, child }, { ...context, notes });
    if (children.length > 0) body.set(child.field, children);
  }
  const texts = textsOf(kind, key, written);
  const files = new Map(texts.map(({ path, file }) => [pointerOf(path), file]));
  return {
    kind,
    live,
    tenant: owningTenant(live, context),
    yaml: {
      key,
      body: Object.fromEntries(body),
      comments,
      files,
      secrets,
      labels: named.labels,
      expressions: context.expressions,
    },
    texts,
    notes,
    secrets: wanted,
  };
}

function secretOf(kind: Kind, key: string, path: readonly string[]): OwnedSecret {
  return { collection: kind.collection, key: kind.scope === 'singleton' ? '' : key, path };
}

/** One note for all of a kind: a list of names would hide the notes that matter. */
function shippedNotes(kind: Kind, shipped: readonly LiveResource[]): readonly PullNote[] {
  const names = shipped
    .filter((item) => item.kind === kind.kind)
    .map((item) => liveName(kind, item))
    .sort(compareText);
  const [first] = names;
  if (first === undefined) return [];
  const object = names.length === 1 ? first : `${first} and ${names.length - 1} more`;
  const message = 'comes with every FusionAuth and is not pulled; write it with its id to own it';
  return [{ reason: 'shipped', kind: kind.kind, object, message }];
}

function sortedFiles(files: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const yaml = [...files].filter(([path]) => path.endsWith('.yaml'));
  const others = [...files].filter(([path]) => !path.endsWith('.yaml'));
  return new Map([...yaml, ...others.sort(([a], [b]) => compareText(a, b))]);
}
