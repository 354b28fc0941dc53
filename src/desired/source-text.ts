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

const secretName = String.raw`(?:pass\w*|pwd|secrets?|tokens?|credentials?|api_?-?keys?|write_?-?keys?|private_?-?keys?|keystore\w*|salt|pem)`;
/** A key that names a secret, followed by something that is not a tag, an alias or the start of a map or list. */
const secretAssignment = new RegExp(
  String.raw`${secretName}["']?\s*[:=]\s*(?!!(?:secret|var|env|sub|file|unset)\b|[*{[&|>]|null\b|$)\S`,
  'i',
);
/** A key that names a secret, whose value begins on the next line. */
const secretOpening = new RegExp(String.raw`${secretName}["']?\s*:\s*(?:[|>&!]\S*)?\s*$`, 'i');
/** A line of a key or certificate in text form. */
const armour = /-----(?:BEGIN|END)|^\s*[A-Za-z0-9+/=_-]{40,}\s*$/;

/** An address with a user and password, also one that is too broken to be read as an address. */
const credentials = /:\/\/\S*@/;

/** The line that a place points into; undefined when it may hold a secret, or does not exist. */
export function excerptOf(source: SourceText, at: Location): string | undefined {
  const line = lineOf(source, at.line);
  if (line === undefined || source.secretLines.has(at.line)) return undefined;
  if (secretAssignment.test(line) || armour.test(line) || credentials.test(line)) return undefined;
  if (isInsideSecret(source, at.line, indentOf(line))) return undefined;
  return line.length > longestExcerpt ? `${line.slice(0, longestExcerpt)}…` : line;
}

function lineOf(source: SourceText, line: number): string | undefined {
  const start = source.lineStarts[line - 1];
  const end = source.lineStarts[line];
  return start === undefined ? undefined : source.text.slice(start, end === undefined ? undefined : end - 1);
}

/** True for a line below `password:` or `password: |`, also in a file that is too broken to know its blocks. */
function isInsideSecret(source: SourceText, line: number, indent: number): boolean {
  for (let above = line - 1; above > 0; above -= 1) {
    const text = lineOf(source, above) ?? '';
    if (text.trim() === '' || indentOf(text) >= indent) continue;
    return secretOpening.test(text);
  }
  return false;
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}
