import { expect, it } from 'vitest';
import { JsonFault, type JsonNode, listOf, mapOf, parseJson } from './json-document.js';

const plain = ({ value }: JsonNode): unknown =>
  value instanceof Map
    ? Object.fromEntries([...value].map(([key, item]: [string, JsonNode]) => [key, plain(item)]))
    : Array.isArray(value)
      ? value.map(plain)
      : value;

function fault(text: string): string {
  try {
    parseJson('kickstart.json', text);
  } catch (error) {
    if (error instanceof JsonFault) return `${error.at.line}:${error.at.col} ${error.pointer} ${error.message}`;
    throw error;
  }
  return 'none';
}

it.each(['{}', '[]', '[[], {}]', '{"a": [1, -2.5e3, true, false, null, "\\u00e9\\n"]}', '\uFEFF"text"', ' 7 '])(
  'reads %s as JSON is read',
  (text) => {
    expect(plain(parseJson('kickstart.json', text))).toEqual(JSON.parse(text.replace(/^\uFEFF/, '')));
  },
);

it('knows where each value stands', () => {
  const document = parseJson('kickstart.json', '{\n  "requests": [\n    { "a/b~": "x" }\n  ]\n}');
  const [request] = listOf(mapOf(document, 'it').get('requests') ?? document, 'it');
  const inner = request && mapOf(request, 'it').get('a/b~');
  expect(request?.at).toEqual({ file: 'kickstart.json', line: 3, col: 5 });
  expect(inner).toMatchObject({ at: { line: 3, col: 15 }, pointer: '/requests/0/a~1b~0' });
});

it.each([
  ['', '1:1  is not strict JSON: it ends too early'],
  ['{', '1:2  is not strict JSON: it ends too early'],
  ['{"a": 1,}', '1:9  is not strict JSON: } is not expected here'],
  ['{"a" 1}', '1:6  is not strict JSON: something that is no text, number, true, false or null'],
  ['[1 2]', '1:4  is not strict JSON: something that is no text, number, true, false or null'],
  ['[1] [', '1:5  is not strict JSON: [ is not expected here'],
  ['{"a": 1, "a": 2}', '1:10  the key "a" is written twice'],
  ['[tru]', '1:2 /0 is not strict JSON: something that is no text, number, true, false or null'],
  ['{a: 1}', '1:2  is not strict JSON: something that is no text, number, true, false or null'],
])('says of %j where it is wrong', (text, message) => {
  expect(fault(text)).toBe(message);
});

it.each([
  '{"password": "hush\n"}',
  '{"password": hush}',
  '{"password": "hu\\qsh"}',
  '{"password" "hush"}',
  '{"password": ["hush" "hush"]}',
  '{"hush" hush}',
])('tells nothing of what is written in %j: it may be a secret', (text) => {
  expect(fault(text)).toContain('is not strict JSON');
  expect(fault(text)).not.toMatch(/hu.?.?sh/);
});

it('refuses what is nested too deep', () => {
  expect(fault('['.repeat(300))).toContain('is nested deeper than 200 levels');
});

it('says what must be an object or a list', () => {
  const text = parseJson('kickstart.json', '"text"');
  expect(() => mapOf(text, 'a request')).toThrow('a request must be an object');
  expect(() => listOf(text, '"requests"')).toThrow('"requests" must be a list');
});
