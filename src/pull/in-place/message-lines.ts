import { messagesOf, messageText } from '../../catalog/index.js';

/**
 * A text of `key=value` lines with other values for some keys: their lines are written anew, new keys come at the end, and
 * one without a value goes. Every other line stays as it is, comments too.
 */
export function withMessages(text: string, changes: ReadonlyMap<string, string | undefined>): string {
  const open = new Map(changes);
  const lines = text.split('\n');
  const kept: string[] = [];
  for (let at = 0; at < lines.length;) {
    let end = at + 1;
    // A comment never goes on in the next line; everything else does behind an odd number of backslashes.
    const first = lines[at] ?? '';
    if (!/^[ \t\f]*[#!]/.test(first)) while (end < lines.length && continues(lines[end - 1] ?? '')) end += 1;
    const part = lines.slice(at, end);
    const [key] = messagesOf(part.join('\n')).keys();
    at = end;
    if (key === undefined || !changes.has(key)) {
      kept.push(...part);
      continue;
    }
    const value = open.get(key);
    // Of a key that stands twice the last one counts: here the first line gets the value, the others go.
    open.delete(key);
    if (value !== undefined) kept.push(messageText([[key, value]]).replace(/\n$/, ''));
  }
  const added = [...open].flatMap(([key, value]) => (value === undefined ? [] : [messageText([[key, value]])]));
  const result = kept.join('\n');
  if (added.length === 0) return result;
  return `${result === '' || result.endsWith('\n') ? result : `${result}\n`}${added.join('')}`;
}

function continues(line: string): boolean {
  return (/\\*\r?$/.exec(line)?.[0].replace('\r', '').length ?? 0) % 2 === 1;
}
