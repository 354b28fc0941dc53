import { Document, isScalar, Pair, Scalar, type ToStringOptions, YAMLMap, YAMLSeq } from 'yaml';
import { isJsonList, isJsonObject, type Json, type JsonObject, pointerOf } from '../model/index.js';
import type { PullComment } from './pull-note.js';

/** Text → the tag, and what stands after it, that are written in its place. */
export type Expressions = ReadonlyMap<string, { readonly tag: string; readonly text: string }>;

/** One entry of a collection, ready to be written. */
export interface YamlEntry {
  readonly key: string;
  readonly body: JsonObject;
  readonly comments: readonly PullComment[];
  /** JSON Pointer → file, for texts that stand in a file of their own. */
  readonly files: ReadonlyMap<string, string>;
  /** JSON Pointer → environment variable, for secrets that the files own. */
  readonly secrets: ReadonlyMap<string, string>;
  /** Ids → words that explain them. */
  readonly labels: ReadonlyMap<string, string>;
  readonly expressions?: Expressions | undefined;
}

/** What one YAML file has of one collection. */
export interface YamlSection {
  readonly collection: string;
  readonly entries: readonly YamlEntry[];
  readonly existing: readonly { readonly key: string; readonly match: JsonObject }[];
  /** The one object of its kind: its fields stand right below the name of the collection. */
  readonly singleton?: YamlEntry;
}

const schemaLine = '# yaml-language-server: $schema=../../schemas/kedge.schema.json\n';
/** Lists of short texts up to this width stand on one line. */
const inlineWidth = 80;
/** What a reader looks for first; the rest follows in the order of the alphabet. */
const firstFields = ['id', 'tenantId', 'name', 'description', 'type', 'url', 'issuer', 'themeId', 'algorithm'];
const lastFields = ['roles', 'scopes'];

/** How all that a pull writes is laid out. */
export const yamlStyle: Readonly<ToStringOptions> = {
  lineWidth: 0,
  blockQuote: 'literal',
  flowCollectionPadding: false,
  // A quoted text stays on one line, however long it is.
  doubleQuotedMinMultiLineLength: Number.POSITIVE_INFINITY,
};

/** The text of one YAML file. Equal input gives equal bytes. */
export function yamlText(sections: readonly YamlSection[]): string {
  const root = new YAMLMap();
  root.add(new Pair(new Scalar('version'), new Scalar(1)));
  const found = sections.flatMap(({ collection, existing }) =>
    existing.length === 0
      ? []
      : [[collection, mapNode(existing.map(({ key, match }) => [key, plainNode(match)]))] as const],
  );
  if (found.length > 0) root.add(new Pair(spaced('existing'), mapNode(found)));
  for (const { collection, entries, singleton } of sections) {
    if (singleton) root.add(new Pair(spaced(collection), new EntryWriter(singleton).node()));
    else if (entries.length > 0) root.add(new Pair(spaced(collection), entriesNode(entries)));
  }
  const document = new Document(root, { version: '1.2', schema: 'core' });
  return schemaLine + document.toString(yamlStyle);
}

/** One entry as a YAML node, with its comments. */
export function entryNode(entry: YamlEntry): YAMLMap {
  return new EntryWriter(entry).node();
}

/** What every file begins with. */
export const fileHead: string = `${schemaLine}version: 1\n`;

/** Writes the nodes of one entry; a class because each node asks for the entry's comments, files and labels. */
class EntryWriter {
  readonly #entry: YamlEntry;

  constructor(entry: YamlEntry) {
    this.#entry = entry;
  }

  node(): YAMLMap {
    return this.#map(this.#entry.body, []);
  }

