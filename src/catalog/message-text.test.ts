import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messagesByKey, messagesOf, messageText, withMissingMessages } from './message-text.js';

const read = (text: string): Record<string, string> => Object.fromEntries(messagesOf(text));

describe('a text of messages', () => {
  it('is read as a properties file: comments, three separators, joined lines, escapes', () => {
    expect(
      read(
        [
          '# a comment',
          '! another',
          '',
          'login=Log in',
          ' title : Welcome ',
          'greeting Hello, crew',
          'long=one \\',
          '   two \\\\',
          '[blank]user.email=Needed',
          '{tooltip}trustComputer=Here\\u0021',
          'a\\ b\\=c\\:d=x\\ty',
          'alone',
        ].join('\r\n'),
      ),
    ).toEqual({
      login: 'Log in',
      title: 'Welcome ',
      greeting: 'Hello, crew',
      long: 'one two \\',
      '[blank]user.email': 'Needed',
      '{tooltip}trustComputer': 'Here!',
      'a b=c:d': 'x\ty',
      alone: '',
    });
  });

  it('has the last of two lines with one key, and what stands before a backslash at the very end', () => {
    expect(read('login=first\nlogin=second\nbye=so\\')).toEqual({ login: 'second', bye: 'so' });
  });

  it('is written so that reading gives the same messages', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1, unit: 'binary' }), fc.string({ unit: 'binary' })), (map) => {
        expect(messagesOf(messageText(Object.entries(map)))).toEqual(new Map(Object.entries(map)));
      }),
      { numRuns: 1000 },
    );
  });

  it('takes in what it lacks under its own lines, and stays as it is where it lacks nothing', () => {
    expect(withMissingMessages('# ours\nlogin = Come aboard', 'login=Log in\nnext=Next\n')).toBe(
      '# ours\nlogin = Come aboard\nnext=Next\n',
    );
    expect(withMissingMessages('', 'next=Next')).toBe('next=Next\n');
    expect(withMissingMessages('login = a', 'login=b\n')).toBe('login = a');
  });

  it('is compared by key, and a body that has none, or has it by key already, stays as it is', () => {
    const byKey = messagesByKey('defaultMessages');
    const body = { name: 'Brand' };
    expect(byKey(body)).toBe(body);
    expect(byKey({ defaultMessages: 'a=b' })).toEqual({ defaultMessages: { a: 'b' } });
    expect(byKey(byKey({ defaultMessages: 'a=b' }))).toEqual({ defaultMessages: { a: 'b' } });
  });
});
