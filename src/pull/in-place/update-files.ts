import { isMap, isScalar, isSeq, type Node, type Pair, Scalar, visit, type YAMLMap, type YAMLSeq } from 'yaml';
import { canonicalBody, fieldMatches, type Kind, visitField } from '../../catalog/index.js';
import {
  type Change,
  compareText,
  type DesiredResource,
  type DesiredState,
  type Difference,
  type Finding,
  isJsonObject,
  isUuid,
  type Json,
  type JsonObject,
  type ListMode,
  type LiveResource,
  type Location,
  pathOf,
  type PlainEdit,
  plainValue,
  pointerOf,
  type Ref,
  refText,
  valueAt,
} from '../../model/index.js';
import { inexpressible } from '../draft.js';
import { nestedAt } from '../minimal-body.js';
import {
  type GivenNames,
  type PulledEntries,
  type PulledEntry,
  pullEntries,
  type PullOptions,
  type WantedSecret,
} from '../pull-files.js';
import { sortedNotes, type PullNote } from '../pull-note.js';
import { liveName, type NameReference, nameReferences } from '../references.js';
import { textsOf } from '../text-files.js';
import { entryNode } from '../yaml-text.js';
import {
  type Addition,
  type Additions,
  addToMap,
  originsOf,
  type AddedValue,
  additionsAt,
  type ListAdditions,
  noAdditions,
} from './additions.js';
import { editList, type ListStep, removePairs, replaceScalar } from './edits.js';
import { editValue, jsonNode, type ValueRefusal } from './edit-value.js';
import { givenNames } from './given-names.js';
import { withMessages } from './message-lines.js';
import { readSource, type SourceFile, startAt } from './source-file.js';
import type { Splice } from './splice.js';
import { fileSources, type OwnFiles } from './written-places.js';

/** What to bring up to date, and with what. */
export interface UpdateOptions extends PullOptions {
  readonly desired: DesiredState;
  /** Of the files and the instance, as a plan has it. */
  readonly difference: Difference;
  /** Path in the repository → text, of every YAML file and every `!file` of the environment's own folder. */
  readonly texts: ReadonlyMap<string, string>;
  /** The YAML files of the layers below, by path: what they name is not this environment's alone. */
  readonly lower: ReadonlyMap<string, string>;
  /** What is in the environment's folder besides: no new file gets such a name. */
  readonly taken: ReadonlySet<string>;
  /** `owned`: only what the files own already, and nothing is added. */
  readonly scope: 'everything' | 'owned';
  /** Takes entries out of the files that the instance does not have. */
  readonly prune: boolean;
}

/** One place of a file that was brought up to date. */
export interface PulledEdit {
  readonly ref: Ref;
  /** Field names joined by dots; absent where it is about the whole object. */
  readonly field?: string;
  readonly what: 'changed' | 'added' | 'removed';
  /** The file, and where in it for a value that was there before. */
  readonly at: Location | { readonly file: string };
}

/** Files that were brought up to date. */
export interface UpdatedFiles {
  /** Path in the repository → new text, of those that changed or are new. */
  readonly files: ReadonlyMap<string, string>;
  readonly edits: readonly PulledEdit[];
  readonly notes: readonly PullNote[];
  readonly secrets: readonly WantedSecret[];
  /** Why nothing may be written; empty as a rule. */
  readonly findings: readonly Finding[];
  /** `kind/key pointer` of what still differs, and is in the notes; without a pointer for all of an object. */
  readonly left: ReadonlySet<string>;
}

/**
 * Brings the files of an environment up to date with its instance: values that differ are written where they stand, what
 * is new is added, and everything else stays byte for byte as it is. A value from a lower layer is written over in the
 * environment's own. What cannot be edited is a note. Pure.
 */
export function updateFiles(options: UpdateOptions): UpdatedFiles {
  return new Update(options).run();
}

/** What a part of an addition is for. */
interface Origin {
  readonly edit: PulledEdit;
  /** What the instance has, for a note. */
  readonly live?: Json;
  readonly pointer?: string;
  /** An environment variable that it wants. */
  readonly secret?: WantedSecret;
}

/** One run of {@link updateFiles}; a class only because a dozen steps share its lists. */
class Update {
  readonly #options: UpdateOptions;
  readonly #folder: string;
  readonly #own: OwnFiles;
  readonly #given: GivenNames;
  readonly #pulled: PulledEntries;
  readonly #resources: ReadonlyMap<string, DesiredResource>;
  readonly #known: ReadonlyMap<string, Ref>;
  /** The id of everything that the files declare, on the instance or not. */
  readonly #ids: ReadonlyMap<string, string>;
  /** By path: how often a `!file` names it. */
  readonly #uses: ReadonlyMap<string, number>;
  readonly #splices = new Map<SourceFile, Splice[]>();
  readonly #additions = new Map<YAMLMap, { readonly source: SourceFile; readonly root: Additions<Origin> }>();
  readonly #lists = new Map<
    YAMLSeq,
    { readonly source: SourceFile; add: Node[]; drop: Set<number>; origins: Origin[] }
  >();
  readonly #drops = new Map<
    YAMLMap,
    { readonly source: SourceFile; pairs: Pair<Node, Node | null>[]; origins: Origin[] }
  >();
  readonly #texts = new Map<string, string>();
  /** References to children that get the name that the instance has: as written → as they will be. */
  readonly #renamed = new Map<string, string>();
  readonly #refilled = new Set<YAMLMap>();
  readonly #edits: PulledEdit[] = [];
  readonly #notes: PullNote[] = [];
  readonly #secrets: WantedSecret[] = [];
  readonly #findings: Finding[] = [];
  readonly #left = new Set<string>();

  constructor(options: UpdateOptions) {
    this.#options = options;
    this.#folder = `environments/${options.environment}`;
    const yaml = [...options.texts].filter(([path]) => /\.ya?ml$/.test(path));
    this.#own = fileSources(new Map(yaml), this.#folder);
    this.#uses = usesOfFiles([...this.#own.all(), ...[...options.lower].map(([path, text]) => readSource(path, text))]);
    this.#ids = new Map(options.difference.changes.map(({ ref, id }) => [refText(ref), id]));
    this.#given = givenNames(options);
    this.#pulled = pullEntries({ ...options, given: this.#given });
    this.#resources = new Map(options.desired.resources.map((resource) => [refText(resource.ref), resource]));
    const known = [...options.difference.live].flatMap(([text, live]) => {
      const resource = this.#resources.get(text);
      return resource ? [[`${live.kind}:${live.id}`, resource.ref] as const] : [];
    });
    this.#known = new Map(known);
  }

