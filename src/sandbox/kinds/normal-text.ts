/**
 * How the server changes text before it keeps it. Each function takes what came over the wire and leaves anything that is
 * not text as it is: whether it may be there at all is for validation to say.
 * Source: `normalize()` and `Normalizer` of fusionauth-java-client's domain classes.
 */

/** CRLF and CR become LF. */
export function toLineFeeds(value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/\r\n?/g, '\n') : value;
}

export function trim(value: unknown): unknown {
  return typeof value === 'string' ? value.trim() : value;
}

/** Trimmed, and nothing at all when nothing is left. */
export function trimToNothing(value: unknown): unknown {
  const trimmed = trim(value);
  return trimmed === '' || trimmed === null ? undefined : trimmed;
}

/** A map from locale to text: values trimmed, line ends LF; a map that is not there is an empty one. */
export function normalLocalizedTexts(value: unknown): unknown {
  if (value === undefined || value === null) return {};
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([locale, text]) => [locale, toLineFeeds(trim(text))]));
}

/** A list without nulls (`Normalizer.removeEmpty`); what is no list is an empty one. */
export function withoutNullItems(list: unknown): readonly unknown[] {
  return Array.isArray(list) ? list.filter((item) => item !== null && item !== undefined) : [];
}

/** Each once and sorted, as sets of the server's classes are (`TreeSet`). */
export function sortedSet(list: unknown): readonly unknown[] {
  if (!Array.isArray(list)) return [];
  return [...new Set<unknown>(list)].toSorted((left, right) => (String(left) < String(right) ? -1 : 1));
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}
