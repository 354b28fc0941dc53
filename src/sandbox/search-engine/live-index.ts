import type { Fields, StoredObject } from '../store.js';
import type { Switches } from '../switches.js';
import { Mapping, type IndexedDocument } from './mapping.js';
import type { SearchIndex } from './search-index.js';

/** What an index needs of the server. */
interface IndexServer {
  readonly now: () => number;
  readonly switches: Switches;
}

/** An object in the index: its values to search by, and its document to sort by. */
export interface IndexEntry {
  readonly indexed: IndexedDocument;
  readonly document: Fields;
}

/**
 * The documents of one kind as a search sees them. Writes wait until the index is refreshed: `lagMs` after the first of
 * them, or when somebody asks for it; with 0, at the next search. Source: Elasticsearch guide, "Near real-time search".
 */
export class LiveIndex<Server extends IndexServer> {
  readonly #index: SearchIndex<Server>;
  readonly #lagMs: number;
  readonly #waiting = new Map<string, StoredObject | undefined>();
  readonly #entries = new Map<string, IndexEntry>();
  #mapping: Mapping;
  #refreshAt = 0;

  constructor(index: SearchIndex<Server>, lagMs: number) {
    this.#index = index;
    this.#lagMs = lagMs;
    this.#mapping = new Mapping(index.types);
  }

  written(object: StoredObject, instance: Server): void {
    this.#changed(object.id, object, instance);
  }

  removed(object: StoredObject, instance: Server): void {
    if (this.#index.stays?.(object, instance) !== true) this.#changed(object.id, undefined, instance);
  }

  #changed(id: string, object: StoredObject | undefined, instance: Server): void {
    if (this.#lagMs > 0) {
      const now = instance.now();
      if (this.#waiting.size > 0 && this.#refreshAt <= now) this.refresh(instance);
      if (this.#waiting.size === 0) this.#refreshAt = now + this.#lagMs;
    }
    this.#waiting.delete(id);
    this.#waiting.set(id, object);
  }

  /** What a search at this moment sees. */
  entries(instance: Server): Iterable<IndexEntry> {
    if (this.#waiting.size > 0 && (this.#lagMs === 0 || this.#refreshAt <= instance.now())) this.refresh(instance);
    return this.#entries.values();
  }

  /** Lets all that was written be seen. */
  refresh(instance: Server): void {
    const conflicts = instance.switches.searchMappingConflict;
    for (const [id, object] of this.#waiting) {
      this.#entries.delete(id);
      if (object === undefined) continue;
      const document = this.#index.document(object, instance);
      const indexed = this.#mapping.index(id, document, conflicts);
      if (indexed !== undefined) this.#entries.set(id, { indexed, document });
    }
    this.#waiting.clear();
  }

  /** Begins anew with these objects, and forgets types and what should have gone. */
  rebuild(objects: Iterable<StoredObject>, instance: Server): void {
    this.#mapping = new Mapping(this.#index.types);
    this.#entries.clear();
    this.#waiting.clear();
    for (const object of objects) this.#waiting.set(object.id, object);
    this.refresh(instance);
  }
}
