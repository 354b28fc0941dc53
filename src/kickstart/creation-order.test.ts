import fc from 'fast-check';
import { expect, it } from 'vitest';
import { creationOrder } from './creation-order.js';

const made = (waits: Record<string, readonly string[]>) =>
  Object.entries(waits).map(([text, after]) => ({ text, after }));

it('puts what is waited for first, and knows nothing of what is not made', () => {
  const { order, early } = creationOrder(made({ application: ['tenant', 'elsewhere'], tenant: ['theme'], theme: [] }));
  expect(order).toEqual(['theme', 'tenant', 'application']);
  expect(early).toEqual(new Map());
});

it('of a circle says who begins without whom', () => {
  const { order, early } = creationOrder(made({ a: ['b'], b: ['c'], c: ['a', 'b'] }));
  expect(order).toEqual(['c', 'b', 'a']);
  expect(early).toEqual(new Map([['c', new Set(['a', 'b'])]]));
});

it('makes everything once, and each after what it waits for, but for what it says', () => {
  const name = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  fc.assert(
    fc.property(fc.dictionary(name, fc.uniqueArray(name)), (waits) => {
      const { order, early } = creationOrder(made(waits));
      expect(order.toSorted()).toEqual(Object.keys(waits).toSorted());
      for (const [text, after] of Object.entries(waits)) {
        for (const before of after.filter((other) => Object.hasOwn(waits, other))) {
          const comesBefore = order.indexOf(before) < order.indexOf(text);
          expect(comesBefore || early.get(text)?.has(before)).toBe(true);
        }
      }
    }),
  );
});

it('survives a chain as long as an instance is large', () => {
  const things = Array.from({ length: 20_000 }, (_, index) => ({ text: String(index), after: [String(index + 1)] }));
  expect(creationOrder(things).order.at(0)).toBe('19999');
});
