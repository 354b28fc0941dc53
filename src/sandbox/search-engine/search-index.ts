import type { Fields, StoredObject } from '../store.js';
import type { Switches } from '../switches.js';

/**
 * How the values of a field are looked at. `text`: word by word, with `.exact` for the whole; `keyword`: as a whole;
 * both without case. `exact`: as a whole, with case. `nested`: a list of objects that are searched one by one.
 */
export type FieldType = 'boolean' | 'date' | 'exact' | 'keyword' | 'nested' | 'number' | 'text';

/**
 * What a kind says to be searched by `queryString`, `query` and `sortFields`.
 * @typeParam Server - the instance; a parameter because the instance knows the kinds.
 */
export interface SearchIndex<Server> {
  /** The criteria's name in the table of shapes: `EntitySearchCriteria`. */
  readonly criteria: string;
  /** What is indexed of an object. It has `id`, and `tenantId` where the object has one. */
  readonly document: (object: StoredObject, instance: Server) => Fields;
  /** Types of fields by dotted path; a field that is not here has that of its first value, as everything in `data`. */
  readonly types: Readonly<Record<string, FieldType>>;
  /** What `sortFields` may name, on each engine; dotted paths in the document. */
  readonly sortable: { readonly database: readonly string[]; readonly elasticsearch: readonly string[] };
  /** What is sorted by without `sortFields`, ascending; equal ones by `id`. */
  readonly defaultSort: readonly string[] | ((switches: Switches) => readonly string[]);
  /** Whether an object that was removed stays in the index all the same, until that is made anew. */
  readonly stays?: (removed: StoredObject, instance: Server) => boolean;
  /** The texts that the database engine looks for its term in. */
  readonly databaseTexts: (object: StoredObject, instance: Server) => readonly unknown[];
}
