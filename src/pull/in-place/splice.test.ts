import { describe, expect, it } from 'vitest';
import { splicedText } from './splice.js';

function spliced(original: string, ...splices: readonly [number, number, string, number?][]): string {
  const text = original.replaceAll('\r\n', '\n');
  return splicedText(original, {
    text,
    splices: splices.map(([from, to, more, depth = 0]) => ({ from, to, text: more, depth })),
  });
}

describe('splices of a text', () => {
  it('leave what they do not touch as it is, also where line ends are mixed', () => {
    expect(spliced('a\r\nb\nc\r\nd', [2, 3, 'B\nb'], [6, 7, 'D'])).toBe('a\r\nB\r\nb\nc\r\nD');
    expect(spliced('a\nb\r\nc\nd', [4, 5, 'C\nc'])).toBe('a\nb\r\nC\nc\nd');
  });

  it('at one place: the deeper one first, an insertion before what goes', () => {
    expect(spliced('ab', [1, 1, '-', 1], [1, 1, '+', 2], [1, 2, '', 1])).toBe('a+-');
  });

  it('that overlap are a bug', () => {
    expect(() => spliced('abc', [0, 2, ''], [1, 3, ''])).toThrow(RangeError);
  });
});
