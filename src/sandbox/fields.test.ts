import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { edit, withValueAt } from './fields.js';

const name = fc.constantFrom('a', 'b', 'c');
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((steps) => steps.join('.'));
const value = fc.oneof(fc.integer(), fc.constant(undefined), fc.record({ a: fc.integer() }), fc.constant([1]));
const object = fc.dictionary(name, fc.oneof(fc.integer(), fc.dictionary(name, fc.dictionary(name, fc.integer()))));

describe('edit', () => {
  it('sets what withValueAt sets, one path after the other, and leaves the original and the values alone', () => {
    fc.assert(
      fc.property(object, fc.array(fc.tuple(path, value), { maxLength: 6 }), (original, edits) => {
        const before = structuredClone({ original, edits });
        const editing = edit(original);
        for (const [at, item] of edits) editing.set(at, item);
        const wanted = edits.reduce<object>((result, [at, item]) => withValueAt({ ...result }, at, item), original);
        expect(editing.object()).toEqual(wanted);
        expect({ original, edits }).toEqual(before);
      }),
      { numRuns: 2000 },
    );
  });

  it('copies nothing where the value is there already', () => {
    const original = { oauth: { redirects: ['https://acme.example'] } };
    const editing = edit(original);
    editing.set('oauth.redirects', original.oauth.redirects);
    editing.set('oauth.missing', undefined);
    expect(editing.object()).toBe(original);
  });
});
