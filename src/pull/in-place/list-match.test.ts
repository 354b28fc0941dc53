import { describe, expect, it } from 'vitest';
import type { Json } from '../../model/index.js';
import { type MatchedItem, matchItems } from './list-match.js';

function pairs(written: readonly Json[], live: readonly Json[], set: boolean, atLeast = false): readonly string[] {
  return matchItems(written, live, { set, atLeast }).map((item: MatchedItem) => `${item.written ?? '+'}→${item.live}`);
}

describe('items of two lists', () => {
  it.each([
    ['that are equal stay, and new ones come last', ['a', 'b'], ['c', 'b', 'a'], ['0→2', '1→1', '+→0']],
    ['are one where one alone is left on each side', ['a', 'b'], ['a', 'c'], ['0→0', '1→1']],
    ['are not where two are left', ['a', 'b', 'c'], ['a', 'd', 'e'], ['0→0', '+→1', '+→2']],
  ])('of a set: %s', (_, written, live, expected) => {
    expect(pairs(written, live, true)).toEqual(expected);
  });

  it.each([
    [
      'keep their order, as many as can',
      ['a', 'b', 'c'],
      ['x', 'b', 'y', 'c', 'a'],
      ['0→0', '1→1', '+→2', '2→3', '+→4'],
    ],
    ['are one where one stands between the same neighbours', ['a', 'b', 'c'], ['a', 'd', 'c'], ['0→0', '1→1', '2→2']],
    ['are not where more stand on one side', ['a', 'b', 'c'], ['d', 'e', 'b', 'c'], ['+→0', '+→1', '1→2', '2→3']],
    ['begin alike', ['a', 'b'], ['a', 'b', 'c'], ['0→0', '1→1', '+→2']],
    ['skip what is gone', ['a', 'b', 'c', 'd'], ['c', 'd'], ['2→0', '3→1']],
  ])('of an ordered list: %s', (_, written, live, expected) => {
    expect(pairs(written, live, false)).toEqual(expected);
  });

  it('that are objects are known by their id or name', () => {
    const written = [{ name: 'a', x: 1 }, { x: 1 }, 'text'];
    expect(pairs(written, [{ name: 'b', x: 2 }, { name: 'a', x: 3 }, { x: 2 }, 'other'], true)).toEqual([
      '0→1',
      '+→0',
      '+→2',
      '+→3',
    ]);
  });

  it('that may be more than is asked for are no other form of it', () => {
    expect(pairs(['a'], ['b'], true, true)).toEqual(['+→0']);
  });

  it('are matched by their place alone where there are very many', () => {
    const many = Array.from({ length: 2100 }, (_, index) => `a${index}`);
    const matched = matchItems(many, many.toReversed(), { set: false });
    expect(matched.every(({ written, live }) => written === live)).toBe(true);
    expect(matchItems(many, many.slice(1, 2100), { set: false }).every(({ written }) => written === undefined)).toBe(
      true,
    );
  });
});
