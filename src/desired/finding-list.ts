import { compareText, type Finding, type KedgeErrorCode, type Location } from '../model/index.js';
import { excerptOf, type SourceText } from './source-text.js';

/** What is wrong, as the parts of this room report it: an error, unless it says otherwise. */
export interface FindingInit {
  readonly code: KedgeErrorCode;
  readonly severity?: 'warning';
  readonly message: string;
  readonly hint?: string | undefined;
  readonly at?: Location;
}

/** Collects findings while files are read, and gives them all at once. */
export interface FindingList {
  readonly add: (finding: FindingInit) => void;
  readonly addSource: (source: SourceText) => void;
  readonly source: (file: string) => SourceText | undefined;
  /** How many errors there are so far. */
  readonly errors: () => number;
  /** All of them by file, line and column, each once, with the line it points into. */
  readonly findings: () => readonly Finding[];
}

/** Starts an empty list. */
export function createFindingList(): FindingList {
  const sources = new Map<string, SourceText>();
  const found: FindingInit[] = [];
  return {
    add: (finding) => {
      found.push(finding);
    },
    addSource: (source) => {
      sources.set(source.file, source);
    },
    source: (file) => sources.get(file),
    errors: () => found.filter((finding) => finding.severity === undefined).length,
    findings: () => {
      const seen = new Set<string>();
      const unique = found.filter((finding) => {
        const text = JSON.stringify([finding.code, finding.message, finding.at]);
        return !seen.has(text) && seen.add(text);
      });
      return unique.sort(compareFindings).map((finding) => withExcerpt(finding, sources));
    },
  };
}

function withExcerpt(init: FindingInit, sources: ReadonlyMap<string, SourceText>): Finding {
  const source = init.at && sources.get(init.at.file);
  const excerpt = init.at && source && excerptOf(source, init.at);
  return {
    code: init.code,
    severity: init.severity ?? 'error',
    message: init.message,
    ...(init.hint === undefined ? {} : { hint: init.hint }),
    ...(init.at === undefined ? {} : { at: init.at }),
    ...(excerpt === undefined ? {} : { excerpt }),
  };
}

/** Comes before every place in a file. */
const nowhere: Location = { file: '', line: 0, col: 0 };

function compareFindings(left: FindingInit, right: FindingInit): number {
  const [one, other] = [left.at ?? nowhere, right.at ?? nowhere];
  return (
    compareText(one.file, other.file) ||
    one.line - other.line ||
    one.col - other.col ||
    compareText(left.code, right.code) ||
    compareText(left.message, right.message)
  );
}
