import {
  type CST,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  Scalar,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { blockItem, blockPairs, flowText, isShort, pairText, scalarText } from './node-text.js';
import { endAt, endOf, startAt, indentOf, lineEnd, lineStart, type Holder, type SourceFile } from './source-file.js';
import type { Splice } from './splice.js';

/** Why a node cannot be edited where it stands. */
export type EditRefusal =
  /** A comment stands in the middle of a `{}` or `[]` that would get other parts. */
  | { readonly why: 'comment-in-flow'; readonly offset: number }
  /** Its place in the file is of a kind that no edit is known for. */
  | { readonly why: 'odd-place'; readonly offset: number };

/** What an edit changes in a file, or why it does not. */
export type Edited =
  | { readonly ok: true; readonly splices: readonly Splice[] }
  | { readonly ok: false; readonly refusal: EditRefusal };

/** One item of a list as it is to be: one that is there already, or a new one. */
export type ListStep = { readonly keep: number } | { readonly add: Node };

/** Puts another value where a scalar stands, in its style where that can hold it. Comments beside it stay. */
export function replaceScalar(source: SourceFile, node: Scalar, value: Node): Edited {
  const holder = source.holderOf(node);
  if (!holder) return odd(node);
  const depth = depthOf(source, node);
  const [start, end] = [startAt(node), endAt(node)];
  const isBlock = node.type === Scalar.BLOCK_LITERAL || node.type === Scalar.BLOCK_FOLDED;
  const from = start - propertiesBefore(source, node);
  const gap = needsGap(source, from) ? ' ' : '';
  const styled = isScalar(value) ? inStyle(value, node) : value;
  quoteBlocks(styled, isFollowed(source, endOf(source, node), holder));
  if (holder.flow) return done([{ from, to: end, text: gap + flowText(styled), depth }]);
  const inner = holder.in === 'pair' ? indentOf(source, holder.map) : indentOf(source, holder.list);
  const short = isShort(styled) || (isScalar(styled) && styled.type === Scalar.QUOTE_DOUBLE);
  if (short) {
    const text = isScalar(styled) ? scalarText(styled, { flow: false }) : flowText(styled);
    if (!isBlock) return done([{ from, to: end, text: gap + text, depth }]);
    const line = lineEnd(source, start);
    const header = /^\S+/.exec(source.text.slice(start, line))?.[0].length ?? 0;
    // What is left of the first line is a comment at most.
    return done([
      { from, to: start + header, text: gap + text, depth },
      { from: line, to: endOf(source, node), text: '', depth },
    ]);
  }
  const [head = '', ...body] = bodyLines(styled, inner);
  const line = lineEnd(source, isBlock ? start : end);
  const header = isBlock ? (/^\S+/.exec(source.text.slice(start, line))?.[0].length ?? 0) : end - start;
  const lines = body.map((text) => `\n${text}`).join('');
  // A text that ends with a line break needs one after it, which a file may lack at its end.
  const last = lineEnd(source, endOf(source, node)) === source.text.length ? '\n' : '';
  // What stood there goes, with the space before it; where nothing stood, nothing goes.
  const old = start + header > from;
  const before = head === '' ? source.text.slice(0, from).trimEnd().length : from;
  const first = { from: before, to: start + header, text: head === '' ? '' : gap + head, depth };
  return done([
    ...(head === '' && !old ? [] : [first]),
    { from: line, to: isBlock ? endOf(source, node) : line, text: lines + last, depth },
  ]);
}

/** Adds keys to a map: after its last one, in the form it has. Keys that are there already are not looked for. */
export function addPairs(source: SourceFile, map: YAMLMap, more: YAMLMap, how: { readonly spaced: boolean }): Edited {
  const depth = depthOf(source, map);
  const last = map.items.at(-1);
  // In a file every key and value is a node.
  const lastEnd = last && endOfPair(source, last as Pair<Node, Node | null>);
  if (map.flow !== true) {
    if (lastEnd === undefined) return odd(map);
    const at = lineEnd(source, lastEnd);
    const indent = indentOf(source, map);
    quoteBlocks(more, isCommentBelow(source, at, indent));
    const text = how.spaced
      ? more.items.map((pair) => `\n\n${blockPairs(only(more, pair), indent)}`).join('')
      : `\n${blockPairs(more, indent)}`;
    return done([{ from: at, to: at, text, depth }]);
  }
  const holder = source.holderOf(map);
  const [start, end] = [startAt(map), endAt(map)];
  const [comment] = source.comments(start, end);
  if (comment) return { ok: false, refusal: { why: 'comment-in-flow', offset: comment.offset } };
  if (lastEnd === undefined && holder && holder.in === 'pair' && !isFlow(source, holder.map)) {
    // `{}` becomes a block below its key.
    const line = lineEnd(source, end);
    const indent = indentOf(source, holder.map) + 2;
    quoteBlocks(more, isCommentBelow(source, line, indent));
    const before = source.text.slice(0, start).trimEnd().length;
    return done([
      { from: before, to: end, text: '', depth },
      { from: line, to: line, text: `\n${blockPairs(more, indent)}`, depth },
    ]);
  }
  // Pairs made here have nodes for keys and values.
  const pairs = (more.items as Pair<Scalar, Node | null>[]).map(pairText);
  if (lastEnd === undefined) return done([{ from: start, to: end, text: `{ ${pairs.join(', ')} }`, depth }]);
  const gap = gapBetween(source, map);
  return done([{ from: lastEnd, to: lastEnd, text: pairs.map((pair) => gap + pair).join(''), depth }]);
}

/** Makes a list have these items, in this order. What is kept is not touched; comments of what goes stay. */
export function editList(source: SourceFile, list: YAMLSeq, steps: readonly ListStep[]): Edited {
  // In a file every item is a node.
  const items = list.items as Node[];
  const kept = new Set(steps.flatMap((step) => ('keep' in step ? [step.keep] : [])));
  if (kept.size === items.length && steps.length === items.length) return done([]);
  return list.flow === true ? editFlowList(source, list, steps) : editBlockList(source, list, { steps, kept });
}

function editBlockList(
  source: SourceFile,
  list: YAMLSeq,
  change: { readonly steps: readonly ListStep[]; readonly kept: ReadonlySet<number> },
): Edited {
  const { steps, kept } = change;
  const items = list.items as Node[];
  const depth = depthOf(source, list);
  const indent = indentOf(source, list);
  const splices: Splice[] = [];
  const holder = source.holderOf(list);
  const first = lineStart(source, startAt(list));
  // Items that begin on the line of what they stand in cannot be told from it.
  const ownLines = source.text.slice(first, startAt(list)).trim() === '';
  if (!ownLines && !kept.has(0)) return odd(list);
  const ends = items.map((item) => lineEnd(source, endOf(source, item)));
  const starts = hyphensOf(list);
  if (steps.length === 0) {
    if (!holder || holder.in !== 'pair' || holder.flow) return odd(list);
    const before = valueGap(holder.pair);
    splices.push({ from: before, to: before, text: ' []', depth });
  }
  for (const [index] of items.entries()) {
    if (kept.has(index)) continue;
    const [from, to] = [lineStart(source, starts[index] ?? 0), ends[index] ?? 0];
    splices.push(removedLines(source, { from, to, indent, depth }));
  }
  // Where the items that are added stand: after the kept item before them, or before the first one.
  let after = -1;
  let added: string[] = [];
  const below = isCommentBelow(source, ends.at(-1) ?? 0, indent);
  const flush = (isTail = false): void => {
    if (added.length === 0) return;
    const text = added.join('\n');
    added = [];
    if (after < 0 && kept.size > 0) {
      // At the line break above the first item: its own line may go.
      const at = lineStart(source, starts[0] ?? 0) - 1;
      if (ownLines) splices.push({ from: at, to: at, text: `\n${text}`, depth });
      else
        splices.push({
          from: startAt(list),
          to: startAt(list),
          text: `${text.trimStart()}\n${' '.repeat(indent)}`,
          depth,
        });
      return;
    }
    const at = ends[after < 0 || isTail ? items.length - 1 : after] ?? 0;
    splices.push({ from: at, to: at, text: `\n${text}`, depth });
  };
  for (const step of steps) {
    if ('add' in step) {
      quoteBlocks(step.add, below);
      added.push(blockItem(step.add, indent));
    } else {
      flush();
      after = step.keep;
    }
  }
  flush(true);
  return done(splices);
}

function editFlowList(source: SourceFile, list: YAMLSeq, steps: readonly ListStep[]): Edited {
  const items = list.items as Node[];
  const depth = depthOf(source, list);
  const [start, end] = [startAt(list), endAt(list)];
  const [comment] = source.comments(start, end);
  if (comment) return { ok: false, refusal: { why: 'comment-in-flow', offset: comment.offset } };
  if (items.length === 0 || steps.length === 0) {
    const texts = steps.flatMap((step) => ('add' in step ? [flowText(step.add)] : []));
    return done([{ from: start, to: end, text: `[${texts.join(', ')}]`, depth }]);
  }
  const ranges = items.map((item) => [startOf(source, item), endAt(item)] as const);
  const parts = steps.map((step) => ('keep' in step ? step.keep : flowText(step.add)));
  return done(flowSplices(ranges, parts, { gap: gapBetween(source, list), depth }));
}

/**
 * Makes the inside of brackets have these parts: the ranges of those that are kept, by index, and texts that are new. What
 * is kept is in no splice: it may be edited itself.
 */
function flowSplices(
  ranges: readonly (readonly [from: number, to: number])[],
  parts: readonly (number | string)[],
  how: { readonly gap: string; readonly depth: number },
): readonly Splice[] {
  const { gap, depth } = how;
  const splices: Splice[] = [];
  const last = ranges.length - 1;
  const at = (index: number): readonly [number, number] => ranges[index] ?? [0, 0];
  let before = -1;
  let added: string[] = [];
  const close = (next: number): void => {
    const from = before < 0 ? at(0)[0] : at(before)[1];
    const to = next > last ? at(last)[1] : at(next)[0];
    const texts = [...(before < 0 ? [] : ['']), ...added, ...(next > last ? [] : [''])];
    const isSame = added.length === 0 && next === before + 1;
    if (!isSame) splices.push({ from, to, text: texts.join(gap), depth });
    added = [];
    before = next;
  };
  for (const part of parts) {
    if (typeof part === 'number') close(part);
    else added.push(part);
  }
  close(last + 1);
  return splices;
}

/**
 * Takes keys with their values out of a map. Comments inside them stay; those beside them, too.
 * @param how.refilled - keys are added to the same map, so that it is never empty.
 */
export function removePairs(
  source: SourceFile,
  map: YAMLMap,
  pairs: readonly Pair<Node, Node | null>[],
  how: { readonly refilled: boolean },
): Edited {
  const depth = depthOf(source, map);
  const all = map.items.length === pairs.length;
  const [start, end] = [startAt(map), endAt(map)];
  if (map.flow === true) {
    const [comment] = source.comments(start, end);
    if (comment) return { ok: false, refusal: { why: 'comment-in-flow', offset: comment.offset } };
    if (how.refilled) return odd(map);
    if (all) return done([{ from: start, to: end, text: '{}', depth }]);
    const gone = new Set<unknown>(pairs);
    // In a file every key and value is a node.
    const there = map.items as Pair<Node, Node | null>[];
    const ranges = there.map((pair) => [startOf(source, pair.key), endOfPair(source, pair)] as const);
    const kept = [...there.keys()].filter((index) => !gone.has(there[index]));
    return done(flowSplices(ranges, kept, { gap: gapBetween(source, map), depth }));
  }
  const splices: Splice[] = [];
  for (const pair of pairs) {
    const [from, to] = [startOf(source, pair.key), endOfPair(source, pair)];
    const begin = lineStart(source, from);
    if (source.text.slice(begin, from).trim() !== '') return odd(map);
    const lines = { from: begin, to: lineEnd(source, to), indent: indentOf(source, map), depth };
    splices.push(removedLines(source, lines));
  }
  if (!all || how.refilled) return done(splices);
  const holder = source.holderOf(map);
  if (!holder || holder.in !== 'pair' || holder.flow) return odd(map);
  const at = valueGap(holder.pair);
  return done([{ from: at, to: at, text: ' {}', depth }, ...splices]);
}

/** Lines that go, with the line break before them; each comment in them stays, on a line of its own. */
function removedLines(
  source: SourceFile,
  lines: { readonly from: number; readonly to: number; readonly indent: number; readonly depth: number },
): Splice {
  const { from, to, indent, depth } = lines;
  const comments = source.comments(from, to).map(({ source: text }) => `\n${' '.repeat(indent)}${text}`);
  return { from: Math.max(0, from - 1), to, text: comments.join(''), depth };
}

/** The lines of a value that does not fit on one: the rest of the first line, then the others. */
function bodyLines(value: Node, indent: number): readonly string[] {
  if (isScalar(value)) {
    const scalar = new Scalar(value.value);
    scalar.type = Scalar.BLOCK_LITERAL;
    const lines = blockItem(scalar, 0).split('\n');
    const [head = '', ...body] = lines;
    return [head.slice('- '.length), ...body.map((line) => (line === '' ? '' : ' '.repeat(indent) + line))];
  }
  if (isMap(value)) return ['', ...blockPairs(value, indent + 2).split('\n')];
  const items = isSeq(value) ? (value.items as Node[]) : [];
  return ['', ...items.flatMap((item) => blockItem(item, indent + 2).split('\n'))];
}

/**
 * Puts in quotes, in one line, what would not come back from a block of text: where a comment follows that stands as far
 * in, it would be taken for text, and behind a text that ends in blank lines there may be more of them.
 */
function quoteBlocks(node: Node, followed: boolean): void {
  visit(node, {
    Scalar: (_, scalar) => {
      const text = scalar.value;
      if (typeof text === 'string' && text.includes('\n') && (followed || text.endsWith('\n\n')))
        scalar.type = Scalar.QUOTE_DOUBLE;
    },
  });
}

function isFollowed(source: SourceFile, end: number, holder: Holder): boolean {
  return isCommentBelow(
    source,
    lineEnd(source, end),
    indentOf(source, holder.in === 'pair' ? holder.map : holder.list),
  );
}

/** True where the next line that is not blank is a comment, further in than this. */
function isCommentBelow(source: SourceFile, at: number, indent: number): boolean {
  const [, space = ''] = /^\n(?:[ \t]*\n)*([ \t]*)#/.exec(source.text.slice(at)) ?? [];
  return space.length > indent;
}

/** A text as its author writes texts: quotes stay where there are some. */
function inStyle(value: Scalar, before: Scalar): Scalar {
  const styled = new Scalar(value.value);
  if (value.tag !== undefined) styled.tag = value.tag;
  if (typeof value.comment === 'string') styled.comment = value.comment;
  const quoted = before.type === Scalar.QUOTE_DOUBLE || before.type === Scalar.QUOTE_SINGLE;
  if (typeof value.value !== 'string') return styled;
  if (quoted && before.type !== undefined) styled.type = before.type;
  // Of lines that are white space alone a block keeps only some, and no block has a return.
  if (/^\s*$|\r/.test(value.value) && value.value !== '') styled.type = Scalar.QUOTE_DOUBLE;
  return styled;
}

/** How many characters before a value are a tag of YAML's own, which may not hold for another value. */
function propertiesBefore(source: SourceFile, node: Scalar): number {
  if (node.tag === undefined) return 0;
  const start = startAt(node);
  return /!\S*[ \t]+$/.exec(source.text.slice(lineStart(source, start), start))?.[0].length ?? 0;
}

/** True where a value would stand right behind a colon, a hyphen or an anchor. */
function needsGap(source: SourceFile, at: number): boolean {
  return (
    /\S$/.test(source.text.slice(Math.max(0, at - 1), at)) && !/[[{,]$/.test(source.text.slice(Math.max(0, at - 1), at))
  );
}

/** Where `[]` or `{}` can stand in the place of a block: behind the colon, or the tag and anchor after it. */
function valueGap(pair: Pair): number {
  // The parser kept its tokens: what stands between the key and its value.
  const { sep } = pair.srcToken as CST.CollectionItem;
  const marks = (sep ?? []).filter(({ type }) => type === 'map-value-ind' || type === 'tag' || type === 'anchor');
  const last = marks.at(-1);
  return last === undefined ? 0 : last.offset + last.source.length;
}

/** Where the hyphens of a block list are. */
function hyphensOf(list: YAMLSeq): readonly number[] {
  // The parser kept its tokens: those of a block list.
  const { items } = list.srcToken as CST.BlockSequence;
  return items.flatMap(({ start }) => start.filter(({ type }) => type === 'seq-item-ind').map(({ offset }) => offset));
}

/** Where an item begins, its tag and anchor included. */
function startOf(source: SourceFile, item: Node): number {
  const start = startAt(item);
  return start - (/(?:[!&][^\s,[\]{}]*[ \t]+)+$/.exec(source.text.slice(0, start))?.[0].length ?? 0);
}

/** What stands between the last two parts of a `{}` or `[]`. */
function gapBetween(source: SourceFile, node: YAMLMap | YAMLSeq): string {
  const [one, other]: unknown[] = node.items.slice(-2);
  if (one === undefined || other === undefined) return ', ';
  const from = isPair(one) ? endOfPair(source, one as Pair<Node, Node | null>) : endAt(one as Node);
  const to = isPair(other) ? startOf(source, (other as Pair<Node>).key) : startOf(source, other as Node);
  return source.text.slice(from, to);
}

function endOfPair(source: SourceFile, { key, value }: Pair<Node, Node | null>): number {
  return Math.max(endOf(source, key), value === null ? 0 : endOf(source, value));
}

function isFlow(source: SourceFile, map: YAMLMap): boolean {
  return map.flow === true || source.holderOf(map)?.flow === true;
}

/** How many maps and lists a node is in. */
function depthOf(source: SourceFile, node: Node): number {
  const holder = source.holderOf(node);
  if (!holder) return 1;
  return 1 + depthOf(source, holder.in === 'pair' ? holder.map : holder.list);
}

function only(map: YAMLMap, pair: Pair): YAMLMap {
  const one = map.clone() as YAMLMap;
  one.items = [pair];
  return one;
}

function done(splices: readonly Splice[]): Edited {
  return { ok: true, splices };
}

function odd(node: Node): Edited {
  return { ok: false, refusal: { why: 'odd-place', offset: startAt(node) } };
}
