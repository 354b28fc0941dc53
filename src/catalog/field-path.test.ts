import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Secret } from '../model/index.js';
import { fieldCovers, fieldMatches, mapField, visitField } from './field-path.js';

const body = {
  name: 'Web',
  jwt: { keys: ['a', 'b'] },
  policies: [{ id: 'x', domains: ['A'] }, { id: 'y' }],
  apps: { one: { keyId: 'k1' }, two: { keyId: 'k2' } },
};

const at = (path: string): readonly unknown[] => {
  const found: unknown[] = [];
  visitField(body, path, (value, steps) => found.push([steps.join('/'), value]));
  return found;
};

describe('a field path', () => {
  it('names one field, every item of a list, every value of a map, or the keys of a map', () => {
    expect(at('name')).toEqual([['name', 'Web']]);
    expect(at('jwt.keys[]')).toEqual([
      ['jwt/keys/0', 'a'],
      ['jwt/keys/1', 'b'],
    ]);
    expect(at('policies[].domains[]')).toEqual([['policies/0/domains/0', 'A']]);
    expect(at('apps{}.keyId')).toEqual([
      ['apps/one/keyId', 'k1'],
      ['apps/two/keyId', 'k2'],
    ]);
    expect(at('apps{key}')).toEqual([
      ['apps/one', 'one'],
      ['apps/two', 'two'],
    ]);
  });

  it('names nothing where a step is missing or has another shape', () => {
    expect(at('nothing.there')).toEqual([]);
    expect(at('name.inner')).toEqual([]);
    expect(at('jwt[]')).toEqual([]);
  });

  it('never steps into a secret', () => {
    const found: unknown[] = [];
    visitField({ key: new Secret('env:K', 'v') }, 'key.source', (value) => found.push(value));
    expect(found).toEqual([]);
  });

  it('changes values, removes fields and list items, renames keys, and leaves the original alone', () => {
    expect(mapField(body, 'name', () => 'Portal')).toMatchObject({ name: 'Portal' });
    expect(mapField(body, 'name', () => undefined)).not.toHaveProperty('name');
    expect(mapField(body, 'jwt.keys[]', (key) => (key === 'a' ? undefined : key))).toMatchObject({
      jwt: { keys: ['b'] },
    });
    expect(mapField(body, 'apps{key}', (key) => `app-${String(key)}`)).toHaveProperty('apps.app-one');
    expect(body.name).toBe('Web');
  });

  it('matches the JSON Pointers it names', () => {
    expect(fieldMatches('jwt.keys[]', '/jwt/keys/0')).toBe(true);
    expect(fieldMatches('jwt.keys[]', '/jwt/keys')).toBe(false);
    expect(fieldMatches('jwt.keys[]', '/jwt/keys/first')).toBe(false);
    expect(fieldMatches('apps{}.keyId', '/apps/any~1thing/keyId')).toBe(true);
    expect(fieldCovers('headers{}', '/headers/X-Key')).toBe(true);
    expect(fieldCovers('data', '/data/deep/er')).toBe(true);
    expect(fieldCovers('data.deep', '/data')).toBe(false);
  });

  it('law: mapping with the identity gives the very same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom('a', 'a.b', 'a[]', 'a{}.b', 'a[].b{}', 'a{}'), (value, path) => {
        expect(mapField(value, path, (item) => item)).toBe(value);
      }),
      { numRuns: 500 },
    );
  });
});
