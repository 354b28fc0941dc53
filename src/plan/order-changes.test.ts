import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Change, KedgeError, refText } from '../model/index.js';
import { orderChanges } from './order-changes.js';

const create = (key: string): Change => ({
  op: 'create',
  ref: { kind: 'key', key },
  id: key,
  overlay: { fields: {}, listModes: {} },
  edits: [],
});
const remove = (key: string): Change => ({ op: 'delete', ref: { kind: 'key', key }, id: key, why: 'prune' });
const keys = (changes: readonly Change[]): string => changes.map((change) => change.ref.key).join(' ');

describe('orderChanges', () => {
  it('puts a change after everything it waits for', () => {
    const after = new Map([
      ['key/a', ['key/b', 'key/c']],
      ['key/b', ['key/c']],
    ]);
    expect(keys(orderChanges(['a', 'b', 'c'].map(create), after))).toBe('c b a');
  });

  it('puts deletes last, unless something waits for one', () => {
    expect(keys(orderChanges([remove('a'), create('b'), create('c')], new Map()))).toBe('b c a');
    expect(keys(orderChanges([remove('a'), create('b'), create('c')], new Map([['key/b', ['key/a']]])))).toBe('c a b');
  });

  it('does not wait for what is not among the changes', () => {
    expect(keys(orderChanges([create('a')], new Map([['key/a', ['key/kept']]])))).toBe('a');
  });

  it('says where the loop begins in the files', () => {
    const at = { file: 'environments/base/all.yaml', line: 3, col: 3 };
    const waiting = (key: string) => ({ ...create(key), at });
    const dependencies = new Map([
      ['key/a', ['key/b']],
      ['key/b', ['key/a']],
    ]);
    expect(() => orderChanges([waiting('a'), waiting('b')], dependencies)).toThrow(expect.objectContaining({ at }));
  });

  it('names the loop when changes wait for each other', () => {
    const after = new Map([
      ['key/a', ['key/b']],
      ['key/b', ['key/c']],
      ['key/c', ['key/b']],
    ]);
    expect(() => orderChanges(['a', 'b', 'c'].map(create), after)).toThrow(KedgeError);
    expect(() => orderChanges(['a', 'b', 'c'].map(create), after)).toThrow(/key\/b → key\/c → key\/b/);
  });

  it('law: keeps every change once, respects every dependency, and does not depend on the order of the input', () => {
    const graph = fc.integer({ min: 1, max: 30 }).chain((size) =>
      fc.record({
        size: fc.constant(size),
        edges: fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 60 }),
        deleted: fc.uniqueArray(fc.nat(size - 1)),
        seed: fc.integer(),
      }),
    );
    fc.assert(
      fc.property(graph, ({ size, edges, deleted, seed }) => {
        const changes = Array.from({ length: size }, (_, index) =>
          deleted.includes(index) ? remove(`k${index}`) : create(`k${index}`),
        );
        const after = new Map<string, string[]>();
        // Edges from higher to lower numbers only: no loops.
        for (const [a, b] of edges) {
          if (a !== b)
            after.set(`key/k${Math.max(a, b)}`, [
              ...(after.get(`key/k${Math.max(a, b)}`) ?? []),
              `key/k${Math.min(a, b)}`,
            ]);
        }
        const ordered = orderChanges(changes, after).map((change) => refText(change.ref));
        expect(new Set(ordered).size).toBe(size);
        for (const [text, before] of after) {
          for (const other of before) expect(ordered.indexOf(other)).toBeLessThan(ordered.indexOf(text));
        }
        const shuffled = [...changes].sort((a, b) => (a.ref.key + seed < b.ref.key + seed ? 1 : -1)).reverse();
        expect(orderChanges(shuffled.toReversed(), after).map((change) => refText(change.ref))).toEqual(ordered);
      }),
      { numRuns: 500 },
    );
  });
});
