/** Takes secret values out of text before anybody sees it. */
export interface Redactor {
  /** The text with every known secret, in any of the spellings it may be echoed in, replaced by `(secret)`. */
  readonly redact: (text: string) => string;
  /** Makes more values known, such as the secrets of the object that is about to be written. */
  readonly add: (secrets: Iterable<string>) => void;
}

/** Shorter values are only replaced where they stand alone: `a` taken out of every word would leave nothing to read. */
const ANYWHERE_LENGTH = 4;

/** Makes a redactor that knows these values. The values stay inside it. */
export function createRedactor(secrets: Iterable<string> = []): Redactor {
  const known = new Set<string>();
  const add = (values: Iterable<string>): void => {
    for (const value of values) for (const spelling of spellings(value)) known.add(spelling);
  };
  add(secrets);
  return {
    add,
    redact: (text) => {
      let safe = text;
      // Longest first: a secret that begins with another one must not leave its tail behind.
      for (const secret of [...known].sort((left, right) => right.length - left.length)) {
        if (!safe.includes(secret)) continue;
        safe = secret.length >= ANYWHERE_LENGTH ? safe.replaceAll(secret, '(secret)') : standingAlone(safe, secret);
      }
      return safe;
    },
  };
}

/** A value as itself, inside JSON, inside a URL, and in base64. */
function spellings(value: string): readonly string[] {
  if (value === '') return [];
  const plain = [value, value.trim(), JSON.stringify(value).slice(1, -1), encoded(value)];
  if (value.length >= ANYWHERE_LENGTH) plain.push(Buffer.from(value, 'utf8').toString('base64'));
  return plain.filter((text) => text !== '');
}

function encoded(value: string): string {
  try {
    return encodeURIComponent(value);
  } catch {
    // Half a surrogate pair has no form in a URL, so no URL can hold it.
    return '';
  }
}

function standingAlone(text: string, secret: string): string {
  const pattern = secret.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return text.replaceAll(new RegExp(String.raw`(?<![\p{L}\p{N}_])${pattern}(?![\p{L}\p{N}_])`, 'gu'), '(secret)');
}
