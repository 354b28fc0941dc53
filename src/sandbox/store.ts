import { valuesAt } from './kinds/uses.js';

/** The fields of an object: any JSON, never changed once stored. */
export type Fields = Readonly<Record<string, unknown>>;

/** An object as it is kept. It may have fields that no answer shows; the kind's `view` leaves them out. */
export type StoredObject = Fields & { readonly id: string };

/** Values that objects of a kind are looked up by. */
export interface IndexRule {
  /** Its name, or a dotted path in which `*` stands for each item of a list: `memberships.*.groupId`. */
  readonly field: string;
  /** A field whose value parts the objects: a name is unique in its tenant. Absent: in the whole instance. */
  readonly within?: string;
  /** Whether `Acme` and `acme` are the same name. */
  readonly caseSensitive?: boolean;
  /** The docs do not say that it is unique: UNVERIFIED (switch uniqueNames). */
  readonly undocumented?: true;
}

/** All that a sandbox remembers, as plain JSON: what `--data` writes and `reset` goes back to. */
export interface StoreSnapshot {
  readonly objects: Readonly<Record<string, readonly StoredObject[]>>;
  readonly counters: Readonly<Record<string, number>>;
}

/** Somebody who is told of every change. */
export interface StoreListener {
  /** An object was put, or removed when `object` is undefined; `before` is what was there. */
  readonly changed: (kind: string, object: StoredObject | undefined, before: StoredObject | undefined) => void;
  /** A counter moved. */
  readonly counted?: (counter: string, value: number) => void;
  /** Everything is another: the store went back to a snapshot. */
  readonly restored: () => void;
}

interface Collection {
  readonly objects: Map<string, StoredObject>;
  /** Per rule: the value (with what it is within) → the id of the one object that has it, or the ids of all of them. */
  readonly indexes: readonly Map<string, Set<string> | string>[];
}

/** Objects by kind and id, in order of creation. It checks nothing: that is the work of its callers. */
export class Store {
  readonly #rules: ReadonlyMap<string, readonly IndexRule[]>;
  #collections = new Map<string, Collection>();
  #counters = new Map<string, number>();
  #version = 0;
  readonly #listeners: StoreListener[] = [];

  /** @param rules - per kind, what is looked up by {@link Store.find}. */
  constructor(rules: ReadonlyMap<string, readonly IndexRule[]> = new Map()) {
    this.#rules = rules;
  }

  /** The listener is told of everything that happens from now on. */
  listen(listener: StoreListener): void {
    this.#listeners.push(listener);
  }

  /** Grows with every change. */
  get version(): number {
    return this.#version;
  }

  /** All objects of a kind, in order of creation. Not to be iterated while objects of the kind come and go. */
  all(kind: string): Iterable<StoredObject> {
    return this.#collections.get(kind)?.objects.values() ?? [];
  }

  count(kind: string): number {
    return this.#collections.get(kind)?.objects.size ?? 0;
  }

  get(kind: string, id: string): StoredObject | undefined {
    return this.#collections.get(kind)?.objects.get(id.toLowerCase());
  }

  /**
   * The first object that has a value in a field with a rule.
   * @param within - the value of the rule's `within` field, where the rule has one.
   */
  find(kind: string, field: string, value: string, within?: unknown): StoredObject | undefined {
    return this.findAll(kind, field, value, within)[0];
  }

  /** All of them: unless the rule says otherwise, case does not count here, and a switch may let it count elsewhere. */
  findAll(kind: string, field: string, value: string, within?: unknown): readonly StoredObject[] {
    const rules = this.#rules.get(kind) ?? [];
    const position = rules.findIndex((rule) => rule.field === field);
    const rule = rules[position];
    if (rule === undefined) throw new Error(`the store has no index for ${kind}.${field}`);
    const ids = this.#collections.get(kind)?.indexes[position]?.get(indexKey(rule, value, within)) ?? [];
    return (typeof ids === 'string' ? [ids] : [...ids]).flatMap((id) => this.get(kind, id) ?? []);
  }

