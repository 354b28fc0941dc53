/**
 * The words of a text as Elasticsearch's standard analyzer makes them, roughly: letters and digits in lower case, with
 * dots and apostrophes only inside a word. Source: Elasticsearch guide, "Standard analyzer"; that FusionAuth's index uses
 * it for `username` and `fullName`: fusionauth-issues #602, #3261.
 */
export function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}\p{N}_]+(?:['’.][\p{L}\p{M}\p{N}_]+)*/gu) ?? [];
}

/** The first and the last millisecond that a date means; a day is all of it. Undefined for what is no date. */
export function instantsOf(text: string, now: number): { readonly from: number; readonly to: number } | undefined {
  const relative = /^now(?:([+-]\d+)([yMwdhHms]))?$/.exec(text);
  if (relative !== null) {
    const at = now + Number(relative[1] ?? 0) * (unitMs[relative[2] ?? 's'] ?? 0);
    return { from: at, to: at };
  }
  // Four digits are a year to Elasticsearch; longer numbers are milliseconds.
  if (/^-?\d{5,}$/.test(text)) return { from: Number(text), to: Number(text) };
  const parts = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(text);
  if (parts === null) {
    const at = isoInstant.test(text) ? Date.parse(text) : Number.NaN;
    return Number.isNaN(at) ? undefined : { from: at, to: at };
  }
  const [year, month, day] = [Number(parts[1]), Number(parts[2] ?? 1) - 1, Number(parts[3] ?? 1)];
  const from = Date.UTC(year, month, day);
  if (new Date(from).getUTCMonth() !== month || new Date(from).getUTCDate() !== day) return undefined;
  const next =
    parts[3] !== undefined ? [year, month, day + 1] : parts[2] !== undefined ? [year, month + 1] : [year + 1];
  return { from, to: Date.UTC(next[0] ?? year, next[1] ?? 0, next[2] ?? 1) - 1 };
}

const isoInstant = /^\d{4}-\d\d-\d\dT\d\d(?::\d\d(?::\d\d(?:\.\d{1,9})?)?)?(?:Z|[+-]\d\d:?\d\d)?$/;

const day = 86_400_000;
const unitMs: Readonly<Record<string, number>> = {
  y: 365 * day,
  M: 30 * day,
  w: 7 * day,
  d: day,
  h: 3_600_000,
  H: 3_600_000,
  m: 60_000,
  s: 1000,
};
