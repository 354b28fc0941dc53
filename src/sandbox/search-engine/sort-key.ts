import { isRecord } from '../kinds/normal-text.js';

/** One of `sortFields`. Source: `SortField` of fusionauth-java-client. */
export interface SortField {
  readonly name: string;
  readonly order: 'asc' | 'desc';
  /** `_first`, `_last`, or the value of those that have none. */
  readonly missing: string;
}

/** What an object is sorted by: one value per sort field, null for none. It is JSON, so that a token can carry it. */
export type SortKey = readonly (number | string | null)[];

/** Texts in lower case; of a list, the least for `asc` and the greatest for `desc`. */
export function sortKeyOf(document: unknown, fields: readonly SortField[]): SortKey {
  return fields.map(({ name, order, missing }) => {
    const values = valuesAt(document, name.split('.')).toSorted(compareValues);
    const value = order === 'asc' ? values[0] : values.at(-1);
    return value ?? (missing === '_first' || missing === '_last' ? null : missing.toLowerCase());
  });
}

export function compareSortKeys(left: SortKey, right: SortKey, fields: readonly SortField[]): number {
  for (const [at, { order, missing }] of fields.entries()) {
    const [one = null, other = null] = [left[at], right[at]];
    if (one === other) continue;
    if (one === null) return missing === '_first' ? -1 : 1;
    if (other === null) return missing === '_first' ? 1 : -1;
    const compared = compareValues(one, other);
    if (compared !== 0) return order === 'asc' ? compared : -compared;
  }
  return 0;
}

/** Numbers before texts. */
function compareValues(left: number | string, right: number | string): number {
  if (typeof left !== typeof right) return typeof left === 'number' ? -1 : 1;
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function valuesAt(value: unknown, path: readonly string[]): readonly (number | string)[] {
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, path));
  const [name, ...rest] = path;
  if (name !== undefined) return isRecord(value) && Object.hasOwn(value, name) ? valuesAt(value[name], rest) : [];
  if (typeof value === 'number') return [value];
  return typeof value === 'string' || typeof value === 'boolean' ? [String(value).toLowerCase()] : [];
}
