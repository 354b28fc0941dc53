/**
 * The search engines behind `/api/entity/search` and `/api/user/search`. In comes what a kind says about its documents
 * ({@link SearchIndex}) and a call; out go stored objects, a total and a token. Nothing in here knows a kind.
 *
 * A kind has `searchIndex` and the operation `search`; then it has `GET` and `POST <path>/search`, and `PUT <path>/search`
 * that refreshes the index. The engine is the instance's: `database` looks for one term, `elasticsearch` knows queries,
 * and its index (one {@link LiveIndex} per kind, in `instance.indexes`) hears of every write from the store.
 * Whoever needs what a search would find without answering it (a bulk delete by query) calls {@link readCriteria} and
 * {@link findByCriteria}.
 *
 * Not emulated: scores (equal hits are sorted by id), analyzers other than the standard one, regular expressions, fuzziness,
 * and JSON queries beside those of `query-json.ts`; what is not emulated is refused by name.
 */
export { readCriteria } from './criteria.js';
export { findByCriteria, type FoundByIndex, type IndexedKind } from './find.js';
export type { FieldType, SearchIndex } from './search-index.js';
