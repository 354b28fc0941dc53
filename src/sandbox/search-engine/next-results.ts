import { madeUpError } from '../errors.js';
import { isRecord } from '../kinds/normal-text.js';
import type { SortField, SortKey } from './sort-key.js';

/** Where a search has come to, and what it was. */
export interface Continuation {
  readonly query?: string;
  readonly queryString?: string;
  readonly sortFields: readonly SortField[];
  /** The sort key of the last one that was found. */
  readonly after: SortKey;
}

/**
 * The token a search goes on with: JSON in base64url, with the keys that the samples in FusionAuth's docs have (`ls`, `qs`,
 * `sf`). Clients must not look into it.
 */
export function encodeNextResults({ query, queryString, sortFields, after }: Continuation): string {
  const token = { ls: after, ...(query === undefined ? { qs: queryString ?? '*' } : { q: query }), sf: sortFields };
  return Buffer.from(JSON.stringify(token)).toString('base64url');
}

/** @throws {@link Refusal} 400 for a token that no search gave. */
export function decodeNextResults(token: string): Continuation {
  const { ls, qs, q, sf } = parsed(token);
  if (!Array.isArray(ls) || !ls.every(isSortValue) || !Array.isArray(sf) || !sf.every(isSortField)) throw badToken();
  if (typeof q === 'string') return { query: q, sortFields: sf, after: ls };
  if (typeof qs === 'string') return { queryString: qs, sortFields: sf, after: ls };
  throw badToken();
}

function parsed(token: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
    if (isRecord(value)) return value;
  } catch {
    // Said below: why it cannot be read is of no use to a caller.
  }
  throw badToken();
}

function isSortValue(value: unknown): value is SortKey[number] {
  return value === null || typeof value === 'number' || typeof value === 'string';
}

function isSortField(value: unknown): value is SortField {
  return (
    isRecord(value) &&
    typeof value['name'] === 'string' &&
    typeof value['missing'] === 'string' &&
    (value['order'] === 'asc' || value['order'] === 'desc')
  );
}

/** The code is UNVERIFIED (switch undocumentedErrors). */
function badToken(): Error {
  return madeUpError('invalid', 'nextResults', 'The nextResults token is not one of an earlier search.');
}