  /** Adds an object, or takes the place of the one with its id. */
  put(kind: string, object: StoredObject): void {
    const before = this.#put(kind, object);
    for (const listener of this.#listeners) listener.changed(kind, object, before);
  }

  remove(kind: string, id: string): void {
    const collection = this.#collections.get(kind);
    const object = collection?.objects.get(id.toLowerCase());
    if (collection === undefined || object === undefined) return;
    this.#index(kind, collection, { before: object, after: undefined });
    collection.objects.delete(id.toLowerCase());
    this.#version += 1;
    for (const listener of this.#listeners) listener.changed(kind, undefined, object);
  }

  /** Removes every object of a kind that the test is true for, and gives them back. */
  removeWhere(kind: string, test: (object: StoredObject) => boolean): readonly StoredObject[] {
    const gone = [...this.all(kind)].filter((object) => test(object));
    for (const { id } of gone) this.remove(kind, id);
    return gone;
  }

  /** The next number of a counter, from 1: ids of audit-log entries are int64, not UUIDs. */
  next(counter: string): number {
    const value = (this.#counters.get(counter) ?? 0) + 1;
    this.setCounter(counter, value);
    return value;
  }

  setCounter(counter: string, value: number): void {
    this.#counters.set(counter, value);
    this.#version += 1;
    for (const listener of this.#listeners) listener.counted?.(counter, value);
  }

  snapshot(): StoreSnapshot {
    return {
      objects: Object.fromEntries([...this.#collections].map(([kind, { objects }]) => [kind, [...objects.values()]])),
      counters: Object.fromEntries(this.#counters),
    };
  }

  restore({ objects, counters }: StoreSnapshot): void {
    this.#collections = new Map();
    this.#counters = new Map(Object.entries(counters));
    for (const [kind, list] of Object.entries(objects)) for (const object of list) this.#put(kind, object);
    this.#version += 1;
    for (const listener of this.#listeners) listener.restored();
  }

  /** Gives what was there before. */
  #put(kind: string, object: StoredObject): StoredObject | undefined {
    const collection = this.#collection(kind);
    const id = object.id.toLowerCase();
    const before = collection.objects.get(id);
    this.#index(kind, collection, { before, after: object });
    collection.objects.set(id, object);
    this.#version += 1;
    return before;
  }

  #collection(kind: string): Collection {
    let collection = this.#collections.get(kind);
    if (collection === undefined) {
      const indexes = (this.#rules.get(kind) ?? []).map(() => new Map<string, Set<string> | string>());
      collection = { objects: new Map(), indexes };
      this.#collections.set(kind, collection);
    }
    return collection;
  }

  /** Values that stay keep their place: objects of one value come in the order in which they got it. */
  #index(
    kind: string,
    { indexes }: Collection,
    { before, after }: { readonly before: StoredObject | undefined; readonly after: StoredObject | undefined },
  ): void {
    for (const [position, rule] of (this.#rules.get(kind) ?? []).entries()) {
      const index = indexes[position];
      if (index === undefined) continue;
      const [gone, present] = [before, after].map((object) => keysOf(rule, object));
      for (const key of gone ?? []) if (present?.has(key) !== true) takeOut(index, key, before?.id);
      for (const key of present ?? []) if (gone?.has(key) !== true) putIn(index, key, after?.id);
    }
  }
}

function putIn(index: Map<string, Set<string> | string>, key: string, id = ''): void {
  const ids = index.get(key);
  if (ids === undefined) index.set(key, id);
  else if (typeof ids === 'string') index.set(key, new Set([ids, id]));
  else ids.add(id);
}

function takeOut(index: Map<string, Set<string> | string>, key: string, id = ''): void {
  const ids = index.get(key);
  if (ids === undefined) return;
  if (typeof ids !== 'string') ids.delete(id);
  if (typeof ids === 'string' || ids.size === 0) index.delete(key);
}

function keysOf(rule: IndexRule, object: StoredObject | undefined): ReadonlySet<string> {
  if (object === undefined) return new Set();
  const part = rule.within === undefined ? undefined : object[rule.within];
  const texts = rule.field.includes('*') ? valuesAt(object, rule.field) : [object[rule.field]];
  return new Set(texts.filter((text) => typeof text === 'string').map((text) => indexKey(rule, text, part)));
}

/**
 * Case does not count unless the rule says so: whether it does on a real server depends on its database,
 * UNVERIFIED (switch nameCase).
 */
function indexKey({ within, caseSensitive }: IndexRule, value: string, part: unknown): string {
  const text = caseSensitive === true ? value : value.toLowerCase();
  return within === undefined ? text : JSON.stringify([part ?? null, text]);
}