  #map(body: JsonObject, at: readonly string[]): YAMLMap {
    const map = new YAMLMap();
    for (const [key, value] of orderedFields(body)) {
      map.add(new Pair(new Scalar(key), this.#value(value, [...at, key])));
    }
    const comments = this.#commentsOf(body, at);
    if (comments.length > 0) map.comment = comments.map((line) => ` ${line}`).join('\n');
    if (map.items.length === 0) map.flow = true;
    return map;
  }

  #value(value: Json, at: readonly string[]): Scalar | YAMLMap | YAMLSeq {
    const file = this.#entry.files.get(pointerOf(at));
    if (file !== undefined) return tagged('!file', file);
    const variable = this.#entry.secrets.get(pointerOf(at));
    if (variable !== undefined) return tagged('!secret', `env:${variable}`);
    if (isJsonObject(value)) return this.#map(value, at);
    if (isJsonList(value)) return this.#list(value, at);
    const expression = typeof value === 'string' ? this.#entry.expressions?.get(value) : undefined;
    const scalar = new Scalar(expression?.text ?? value);
    if (expression) scalar.tag = expression.tag;
    // Of lines that are white space alone a block keeps only some: such a text is quoted.
    else if (typeof value === 'string' && value.includes('\n') && value.trim() === '')
      scalar.type = Scalar.QUOTE_DOUBLE;
    const label = typeof value === 'string' ? this.#entry.labels.get(value) : undefined;
    if (label !== undefined) scalar.comment = ` ${oneLine(label)}`;
    return scalar;
  }

  #list(value: readonly Json[], at: readonly string[]): YAMLSeq {
    const list = new YAMLSeq();
    for (const [index, item] of value.entries()) list.add(this.#value(item, [...at, String(index)]));
    const short =
      value.every((item) => typeof item !== 'object' || item === null) && value.join(', ').length < inlineWidth;
    list.flow =
      short && list.items.every((item) => !isScalar(item) || (!item.comment && !/\n/.test(String(item.value))));
    return list;
  }

  /** Comments on fields that would stand in this map, or deeper where there is no map to hold them. */
  #commentsOf(body: JsonObject, at: readonly string[]): readonly string[] {
    return this.#entry.comments.flatMap(({ path, text }) => {
      if (!at.every((step, index) => path[index] === step)) return [];
      const rest = path.slice(at.length);
      const [next] = rest;
      if (rest.length === 0 || next === undefined) return [];
      const deeper = rest.length > 1 && Object.hasOwn(body, next) && isJsonObject(body[next]);
      return deeper ? [] : [oneLine(`${rest.join('.')}: ${text}`)];
    });
  }
}

function orderedFields(body: JsonObject): readonly (readonly [string, Json])[] {
  const rank = (key: string): number => {
    const first = firstFields.indexOf(key);
    if (first >= 0) return first - firstFields.length;
    return lastFields.indexOf(key) + 1;
  };
  return Object.entries(body).sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0));
}

function entriesNode(entries: readonly YamlEntry[]): YAMLMap {
  const map = new YAMLMap();
  for (const [index, entry] of entries.entries()) {
    const key = index === 0 ? new Scalar(entry.key) : spaced(entry.key);
    map.add(new Pair(key, new EntryWriter(entry).node()));
  }
  return map;
}

function mapNode(pairs: readonly (readonly [string, YAMLMap])[]): YAMLMap {
  const map = new YAMLMap();
  for (const [key, value] of pairs) map.add(new Pair(new Scalar(key), value));
  return map;
}

function plainNode(body: JsonObject): YAMLMap {
  const map = new YAMLMap();
  map.flow = true;
  for (const [key, value] of Object.entries(body)) map.add(new Pair(new Scalar(key), new Scalar(value)));
  return map;
}

function tagged(tag: string, text: string): Scalar {
  const scalar = new Scalar(text);
  scalar.tag = tag;
  return scalar;
}

function spaced(key: string): Scalar<string> {
  const scalar = new Scalar(key);
  scalar.spaceBefore = true;
  return scalar;
}

/** Names on an instance can hold anything; a comment ends at the end of its line. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}
