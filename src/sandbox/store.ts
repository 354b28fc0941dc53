/** The fields of an object: any JSON, never changed once stored. */
export type Fields = Readonly<Record<string, unknown>>;

/** An object as it is kept. It may have fields that no answer shows; the kind's `view` leaves them out. */
export type StoredObject = Fields & { readonly id: string };

/** Values of a field that no two objects of a kind may share. */
export interface UniqueRule {
  readonly field: string;
  /** A field whose value parts the objects: a name is unique in its tenant. Absent: in the whole instance. */
  readonly within?: string;
  /** Whether `Acme` and `acme` are the same name. */
  readonly caseSensitive?: boolean;
}

/** All that a sandbox remembers, as plain JSON: what `--data` writes and `reset` goes back to. */
export interface StoreSnapshot {
  readonly objects: Readonly<Record<string, readonly StoredObject[]>>;
  readonly counters: Readonly<Record<string, number>>;
}

interface Collection {
  readonly objects: Map<string, StoredObject>;
  /** Per unique rule: the value (with what it is within) → ids. */
  readonly indexes: readonly Map<string, readonly string[]>[];
  version: number;
}

/** Objects by kind and id, in order of creation. It checks nothing: that is the work of its callers. */
export class Store {
  readonly #rules: ReadonlyMap<string, readonly UniqueRule[]>;
  #collections = new Map<string, Collection>();
  #counters = new Map<string, number>();
  #version = 0;

  /** @param rules - per kind, what is looked up by {@link Store.find}. */
  constructor(rules: ReadonlyMap<string, readonly UniqueRule[]> = new Map()) {
    this.#rules = rules;
  }

  /** Grows with every change. */
  get version(): number {
    return this.#version;
  }

  /** All objects of a kind, in order of creation. Not to be iterated while objects of the kind come and go. */
  all(kind: string): Iterable<StoredObject> {
    return this.#collections.get(kind)?.objects.values() ?? [];
  }

  /** Grows with every change of an object of the kind. */
  versionOf(kind: string): number {
    return this.#collections.get(kind)?.version ?? 0;
  }

  count(kind: string): number {
    return this.#collections.get(kind)?.objects.size ?? 0;
  }

  get(kind: string, id: string): StoredObject | undefined {
    return this.#collections.get(kind)?.objects.get(id.toLowerCase());
  }

  /**
   * The first object that has a value in a field with a unique rule.
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
    if (rule === undefined) throw new Error(`the store has no unique rule for ${kind}.${field}`);
    const ids = this.#collections.get(kind)?.indexes[position]?.get(indexKey(rule, value, within)) ?? [];
    return ids.flatMap((id) => this.get(kind, id) ?? []);
  }

  /** Adds an object, or takes the place of the one with its id. */
  put(kind: string, object: StoredObject): void {
    const collection = this.#collection(kind);
    const id = object.id.toLowerCase();
    this.#unindex(kind, collection, collection.objects.get(id));
    collection.objects.set(id, object);
    this.#index(kind, collection, object);
    this.#touch(collection);
  }

  remove(kind: string, id: string): void {
    const collection = this.#collections.get(kind);
    const object = collection?.objects.get(id.toLowerCase());
    if (collection === undefined || object === undefined) return;
    this.#unindex(kind, collection, object);
    collection.objects.delete(id.toLowerCase());
    this.#touch(collection);
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
    this.#counters.set(counter, value);
    this.#version += 1;
    return value;
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
    for (const [kind, list] of Object.entries(objects)) for (const object of list) this.put(kind, object);
    this.#version += 1;
  }

  #touch(collection: Collection): void {
    this.#version += 1;
    collection.version = this.#version;
  }

  #collection(kind: string): Collection {
    let collection = this.#collections.get(kind);
    if (collection === undefined) {
      const indexes = (this.#rules.get(kind) ?? []).map(() => new Map<string, readonly string[]>());
      collection = { objects: new Map(), indexes, version: 0 };
      this.#collections.set(kind, collection);
    }
    return collection;
  }

  #index(kind: string, { indexes }: Collection, object: StoredObject): void {
    for (const [position, rule] of (this.#rules.get(kind) ?? []).entries()) {
      const key = keyOf(rule, object);
      const index = indexes[position];
      if (key !== undefined) index?.set(key, [...(index.get(key) ?? []), object.id]);
    }
  }

  #unindex(kind: string, { indexes }: Collection, object: StoredObject | undefined): void {
    if (object === undefined) return;
    for (const [position, rule] of (this.#rules.get(kind) ?? []).entries()) {
      const key = keyOf(rule, object);
      const index = indexes[position];
      if (key === undefined || index === undefined) continue;
      const left = (index.get(key) ?? []).filter((id) => id !== object.id);
      if (left.length === 0) index.delete(key);
      else index.set(key, left);
    }
  }
}

function keyOf(rule: UniqueRule, object: StoredObject): string | undefined {
  const value = object[rule.field];
  if (typeof value !== 'string') return undefined;
  return indexKey(rule, value, rule.within === undefined ? undefined : object[rule.within]);
}

/** Case does not count unless the rule says so: whether it does on a real server depends on its database (UNVERIFIED). */
function indexKey({ within, caseSensitive }: UniqueRule, value: string, part: unknown): string {
  const text = caseSensitive === true ? value : value.toLowerCase();
  return within === undefined ? text : JSON.stringify([part ?? null, text]);
}
