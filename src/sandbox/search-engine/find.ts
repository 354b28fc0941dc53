import { madeUpError, parameterError, Refusal } from '../errors.js';
import type { Call, Instance, Kind } from '../kind.js';
import { matchesPattern } from '../kinds/pattern.js';
import type { StoredObject } from '../store.js';
import { sameTenant } from '../visible.js';
import type { SearchCriteria } from './criteria.js';
import type { IndexEntry } from './live-index.js';
import { compileQuery } from './match-query.js';
import { decodeNextResults, encodeNextResults, type Continuation } from './next-results.js';
import { parseQueryJson } from './query-json.js';
import { parseQueryString, preparedQueryString } from './query-string.js';
import type { SearchIndex } from './search-index.js';
import { compareSortKeys, sortKeyOf, type SortField, type SortKey } from './sort-key.js';

/** A kind that has an index. */
export type IndexedKind = Kind & { readonly searchIndex: SearchIndex<Instance> };

/** One page of what was found. */
export interface FoundByIndex {
  readonly objects: readonly StoredObject[];
  readonly total: number;
  /** What to go on with; absent on the database engine, after `ids`, and after an empty page. */
  readonly nextResults?: string;
}

/** Elasticsearch's `max_result_window`, and how far it counts unless told to go on. */
const resultWindow = 10_000;

/**
 * What fits the criteria, as the instance's engine finds it: `ids` goes before `query` and that before `queryString`, and
 * without any of them everything is found. Source: FusionAuth docs apis/entities/entities and apis/users, search.
 * @throws {@link Refusal} 400 for criteria the engine does not take.
 */
export function findByCriteria(kind: IndexedKind, criteria: SearchCriteria, call: Call): FoundByIndex {
  const { instance } = call;
  refuseMixed(criteria, instance.search);
  if (criteria.ids.length > 0) return findByIds(kind, criteria.ids, call);
  return instance.search === 'database' ? findInDatabase(kind, criteria, call) : findInIndex(kind, criteria, call);
}

/** Whatever the engine, `ids` are looked up in the database: neither sorted nor paged, and never out of date. */
function findByIds(kind: Kind, ids: readonly string[], call: Call): FoundByIndex {
  const objects = ids.flatMap((id) => {
    const object = call.instance.store.get(kind.name, id);
    return object !== undefined && sameTenant(kind, object, call) ? [object] : [];
  });
  return { objects, total: objects.length };
}

/** The codes are UNVERIFIED (switch undocumentedErrors). */
function refuseMixed(criteria: SearchCriteria, engine: 'database' | 'elasticsearch'): void {
  const { ids, query, queryString, nextResults, sortFields, startRow } = criteria;
  if (engine === 'database') {
    for (const name of ['query', 'nextResults'] as const) {
      if (criteria[name] === undefined) continue;
      throw madeUpError('invalid', name, `The ${name} needs Elasticsearch; this is the database search engine.`);
    }
  }
  if (nextResults === undefined) return;
  const alone = ids.length === 0 && query === undefined && queryString === undefined && sortFields.length === 0;
  if (alone && startRow === 0) return;
  const message =
    'The nextResults token goes with numberOfResults only, not with ids, query, queryString, sortFields or startRow.';
  throw madeUpError('invalid', 'nextResults', message);
}

/** One term in a few texts, without case. Source: FusionAuth docs lifecycle/manage-users/search, "database search engine". */
function findInDatabase(kind: IndexedKind, criteria: SearchCriteria, call: Call): FoundByIndex {
  const { searchIndex } = kind;
  const { instance } = call;
  const term = criteria.queryString ?? '*';
  const contains = instance.switches.databaseSearchTerm === 'contains' || term.includes('*');
  const fits = (text: unknown): boolean =>
    typeof text === 'string' && (contains ? matchesPattern(text, term) : text.toLowerCase() === term.toLowerCase());
  const order = sortOrder(searchIndex, criteria.sortFields, instance);
  const found = [...instance.store.all(kind.name)]
    .filter((object) => sameTenant(kind, object, call))
    .filter((object) => term === '*' || searchIndex.databaseTexts(object, instance).some(fits))
    .map((object) => ({ object, key: sortKeyOf(searchIndex.document(object, instance), order) }))
    .toSorted((left, right) => compareSortKeys(left.key, right.key, order));
  const { startRow, numberOfResults } = criteria;
  const page = found.slice(startRow, startRow + numberOfResults);
  return { objects: page.map(({ object }) => object), total: found.length };
}

