import { expect, test } from 'vitest';

import { matchesPattern } from './pattern.js';

test.each([
  ['Updated the user', 'THE', true],
  ['Updated the user', 'the*', false],
  ['Updated the user', '*user', true],
  ['Updated the user', 'updated*user', true],
  ['Updated the user', 'up*ed*er', true],
  ['ab', 'ab*ab', false],
  ['5 * 4', '**', true],
  ['5 x 4', '**', false],
  ['100%', '_00%', false],
  ['', '*', true],
])('"%s" fits "%s": %s', (text, criterion, fits) => {
  expect(matchesPattern(text, criterion)).toBe(fits);
});
