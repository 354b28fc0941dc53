import { expect, test } from 'vitest';

import { Mapping } from './mapping.js';
import { compileQuery } from './match-query.js';
import { parseQueryJson } from './query-json.js';

const id = '5a1b3c4d-0000-4000-8000-000000000001';
const user = {
  id,
  email: 'dinesh@piedpiper.com',
  fullName: 'Dinesh Chugtai',
  verified: true,
  lastUpdateInstant: Date.UTC(2026, 0, 10),
  data: { Company: 'PiedPiper', salary: 90_000, migrated: false },
  registrations: [
    { applicationId: '5a1b3c4d-0000-4000-8000-0000000000aa', data: { paid: false } },
    { applicationId: '5a1b3c4d-0000-4000-8000-0000000000bb', data: { paid: true } },
  ],
};
const mapping = new Mapping({
  id: 'keyword',
  email: 'keyword',
  fullName: 'text',
  lastUpdateInstant: 'date',
  registrations: 'nested',
  'registrations.applicationId': 'keyword',
});
const document = mapping.index(id, user, 'hidden')!;

function finds(query: unknown): boolean {
  const options = { now: Date.UTC(2026, 0, 15), epochRanges: true, nestedInParent: false };
  return compileQuery(parseQueryJson(JSON.stringify(query)), options)(document);
}

const registered = (applicationId: string, paid: boolean) => ({
  nested: {
    path: 'registrations',
    query: {
      bool: {
        must: [
          { match: { 'registrations.applicationId': `5a1b3c4d-0000-4000-8000-0000000000${applicationId}` } },
          { match: { 'registrations.data.paid': { query: paid } } },
        ],
      },
    },
  },
});

test.each([
  [{ match_all: {} }, true],
  [{ match_none: {} }, false],
  [{ match: { 'data.Company': { query: 'piedPIPER' } } }, true],
  [{ match: { 'data.company': 'PiedPiper' } }, false],
  [{ match: { fullName: 'dinesh gilfoyle' } }, true],
  [{ match: { fullName: { query: 'dinesh gilfoyle', operator: 'and' } } }, false],
  [{ match_phrase: { fullName: 'dinesh chugtai' } }, true],
  [{ match_phrase: { fullName: { query: 'chugtai dinesh' } } }, false],
  [{ term: { email: 'dinesh@piedpiper.com' } }, true],
  [{ term: { email: { value: 'dinesh*' } } }, false],
  [{ term: { 'data.Company': 'PiedPiper' } }, false],
  [{ term: { 'data.Company.keyword': 'PiedPiper' } }, true],
  [{ terms: { email: ['gilfoyle@piedpiper.com', 'dinesh@piedpiper.com'] } }, true],
  [{ wildcard: { email: 'dinesh*' } }, true],
  [{ wildcard: { email: { value: 'd?nesh@*', boost: 2 } } }, true],
  [{ prefix: { email: 'dine' } }, true],
  [{ range: { 'data.salary': { lt: 100_000 } } }, true],
  [{ range: { 'data.salary': { gt: 90_000 } } }, false],
  [{ range: { lastUpdateInstant: { gte: Date.UTC(2026, 0, 10), lt: null } } }, true],
  [{ range: { lastUpdateInstant: { gt: Date.UTC(2026, 0, 10) } } }, false],
  [{ range: { lastUpdateInstant: { gte: 'now-6d', lte: 'now' } } }, true],
  [{ exists: { field: 'data.salary' } }, true],
  [{ exists: { field: 'data.bonus' } }, false],
  [{ ids: { values: [id] } }, true],
  [{ query_string: { query: 'verified:true AND chug*', default_operator: 'AND' } }, true],
  [{ query_string: { query: 'dinesh gilfoyle', default_field: 'fullName', default_operator: 'AND' } }, false],
  [registered('aa', false), true],
  [registered('aa', true), false],
  [{ match: { 'registrations.applicationId': '5a1b3c4d-0000-4000-8000-0000000000aa' } }, false],
  [{ bool: { must: { match: { 'data.Company': 'PiedPiper' } }, must_not: { term: { email: 'erlich*' } } } }, true],
  [{ bool: { filter: [{ match: { verified: true } }], should: [{ match_none: {} }] } }, true],
  [{ bool: { should: [{ match_none: {} }, { match_all: {} }], minimum_should_match: 2 } }, false],
  [{ bool: {} }, true],
  [{ constant_score: { filter: { term: { verified: true } } } }, true],
])('%j is %s', (query, found) => {
  expect(finds(query)).toBe(found);
});

test.each([
  [{ regexp: { email: '.*' } }, 'unknown query [regexp]'],
  [{ more_like_this: {} }, 'unknown query [more_like_this]'],
  [{ query: { match_all: {} } }, 'unknown query [query]'],
  [{ constructor: {} }, 'unknown query [constructor]'],
  [{ match: { email: { query: 'x', fuzziness: 'AUTO' } } }, 'does not support [fuzziness]'],
  [{ range: { 'data.salary': { from: 1 } } }, 'does not support [from]'],
  [{ bool: { mustnot: [] } }, 'does not support [mustnot]'],
  [{ bool: { should: [], minimum_should_match: '75%' } }, 'minimum_should_match'],
  [{ match: { email: 'x', fullName: 'y' } }, 'one field'],
  [{ match_all: {}, match_none: {} }, 'one name'],
  [{ query_string: { query: '(acme' } }, 'not closed'],
  [['match_all'], 'no object'],
])('%j is refused by name', (query, why) => {
  const error = errorOf(JSON.stringify(query));
  expect(error).toMatchObject({ code: '[invalid]query', message: expect.stringContaining(why) });
});

test('what is no JSON, or too deep, is refused', () => {
  expect(errorOf('*').message).toContain('no JSON');
  const deep = '{"bool":{"must":'.repeat(40) + '{"match_all":{}}' + '}}'.repeat(40);
  expect(errorOf(deep).message).toContain('inside each other');
});

function errorOf(query: string) {
  try {
    parseQueryJson(query);
  } catch (error) {
    return (error as { errors: any }).errors.fieldErrors.query[0];
  }
  return expect.unreachable('it was read');
}
