import type { Location } from '../model/index.js';

/** The text of one file with the offsets its lines start at, for excerpts. */
export interface SourceText {
  readonly file: string;
  readonly text: string;
  readonly lineStarts: readonly number[];
  /** Lines on which a secret was written in clear; they are never shown. */
  readonly secretLines: Set<number>;
}

const longestExcerpt = 200;

/** A key that names a secret, followed by something that is not a tag, an alias or the start of a map or list. */
const secretAssignment =
  /(?:pass\w*|pwd|secrets?|tokens?|credentials?|api_?-?keys?|write_?-?keys?|private_?-?keys?|keystore\w*|salt|pem)["']?\s*[:=]\s*(?!!(?:secret|var|env|sub|file|unset)\b|[*{[&|>]|null\b|$)\S/i;
/** A line of a key or certificate in text form. */
const armour = /-----(?:BEGIN|END)|^\s*[A-Za-z0-9+/=_-]{40,}\s*$/;

/** The line that a place points into; undefined when it may hold a secret, or does not exist. */
export function excerptOf(source: SourceText, at: Location): string | undefined {
  const start = source.lineStarts[at.line - 1];
  if (start === undefined || source.secretLines.has(at.line)) return undefined;
  const end = source.lineStarts[at.line];
  const line = source.text.slice(start, end === undefined ? undefined : end - 1);
  if (secretAssignment.test(line) || armour.test(line)) return undefined;
  return line.length > longestExcerpt ? `${line.slice(0, longestExcerpt)}…` : line;
}
