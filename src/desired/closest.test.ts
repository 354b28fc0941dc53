import { describe, expect, it } from 'vitest';
import { closestText, didYouMean, editDistance } from './closest.js';

describe('closestText', () => {
  it('finds what was most likely meant', () => {
    expect(closestText('isuer', ['issuer', 'name', 'id'])).toBe('issuer');
    expect(closestText('NAME', ['name'])).toBe('name');
  });

  it('gives nothing where nothing is near, and the first of two that are equally near', () => {
    expect(closestText('zzz', ['issuer'])).toBeUndefined();
    expect(didYouMean('zzz', [])).toBeUndefined();
    expect(closestText('ab', ['ad', 'ac'])).toBe('ac');
  });

  it('counts a swap of neighbours as one edit', () => {
    expect([editDistance('mian', 'main'), editDistance('', 'ab'), editDistance('abc', 'abc')]).toEqual([1, 2, 0]);
  });

  it.each([
    ['kitten', 'sitting', 3],
    ['ca', 'abc', 3],
    ['abcd', 'badc', 2],
    ['ab', '', 2],
    ['', '', 0],
  ])('is as far from the other as there are edits: %j %j', (left, right, distance) => {
    expect([editDistance(left, right), editDistance(right, left)]).toEqual([distance, distance]);
  });
});
