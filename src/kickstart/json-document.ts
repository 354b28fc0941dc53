import type { Json, Location } from '../model/index.js';

/** A JSON value that knows where it stands. */
export interface JsonNode {
  readonly at: Location;
  readonly pointer: string;
  readonly value: null | boolean | number | string | readonly JsonNode[] | ReadonlyMap<string, JsonNode>;
}

/** A complaint about a place in a JSON document. */
export class JsonFault extends Error {
  readonly at: Location;
  readonly pointer: string;

  constructor(message: string, place: { readonly at: Location; readonly pointer: string }) {
    super(message);
    this.at = place.at;
    this.pointer = place.pointer;
  }
}

const deepest = 200;
const token = /[ \t\n\r]*(?:([{}[\],:])|("(?:[^"\\\n]|\\.)*")|([^\s{}[\],:"]+))/y;

/** Parses strict JSON (RFC 8259), refusing a key that is there twice. @throws {@link JsonFault} at what is wrong. */
export function parseJson(file: string, text: string): JsonNode {
  const reader = new Reader(file, text.replace(/^\uFEFF/, ''));
  const node = reader.value('', 0);
  reader.end();
  return node;
}

/** The state of one parse: where it is. */
class Reader {
  readonly #file: string;
  readonly #text: string;
  #offset = 0;
  #line = 1;
  #lineStart = 0;
  #start = 0;

  constructor(file: string, text: string) {
    this.#file = file;
    this.#text = text;
  }

  value(pointer: string, depth: number): JsonNode {
    const word = this.#next(pointer);
    const at = this.#place();
    if (depth > deepest) throw new JsonFault(`is nested deeper than ${deepest} levels`, { at, pointer });
    if (word === '{') return { at, pointer, value: this.#entries(pointer, depth) };
    if (word === '[') return { at, pointer, value: this.#items(pointer, depth) };
    return { at, pointer, value: this.#scalar(word, pointer) };
  }

  end(): void {
    if (this.#text.slice(this.#offset).trim() !== '') this.#unexpected(this.#next(''), '');
  }

  #entries(pointer: string, depth: number): ReadonlyMap<string, JsonNode> {
    const entries = new Map<string, JsonNode>();
    for (let word = this.#next(pointer); word !== '}' || entries.size > 0; word = this.#next(pointer)) {
      const key = word.startsWith('"') ? this.#scalar(word, pointer) : this.#unexpected(word, pointer);
      const place = { at: this.#place(), pointer };
      if (entries.has(String(key))) throw new JsonFault(`the key "${String(key)}" is written twice`, place);
      this.#take(':', pointer);
      const step = String(key).replaceAll('~', '~0').replaceAll('/', '~1');
      entries.set(String(key), this.value(`${pointer}/${step}`, depth + 1));
      if (this.#take(',}', pointer) === '}') return entries;
    }
    return entries;
  }

  #items(pointer: string, depth: number): readonly JsonNode[] {
    const items: JsonNode[] = [];
    const before = this.#offset;
    if (this.#next(pointer) === ']') return items;
    this.#offset = before;
    do items.push(this.value(`${pointer}/${items.length}`, depth + 1));
    while (this.#take(',]', pointer) === ',');
    return items;
  }

  #scalar(word: string, pointer: string): null | boolean | number | string {
    try {
      const value = JSON.parse(word) as Json;
      if (typeof value !== 'object' || value === null) return value;
    } catch {
      // Told below, at its place.
    }
    return this.#unexpected(word, pointer);
  }

  #take(wanted: string, pointer: string): string {
    const word = this.#next(pointer);
    return wanted.includes(word) ? word : this.#unexpected(word, pointer);
  }

  #next(pointer: string): string {
    token.lastIndex = this.#offset;
    const found = token.exec(this.#text);
    const word = found?.[1] ?? found?.[2] ?? found?.[3];
    if (word === undefined) {
      this.#start = this.#offset + (/^\s*/.exec(this.#text.slice(this.#offset))?.[0].length ?? 0);
      return this.#unexpected(this.#text.slice(this.#start, this.#start + 1), pointer);
    }
    this.#offset = token.lastIndex;
    this.#start = this.#offset - word.length;
    return word;
  }

  #place(): Location {
    for (let end = this.#text.indexOf('\n', this.#lineStart); end !== -1 && end < this.#start;) {
      this.#line += 1;
      this.#lineStart = end + 1;
      end = this.#text.indexOf('\n', this.#lineStart);
    }
    return { file: this.#file, line: this.#line, col: this.#start - this.#lineStart + 1 };
  }

  #unexpected(word: string, pointer: string): never {
    throw new JsonFault(`is not strict JSON: ${complaint(word)}`, { at: this.#place(), pointer });
  }
}

/** Of what is written only signs are told: anything else may be a part of a secret. */
function complaint(word: string): string {
  if (word === '') return 'it ends too early';
  if (word === '"') return 'a text that does not end on its line';
  if (word.startsWith('"')) return 'a text that is not expected here, or has an escape that JSON does not know';
  return /^[{}[\],:]$/.test(word)
    ? `${word} is not expected here`
    : 'something that is no text, number, true, false or null';
}

/** The entries of a node that must be an object. */
export function mapOf(node: JsonNode, what: string): ReadonlyMap<string, JsonNode> {
  if (node.value instanceof Map) return node.value;
  throw new JsonFault(`${what} must be an object`, node);
}

/** The items of a node that must be a list. */
export function listOf(node: JsonNode, what: string): readonly JsonNode[] {
  // `as`: of what a node may be only this is a list.
  if (Array.isArray(node.value)) return node.value as readonly JsonNode[];
  throw new JsonFault(`${what} must be a list`, node);
}
