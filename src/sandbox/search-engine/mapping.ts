import { isRecord } from '../kinds/normal-text.js';
import { instantsOf, wordsOf } from './analyse.js';
import type { FieldType } from './search-index.js';

type MappedType = FieldType | 'object';

/** What the index knows of a value. */
export interface IndexedValue {
  readonly type: Exclude<FieldType, 'nested'>;
  /** `text` and `keyword` are in lower case. */
  readonly value: boolean | number | string;
  /** Of a `text`. */
  readonly words: readonly string[];
}

/** The values of one object by dotted path, and the objects of its `nested` lists. */
export interface IndexedDocument {
  readonly id: string;
  readonly values: ReadonlyMap<string, readonly IndexedValue[]>;
  /** By the list's path; paths inside are whole ones, as `registrations.applicationId`. */
  readonly nested: ReadonlyMap<string, readonly IndexedDocument[]>;
}

/**
 * The types of fields, which Elasticsearch takes from the first value it is given and then keeps for all objects. Sources:
 * Elasticsearch guide 7.17, "Dynamic field mapping"; FusionAuth docs, "data field data type changes".
 */
export class Mapping {
  readonly #types: Map<string, MappedType>;

  constructor(types: Readonly<Record<string, FieldType>>) {
    this.#types = new Map(Object.entries(types));
  }

  /**
   * What is to be kept of a document. Undefined when a value is of another type than the field's: then the whole document
   * is in no search, and its new fields stay unknown. `ignored` leaves out only the value.
   */
  index(id: string, document: unknown, conflicts: 'hidden' | 'ignored'): IndexedDocument | undefined {
    const found = new Map<string, MappedType>();
    const values = new Map<string, IndexedValue[]>();
    const nested = new Map<string, IndexedDocument[]>();
    const entry = { id, values, nested };
    const fits = this.#read('', document, { into: entry, found, conflicts });
    if (!fits) return undefined;
    for (const [path, type] of found) this.#types.set(path, type);
    return entry;
  }

  #read(path: string, value: unknown, reading: Reading): boolean {
    if (value === null || value === undefined) return true;
    if (Array.isArray(value)) return value.every((item) => this.#read(path, item, reading));
    const { into, found, conflicts } = reading;
    const type = path === '' ? 'object' : (this.#types.get(path) ?? found.get(path) ?? typeOf(value));
    if (isRecord(value)) {
      if (type !== 'object' && type !== 'nested') return conflicts === 'ignored';
      if (path !== '') found.set(path, type);
      const part: Writable = type === 'nested' ? { id: into.id, values: new Map(), nested: new Map() } : into;
      if (type === 'nested') into.nested.set(path, [...(into.nested.get(path) ?? []), part]);
      return Object.entries(value).every(([name, item]) =>
        this.#read(path === '' ? name : `${path}.${name}`, item, { ...reading, into: part }),
      );
    }
    const indexed = type === 'object' || type === 'nested' ? undefined : indexedValue(type, value);
    if (indexed === undefined) return conflicts === 'ignored';
    found.set(path, type);
    add(into, path, indexed);
    if (type === 'text') {
      // Declared texts have `.exact` since 1.49 (fusionauth-issues #3174, #3261), those of `data` have `.keyword`.
      for (const [name, whole] of [
        ['exact', 'keyword'],
        ['keyword', 'exact'],
      ] as const) {
        const also = indexedValue(whole, value);
        if (also !== undefined) add(into, `${path}.${name}`, also);
      }
    }
    return true;
  }
}

interface Writable extends IndexedDocument {
  readonly values: Map<string, IndexedValue[]>;
  readonly nested: Map<string, IndexedDocument[]>;
}

interface Reading {
  readonly into: Writable;
  /** Types that are new with this document. */
  readonly found: Map<string, MappedType>;
  readonly conflicts: 'hidden' | 'ignored';
}

function add({ values }: Writable, path: string, value: IndexedValue): void {
  const known = values.get(path);
  if (known === undefined) values.set(path, [value]);
  else known.push(value);
}

function typeOf(value: unknown): MappedType {
  switch (typeof value) {
    case 'boolean':
      return 'boolean';
    case 'number':
      return 'number';
    case 'string':
      return isDate(value) ? 'date' : 'text';
    default:
      return 'object';
  }
}

/** Elasticsearch's date detection takes a text for a date; digits alone are none. */
function isDate(text: string): boolean {
  return /^\d{4}-/.test(text) && instantsOf(text, 0) !== undefined;
}

/** The value as the type keeps it, or undefined where the type has no such value. */
function indexedValue(type: IndexedValue['type'], value: unknown): IndexedValue | undefined {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return undefined;
  const kept = keptValue(type, value);
  return kept === undefined ? undefined : { type, value: kept, words: type === 'text' ? wordsOf(String(value)) : [] };
}

function keptValue(type: IndexedValue['type'], value: boolean | number | string): IndexedValue['value'] | undefined {
  const text = String(value);
  switch (type) {
    case 'boolean':
      return text === 'true' || text === 'false' ? text === 'true' : undefined;
    case 'number':
      return typeof value !== 'boolean' && text.trim() !== '' && Number.isFinite(Number(text))
        ? Number(text)
        : undefined;
    case 'date':
      if (typeof value === 'number') return value;
      return typeof value === 'string' ? instantsOf(text, 0)?.from : undefined;
    case 'exact':
      return text;
    case 'keyword':
    case 'text':
      return text.toLowerCase();
  }
}
