import { Document, isAlias, isMap, isScalar, isSeq, type Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { yamlStyle } from '../yaml-text.js';

/** A scalar on one line, in the style it asks for where that can hold it. Without its comment. */
export function scalarText(scalar: Scalar, within: { readonly flow: boolean }): string {
  const plain = new Scalar(scalar.value);
  if (scalar.type !== undefined) plain.type = scalar.type;
  if (typeof scalar.value === 'string' && /[\r\n]/.test(scalar.value)) plain.type = Scalar.QUOTE_DOUBLE;
  else if (plain.type === Scalar.BLOCK_LITERAL || plain.type === Scalar.BLOCK_FOLDED) plain.type = Scalar.PLAIN;
  const list = new YAMLSeq();
  list.flow = true;
  list.add(plain);
  const map = new YAMLMap();
  map.add(new Pair(new Scalar('x'), plain));
  const text = textOf(within.flow ? list : map).trimEnd();
  const value = within.flow ? text.slice(1, -1) : text.slice('x: '.length);
  return scalar.tag === undefined ? value : `${scalar.tag} ${value}`;
}

/** A node on one line, as it can stand inside `{}` and `[]`. Comments are left out: there is no place for them. */
export function flowText(node: Node): string {
  if (isMap(node)) {
    // In a map that is made here keys and values are nodes.
    const pairs = (node.items as Pair<Scalar, Node>[]).map(pairText);
    return withTag(node.tag, pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`);
  }
  if (isSeq(node)) return withTag(node.tag, `[${(node.items as Node[]).map(flowText).join(', ')}]`);
  if (isScalar(node)) return scalarText(node, { flow: true });
  throw new TypeError('an alias is never written');
}

/** A key with its value on one line. */
export function pairText(pair: Pair<Scalar, Node | null>): string {
  return `${scalarText(pair.key, { flow: true })}: ${pair.value === null ? 'null' : flowText(pair.value)}`;
}

/** The pairs of a map as lines of a block, indented, without a final line break. Comments come with them. */
export function blockPairs(map: YAMLMap, indent: number): string {
  const block = new YAMLMap();
  block.items = map.items;
  if (typeof map.comment === 'string') block.comment = map.comment;
  return indented(textOf(block), indent);
}

/** A node as an item of a block list, indented, without a final line break. */
export function blockItem(node: Node, indent: number): string {
  const list = new YAMLSeq();
  list.add(node);
  return indented(textOf(list), indent);
}

/** True where pull writes a node on one line, so that it can stand where a scalar stood. */
export function isShort(node: Node): boolean {
  if (isAlias(node)) return false;
  if (isScalar(node)) return !(typeof node.value === 'string' && node.value.includes('\n'));
  return node.flow === true || node.items.length === 0;
}

function withTag(tag: string | undefined, text: string): string {
  return tag === undefined ? text : `${tag} ${text}`;
}

function textOf(root: YAMLMap | YAMLSeq): string {
  return new Document(root, { version: '1.2', schema: 'core' }).toString(yamlStyle);
}

/** Blank lines stay blank; a document's own last line break goes, those of a block of text before it stay. */
function indented(text: string, indent: number): string {
  const lines = text.replace(/\n$/, '').split('\n');
  return lines.map((line) => (line === '' ? line : ' '.repeat(indent) + line)).join('\n');
}
