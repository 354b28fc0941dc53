import { expect, test } from 'vitest';

import { isRegularExpression } from './regular-expression.js';

test.each([
  '[A-Z]+',
  '(?i)captain',
  '(?i:captain) \\d++',
  '(?>a|b)*+',
  '\\Q[not a class\\E',
  '\\p{Alpha}',
  '[a-z&&[^q]]',
])('%s is one, also where only Java has it', (text) => {
  expect(isRegularExpression(text)).toBe(true);
});

test.each(['[', '(', ')', '*a', '(?<name', '[z-a]'])('%s is none', (text) => {
  expect(isRegularExpression(text)).toBe(false);
});
