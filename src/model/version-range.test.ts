import { describe, expect, it } from 'vitest';
import { versionInRange } from './version-range.js';

describe('a range of versions', () => {
  it.each([
    ['1.69.0', '>=1.60 <1.70', true],
    ['1.70.0', '>=1.60 <1.70', false],
    ['1.59.9', '>=1.60 <1.70', false],
    ['1.9.0', '>=1.10', false],
    ['1.69.4', '1.69', true],
    ['1.69.4', '=1.69.3', false],
    ['1.69.1', '>1.69.1', false],
    ['1.69.1', '<=1.69.1', true],
    ['1.70.0-RC1', '>=1.70', true],
  ] as const)('%s in %s is %s', (version, range, holds) => {
    expect(versionInRange(version, range)).toBe(holds);
  });

  it.each([
    ['1.69.0', '~1.69'],
    ['1.69.0', 'latest'],
    ['unknown', '>=1.60'],
  ])('%s in %s cannot be told', (version, range) => {
    expect(versionInRange(version, range)).toBeUndefined();
  });
});
