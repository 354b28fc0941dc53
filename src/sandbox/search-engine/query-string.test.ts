import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { Mapping } from './mapping.js';
import { compileQuery } from './match-query.js';
import { parseQueryString, preparedQueryString } from './query-string.js';

const options = { now: Date.UTC(2026, 0, 15), epochRanges: true, nestedInParent: true };
const document = {
  id: '5a1b3c4d-0000-4000-8000-000000000001',
  name: 'Acme Billing API',
  clientId: 'Acme-Billing',
  insertInstant: Date.UTC(2026, 0, 10),
  data: {
    region: 'EU north',
    seats: 25,
    audited: true,
    launched: '2024-03-01',
    url: 'https://acme.com/billing',
    tags: ['gold', 'pilot'],
    owner: { city: 'Oslo' },
  },
  registrations: [
    { applicationId: '5a1b3c4d-0000-4000-8000-0000000000aa', roles: ['admin'] },
    { applicationId: '5a1b3c4d-0000-4000-8000-0000000000bb', roles: ['crew'] },
  ],
};

function indexed(value: Readonly<Record<string, unknown>>) {
  const mapping = new Mapping({
    id: 'keyword',
    clientId: 'keyword',
    insertInstant: 'date',
    name: 'text',
    registrations: 'nested',
    'registrations.applicationId': 'keyword',
  });
  return mapping.index(String(value['id']), value, 'hidden')!;
}

function finds(text: string, value: Readonly<Record<string, unknown>> = document): boolean {
  return compileQuery(parseQueryString(text, { about: 'queryString' }), options)(indexed(value));
}

test.each([
  ['acme', true, 'a word of any field'],
  ['ACM', false, 'a part of a word is no word'],
  ['*cm*', true, 'wildcards around it'],
  ['a?me', true, 'one character'],
  ['*', true, 'everything'],
  ['*:*', true, 'everything, longhand'],
  ['name:*API', true, 'a suffix, without case'],
  ['name:billing*', true, 'a word of a text that begins so'],
  ['name : billing', true, 'spaces around the colon'],
  ['clientId:billing', false, 'a keyword is a whole'],
  ['clientId:ACME-billing', true, 'a keyword without case'],
  ['name.exact:"acme billing api"', true, 'the whole of a text'],
  ['name:"billing api"', true, 'a phrase'],
  ['name:"api billing"', false, 'a phrase has an order'],
  ['data.seats:25', true, 'a number'],
  ['data.seats:25.0', true, 'the same number'],
  ['25', true, 'a number in any field'],
  ['data.audited:true', true, 'a truth value'],
  ['data.owner.city:oslo', true, 'an object in an object'],
  ['data.tags:pilot', true, 'an item of a list'],
  ['data.region:(EU south)', true, 'any of the words'],
  ['data.region:EU\\ south', true, 'an escaped space does not make a phrase of a text'],
  ['data.region.keyword:EU\\ north', true, 'the whole of a dynamic text'],
  ['data.region.keyword:eu\\ north', false, 'which has case'],
  ['data.url:https\\:\\/\\/acme.com\\/billing', true, 'escapes'],
  ['data.\\*:oslo', true, 'a wildcard in the field'],
  ['_exists_:data.seats', true, 'a field that is there'],
  ['_exists_:data.owner', true, 'an object that is there'],
  ['_exists_:data.colour', false, 'a field that is not there'],
  ['data.seats:*', true, 'exists, shorthand'],
  ['registrations.applicationId: 5a1b3c4d-0000-4000-8000-0000000000bb', true, 'a nested field'],
  ['NOT billing', false, 'not'],
  ['NOT gold', false, 'not, of a list'],
  ['!oslo', false, 'not, as a sign'],
  ['-bergen', true, 'only what must not be'],
  ['acme AND bergen', false, 'and'],
  ['acme && oslo', true, 'and, as signs'],
  ['bergen OR oslo', true, 'or'],
  ['bergen || oslo', true, 'or, as signs'],
  ['bergen oslo', true, 'or by default'],
  ['data.region:north bergen', true, 'or by default, the second without a field'],
  ['data.region.keyword:(EU north)', true, 'terms that follow each other are the whole of a keyword'],
  ['data.region.keyword:(EU +north)', false, 'unless there is a sign between them'],
  ['bergen acme AND gold', true, 'what AND belongs to is no part of the text before it'],
  ['bergen acme AND silver', false, 'which still has to be'],
  ['+acme +oslo -bergen', true, 'signs'],
  ['+acme +bergen', false, 'what must be and is not'],
  ['acme AND NOT oslo', false, 'and not'],
  ['(bergen OR oslo) AND data.seats:25', true, 'parentheses'],
  ['(name:acme)AND(data.seats:25)', true, 'parentheses without spaces'],
  ['bergen OR acme AND oslo', true, 'the classic parser: +acme +oslo and perhaps bergen'],
  ['acme OR oslo AND bergen', false, 'the classic parser: +oslo +bergen and perhaps acme'],
  ['android', false, 'AND inside a word'],
  ['acme^2', true, 'a boost changes nothing'],
])('%s is %s: %s', (text, found) => {
  expect(finds(text)).toBe(found);
});

