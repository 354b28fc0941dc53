import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pairsOf, pairwise } from './pairwise.js';

const factors = fc.dictionary(
  fc.stringMatching(/^[a-z]{1,4}$/),
  fc.uniqueArray(fc.constantFrom('on', 'off', 'kept', 'hidden'), { minLength: 1, maxLength: 4 }),
  { minKeys: 2, maxKeys: 8 },
);

test('every two values of two factors stand together in some setting', () => {
  fc.assert(
    fc.property(factors, (given) => {
      const met = new Set(pairwise(given).flatMap((setting) => pairsOf(setting)));
      const entries = Object.entries(given);
      const all = entries.flatMap(([left, ones], at) =>
        entries
          .slice(at + 1)
          .flatMap(([right, others]) =>
            ones.flatMap((one) => others.flatMap((other) => pairsOf({ [left]: one, [right]: other }))),
          ),
      );
      expect(all.filter((pair) => !met.has(pair))).toEqual([]);
    }),
  );
});

test('thirty factors of two values need no more than twenty-four settings', () => {
  const thirty = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`switch${at}`, ['off', 'on']]));
  expect(pairwise(thirty).length).toBeLessThanOrEqual(24);
});
