/**
 * A telephone number in E.164, undefined for a text that is none. A number without a country is one of North America.
 * Source: FusionAuth docs apis/users, `phoneNumber`. The numbering plans of all countries are not known here: a number of
 * another country needs its `+`, and is taken when its length can be right.
 */
export function canonicalPhone(text: string): string | undefined {
  if (!/^\+?[\d\s().-]+$/.test(text)) return undefined;
  const digits = text.replace(/\D/g, '');
  if (text.startsWith('+')) return /^[1-9]\d{6,14}$/.test(digits) ? `+${digits}` : undefined;
  if (/^[2-9]\d{9}$/.test(digits)) return `+1${digits}`;
  return /^1[2-9]\d{9}$/.test(digits) ? `+${digits}` : undefined;
}

/** The ways to write a number that it is found by. The docs' searches look for `303*`, `*(303) 555*` and `303-555-1212`. */
export function phoneForms(phoneNumber: unknown): readonly string[] {
  if (typeof phoneNumber !== 'string') return [];
  const [, area, exchange, line] = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(phoneNumber) ?? [];
  if (area === undefined) return [phoneNumber];
  return [phoneNumber, `${area}${exchange}${line}`, `${area}-${exchange}-${line}`, `(${area}) ${exchange}-${line}`];
}
