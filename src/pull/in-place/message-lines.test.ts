import { describe, expect, it } from 'vitest';
import { withMessages } from './message-lines.js';

describe('messages in a text', () => {
  it.each([
    ['are written in their lines', 'a=1\nb = 2\n', { b: '3' }, 'a=1\nb=3\n'],
    ['go with the lines they go on in', 'a=1\\\n  2\\\n  3\nb=2', { a: undefined }, 'b=2'],
    ['are as the last of their lines says', 'a=1\na=2\n', { a: '3' }, 'a=3\n'],
    ['come at the end where they are new', '# mine\\\na=1', { c: 'x' }, '# mine\\\na=1\nc=x\n'],
    ['begin a text that is empty', '', { c: 'x' }, 'c=x\n'],
    ['come after a last line break', 'a=1\n', { c: 'x', d: undefined }, 'a=1\nc=x\n'],
    ['keep the ends of other lines', 'a=1\\\r\n2\r\nb=2\r\n', { b: '3' }, 'a=1\\\r\n2\r\nb=3\n'],
  ])('%s', (_, text, changes, expected) => {
    expect(withMessages(text, new Map(Object.entries(changes)))).toBe(expected);
  });
});
