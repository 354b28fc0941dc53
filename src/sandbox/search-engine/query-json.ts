import { isRecord } from '../kinds/normal-text.js';
import type { Fields } from '../store.js';
import { badQuery, deepestQuery, type Query, type Range } from './query.js';
import { parseQueryString } from './query-string.js';
import { anyText, patternOf } from './wildcard.js';

/**
 * Reads a query in Elasticsearch's JSON. Queries and options that are not emulated are refused by name: none is left out in
 * silence. Source: Elasticsearch guide 7.17, "Query DSL".
 * @throws {@link Refusal} 400.
 */
export function parseQueryJson(text: string): Query {
  return readQuery(parsed(text), 0);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw bad(`it is no JSON: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

type Reader = (content: unknown, depth: number) => Query;

const readers: Readonly<Record<string, Reader>> = {
  match_all: (content) => (optionsOf('match_all', content, []), { type: 'all' }),
  match_none: (content) => (optionsOf('match_none', content, []), { type: 'none' }),
  match: (content) => {
    const { field, options } = onField('match', content, 'query', ['operator']);
    const text = scalar('match', options['query']);
    return { type: 'match', field, text, words: isAnd('match', options['operator']) ? 'all' : 'any' };
  },
  match_phrase: (content) => {
    const { field, options } = onField('match_phrase', content, 'query', []);
    return { type: 'phrase', field, text: scalar('match_phrase', options['query']) };
  },
  term: (content) => {
    const { field, options } = onField('term', content, 'value', []);
    return { type: 'terms', field, values: [scalar('term', options['value'])] };
  },
  terms: (content) => {
    const { boost: _boost, ...fields } = record('terms', content);
    const [field, values, ...others] = Object.entries(fields).flat();
    if (typeof field !== 'string' || !Array.isArray(values) || others.length > 0) {
      throw bad('[terms] query has one field with a list of values');
    }
    return { type: 'terms', field, values: values.map((value) => scalar('terms', value)) };
  },
  wildcard: (content) => {
    const { field, options } = onField('wildcard', content, 'value', ['wildcard', 'case_insensitive', 'rewrite']);
    const text = scalar('wildcard', options['value'] ?? options['wildcard']);
    return { type: 'wildcard', field, pattern: patternOf(text) };
  },
  prefix: (content) => {
    const { field, options } = onField('prefix', content, 'value', ['case_insensitive', 'rewrite']);
    return { type: 'wildcard', field, pattern: `${scalar('prefix', options['value'])}${anyText}` };
  },
  range: (content) => {
    const { field, options } = onField('range', content, undefined, ['gt', 'gte', 'lt', 'lte']);
    const { boost: _boost, ...range } = options;
    const ends = Object.entries(range).filter(([, end]) => end !== null);
    const known: Range = Object.fromEntries(ends.map(([name, end]) => [name, scalar('range', end)]));
    return { type: 'range', field, range: known };
  },
  exists: (content) => ({
    type: 'exists',
    field: scalar('exists', optionsOf('exists', content, ['field'])['field']),
  }),
  ids: (content) => {
    const { values } = optionsOf('ids', content, ['values']);
    const ids = Array.isArray(values) ? values : [values];
    return { type: 'ids', ids: ids.map((id) => scalar('ids', id).toLowerCase()) };
  },
  nested: (content, depth) => {
    const { path, query } = optionsOf('nested', content, ['path', 'query', 'score_mode', 'ignore_unmapped']);
    return { type: 'nested', path: scalar('nested', path), query: readQuery(query, depth + 1) };
  },
  constant_score: (content, depth) => readQuery(optionsOf('constant_score', content, ['filter'])['filter'], depth + 1),
  query_string: (content) => {
    const options = optionsOf('query_string', content, ['query', 'default_field', 'default_operator']);
    const field = options['default_field'];
    return parseQueryString(scalar('query_string', options['query']), {
      about: 'query',
      allWords: isAnd('query_string', options['default_operator']),
      ...(typeof field === 'string' && field !== '*' ? { field } : {}),
    });
  },
  bool: readBool,
};

function readQuery(value: unknown, depth: number): Query {
  if (depth > deepestQuery) throw bad(`more than ${deepestQuery} queries inside each other`);
  const [entry, ...others] = Object.entries(record('query', value));
  if (entry === undefined || others.length > 0) throw bad('a query is an object with one name in it');
  const [name, content] = entry;
  const read = Object.hasOwn(readers, name) ? readers[name] : undefined;
  if (read === undefined) throw bad(`unknown query [${name}]`);
  return read(content, depth);
}

function readBool(content: unknown, depth: number): Query {
  const options = optionsOf('bool', content, ['must', 'should', 'must_not', 'filter', 'minimum_should_match']);
  const list = (name: string): readonly Query[] => {
    const value = options[name] ?? [];
    return (Array.isArray(value) ? (value as unknown[]).flat() : [value]).map((item) => readQuery(item, depth + 1));
  };
  const [must, should] = [[...list('must'), ...list('filter')], list('should')];
  const least = options['minimum_should_match'] ?? (must.length === 0 && should.length > 0 ? 1 : 0);
  if (!/^\d+$/.test(scalar('bool', least))) throw bad('[minimum_should_match] is emulated as a whole number only');
  return { type: 'bool', must, should, mustNot: list('must_not'), leastShould: Number(least) };
}

/** `{ field: value }` or `{ field: { name: value, … } }`. */
function onField(
  query: string,
  content: unknown,
  short: string | undefined,
  known: readonly string[],
): { readonly field: string; readonly options: Fields } {
  const [entry, ...others] = Object.entries(record(query, content));
  if (entry === undefined || others.length > 0) throw bad(`[${query}] query has one field`);
  const [field, value] = entry;
  if (isRecord(value)) {
    return { field, options: optionsOf(query, value, [...known, ...(short === undefined ? [] : [short])]) };
  }
  if (short === undefined) throw bad(`[${query}] query has an object for [${field}]`);
  return { field, options: { [short]: value } };
}

/** `boost` and `_name` change no result. */
function optionsOf(query: string, content: unknown, known: readonly string[]): Fields {
  const options = record(query, content);
  const other = Object.keys(options).find((name) => ![...known, 'boost', '_name'].includes(name));
  if (other !== undefined) throw bad(`[${query}] query does not support [${other}]`);
  return options;
}

function record(query: string, value: unknown): Fields {
  if (isRecord(value)) return value;
  throw bad(`[${query}] is no object`);
}

function scalar(query: string, value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw bad(`[${query}] query has no value`);
}

function isAnd(query: string, operator: unknown): boolean {
  return scalar(query, operator ?? 'or').toLowerCase() === 'and';
}

function bad(why: string): Error {
  return badQuery('query', why);
}
