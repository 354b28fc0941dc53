import { parameterError } from '../errors.js';
import type { Pattern } from './wildcard.js';

/** Ends of a range; absent ones are open. */
export interface Range {
  readonly gt?: string;
  readonly gte?: string;
  readonly lt?: string;
  readonly lte?: string;
}

/** A query as both notations (`queryString` and `query`) mean it. Without `field`, every field is looked at. */
export type Query =
  | { readonly type: 'all' | 'none' }
  /** Words of a text, `any` or `all` of them. */
  | { readonly type: 'match'; readonly field?: string; readonly text: string; readonly words: 'all' | 'any' }
  /** The words one after the other. */
  | { readonly type: 'phrase'; readonly field?: string; readonly text: string }
  /** One of these values as it is: in a `text` field, one word of it in lower case. */
  | { readonly type: 'terms'; readonly field: string; readonly values: readonly string[] }
  | { readonly type: 'wildcard'; readonly field?: string; readonly pattern: Pattern }
  | { readonly type: 'range'; readonly field?: string; readonly range: Range }
  | { readonly type: 'exists'; readonly field: string }
  | { readonly type: 'ids'; readonly ids: readonly string[] }
  | { readonly type: 'nested'; readonly path: string; readonly query: Query }
  | BoolQuery;

export interface BoolQuery {
  readonly type: 'bool';
  readonly must: readonly Query[];
  readonly should: readonly Query[];
  readonly mustNot: readonly Query[];
  /** How many of `should` have to match. */
  readonly leastShould: number;
}

/** The criterion a query was written in; errors are about it. */
export type QueryField = 'query' | 'queryString';

/** Deeper than this is refused. Source: Elasticsearch guide, `indices.query.bool.max_nested_depth`. */
export const deepestQuery = 30;

/** Status 400 as FusionAuth answers a query that its search engine refused; seen in fusionauth-issues #1229. */
export function badQuery(field: QueryField, why: string): Error {
  return parameterError('invalid', field, `The [${field}] field is invalid. Explanation [${why}]`);
}
