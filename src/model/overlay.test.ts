import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { filterOverlay, overlayFields, overlayLeaves } from './overlay.js';
import type { JsonObject } from './json.js';
import { Secret } from './secret.js';
import type { Overlay } from './change.js';

const overlay = (fields: Overlay['fields'], listModes: Overlay['listModes'] = {}): Overlay => ({ fields, listModes });

describe('overlayFields', () => {
  test('merges maps per key and leaves the rest alone', () => {
    const live = { name: 'Acme', jwt: { ttl: 60, keyId: 'k' }, data: { owner: 'ops' } };
    expect(overlayFields(live, overlay({ jwt: { ttl: 90 } }))).toEqual({ ...live, jwt: { ttl: 90, keyId: 'k' } });
  });

  test('removes what is null, and makes no struct that owns nothing', () => {
    expect(overlayFields({ a: 1, b: 2 }, overlay({ a: null, c: {} }))).toEqual({ b: 2 });
  });

  test('replaces a map that is complete as written', () => {
    const live = { endpoints: { '/api/user': ['GET'], '/api/key': ['GET'] } };
    const complete = overlay({ endpoints: { '/api/user': ['GET'] } }, { '/endpoints': 'only' });
    expect(overlayFields(live, complete)).toEqual({ endpoints: { '/api/user': ['GET'] } });
    expect(overlayFields(live, overlay({ endpoints: {} }, { '/endpoints': 'only' }))).toEqual({ endpoints: {} });
  });

  test('replaces a list, but keeps what nobody wrote of an item that is already there', () => {
    const live = {
      policies: [
        { connector: 'a', data: 1 },
        { connector: 'b', data: 2 },
      ],
    };
    expect(overlayFields(live, overlay({ policies: [{ connector: 'b' }, { connector: 'c' }] }))).toEqual({
      policies: [{ connector: 'b', data: 2 }, { connector: 'c' }],
    });
  });

  test('joins a list that may hold more', () => {
    expect(overlayFields({ urls: ['x', 'y'] }, overlay({ urls: ['y', 'z'] }, { '/urls': 'atLeast' }))).toEqual({
      urls: ['x', 'y', 'z'],
    });
  });

  test('reveals secrets, inside lists too', () => {
    const fields = { password: new Secret('env:P', 'p'), keys: [{ value: new Secret('env:Q', 'q') }] };
    expect(overlayFields({}, overlay(fields))).toEqual({ password: 'p', keys: [{ value: 'q' }] });
  });

  test('takes __proto__ for a key like any other', () => {
    const fields = JSON.parse('{"data":{"__proto__":{"admin":true}}}');
    const result = overlayFields({}, overlay(fields));
    expect(Object.hasOwn(result['data'] as object, '__proto__')).toBe(true);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  test('laying the same fields over twice is laying them over once, and the live object is not touched', () => {
    const json = fc.object({ values: [fc.string(), fc.integer(), fc.boolean()], maxDepth: 3 });
    fc.assert(
      fc.property(json, json, (live, fields) => {
        const before = JSON.stringify(live);
        const once = overlayFields(live as JsonObject, overlay(fields as Overlay['fields']));
        expect(overlayFields(once, overlay(fields as Overlay['fields']))).toEqual(once);
        expect(JSON.stringify(live)).toBe(before);
      }),
    );
  });
});

test('the leaves of an overlay are its scalars, lists, nulls, secrets and complete maps', () => {
  const fields = { name: 'x', jwt: { ttl: 1, off: null }, urls: ['a'], map: { k: 1 }, empty: {}, whole: {} };
  const leaves = overlayLeaves(overlay(fields, { '/map': 'only', '/whole': 'only' }));
  expect(leaves.map((leaf) => leaf.pointer)).toEqual(['/name', '/jwt/ttl', '/jwt/off', '/urls', '/map', '/whole']);
});

test('an overlay can be narrowed to some of its leaves', () => {
  const full = overlay({ name: 'x', jwt: { ttl: 1, off: null } });
  expect(filterOverlay(full, (leaf) => leaf.value !== null).fields).toEqual({ name: 'x', jwt: { ttl: 1 } });
});