/**
 * What the index finds, as the database has it now: hits that are gone there are counted but not answered. Instead of a
 * score, equal ones are sorted by `id`.
 */
function findInIndex(kind: IndexedKind, criteria: SearchCriteria, call: Call): FoundByIndex {
  const { startRow, numberOfResults, accurateTotal } = criteria;
  if (startRow + numberOfResults > resultWindow) throw pastWindow(call);
  const search = continued(criteria);
  const order = sortOrder(kind.searchIndex, search.sortFields, call.instance);
  const hits = matchingEntries(kind, search, call)
    .map(({ indexed, document }) => ({ id: indexed.id, key: sortKeyOf(document, order) }))
    .toSorted((left, right) => compareSortKeys(left.key, right.key, order));
  const { after } = search;
  const rest = after === undefined ? hits : hits.filter(({ key }) => compareSortKeys(key, after, order) > 0);
  const page = rest.slice(startRow, startRow + numberOfResults);
  const last = page.at(-1);
  return {
    objects: page.flatMap(({ id }) => call.instance.store.get(kind.name, id) ?? []),
    total: accurateTotal ? hits.length : Math.min(hits.length, resultWindow),
    ...(last === undefined ? {} : { nextResults: encodeNextResults({ ...search, after: last.key }) }),
  };
}

interface Search extends Omit<Continuation, 'after'> {
  readonly after?: SortKey;
}

function continued({ nextResults, query, queryString, sortFields }: SearchCriteria): Search {
  if (nextResults !== undefined) return decodeNextResults(nextResults);
  if (query !== undefined) return { query, sortFields };
  return { queryString: queryString ?? '*', sortFields };
}

function matchingEntries(kind: IndexedKind, { query, queryString }: Search, call: Call): readonly IndexEntry[] {
  const { instance, tenantId } = call;
  const parsed =
    query === undefined
      ? parseQueryString(preparedQueryString(queryString ?? '*'), { about: 'queryString' })
      : parseQueryJson(query);
  const matches = compileQuery(parsed, {
    now: instance.now(),
    epochRanges: instance.switches.epochRanges === 'found',
    nestedInParent: instance.switches.nestedInQueryString === 'found',
  });
  return [...(instance.indexes.get(kind.name)?.entries(instance) ?? [])].filter(
    ({ indexed, document }) => (tenantId === undefined || document['tenantId'] === tenantId) && matches(indexed),
  );
}

function sortOrder(
  { defaultSort }: SearchIndex<Instance>,
  asked: readonly SortField[],
  { switches }: Instance,
): readonly SortField[] {
  const standard = typeof defaultSort === 'function' ? defaultSort(switches) : defaultSort;
  const ascending = (name: string): SortField => ({ name, order: 'asc', missing: '_last' });
  const fields = asked.length > 0 ? asked : standard.map(ascending);
  return fields.some(({ name }) => name === 'id') ? fields : [...fields, ascending('id')];
}

/** FusionAuth docs, "Extended Pagination": "you will receive an error". An earlier server answered 503 (fusionauth-issues #701). */
function pastWindow({ instance }: Call): Error {
  const message = `The startRow and the numberOfResults may together be no more than ${resultWindow}; go on with nextResults.`;
  if (instance.switches.searchPastWindow === 'refused') return parameterError('invalid', 'startRow', message);
  return new Refusal(503, { generalErrors: [{ code: '[SearchEngineRequestFailed]', message }] });
}
