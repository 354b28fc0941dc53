import {
  Composer,
  type CST,
  type Document,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  Parser,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { Location } from '../../model/index.js';
import { type Splice, splicedText } from './splice.js';

/** What a value stands in: under a key, or in a list. Nothing for the root. */
export type Holder =
  | { readonly in: 'pair'; readonly pair: Pair; readonly map: YAMLMap; readonly flow: boolean }
  | { readonly in: 'list'; readonly list: YAMLSeq; readonly flow: boolean };

/** A YAML file as its author wrote it, to be changed at single places. Offsets are those of {@link SourceFile.text}. */
export interface SourceFile {
  readonly file: string;
  /** With `\n` at the ends of lines, and without a byte order mark. */
  readonly text: string;
  readonly root: YAMLMap | undefined;
  /** The value that begins at a place. */
  readonly nodeAt: (at: Location) => Node | undefined;
  readonly holderOf: (node: Node) => Holder | undefined;
  /** True for what stands in a list or map that an alias repeats elsewhere. */
  readonly isRepeated: (node: Node) => boolean;
  readonly place: (offset: number) => Location;
  /** Comments between two offsets, in their order. */
  readonly comments: (from: number, to: number) => readonly CST.SourceToken[];
  /** The file's text with these changes; line ends and byte order mark as they were. */
  readonly spliced: (splices: readonly Splice[]) => string;
}

/** Reads a file that has been loaded before, so that nothing is wrong with it. */
export function readSource(file: string, original: string): SourceFile {
  const bare = original.startsWith('\uFEFF') ? original.slice(1) : original;
  const text = bare.replaceAll('\r\n', '\n');
  const tokens = [...new Parser().parse(text)];
  const options = {
    version: '1.2',
    schema: 'core',
    uniqueKeys: false,
    prettyErrors: false,
    resolveKnownTags: false,
    keepSourceTokens: true,
    logLevel: 'silent',
  } as const;
  const [document] = new Composer(options).compose(tokens, true, text.length);
  const root = document && isMap(document.contents) ? document.contents : undefined;
  const lineStarts = startsOfLines(text);
  const { byOffset, holders, repeated } = indexNodes(document);
  const comments = commentsOf(tokens).sort((a, b) => a.offset - b.offset);
  return {
    file,
    text,
    root,
    nodeAt: ({ line, col }) => byOffset.get((lineStarts[line - 1] ?? Number.NaN) + col - 1),
    holderOf: (node) => holders.get(node),
    isRepeated: (node) => repeated.has(node),
    place: (offset) => {
      const line = lineStarts.findLastIndex((start) => start <= offset);
      return { file, line: line + 1, col: offset - (lineStarts[line] ?? 0) + 1 };
    },
    comments: (from, to) => comments.filter(({ offset }) => offset >= from && offset < to),
    spliced: (splices) => {
      const bom = original.slice(0, original.length - bare.length);
      return bom + splicedText(bare, { splices, text });
    },
  };
}

/** Where the value of a node begins, behind its tag and anchor. */
export function startAt(node: Node): number {
  // Every node of a file that was read has its range.
  return (node.range as NonNullable<Node['range']>)[0];
}

/** Where the value of a node ends. */
export function endAt(node: Node): number {
  // Every node of a file that was read has its range.
  return (node.range as NonNullable<Node['range']>)[1];
}

/** Where the value of a node ends, without comments and the line break after it. */
export function endOf(source: SourceFile, node: Node): number {
  if (isCollection(node) && node.flow !== true) {
    const last: unknown = node.items.at(-1);
    if (isPair(last)) {
      // In a file every key and value is a node.
      const { key, value } = last as Pair<Node, Node | null>;
      return Math.max(endOf(source, key), value === null ? 0 : endOf(source, value));
    }
    if (last !== undefined) return endOf(source, last as Node);
  }
  const [start, end] = [startAt(node), endAt(node)];
  return end > start && source.text[end - 1] === '\n' ? end - 1 : end;
}

/** The offset of the line break at or after an offset, or the end of the text. */
export function lineEnd(source: SourceFile, offset: number): number {
  const end = source.text.indexOf('\n', offset);
  return end < 0 ? source.text.length : end;
}

/** The offset at which the line of an offset begins. */
export function lineStart(source: SourceFile, offset: number): number {
  return source.text.lastIndexOf('\n', offset - 1) + 1;
}

/** How far in the keys of a block map, or the hyphens of a block list, stand. */
export function indentOf(source: SourceFile, node: YAMLMap | YAMLSeq): number {
  const start = startAt(node);
  return start - lineStart(source, start);
}

function startsOfLines(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function indexNodes(document: Document.Parsed | undefined): {
  readonly byOffset: ReadonlyMap<number, Node>;
  readonly holders: ReadonlyMap<Node, Holder>;
  readonly repeated: ReadonlySet<Node>;
} {
  const byOffset = new Map<number, Node>();
  const holders = new Map<Node, Holder>();
  const anchors = new Map<string, Node>();
  const repeated = new Set<Node>();
  const walk = (node: Node, within: { readonly flow: boolean }): void => {
    if (isAlias(node)) {
      const anchored = anchors.get(node.source);
      if (anchored) visit(anchored, { Node: (_, inner) => void repeated.add(inner) });
      return;
    }
    byOffset.set(startAt(node), node);
    if ((isScalar(node) || isCollection(node)) && node.anchor !== undefined) anchors.set(node.anchor, node);
    const flow = within.flow || (isCollection(node) && node.flow === true);
    if (isMap(node)) {
      for (const pair of node.items) {
        if (pair.value === null) continue;
        // In a file every value is a node.
        const value = pair.value as Node;
        holders.set(value, { in: 'pair', pair, map: node, flow });
        walk(value, { flow });
      }
    } else if (isSeq(node)) {
      for (const item of node.items as Node[]) {
        holders.set(item, { in: 'list', list: node, flow });
        walk(item, { flow });
      }
    }
  };
  if (document?.contents) walk(document.contents, { flow: false });
  return { byOffset, holders, repeated };
}

/** Every comment token, wherever the parser keeps it. */
function commentsOf(token: unknown): CST.SourceToken[] {
  if (Array.isArray(token)) return token.flatMap(commentsOf);
  if (typeof token !== 'object' || token === null) return [];
  // A token of the parser is a plain object with its type.
  if ((token as { readonly type?: unknown }).type === 'comment') return [token as CST.SourceToken];
  return Object.values(token).flatMap((part) => (typeof part === 'object' ? commentsOf(part) : []));
}