test.each([
  ['data.seats:[20 TO 25]', true],
  ['data.seats:[20 TO 25}', false],
  ['data.seats:{25 TO *]', false],
  ['data.seats:[* TO 30]', true],
  ['data.seats:>=25', true],
  ['data.seats:>25', false],
  ['data.seats:(>=10 AND <20)', false],
  ['data.seats:(+>=10 +<30)', true],
  [`insertInstant:[${Date.UTC(2026, 0, 10)} TO *]`, true],
  [`insertInstant:{${Date.UTC(2026, 0, 10)} TO *}`, false],
  ['insertInstant:[2026-01-10 TO 2026-01-10]', true],
  ['insertInstant:[now-7d TO now]', true],
  ['insertInstant:2026-01', true],
  ['data.launched:[2024 TO 2024]', true],
  ['data.launched:>2024-03-01', false],
  ['clientId:[acme TO acme-z]', true],
])('the range %s is %s', (text, found) => {
  expect(finds(text)).toBe(found);
});

test.each([
  ['(acme', 'not closed'],
  ['acme)', 'not opened'],
  ['"acme', 'quote'],
  ['AND acme', 'begins with'],
  ['acme AND', 'missing at the end'],
  ['name:', 'missing at the end'],
  ['data.seats:[1 2]', '[a TO b]'],
  ['data.seats:[1 TO 2', 'not closed'],
  ['acme~', 'fuzzy'],
  ['name:/ac.*/', 'regular expressions'],
  ['acme\\', 'backslash'],
  ['('.repeat(31) + 'a' + ')'.repeat(31), 'inside each other'],
])('%s is refused: %s', (text, why) => {
  expect(errorOf(text)).toMatchObject({ code: '[invalid]queryString', message: expect.stringContaining(why) });
});

function errorOf(text: string) {
  try {
    parseQueryString(text, { about: 'queryString' });
  } catch (error) {
    return (error as { errors: any }).errors.fieldErrors.queryString[0];
  }
  return expect.unreachable('it was read');
}

describe('before Elasticsearch gets it, a queryString', () => {
  test.each([
    ['dinesh', '*dinesh*'],
    ['*', '***'],
    ['dinesh@acme.com', 'email:dinesh@acme.com'],
    ['email:dinesh@acme.com', 'email:dinesh@acme.com'],
    ['dinesh chugtai', 'dinesh chugtai'],
    ['dinesh@acme.com gilfoyle', 'dinesh@acme.com gilfoyle'],
  ])('%s becomes %s', (text, prepared) => {
    expect(preparedQueryString(text)).toBe(prepared);
  });
});

/** A leaf of a JSON value, and the dotted path to it. */
function leavesOf(value: unknown, path: string): readonly (readonly [string, boolean | number | string])[] {
  if (Array.isArray(value)) return value.flatMap((item) => leavesOf(item, path));
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([name, item]) => leavesOf(item, `${path}.${name}`));
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [[path, value]] : [];
}

const escaped = (text: string): string => text.replaceAll(/[\s+\-!():^[\]"{}~*?\\/&|<>=]/gu, String.raw`\$&`);

test('property: whatever field an object has, field:value finds it', () => {
  const name = fc.stringMatching(/^[a-z][a-zA-Z]{0,5}$/);
  const leaf = fc.oneof(fc.stringMatching(/^[\p{L}\p{N}@:/*?"(){}[\]^~ -]{1,12}$/u), fc.integer(), fc.boolean());
  const { tree } = fc.letrec((tie) => ({
    tree: fc.dictionary(name, fc.oneof({ depthSize: 'small' }, leaf, tie('tree')), { minKeys: 1, maxKeys: 4 }),
  }));
  fc.assert(
    fc.property(tree, (data) => {
      for (const [path, value] of leavesOf(data, 'data')) {
        // A text without a letter or digit has no word to be found by.
        if (typeof value === 'string' && !/[\p{L}\p{N}]/u.test(value)) continue;
        expect(finds(`${path}:${escaped(String(value))}`, { id: document.id, data })).toBe(true);
        expect(finds(`_exists_:${path} AND NOT ${path}:"${document.id}"`, { id: document.id, data })).toBe(true);
      }
    }),
    { numRuns: 80 },
  );
});