  run(): UpdatedFiles {
    for (const change of this.#options.difference.changes) this.#learnNames(change);
    for (const change of this.#options.difference.changes) this.#take(change);
    if (this.#renamed.size > 0)
      for (const resource of this.#options.desired.resources) this.#renameReferences(resource);
    for (const entry of this.#pulled.entries) this.#takeEntry(entry);
    this.#notes.push(...this.#pulled.notes);
    this.#applyAdditions();
    this.#applyLists();
    this.#applyDrops();
    const files = new Map<string, string>();
    for (const source of this.#own.all()) {
      const splices = this.#splices.get(source) ?? [];
      if (splices.length === 0) continue;
      const text = source.spliced(splices);
      if (text !== this.#options.texts.get(source.file)) files.set(source.file, text);
    }
    for (const [path, text] of this.#texts) if (text !== this.#options.texts.get(path)) files.set(path, text);
    return {
      files,
      edits: this.#edits,
      notes: sortedNotes(this.#notes),
      secrets: this.#secrets.sort((a, b) => compareText(a.name, b.name)),
      findings: this.#findings,
      left: this.#left,
    };
  }

  /** The name of a child is part of what others call it by. */
  #learnNames(change: Change): void {
    const kind = this.#options.catalog.kind(change.ref.kind);
    const resource = this.#resources.get(refText(change.ref));
    if (kind.scope !== 'child' || !resource?.parent || !('edits' in change) || !this.#isAllOwn(resource)) return;
    const edit = change.edits.find(({ pointer }) => pointer === pointerOf(kind.nameField.split('.')));
    if (!edit || edit.secret || typeof edit.from !== 'string') return;
    const parent = resource.parent.key;
    const name = change.ref.key.slice(`${parent}/${kind.collection}/`.length);
    const now = edit.from.includes('/') ? `${kind.collection}/${edit.from}` : edit.from;
    for (const before of [name, `${kind.collection}/${name}`])
      this.#renamed.set(refText({ kind: kind.kind, key: `${parent}/${before}` }), `${parent}/${now}`);
  }

  #renameReferences(resource: DesiredResource): void {
    const kind = this.#options.catalog.kind(resource.ref.kind);
    const change = this.#options.difference.changes.find(({ ref }) => refText(ref) === refText(resource.ref));
    const edited = change && 'edits' in change ? change.edits.map(({ pointer }) => pointer) : [];
    for (const field of kind.refs) {
      visitField(resource.fields, field.path, (value, path) => {
        const name =
          typeof value === 'string' ? this.#renamed.get(refText({ kind: field.kind, key: value })) : undefined;
        const pointer = pointerOf(path);
        if (name === undefined || edited.some((one) => pointer === one || pointer.startsWith(`${one}/`))) return;
        const at = resource.locations.get(pointer);
        const place = at && this.#placeOf(at);
        // What stands elsewhere still says the old name: the files will not load, and nothing will be written.
        if (!place || !isScalar(place.node) || place.source.isRepeated(place.node)) return;
        const result = replaceScalar(place.source, place.node, new Scalar(name));
        if (!result.ok) return;
        this.#splice(place.source, result.splices);
        this.#edits.push({ ref: resource.ref, field: path.join('.'), what: 'changed', at });
      });
    }
  }

  #take(change: Change): void {
    const resource = this.#resources.get(refText(change.ref));
    switch (change.op) {
      case 'keep':
        return;
      case 'create':
        if (resource) this.#gone(resource);
        return;
      case 'delete':
        if (change.why === 'tombstone') {
          const message = 'is on the instance, and the files say that it must be absent: it is not pulled';
          this.#leave({ ref: change.ref, reason: 'not-edited', message, ...(change.at && { at: change.at }) });
        }
        return;
      case 'reactivate': {
        const message = 'is deactivated on the instance: the files are as they were, and a plan reactivates it';
        this.#leave({ ref: change.ref, reason: 'inactive', message, at: resource?.at ?? change.at });
        return;
      }
      case 'adopt':
        if (resource) this.#adopt(resource, change.id);
        break;
      case 'update':
      case 'replace':
        break;
    }
    if (resource) this.#editFields(resource, change);
  }

  /** An object that was found by its name says from now on which one it is. */
  #adopt(resource: DesiredResource, id: string): void {
    if (this.#isForEach(resource.ref)) {
      const message = `is the live ${id}, and an entry with forEach has no id of its own: write id: in an entry for this tenant`;
      this.#leave({ ref: resource.ref, reason: 'not-edited', message, at: resource.at });
      return;
    }
    this.#add(resource.ref, ['id'], new Scalar(id), { field: 'id' });
  }

  #editFields(resource: DesiredResource, change: Exclude<Change, { readonly op: 'delete' | 'keep' }>): void {
    const kind = this.#options.catalog.kind(resource.ref.kind);
    const texts = new Map<string, PlainEdit[]>();
    for (const edit of change.edits) {
      const path = this.#writtenPath(kind, resource, pathOf(edit.pointer));
      if (edit.secret) {
        const message = 'is a secret that differs from the instance: the files are as they were';
        this.#leave({ ref: resource.ref, reason: 'not-edited', message, pointer: edit.pointer, at: edit.at });
        continue;
      }
      if (this.#dropKey(kind, resource, { path, resolved: pathOf(edit.pointer) })) continue;
      const owner = this.#ownerOf(resource, path);
      if (owner.length < path.length && typeof valueAt(resource.fields, owner) === 'string') {
        const pointer = pointerOf(owner);
        texts.set(pointer, [...(texts.get(pointer) ?? []), edit]);
      } else this.#editField({ resource, kind, edit, path, overlay: change.overlay });
    }
    for (const [pointer, edits] of texts) this.#editText(resource, pathOf(pointer), edits);
  }

  /**
   * Takes a key out of a map whose keys are other objects, where the live map does not have it: what it stands for may be
   * gone, and then no file may name it.
   */
  #dropKey(
    kind: Kind,
    resource: DesiredResource,
    at: { readonly path: readonly string[]; readonly resolved: readonly string[] },
  ): boolean {
    const live = this.#options.difference.live.get(refText(resource.ref))?.body;
    const length = kind.refs
      .map((ref) => (ref.path.endsWith('{key}') ? ref.path.slice(0, -'{key}'.length).split('.') : undefined))
      .find((map) => map?.every((step, index) => at.path[index] === step))?.length;
    if (length === undefined || valueAt(live, at.resolved.slice(0, length + 1)) !== undefined) return false;
    const written = at.path.slice(0, length + 1);
    const place = this.#placeOf(resource.locations.get(pointerOf(written)) ?? resource.at);
    const holder = place?.source.holderOf(place.node);
    if (!place || holder?.in !== 'pair' || place.source.isRepeated(place.node) || this.#isForEach(resource.ref))
      return false;
    // In a file every key and value is a node.
    const pair = holder.pair as Pair<Node, Node | null>;
    const key = isScalar(pair.key) ? String(pair.key.value) : '';
    if (key !== written.at(-1) && key.toLowerCase() !== at.resolved[length]) return false;
    const what = { ref: resource.ref, field: written.join('.'), what: 'removed' as const };
    this.#drop(place.source, {
      map: holder.map,
      pair,
      edit: { ...what, at: place.source.place(startAt(pair.key)) },
    });
    return true;
  }

  #drop(
    source: SourceFile,
    what: { readonly map: YAMLMap; readonly pair: Pair<Node, Node | null>; readonly edit: PulledEdit },
  ): void {
    const drops = this.#drops.get(what.map) ?? { source, pairs: [], origins: [] };
    this.#drops.set(what.map, drops);
    if (drops.pairs.includes(what.pair)) return;
    drops.pairs.push(what.pair);
    drops.origins.push({ edit: what.edit });
  }

  #editField(of: {
    readonly resource: DesiredResource;
    readonly kind: Kind;
    readonly edit: PlainEdit;
    readonly path: readonly string[];
    readonly overlay: {
      readonly fields: DesiredResource['fields'];
      readonly listModes: { readonly [pointer: string]: ListMode };
    };
  }): void {
    const { resource, kind, edit, path, overlay } = of;
    const resolved = pathOf(edit.pointer);
    const { from: live } = edit;
    const field = path.join('.');
    if (kind.scope === 'child' && field === kind.nameField && !this.#isAllOwn(resource)) {
      const message = `${live === undefined ? 'has no name' : `is called ${shown(live)}`} on the instance, and a lower layer names it too: rename it there`;
      this.#leave({ ref: resource.ref, reason: 'not-edited', message, pointer: edit.pointer, at: edit.at });
      return;
    }
    if (live !== undefined && inexpressible(live, []).length > 0) {
      const message = 'has a value that YAML would not give back exactly: the files are as they were';
      this.#leave({ ref: resource.ref, reason: 'not-expressible', message, pointer: edit.pointer, at: edit.at });
      return;
    }
    const named = live === undefined ? undefined : this.#named(kind, resolved, live);
    const at = resource.locations.get(pointerOf(path));
    const place = at && this.#placeOf(at);
    if (!at || !place) {
      if (this.#isForEach(resource.ref)) this.#refuseForEach(resource, edit);
      else this.#override({ resource, kind, path, named: named ?? null, edit });
      return;
    }
    if (this.#isForEach(resource.ref)) return this.#refuseForEach(resource, edit);
    const { source, node } = place;
    const origin: Origin = {
      edit: { ref: resource.ref, field, what: 'changed', at },
      pointer: edit.pointer,
      ...(live !== undefined && { live }),
    };
    if (isScalar(node) && node.tag === '!file') {
      this.#editFile({ resource, kind, path, source, node, value: named ?? null, origin });
      return;
    }
    const mode = resource.listModes.get(pointerOf(path));
    const written = this.#writtenValue(kind, resolved, valueAt(overlay.fields, resolved));
    const item = kind.refs.find((ref) => fieldMatches(ref.path, `${edit.pointer}/0`));
    const rules = {
      set: kind.lists.some((list) => list.as === 'set' && fieldMatches(list.path, edit.pointer)),
      atLeast: mode === 'atLeast',
      wholeMap: isJsonObject(written),
      isStale: (text: unknown) =>
        item !== undefined && this.#renamed.has(refText({ kind: item.kind, key: String(text) })),
    };
    const edited = editValue(source, node, { written, live, named }, rules);
    if (edited.ok) {
      this.#splice(source, edited.splices);
      this.#edits.push(origin.edit);
    } else this.#refuse(edited.refusal, source, origin);
  }

  /** Over a value of a lower layer stands one in the environment's own: other environments keep theirs. */
  #override(of: {
    readonly resource: DesiredResource;
    readonly kind: Kind;
    readonly path: readonly string[];
    readonly named: Json;
    readonly edit: PlainEdit;
  }): void {
    const { resource, kind, path, named, edit } = of;
    const node = this.#nodeOf(kind, resource.ref.key, path, named);
    this.#add(resource.ref, path, node, {
      field: path.join('.'),
      pointer: edit.pointer,
      ...(edit.from !== undefined && { live: edit.from }),
    });
  }

  /** A value as a new one is written: a long text in a file of its own. */
  #nodeOf(kind: Kind, key: string, path: readonly string[], value: Json): Node {
    const [text] = textsOf(kind, key.replaceAll('/', '-'), nestedAt(path, value));
    if (!text || typeof value !== 'string') return jsonNode(value);
    const file = this.#freeName(text.file);
    this.#texts.set(`${this.#folder}/${file}`, text.text);
    const node = new Scalar(file);
    node.tag = '!file';
    return node;
  }

  /** The text of a `!file`, where this environment is the only one that reads it. */
  #editFile(of: {
    readonly resource: DesiredResource;
    readonly kind: Kind;
    readonly path: readonly string[];
    readonly source: SourceFile;
    readonly node: Scalar;
    readonly value: Json;
    readonly origin: Origin;
  }): void {
    const { resource, kind, path, source, node, value, origin } = of;
    const file = joined(source.file, String(node.value));
    const before = file === undefined ? undefined : this.#options.texts.get(file);
    const alone = file !== undefined && (this.#uses.get(file) ?? 0) <= 1 && !source.isRepeated(node);
    if (typeof value !== 'string' || before === undefined || !alone || file === undefined) {
      if (source.isRepeated(node)) {
        this.#refuse({ why: 'repeated', offset: startAt(node) }, source, origin);
        return;
      }
      // The file is not of this environment alone: the value gets a place of its own.
      const own = this.#nodeOf(kind, resource.ref.key, path, value);
      const edited = replaceScalar(source, node, own);
      if (edited.ok) this.#splice(source, edited.splices);
      this.#edits.push(origin.edit);
      return;
    }
    const same = (text: string): boolean =>
      JSON.stringify(canonicalBody(kind, nestedAt(path, text))) ===
      JSON.stringify(canonicalBody(kind, nestedAt(path, value)));
    this.#texts.set(file, asWritten(before, value, same));
    this.#edits.push({ ...origin.edit, at: { file, line: 1, col: 1 } });
  }

  /** Parts of a text, each of which is owned by itself: the messages of a theme. */
  #editText(resource: DesiredResource, path: readonly string[], edits: readonly PlainEdit[]): void {
    const kind = this.#options.catalog.kind(resource.ref.kind);
    const changes = new Map(
      edits.map(({ pointer, from }) => [pathOf(pointer).at(-1) ?? '', typeof from === 'string' ? from : undefined]),
    );
    const written = valueAt(resource.fields, path);
    const [first] = edits;
    if (typeof written !== 'string' || !first) return;
    const pointers = edits.map(({ pointer }) => pointer);
    this.#replaceText({ resource, kind, path, text: withMessages(written, changes), pointers });
  }

  #replaceText(of: {
    readonly resource: DesiredResource;
    readonly kind: Kind;
    readonly path: readonly string[];
    readonly text: string;
    readonly pointers: readonly string[];
  }): void {
    const { resource, kind, path, text, pointers } = of;
    const at = resource.locations.get(pointerOf(path));
    const place = at && this.#placeOf(at);
    const field = path.join('.');
    if (this.#isForEach(resource.ref)) {
      for (const pointer of pointers) this.#refuseForEach(resource, { pointer });
      return;
    }
    if (!at || !place) {
      const node = this.#nodeOf(kind, resource.ref.key, path, text);
      this.#add(resource.ref, path, node, { field });
      return;
    }
    const { source, node } = place;
    const origin: Origin = { edit: { ref: resource.ref, field, what: 'changed', at } };
    if (isScalar(node) && node.tag === '!file') {
      this.#editFile({ resource, kind, path, source, node, value: text, origin });
      return;
    }
    const edited = editValue(source, node, { written: '', live: text, named: text }, noRules);
    if (edited.ok) {
      this.#splice(source, edited.splices);
      this.#edits.push(origin.edit);
    } else for (const pointer of pointers) this.#refuse(edited.refusal, source, { ...origin, pointer });
  }

  /** What a fresh pull would write and the files do not say yet. */
  #takeEntry(entry: PulledEntry): void {
    const { kind, live } = entry;
    const ref = this.#known.get(`${kind.kind}:${live.id}`);
    if (!ref) {
      if (this.#options.scope === 'everything') this.#addEntry(entry);
      return;
    }
    const resource = this.#resources.get(refText(ref));
    if (!resource) return;
    const isOwned = (path: readonly string[]): boolean => this.#isOwned(kind, resource, path);
    this.#notes.push(
      ...entry.notes.filter(
        ({ field, reason }) => !['secret', 'not-expressible'].includes(reason) || !isOwned((field ?? '').split('.')),
      ),
    );
    if (this.#options.scope === 'everything') this.#takeFields(entry, resource);
    // Last, as in a fresh pull.
    this.#takeChildren(entry, ref);
  }

  #takeFields(entry: PulledEntry, resource: DesiredResource): void {
    const { kind, yaml } = entry;
    const { ref } = resource;
    const body = entryNode({ ...yaml, comments: [] });
    const wanted = new Map(entry.secrets.map((secret) => [secret.field, secret]));
    const childFields = new Set(kind.children.map(({ field }) => field));
    const leaves = leavesOf(yaml.body).filter(([step = '', ...rest]) =>
      rest.length > 0 ? true : step !== 'id' && !childFields.has(step),
    );
    const missing = leaves.filter((path) => !this.#isOwned(kind, resource, path));
    if (missing.length > 0 && this.#isForEach(ref)) {
      const message = `has fields that the files do not own (${missing.map((path) => path.join('.')).join(', ')}): an entry with forEach is not added to`;
      this.#leave({ ref, reason: 'not-edited', message, at: resource.at, harmless: true });
      return;
    }
    for (const path of missing) {
      const value = valueAt(yaml.body, path);
      const file = yaml.files.get(pointerOf(path));
      const node =
        file === undefined
          ? (body.getIn(path, true) as Node)
          : this.#nodeOf(kind, ref.key, path, valueAt(yaml.body, path) as Json);
      if (value === undefined) continue;
      const secret = wanted.get(path.join('.'));
      this.#add(ref, this.#pathInFiles(kind, resource, path), node, {
        field: path.join('.'),
        ...(secret && { secret }),
      });
    }
  }

  #addEntry(entry: PulledEntry): void {
    const { kind, live, yaml } = entry;
    if (this.#isBuried(live) || this.#given.existing.has(`${kind.kind}:${live.id}`)) return;
    const files = new Map<string, string>();
    const renamed = new Map<string, string>();
    for (const { file, text } of entry.texts) {
      const name = this.#freeName(file);
      renamed.set(file, name);
      this.#texts.set(`${this.#folder}/${name}`, text);
    }
    for (const [pointer, file] of yaml.files) files.set(pointer, renamed.get(file) ?? file);
    const node = entryNode({ ...yaml, files });
    const ref: Ref = { kind: kind.kind, key: yaml.key };
    this.#add(ref, [], node, {});
    this.#secrets.push(...entry.secrets);
    this.#notes.push(...entry.notes);
  }

  /** Roles and the like that the list of an object lacks. */
  #takeChildren(entry: PulledEntry, parent: Ref): void {
    const { kind, live } = entry;
    for (const child of kind.children) {
      const childKind = this.#options.catalog.kind(child.kind);
      const bodies = valueAt(entry.yaml.body, [child.field]);
      if (!Array.isArray(bodies)) continue;
      const list = this.#options.desired.childLists.find(
        (one) => one.kind === child.kind && refText(one.parent) === refText(parent),
      );
      if (list?.mode === 'atLeast') continue;
      if (!list && this.#options.scope !== 'everything') continue;
      const lives = this.#childrenOf(child.kind, live.id);
      for (const body of bodies as readonly JsonObject[]) {
        const name = textAt(body, childKind.nameField);
        const one = lives.find((item) => liveName(childKind, item) === name);
        const known = one && this.#known.get(`${one.kind}:${one.id}`);
        if (known) this.#takeChildFields(childKind, known, body);
        else if (!one || !this.#isBuried(one))
          this.#addChild({ parent, child: childKind, field: child.field, body, list: list?.at });
      }
    }
  }

  #takeChildFields(kind: Kind, ref: Ref, body: JsonObject): void {
    const resource = this.#resources.get(refText(ref));
    if (!resource || this.#options.scope !== 'everything' || this.#isForEach(ref)) return;
    for (const path of leavesOf(body)) {
      if (path[0] === 'id' || this.#isOwned(kind, resource, path)) continue;
      // A leaf of the body is JSON.
      this.#add(ref, path, jsonNode(valueAt(body, path) as Json), { field: path.join('.') });
    }
  }

  #addChild(of: {
    readonly parent: Ref;
    readonly child: Kind;
    readonly field: string;
    readonly body: JsonObject;
    readonly list: Location | undefined;
  }): void {
    const { parent, child, field, body, list } = of;
    const name = textAt(body, child.nameField);
    const ref: Ref = { kind: child.kind, key: `${parent.key}/${child.collection}/${name}` };
    if (this.#isForEach(parent)) {
      const message = 'is on the instance and not in the files: an entry with forEach is not added to';
      this.#leave({ ref, reason: 'not-edited', message, ...(list && { at: list }) });
      return;
    }
    const place = list && this.#placeOf(list);
    const edit: PulledEdit = { ref, what: 'added', at: { file: place?.source.file ?? '' } };
    if (place && isSeq(place.node) && !place.source.isRepeated(place.node)) {
      const change = this.#listChange(place.source, place.node);
      change.add.push(childNode(body));
      change.origins.push({ edit });
      return;
    }
    const base = this.#baseOf(parent);
    if (!base) return this.#refuseOrigin({ edit });
    const { root, source } = this.#additionsOf(base.source, base.map);
    const at = additionsAt(root, base.path);
    const there = at?.parts.get(field);
    const items: ListAdditions<Origin> =
      there?.shape === 'list' ? there : { shape: 'list', nameField: child.nameField, items: [], named: new Map() };
    at?.parts.set(field, items);
    items.items.push({
      shape: 'value',
      node: jsonNode(body),
      origin: { edit: { ...edit, at: { file: source.file } } },
    });
  }

  /** Something that the files declare and the instance does not have. */
  #gone(resource: DesiredResource): void {
    const kind = this.#options.catalog.kind(resource.ref.kind);
    const parentGone = resource.parent && !this.#options.difference.live.has(refText(resource.parent));
    // Its parent says it for all that is in it.
    if (parentGone === true) {
      this.#left.add(refText(resource.ref));
      return;
    }
    const place = this.#prunable(kind, resource);
    if (!this.#options.prune || !place) {
      const why = this.#options.prune
        ? 'its entry is not in a file of this environment alone'
        : 'pull --prune takes it out';
      const message = `is not on the instance: the entry stays, and a plan makes it (${why})`;
      this.#leave({ ref: resource.ref, reason: 'gone', message, at: resource.at });
      return;
    }
    const edit: PulledEdit = { ref: resource.ref, what: 'removed', at: resource.at };
    if (place.in === 'list') {
      const change = this.#listChange(place.source, place.list);
      change.drop.add(place.index);
      change.origins.push({ edit });
      return;
    }
    this.#drop(place.source, { map: place.map, pair: place.pair, edit });
  }

  #prunable(
    kind: Kind,
    resource: DesiredResource,
  ):
    | { readonly in: 'list'; readonly source: SourceFile; readonly list: YAMLSeq; readonly index: number }
    | { readonly in: 'map'; readonly source: SourceFile; readonly map: YAMLMap; readonly pair: Pair<Node, Node | null> }
    | undefined {
    if (this.#isForEach(resource.ref) || kind.scope === 'singleton') return undefined;
    if (!this.#isAllOwn(resource)) return undefined;
    const place = this.#placeOf(resource.at);
    if (kind.scope === 'child') {
      const holder = place && place.source.holderOf(place.node);
      if (!place || holder?.in !== 'list' || place.source.isRepeated(place.node)) return undefined;
      return { in: 'list', source: place.source, list: holder.list, index: holder.list.items.indexOf(place.node) };
    }
    const entry = this.#own.entry(kind, resource.ref.key);
    const holder = entry && entry.source.holderOf(entry.node);
    if (!entry || holder?.in !== 'pair' || entry.source.isRepeated(entry.node)) return undefined;
    // In a file every key and value is a node.
    return { in: 'map', source: entry.source, map: holder.map, pair: holder.pair as Pair<Node, Node | null> };
  }

  /** Adds a value at a path of a resource, in the environment's own layer. */
  #add(ref: Ref, path: readonly string[], node: Node, about: Omit<Origin, 'edit'> & { readonly field?: string }): void {
    const { field, ...rest } = about;
    const base = this.#baseOf(ref);
    const file = base?.source.file ?? '';
    const what = path.length > 0 && about.pointer !== undefined ? 'changed' : 'added';
    const edit: PulledEdit = { ref, what, at: { file }, ...(field !== undefined && { field }) };
    const origin: Origin = { ...rest, edit };
    if (!base) return this.#refuseOrigin(origin);
    const { root } = this.#additionsOf(base.source, base.map);
    const value: AddedValue<Origin> = { shape: 'value', node, origin };
    const steps = this.#stepsInSource(ref, path);
    const whole = [...base.path, ...steps];
    const at = base.item ? this.#itemAdditions(root, base) : additionsAt(root, whole.slice(0, -1));
    const last = whole.at(-1);
    if (base.item) {
      const inner = at && additionsAt(at, steps.slice(0, -1));
      const step = steps.at(-1);
      if (inner && step !== undefined) inner.parts.set(step, value);
      return;
    }
    if (at && last !== undefined) at.parts.set(last, value);
  }

  /** A path with the keys that really stand in the file: an id may stand there for the logical key that it means. */
  #stepsInSource(ref: Ref, path: readonly string[]): readonly string[] {
    const resource = this.#resources.get(refText(ref));
    return path.map((step, index) => {
      const at = resource?.locations.get(pointerOf(path.slice(0, index + 1)));
      const place = at && this.#placeOf(at);
      const holder = place?.source.holderOf(place.node);
      const key = holder?.in === 'pair' && isScalar(holder.pair.key) ? holder.pair.key.value : undefined;
      return typeof key === 'string' && isUuid(key) ? key : step;
    });
  }

  #itemAdditions(root: Additions<Origin>, base: Base): Additions<Origin> | undefined {
    const at = additionsAt(root, base.path);
    if (!at || !base.item) return undefined;
    const { field, nameField, name } = base.item;
    const there = at.parts.get(field);
    const list: ListAdditions<Origin> =
      there?.shape === 'list' ? there : { shape: 'list', nameField, items: [], named: new Map() };
    at.parts.set(field, list);
    const inner = list.named.get(name) ?? noAdditions<Origin>();
    list.named.set(name, inner);
    return inner;
  }

  /** The map that additions to a resource begin at, and how to get from there to the resource. */
  #baseOf(ref: Ref): Base | undefined {
    const kind = this.#options.catalog.kind(ref.kind);
    const resource = this.#resources.get(refText(ref));
    if (kind.scope === 'child') {
      const parent = resource?.parent;
      const place = resource && this.#placeOf(resource.at);
      if (place && isMap(place.node) && !place.source.isRepeated(place.node))
        return { source: place.source, map: place.node, path: [] };
      const base = parent && this.#baseOf(parent);
      const child = parent && this.#options.catalog.kind(parent.kind).children.find((one) => one.kind === kind.kind);
      const name = valueAt(resource?.fields, kind.nameField.split('.'));
      if (!base || !child || typeof name !== 'string') return undefined;
      return { ...base, item: { field: child.field, nameField: kind.nameField, name } };
    }
    const entry = this.#own.entry(kind, ref.key);
    if (entry) {
      if (isMap(entry.node) && !entry.source.isRepeated(entry.node)) return { ...entry, map: entry.node, path: [] };
      if (!isScalar(entry.node) || entry.node.value !== null) return undefined;
    }
    const source = entry?.source ?? this.#own.sourceFor(kind);
    if (!source.root) return undefined;
    const path = kind.scope === 'singleton' ? [kind.collection] : [kind.collection, ref.key];
    const { root } = this.#additionsOf(source, source.root);
    if (kind.scope !== 'singleton') {
      const section = additionsAt(root, [kind.collection]);
      if (section) section.spaced = true;
    }
    return { source, map: source.root, path };
  }

  #applyAdditions(): void {
    this.#addExisting();
    for (const [map, { source, root }] of this.#additions) {
      const { splices, refused, filled } = addToMap(source, map, root);
      for (const inner of filled) this.#refilled.add(inner);
      this.#splice(source, splices);
      const not = new Set(refused.flatMap(({ origins }) => origins));
      for (const { origins, refusal } of refused) for (const origin of origins) this.#refuse(refusal, source, origin);
      for (const origin of originsOf(root)) if (!not.has(origin)) this.#accept(origin);
    }
  }

  #accept(origin: Origin): void {
    this.#edits.push(origin.edit);
    if (origin.secret) this.#secrets.push(origin.secret);
  }

  /** Shipped objects that something new refers to are called existing, as in a fresh pull. */
  #addExisting(): void {
    const texts = new Set<unknown>();
    for (const { root } of this.#additions.values()) collectTexts(root, texts);
    for (const { kind, id, key, match } of this.#pulled.existing) {
      if (this.#given.keys.has(`${kind.kind}:${id}`) || !texts.has(key)) continue;
      const source = this.#own.sourceFor(kind);
      if (!source.root) continue;
      const { root } = this.#additionsOf(source, source.root);
      const node = jsonNode(match);
      if (isMap(node)) node.flow = true;
      const ref: Ref = { kind: kind.kind, key };
      const origin: Origin = { edit: { ref, what: 'added', at: { file: source.file } } };
      additionsAt(root, ['existing', kind.collection])?.parts.set(key, { shape: 'value', node, origin });
    }
  }

  #applyLists(): void {
    for (const [list, { source, add, drop, origins }] of this.#lists) {
      const kept = [...list.items.keys()].filter((index) => !drop.has(index));
      const steps: ListStep[] = [...kept.map((keep) => ({ keep })), ...add.map((node) => ({ add: node }))];
      const edited = editList(source, list, steps);
      if (edited.ok) {
        this.#splice(source, edited.splices);
        for (const origin of origins) this.#accept(origin);
      } else for (const origin of origins) this.#refuse(edited.refusal, source, origin);
    }
  }

  #applyDrops(): void {
    for (const [map, { source, pairs, origins }] of this.#drops) {
      const edited = removePairs(source, map, pairs, { refilled: this.#refilled.has(map) });
      if (edited.ok) {
        this.#splice(source, edited.splices);
        for (const origin of origins) this.#accept(origin);
      } else for (const origin of origins) this.#refuse(edited.refusal, source, origin);
    }
  }

  #listChange(source: SourceFile, list: YAMLSeq): { add: Node[]; drop: Set<number>; origins: Origin[] } {
    const change = this.#lists.get(list) ?? { source, add: [], drop: new Set<number>(), origins: [] };
    this.#lists.set(list, change);
    return change;
  }

  #additionsOf(source: SourceFile, map: YAMLMap): { readonly source: SourceFile; readonly root: Additions<Origin> } {
    const there = this.#additions.get(map) ?? { source, root: noAdditions<Origin>() };
    this.#additions.set(map, there);
    return there;
  }

  /** The node at a place, where the place is in a file of the environment's own. */
  #placeOf(at: Location): { readonly source: SourceFile; readonly node: Node } | undefined {
    const source = this.#own.source(at.file);
    const node = source?.nodeAt(at);
    return source && node && { source, node };
  }

  /** A live value with logical keys where the files have them. */
  #named(kind: Kind, path: readonly string[], live: Json): Json {
    const name: NameReference = (to, id) =>
      this.#isInFiles(to, id) ? this.#pulled.name(to, id) : { found: false, text: id, shared: false };
    const whole = (value: Json): Json => {
      const { body } = nameReferences(kind, nestedAt(path, value), { catalog: this.#options.catalog, name });
      // A value comes back where it was put, unless a step of the path is an id that has a name now.
      return (valueAt(body, path) ?? valueAt(body, this.#namedPath(body, path)) ?? value) as Json;
    };
    // Item by item: a set would be sorted anew, and no item could be told from another.
    return Array.isArray(live) ? (live as readonly Json[]).flatMap((item) => whole([item])) : whole(live);
  }

  /** The only way down a body that holds one value. */
  #namedPath(body: JsonObject, path: readonly string[]): readonly string[] {
    const steps: string[] = [];
    let value: unknown = body;
    for (let length = 0; length < path.length && isJsonObject(value); length += 1) {
      const [key = ''] = Object.keys(value);
      steps.push(key);
      value = value[key];
    }
    return steps;
  }

  #isInFiles(kind: string, id: string): boolean {
    if (this.#options.scope === 'everything' || this.#known.has(`${kind}:${id}`)) return true;
    return this.#given.keys.has(`${kind}:${id}`);
  }

  /** A written value with ids where references were, as the server would keep it; a list item by item, in its order. */
  #writtenValue(kind: Kind, path: readonly string[], value: unknown): Json {
    // An edit that is no secret has no secret in its value.
    const plain = plainValue((value ?? null) as never);
    const one = (item: Json): Json => (valueAt(canonicalBody(kind, nestedAt(path, item)), path) ?? item) as Json;
    return Array.isArray(plain) ? (plain as readonly Json[]).flatMap((item) => one([item])) : one(plain);
  }

  /** A path with ids among its steps as the files write it, with logical keys. */
  #writtenPath(kind: Kind, resource: DesiredResource, path: readonly string[]): readonly string[] {
    const written: string[] = [];
    for (const step of path) {
      const at = valueAt(resource.fields, written);
      const keys = isJsonObject(at) ? Object.keys(at) : [];
      const key = keys.includes(step) ? step : keys.find((name) => this.#idOfKey(kind, written, name) === step);
      written.push(key ?? step);
    }
    return written;
  }

  /** A path of a pulled body as the files write it: a key of theirs may stand for the same object under another name. */
  #pathInFiles(kind: Kind, resource: DesiredResource, path: readonly string[]): readonly string[] {
    const written: string[] = [];
    for (const step of path) {
      const at = valueAt(resource.fields, written);
      const keys = isJsonObject(at) ? Object.keys(at) : [];
      const id = keys.includes(step) ? undefined : this.#idOfKey(kind, written, step);
      const same = id === undefined ? undefined : keys.find((name) => this.#idOfKey(kind, written, name) === id);
      written.push(same ?? step);
    }
    return written;
  }

  /** The id that a key of a map stands for, where the catalog says that its keys are references. */
  #idOfKey(kind: Kind, path: readonly string[], key: string): string | undefined {
    const field = kind.refs.find((ref) => ref.path === `${path.join('.')}{key}`);
    if (!field) return undefined;
    const own = this.#ids.get(refText({ kind: field.kind, key }));
    if (own !== undefined) return own;
    for (const [text, name] of this.#given.keys) {
      if (name === key && text.startsWith(`${field.kind}:`)) return text.slice(field.kind.length + 1);
    }
    return key.toLowerCase();
  }

  /** True where the files say something at a path, or above it something that is no map. */
  #isOwned(kind: Kind, resource: DesiredResource, path: readonly string[]): boolean {
    const written = this.#pathInFiles(kind, resource, path);
    for (let length = 1; length <= written.length; length += 1) {
      const at = written.slice(0, length);
      const value = valueAt(resource.fields, at);
      if (value === undefined) return false;
      if (length === written.length || !isJsonObject(value)) return true;
      // What is complete as it is written, or must be empty, is edited as a whole.
      const isOf = (maps: readonly string[]): boolean => maps.some((map) => fieldMatches(map, pointerOf(at)));
      const isEmpty = Object.keys(value).length === 0 && isOf(kind.freeMaps ?? []);
      if (resource.listModes.has(pointerOf(at)) || isEmpty || isOf(kind.completeMaps)) return true;
    }
    return false;
  }

  /** The path at which the files own what an edit is about: its own, or that of the text it is a part of. */
  #ownerOf(resource: DesiredResource, path: readonly string[]): readonly string[] {
    for (let length = path.length; length > 0; length -= 1) {
      if (resource.locations.has(pointerOf(path.slice(0, length)))) return path.slice(0, length);
    }
    return path;
  }

  #childrenOf(kind: string, parentId: string): readonly LiveResource[] {
    const read = this.#options.live.kinds.get(kind);
    return read?.known === true ? read.resources.filter((item) => item.parentId === parentId) : [];
  }

  #isBuried(live: LiveResource): boolean {
    return this.#options.difference.changes.some(
      (change) => change.op === 'delete' && change.why === 'tombstone' && change.id === live.id,
    );
  }

  /** True where no lower layer says anything of it. */
  #isAllOwn(resource: DesiredResource): boolean {
    if (this.#isForEach(resource.ref)) return false;
    const folder = `${this.#folder}/`;
    return [...resource.locations.values(), resource.at].every(({ file }) => file.startsWith(folder));
  }

  #isForEach(ref: Ref): boolean {
    return ref.key.includes('@');
  }

  #freeName(file: string): string {
    const [, stem = file, end = ''] = /^(.*?)(\.[^/]*)?$/s.exec(file) ?? [];
    let name = file;
    const isTaken = (path: string): boolean =>
      this.#options.taken.has(path) || this.#texts.has(`${this.#folder}/${path}`);
    for (let count = 2; isTaken(name); count += 1) name = `${stem}-${count}${end}`;
    return name;
  }

  #splice(source: SourceFile, splices: readonly Splice[]): void {
    this.#splices.set(source, [...(this.#splices.get(source) ?? []), ...splices]);
  }

  #refuseForEach(
    resource: DesiredResource,
    edit: { readonly pointer: string; readonly from?: Json; readonly at?: Location },
  ): void {
    const live = edit.from === undefined ? '' : ` (${shown(edit.from)})`;
    const message = `differs from the instance${live}, and one entry with forEach is for several tenants: write an entry for this one, or apply`;
    this.#leave({
      ref: resource.ref,
      reason: 'not-edited',
      message,
      pointer: edit.pointer,
      at: edit.at ?? resource.at,
    });
  }

  #refuseOrigin(origin: Origin): void {
    const { ref } = origin.edit;
    const resource = this.#resources.get(refText(ref));
    const message = `${liveWords(origin)}: its place in the files is not one that is edited`;
    this.#leave({ ref, reason: 'not-edited', message, pointer: origin.pointer, at: resource?.at });
  }

  #refuse(refusal: ValueRefusal, source: SourceFile, origin: Origin): void {
    const at = source.place(refusal.offset);
    const { ref, field } = origin.edit;
    if (refusal.why === 'comment-in-flow') {
      const of = field === undefined ? refText(ref) : `${field} of ${refText(ref)}`;
      this.#findings.push({
        code: 'pull/comment-in-flow',
        severity: 'error',
        message: `the comment stands in the middle of a list or map in brackets that ${of} changes`,
        hint: 'nothing was written: write it as a block, one part on each line, or put the comment above it, and pull again',
        at,
      });
      return;
    }
    const words: Record<Exclude<ValueRefusal['why'], 'comment-in-flow'>, string> = {
      made: `${'tag' in refusal ? refusal.tag : ''} gives it: change what it stands for, or write the value here`,
      repeated: 'an alias repeats it elsewhere: write the value here, or change it for all',
      secret: 'a !secret stands in it: edit it by hand',
      'odd-place': 'its place in the file is not one that is edited: edit it by hand',
    };
    const message = `${liveWords(origin)}: ${words[refusal.why]}`;
    this.#leave({ ref, reason: 'not-edited', message, pointer: origin.pointer, field, at });
  }

  /** Says in a note what stays as it is, and remembers that it still differs. */
  #leave(about: {
    readonly ref: Ref;
    readonly reason: PullNote['reason'];
    readonly message: string;
    readonly pointer?: string | undefined;
    readonly field?: string | undefined;
    readonly at?: Location | undefined;
    /** Nothing of it differs from what the files own. */
    readonly harmless?: true;
  }): void {
    const { ref, reason, message, pointer, at } = about;
    const field = about.field ?? (pointer === undefined ? undefined : pathOf(pointer).join('.'));
    this.#notes.push({
      reason,
      kind: ref.kind,
      object: ref.key,
      ...(field !== undefined && { field }),
      ...(at && { at }),
      message,
    });
    if (about.harmless !== true) this.#left.add(pointer === undefined ? refText(ref) : `${refText(ref)} ${pointer}`);
  }
}

