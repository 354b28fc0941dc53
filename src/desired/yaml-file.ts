import {
  Composer,
  type CollectionTag,
  type Document,
  Lexer,
  LineCounter,
  Parser,
  type ParseOptions,
  type DocumentOptions,
  type SchemaOptions,
  type ScalarTag,
  type YAMLError,
} from 'yaml';
import type { Location } from '../model/index.js';
import type { FindingList } from './finding-list.js';
import type { Limits } from './limits.js';
import { createTree, type Tree } from './yaml-tree.js';
import { valueTags } from './written.js';

/** One file of the repository as text, to be read as YAML. */
export interface YamlText {
  readonly file: string;
  readonly text: string;
}

/** A file's content; `empty` where it has nothing but comments, `broken` where findings say why there is none. */
export type YamlFile =
  | { readonly state: 'read'; readonly tree: Tree }
  | { readonly state: 'empty' }
  | { readonly state: 'broken' };

const customTags: (ScalarTag | CollectionTag)[] = [
  ...[...valueTags, 'unset'].map((name): ScalarTag => ({ tag: `!${name}`, resolve: (text) => text })),
  ...['append', 'remove', 'only', 'atLeast'].map((name): CollectionTag => ({ tag: `!${name}`, collection: 'seq' })),
  ...['only', 'atLeast'].map((name): CollectionTag => ({ tag: `!${name}`, collection: 'map' })),
];

/** Own checks for keys and tags replace the parser's: its check of unique keys takes the square of their number. */
const options: ParseOptions & DocumentOptions & SchemaOptions = {
  version: '1.2',
  schema: 'core',
  stringKeys: true,
  uniqueKeys: false,
  prettyErrors: false,
  resolveKnownTags: false,
  customTags,
};

/** Reads one YAML document with the place of every value. Reports everything wrong with it; runs no code in it. */
export function parseYamlFile(
  source: YamlText,
  context: { readonly limits: Limits; readonly findings: FindingList },
): YamlFile {
  const { file } = source;
  const { findings, limits } = context;
  const text = source.text.includes('\r') ? source.text.replaceAll('\r\n', '\n') : source.text;
  const lines = new LineCounter();
  const place = (offset: number): Location => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), col: Math.max(1, col) };
  };
  const before = findings.errors();
  const documents: Document.Parsed[] = [];
  const tokens = readTokens(text, { lines, depth: limits.depth });
  for (const document of new Composer(options).compose(tokens.each(), true, text.length)) {
    documents.push(document);
    if (documents.length === 2) break;
  }
  findings.addSource({ file, text, lineStarts: lines.lineStarts, secretLines: new Set() });
  const [document, second] = documents;
  const tooDeepAt = tokens.tooDeepAt();
  if (tooDeepAt !== undefined) {
    const message = `more than ${limits.depth} maps and lists are inside each other here`;
    findings.add({ code: 'desired/too-deep', message, at: place(tooDeepAt) });
    return { state: 'broken' };
  }
  if (!document) return { state: 'empty' };
  for (const error of document.errors) reportSyntax(error, place(error.pos[0]), findings);
  if (second) {
    const message = 'the file has more than one document';
    const hint = "keep what is before the second '---' and move the rest to a file of its own";
    findings.add({ code: 'desired/many-documents', message, hint, at: place(second.range[0]) });
  }
  if (document.directives?.yaml.explicit && document.directives.yaml.version !== '1.2') {
    const message = `kedge reads YAML 1.2, and this file says it is ${document.directives.yaml.version}`;
    findings.add({ code: 'desired/yaml-syntax', message, hint: 'leave the %YAML line out', at: place(0) });
  }
  if (findings.errors() > before) return { state: 'broken' };
  if (document.contents === null) return { state: 'empty' };
  const tree = createTree(document, { file, lines, limits, findings });
  return { state: 'read', tree };
}

/**
 * The tokens of a text, ending where it is nested deeper than allowed: the composer calls itself for every level, and
 * near the end of the stack Node gives up altogether instead of throwing.
 */
function readTokens(
  text: string,
  context: { readonly lines: LineCounter; readonly depth: number },
): { readonly each: () => ReturnType<Parser['parse']>; readonly tooDeepAt: () => number | undefined } {
  let tooDeepAt: number | undefined;
  const parser = new Parser(context.lines.addNewLine);
  function* each(): ReturnType<Parser['parse']> {
    context.lines.addNewLine(0);
    for (const lexeme of new Lexer().lex(text)) {
      yield* parser.next(lexeme);
      // The document and the scalar being read are on the stack beside the maps and lists.
      if (parser.stack.length > context.depth + 2) {
        tooDeepAt = parser.offset;
        return;
      }
    }
    yield* parser.end();
  }
  return { each, tooDeepAt: () => tooDeepAt };
}

function reportSyntax(error: YAMLError, at: Location, findings: FindingList): void {
  if (error.code === 'NON_STRING_KEY') {
    findings.add({ code: 'desired/bad-key', message: 'a key must be text', hint: 'put it in quotes', at });
    return;
  }
  // After a colon the parser quotes the text it met, which may be a secret.
  const message = error.code === 'UNEXPECTED_TOKEN' ? error.message.replace(/: .*$/s, '') : error.message;
  const hint = error.code === 'TAB_AS_INDENT' ? 'indent with spaces' : undefined;
  findings.add({ code: 'desired/yaml-syntax', message: lowerFirst(message), hint, at });
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
