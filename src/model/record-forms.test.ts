import { describe, expect, it } from 'vitest';
import { parseRecord } from './record-entry.js';

const object = { kind: 'key', key: 'a', id: '1', adopted: false, paths: { '/name': 'h' } };
const whole = { version: 1, namespace: 'n', environment: 'e', instant: 1, planDigest: 'd', objects: [object] };

describe('a record', () => {
  it('is read back as it was written, with and without a commit', () => {
    expect(parseRecord(JSON.stringify(whole))).toEqual(whole);
    expect(parseRecord(JSON.stringify({ ...whole, commit: 'abc' }))).toMatchObject({ commit: 'abc' });
  });

  it.each([
    ['a later version', { ...whole, version: 2 }],
    ['no namespace', { ...whole, namespace: undefined }],
    ['no environment', { ...whole, environment: 5 }],
    ['no digest', { ...whole, planDigest: null }],
    ['an instant that is no number', { ...whole, instant: 'now' }],
    ['objects that are no list', { ...whole, objects: {} }],
    ['a commit that is no text', { ...whole, commit: 7 }],
    ['an object of no kind', { ...whole, objects: [{ ...object, kind: 1 }] }],
    ['an object of no key', { ...whole, objects: [{ ...object, key: 1 }] }],
    ['an object of no id', { ...whole, objects: [{ ...object, id: 1 }] }],
    ['an object that does not say whether it was adopted', { ...whole, objects: [{ ...object, adopted: 'yes' }] }],
    ['an object without paths', { ...whole, objects: [{ ...object, paths: [] }] }],
    ['a hash that is no text', { ...whole, objects: [{ ...object, paths: { '/name': 1 } }] }],
    ['a list', [whole]],
  ])('with %s is not one this version reads', (_, value) => {
    expect(parseRecord(JSON.stringify(value))).toBeUndefined();
  });

  it('that is no JSON is none', () => {
    expect(parseRecord('{')).toBeUndefined();
  });
});
