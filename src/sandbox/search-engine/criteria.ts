import { invalid, madeUpError, parameterError, type Problem } from '../errors.js';
import type { Call, Instance } from '../kind.js';
import { isRecord } from '../kinds/normal-text.js';
import { checkShape } from '../shape.js';
import type { Fields } from '../store.js';
import type { SearchIndex } from './search-index.js';
import type { SortField } from './sort-key.js';

/** What is searched for. Source: `BaseElasticSearchCriteria` of fusionauth-java-client, with its defaults. */
export interface SearchCriteria {
  readonly accurateTotal: boolean;
  readonly ids: readonly string[];
  readonly nextResults?: string;
  readonly query?: string;
  readonly queryString?: string;
  readonly numberOfResults: number;
  readonly startRow: number;
  readonly sortFields: readonly SortField[];
}

/**
 * The criteria of a call: from the query of a GET or DELETE, with `ids` repeated and `sortFields[0].name`, and else from
 * `search` in the body. Source: FusionAuth docs apis/entities/entities, "Search for Entities".
 * @throws {@link Refusal} 400 for wrong types and fields that cannot be sorted by.
 */
export function readCriteria(index: SearchIndex<Instance>, call: Call): SearchCriteria {
  const { method, query, body, instance } = call;
  const inQuery = method === 'GET' || method === 'DELETE';
  const sent = inQuery ? fromQuery(query) : isRecord(body) ? body['search'] : undefined;
  if (sent === undefined || sent === null) throw parameterError('missing', 'search', 'The request has no [search].');
  const { value, problems } = checkShape(index.criteria, sent, {
    path: inQuery ? '' : 'search',
    unknownProperties: inQuery ? 'ignore' : instance.switches.unknownProperties,
  });
  // What is written in a query no JSON reader has read.
  if (problems.length > 0) throw invalid(inQuery ? problems.map(unconverted) : problems, '');
  return criteriaOf(isRecord(value) ? value : {}, index.sortable[instance.search]);
}

function unconverted(problem: Problem): Problem {
  return { ...problem, kind: 'couldNotConvert', message: `Invalid ${problem.field}. It cannot be converted.` };
}

function criteriaOf(fields: Fields, sortable: readonly string[]): SearchCriteria {
  const text = (name: 'nextResults' | 'query' | 'queryString'): { readonly [name]?: string } => {
    const value = fields[name];
    return typeof value === 'string' && value.trim() !== '' ? { [name]: value.trim() } : {};
  };
  const ids = Array.isArray(fields['ids']) ? fields['ids'] : [];
  const sortFields = Array.isArray(fields['sortFields']) ? fields['sortFields'] : [];
  return {
    accurateTotal: fields['accurateTotal'] === true,
    ids: [...new Set(ids.filter((id): id is string => typeof id === 'string'))],
    ...text('nextResults'),
    ...text('query'),
    ...text('queryString'),
    numberOfResults: wholeNumber(fields, 'numberOfResults', 25),
    startRow: wholeNumber(fields, 'startRow', 0),
    sortFields: sortFields.map((field: unknown, at) => sortField(isRecord(field) ? field : {}, at, sortable)),
  };
}

/**
 * That other fields are refused: "service level validation on sorting" in `BaseElasticSearchCriteria`; the code is
 * UNVERIFIED (switch undocumentedErrors).
 */
function sortField({ name, order, missing }: Fields, at: number, sortable: readonly string[]): SortField {
  if (typeof name !== 'string' || !sortable.includes(name)) {
    const field = `sortFields[${at}].name`;
    throw madeUpError('invalid', field, `The ${field} [${String(name)}] is none of ${sortable.join(', ')}.`);
  }
  return {
    name,
    order: order === 'desc' ? 'desc' : 'asc',
    missing: typeof missing === 'string' && missing !== '' ? missing : '_last',
  };
}

function wholeNumber(fields: Fields, name: string, otherwise: number): number {
  const value = Number(fields[name] ?? otherwise);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw parameterError('invalid', name, `The ${name} [${value}] must be a whole number that is not negative.`);
}

function fromQuery(query: URLSearchParams): Fields {
  const sortFields = new Map<number, Record<string, string>>();
  for (const [name, value] of query) {
    const [, at, part] = /^sortFields\[(\d{1,3})\]\.(\w+)$/.exec(name) ?? [];
    if (at === undefined || part === undefined) continue;
    sortFields.set(Number(at), { ...sortFields.get(Number(at)), [part]: value });
  }
  return {
    ...Object.fromEntries(query),
    ids: query.getAll('ids').filter((id) => id !== ''),
    sortFields: [...sortFields].toSorted(([left], [right]) => left - right).map(([, field]) => field),
  };
}
