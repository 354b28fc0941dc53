import { KickstartError, pointerTo, type FilePosition } from './kickstart-error.js';

/** A parsed JSON value that remembers where it stood, so that a mistake found later can be shown at its place. */
export type JsonNode =
  | { readonly kind: 'array'; readonly at: FilePosition; readonly items: readonly JsonNode[] }
  | { readonly kind: 'object'; readonly at: FilePosition; readonly entries: readonly JsonEntry[] }
  | { readonly kind: 'scalar'; readonly at: FilePosition; readonly value: boolean | number | string | null };

export interface JsonEntry {
  readonly key: string;
  readonly at: FilePosition;
  readonly value: JsonNode;
}

/** Deeper nesting than this is refused: no kickstart needs it, and the reader is recursive. */
const deepest = 200;

/**
 * Parses strict JSON (RFC 8259: no comments, no trailing commas), refusing a key written twice in one object.
 * `JSON.parse` would do for the values, but says neither line and column nor where a value came from.
 * @throws {@link KickstartError} `bad-json`, at the character that was not expected.
 */
export function parseJsonDocument(file: string, text: string): JsonNode {
  const reader = new Reader(file, text.startsWith('\uFEFF') ? text.slice(1) : text);
  const node = reader.value(0);
  reader.end();
  return node;
}

const space = /[ \t\n\r]*/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// oxlint-disable-next-line no-control-regex -- RFC 8259 §7 forbids exactly these characters inside a string
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const word = /true|false|null/y;

class Reader {
  readonly #file: string;
  readonly #text: string;
  #offset = 0;
  /** The line the offset is in, and where it begins: counted forward only, so that a large file stays linear. */
  #line = 1;
  #lineStart = 0;
  /** Where in the document the reader is. */
  #pointer = '';

  constructor(file: string, text: string) {
    this.#file = file;
    this.#text = text;
  }

  value(depth: number): JsonNode {
    this.#match(space);
    if (depth > deepest) throw this.#wrong(`nesting deeper than ${deepest} levels`);
    const at = this.#position();
    switch (this.#text[this.#offset]) {
      case '{':
        return { kind: 'object', at, entries: this.#entries(depth) };
      case '[':
        return { kind: 'array', at, items: this.#items(depth) };
      default: {
        const scalar = this.#match(string) ?? this.#match(number) ?? this.#match(word);
        if (scalar === undefined) throw this.#wrong(this.#unexpected());
        // `as`: the patterns let through only what JSON.parse turns into one of these.
        return { kind: 'scalar', at, value: JSON.parse(scalar) as boolean | number | string | null };
      }
    }
  }

  end(): void {
    this.#match(space);
    if (this.#offset < this.#text.length) throw this.#wrong(this.#unexpected());
  }

  #entries(depth: number): readonly JsonEntry[] {
    const entries: JsonEntry[] = [];
    const seen = new Set<string>();
    this.#list('}', () => {
      const start = this.#position();
      const quoted = this.#match(string);
      if (quoted === undefined) throw this.#wrong(this.#unexpected());
      // `as`: the pattern lets only a JSON string through.
      const key = JSON.parse(quoted) as string;
      const at = { ...start, pointer: pointerTo(this.#pointer, key) };
      if (seen.has(key)) {
        throw new KickstartError('bad-json', `the key "${key}" is written twice; remove one of the two`, at);
      }
      seen.add(key);
      this.#match(space);
      this.#take(':');
      entries.push({ key, at, value: this.#below(key, depth) });
    });
    return entries;
  }

  #items(depth: number): readonly JsonNode[] {
    const items: JsonNode[] = [];
    this.#list(']', () => items.push(this.#below(items.length, depth)));
    return items;
  }

  #below(part: number | string, depth: number): JsonNode {
    const outer = this.#pointer;
    this.#pointer = pointerTo(outer, part);
    const node = this.value(depth + 1);
    this.#pointer = outer;
    return node;
  }

  #list(close: ']' | '}', element: () => void): void {
    this.#offset += 1;
    this.#match(space);
    if (this.#text[this.#offset] === close) {
      this.#offset += 1;
      return;
    }
    for (;;) {
      this.#match(space);
      element();
      this.#match(space);
      if (this.#text[this.#offset] === close) break;
      this.#take(',');
    }
    this.#offset += 1;
  }

  #take(expected: ',' | ':'): void {
    if (this.#text[this.#offset] !== expected) throw this.#wrong(`${this.#unexpected()}, "${expected}" expected`);
    this.#offset += 1;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#offset;
    const found = pattern.exec(this.#text)?.[0];
    this.#offset += found?.length ?? 0;
    return found;
  }

  #position(): FilePosition {
    for (;;) {
      const newline = this.#text.indexOf('\n', this.#lineStart);
      if (newline === -1 || newline >= this.#offset) break;
      this.#line += 1;
      this.#lineStart = newline + 1;
    }
    return { file: this.#file, line: this.#line, col: this.#offset - this.#lineStart + 1, pointer: this.#pointer };
  }

  #unexpected(): string {
    const found = this.#text[this.#offset];
    return found === undefined ? 'the file ends too early' : `unexpected ${JSON.stringify(found)}`;
  }

  #wrong(message: string): KickstartError {
    const what = 'write strict JSON, without comments and trailing commas';
    return new KickstartError('bad-json', `not valid JSON: ${message}; ${what}`, this.#position());
  }
}
