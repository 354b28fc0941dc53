import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffLines } from './line-diff.js';
import { dottedPath, listDifference, valueText } from './value-text.js';

const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 20 });

describe('a diff of lines', () => {
  it('gives back both texts when its marks are followed', () => {
    fc.assert(
      fc.property(lines, lines, (from, to) => {
        const diff = diffLines(from, to, 100);
        const side = (mark: string): readonly string[] =>
          diff.flatMap((line) => (line.mark === ' ' || line.mark === mark ? ['text' in line ? line.text : ''] : []));
        // Equal texts are one gap.
        const gap = diff.every((line) => line.mark === '…');
        expect(gap ? [from, from] : [side('-'), side('+')]).toEqual([from, to]);
      }),
    );
  });

  it('replaces the middle of a text that is too large to compare', () => {
    const from = Array.from({ length: 3_000 }, (_, index) => `old ${index}`);
    expect(diffLines(from, ['new'])).toHaveLength(3_001);
  });
});

describe('the text of', () => {
  it('a pointer is dotted, and quoted where it must be', () => {
    expect(dottedPath('/oauthConfiguration/authorizedRedirectURLs')).toBe('oauthConfiguration.authorizedRedirectURLs');
    expect(dottedPath('/data/a.b/0/~1x')).toBe('data["a.b"][0]["/x"]');
    expect(dottedPath('')).toBe('(all)');
  });

  it('a long value is cut, and says how long it was', () => {
    expect(valueText('x'.repeat(300))).toBe(`"${'x'.repeat(159)}… (302 characters)`);
    expect(valueText(undefined)).toBe('(none)');
    expect(valueText('a"\u001b[0m\n')).toBe(String.raw`"a\"\x1b[0m\n"`);
  });

  it('a list counts equal items one by one', () => {
    expect(listDifference(['a', 'a', 'b'], ['a', 'c'])).toEqual({ removed: ['a', 'b'], added: ['c'] });
  });
});
