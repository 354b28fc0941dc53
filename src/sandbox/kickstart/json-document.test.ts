import { describe, expect, test } from 'vitest';

import { parseJsonDocument } from './json-document.js';

const parse = (text: string): unknown => parseJsonDocument('kickstart.json', text);

test('every value remembers its line and column, and its pointer', () => {
  const document = parseJsonDocument('kickstart.json', '{\n  "apiKeys": [\n    { "key": "k" }\n  ]\n}\n');
  expect(document).toMatchObject({
    kind: 'object',
    at: { file: 'kickstart.json', line: 1, col: 1 },
    entries: [
      {
        key: 'apiKeys',
        at: { line: 2, col: 3 },
        value: {
          kind: 'array',
          items: [
            {
              at: { pointer: '/apiKeys/0' },
              entries: [
                {
                  at: { line: 3, col: 7 },
                  value: { at: { line: 3, col: 14, pointer: '/apiKeys/0/key' }, value: 'k' },
                },
              ],
            },
          ],
        },
      },
    ],
  });
});

describe('a mistake is shown at its place', () => {
  test.each([
    ['a trailing comma', '{\n  "a": 1,\n}', '3:1 not valid JSON: unexpected "}"'],
    ['a comment', '{\n  // the key\n  "a": 1\n}', '2:3 not valid JSON: unexpected "/"'],
    ['a missing comma', '[1 2]', '1:4 not valid JSON: unexpected "2", "," expected; write strict JSON'],
    ['an end too early', '{"a": [', '1:8 /a/0 not valid JSON: the file ends too early'],
    ['something after the end', '{} {}', '1:4 not valid JSON: unexpected "{"'],
    ['a line break in a string', '"a\nb"', '1:1 not valid JSON: unexpected "\\""'],
    ['a number with a leading zero', '[01]', '1:3 not valid JSON: unexpected "1", "," expected'],
    ['a key written twice', '{"a": 1, "a": 2}', '1:10 /a the key "a" is written twice; remove one of the two'],
  ])('%s', (_, text, message) => {
    expect(() => parse(text)).toThrow(`kickstart.json:${message}`);
  });
});

test('a pointer escapes what means something in it', () => {
  expect(() => parse('{"/api/user": {"a~b": [}}')).toThrow('kickstart.json:1:24 /~1api~1user/a~0b/0 not valid JSON');
});

test('a hundred thousand opening brackets are refused, not followed', () => {
  expect(() => parse('['.repeat(100_000))).toThrow('nesting deeper than 200 levels');
});

test('a byte order mark is skipped', () => {
  expect(parse('\uFEFF{}')).toMatchObject({ kind: 'object' });
});
