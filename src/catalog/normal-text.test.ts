import { describe, expect, it } from 'vitest';
import { Secret } from '../model/index.js';
import { lowerCased, normalized, trimmed, trimmedToAbsent, unixLines, withoutBlankItems } from './normal-text.js';

describe('normal text', () => {
  it('is trimmed, of unix lines, lower case, or absent when blank, as each step says', () => {
    expect(trimmed('name')({ name: ' Web ' })).toEqual({ name: 'Web' });
    expect(trimmedToAbsent('a', 'b')({ a: '  ', b: ' x ' })).toEqual({ b: 'x' });
    expect(unixLines('css')({ css: 'a\r\nb\rc\n' })).toEqual({ css: 'a\nb\nc\n' });
    expect(lowerCased('domains[]')({ domains: ['ACME.Example'] })).toEqual({ domains: ['acme.example'] });
    expect(withoutBlankItems('urls')({ urls: ['https://a', ' ', ''] })).toEqual({ urls: ['https://a'] });
    expect(trimmedToAbsent('t{}')({ t: { a: ' ', b: ' keep ' } })).toEqual({ t: { b: 'keep' } });
  });

  it('leaves what is not text alone', () => {
    expect(normalized(trimmed('a', 'b'))({ a: 1, b: null })).toEqual({ a: 1, b: null });
  });

  it('of a secret is normalised as well, and stays sealed: the server trims it all the same', () => {
    const secret = new Secret('env:S', ' spaced ');
    const body = trimmed('a')({ a: secret as never });
    expect(JSON.stringify(body)).toBe('{"a":{"$secret":"env:S"}}');
    expect((body['a'] as unknown as Secret).reveal()).toBe('spaced');
    const plain = { a: new Secret('env:S', 'spaced') as never };
    expect(trimmed('a')(plain)).toBe(plain);
    expect(trimmedToAbsent('a')({ a: new Secret('env:S', ' ') as never })).toEqual({});
  });
});