interface Base {
  readonly source: SourceFile;
  readonly map: YAMLMap;
  readonly path: readonly string[];
  /** For a child: the list it stands in, and the name it has there. */
  readonly item?: { readonly field: string; readonly nameField: string; readonly name: string };
}

const noRules = { set: false, atLeast: false, wholeMap: false };

function liveWords(origin: Origin): string {
  return origin.live === undefined ? 'differs from the instance' : `is ${shown(origin.live)} on the instance`;
}

/** A role or the like as a fresh pull writes it. */
function childNode(body: JsonObject): Node {
  return entryNode({ key: '', body, comments: [], files: new Map(), secrets: new Map(), labels: new Map() });
}

function textAt(body: JsonObject, field: string): string {
  const value = body[field];
  return typeof value === 'string' ? value : '';
}

/** A live value on one line, cut where it is long. */
function shown(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** The paths of all values that are no maps; an empty map is one value. */
function leavesOf(value: unknown, at: readonly string[] = []): readonly (readonly string[])[] {
  if (!isJsonObject(value) || (Object.keys(value).length === 0 && at.length > 0)) return [at];
  return Object.entries(value).flatMap(([key, item]) => leavesOf(item, [...at, key]));
}

/** Every text that additions write. */
function collectTexts(root: Additions<Origin>, into: Set<unknown>): void {
  for (const node of nodesOf(root)) visit(node, { Scalar: (_, scalar) => void into.add(scalar.value) });
}

function nodesOf(part: Addition<Origin>): readonly Node[] {
  if (part.shape === 'value') return [part.node];
  if (part.shape === 'map') return [...part.parts.values()].flatMap(nodesOf);
  return [...part.items, ...part.named.values()].flatMap(nodesOf);
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
function joined(file: string, path: string): string | undefined {
  const steps = file.split('/').slice(0, -1);
  for (const step of path.split('/')) {
    if (step === '' || step === '.') continue;
    if (step !== '..') steps.push(step);
    else if (steps.pop() === undefined) return undefined;
  }
  return steps.join('/');
}

/** A text with the line ends, the last line break and the byte order mark of the one before, where that means the same. */
function asWritten(before: string, text: string, isSame: (text: string) => boolean): string {
  const bom = before.startsWith('\uFEFF') ? '\uFEFF' : '';
  const ended = before.endsWith('\n') && !text.endsWith('\n') ? `${text}\n` : text;
  const unix = isSame(ended) ? ended : text;
  const returns = unix.replaceAll(/\r?\n/g, '\r\n');
  return bom + (before.includes('\r\n') && isSame(returns) ? returns : unix);
}
