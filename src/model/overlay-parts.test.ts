import { describe, expect, it } from 'vitest';
import { coversItem, filterOverlay, overlayFields, plainValue, secretValues } from './overlay.js';
import { Secret } from './secret.js';

describe('an overlay', () => {
  const secret = new Secret('env:S', 'value');

  it('gives its secrets to the redactor, wherever they stand', () => {
    expect(secretValues({ a: secret, b: [secret, { c: 'plain', d: null }], e: 1 })).toEqual(['value', 'value']);
    expect(secretValues('plain')).toEqual([]);
  });

  it('is the same value when nothing is filtered out, and has whole maps whole', () => {
    const overlay = { fields: { a: 1, map: { x: 1 }, inner: { y: 2, z: 3 } }, listModes: { '/map': 'only' as const } };
    expect(filterOverlay(overlay, () => true)).toBe(overlay);
    expect(filterOverlay(overlay, (leaf) => leaf.pointer !== '/inner/y').fields).toEqual({
      a: 1,
      map: { x: 1 },
      inner: { z: 3 },
    });
    expect(filterOverlay(overlay, (leaf) => leaf.pointer !== '/map').fields).toEqual({ a: 1, inner: { y: 2, z: 3 } });
  });

  it('takes null in an item for a field that is absent', () => {
    expect(coversItem({ a: null }, {})).toBe(true);
    expect(coversItem({ a: null }, { a: null })).toBe(true);
    expect(coversItem({ a: null }, { a: 1 })).toBe(false);
    expect(overlayFields({}, { fields: { list: [{ a: null, b: [{ c: null }] }] }, listModes: {} })).toEqual({
      list: [{ b: [{}] }],
    });
  });

  it('shows values as JSON, secrets in clear', () => {
    expect(plainValue({ a: [secret, null], b: { c: true } })).toEqual({ a: ['value', null], b: { c: true } });
  });
});
