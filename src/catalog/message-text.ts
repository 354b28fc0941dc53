import type { JsonObject } from '../model/index.js';

/**
 * The messages of a text of `key=value` lines, such as a theme's `defaultMessages`; of a key that stands twice, the last.
 * Format: java.util.Properties#load (comments, `=`, `:` or white space between key and value, `\` at the end of a line,
 * escapes), which is what FusionAuth reads its messages with (FusionAuth docs: customize/look-and-feel, localization).
 */
export function messagesOf(text: string): ReadonlyMap<string, string> {
  const messages = new Map<string, string>();
  for (const line of logicalLines(text)) {
    // An escaped character is never the end of the key; what follows is one separator with white space around it.
    const [, key = '', value = ''] = /^((?:\\[^]|[^\\=: \t\f])*)[ \t\f]*[=:]?[ \t\f]*([^]*)$/.exec(line) ?? [];
    messages.set(unescaped(key), unescaped(value));
  }
  return messages;
}

/** Messages as a text of `key=value` lines, which {@link messagesOf} reads back. */
export function messageText(messages: Iterable<readonly [string, string]>): string {
  return [...messages].map(([key, value]) => `${escapedKey(key)}=${escapedValue(value)}\n`).join('');
}

/** A text with those of `more` under it whose keys it lacks; the text as it is where it has them all. */
export function withMissingMessages(text: string, more: string): string {
  const there = messagesOf(text);
  const missing = [...messagesOf(more)].filter(([key]) => !there.has(key));
  if (missing.length === 0) return text;
  return `${text === '' || text.endsWith('\n') ? text : `${text}\n`}${messageText(missing)}`;
}

/** A body whose texts of messages at these fields are maps by key: a message is owned by itself. */
export function messagesByKey(field: string): (body: JsonObject) => JsonObject {
  return (body) => {
    const text = body[field];
    return typeof text === 'string' ? { ...body, [field]: Object.fromEntries(messagesOf(text)) } : body;
  };
}

/** The lines with those joined that end in a backslash, without comments and blank ones. */
function logicalLines(text: string): readonly string[] {
  const lines: string[] = [];
  let open: string | undefined;
  for (const natural of text.split(/\r\n|\r|\n/)) {
    const line = natural.replace(/^[ \t\f]+/, '');
    if (open === undefined && /^(?:$|[#!])/.test(line)) continue;
    const whole: string = (open ?? '') + line;
    // An odd number of backslashes: the last one escapes the end of the line.
    const continues = /(?<!\\)(?:\\\\)*\\$/.test(line);
    open = continues ? whole.slice(0, -1) : undefined;
    if (open === undefined) lines.push(whole);
  }
  return open === undefined ? lines : [...lines, open];
}

const escapes: Readonly<Record<string, string>> = { f: '\f', n: '\n', r: '\r', t: '\t' };

function unescaped(text: string): string {
  return text.replaceAll(/\\(?:u([\dA-Fa-f]{4})|([^]))/g, (_, code: string | undefined, letter: string) =>
    code === undefined ? (escapes[letter] ?? letter) : String.fromCharCode(Number.parseInt(code, 16)),
  );
}

function escapedValue(value: string): string {
  return escaped(value).replace(/^ /, '\\ ');
}

function escapedKey(key: string): string {
  return escaped(key).replaceAll(/[ =:]/g, '\\$&').replace(/^[#!]/, '\\$&');
}

function escaped(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replaceAll('\f', '\\f');
}
