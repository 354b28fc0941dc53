import { instantsOf, wordsOf } from './analyse.js';
import type { IndexedDocument, IndexedValue } from './mapping.js';
import type { BoolQuery, Query, Range } from './query.js';
import { anyText, fitsPattern, type Pattern } from './wildcard.js';

export type DocumentTest = (document: IndexedDocument) => boolean;

export interface MatchOptions {
  /** Milliseconds since 1970, for `now`. */
  readonly now: number;
  /** Whether a date may be written in milliseconds. */
  readonly epochRanges: boolean;
  /** Whether objects of `nested` lists are also looked at from outside of a `nested` query, all as one. */
  readonly nestedInParent: boolean;
}

/** The test that a query stands for. */
export function compileQuery(query: Query, options: MatchOptions): DocumentTest {
  switch (query.type) {
    case 'all':
      return () => true;
    case 'none':
      return () => false;
    case 'match':
      return compileMatch(query, options);
    case 'phrase':
      return anyValue(query.field, options, phraseTest(query.text, options));
    case 'terms':
      return anyValue(query.field, options, (value) => query.values.some((term) => isTerm(value, term, options)));
    case 'wildcard':
      return anyValue(query.field, options, wildcardTest(query.pattern));
    case 'range':
      return anyValue(query.field, options, rangeTest(query.range, options));
    case 'exists':
      return existsTest(query.field, options);
    case 'ids':
      return ({ id }) => query.ids.includes(id);
    case 'nested': {
      const test = compileQuery(query.query, options);
      return ({ nested }) => (nested.get(query.path) ?? []).some((part) => test(part));
    }
    case 'bool':
      return compileBool(query, options);
  }
}

function compileBool({ must, should, mustNot, leastShould }: BoolQuery, options: MatchOptions): DocumentTest {
  const [needed, wanted, unwanted] = [must, should, mustNot].map((list) =>
    list.map((item) => compileQuery(item, options)),
  );
  return (document) =>
    (needed ?? []).every((test) => test(document)) &&
    !(unwanted ?? []).some((test) => test(document)) &&
    (wanted ?? []).filter((test) => test(document)).length >= leastShould;
}

/** Any or all words of a text; each may stand in another value of the field, but all in one field. */
function compileMatch({ field, text, words }: Extract<Query, { type: 'match' }>, options: MatchOptions): DocumentTest {
  const wanted = wordsOf(text);
  const whole = anyValue(field, options, (value) => value.type !== 'text' && isTerm(value, text, options));
  return (document) =>
    whole(document) ||
    valuesByField(document, field, options).some((values) => {
      const found = new Set(values.flatMap(({ words: own }) => own));
      const has = (word: string): boolean => found.has(word);
      return wanted.length > 0 && (words === 'all' ? wanted.every(has) : wanted.some(has));
    });
}

type ValueTest = (value: IndexedValue) => boolean;

function anyValue(field: string | undefined, options: MatchOptions, test: ValueTest): DocumentTest {
  return (document) => valuesByField(document, field, options).some((values) => values.some((value) => test(value)));
}

/** The values of the fields that a name stands for; it may have `*` in it. */
function valuesByField(
  document: IndexedDocument,
  field: string | undefined,
  options: MatchOptions,
): readonly (readonly IndexedValue[])[] {
  const own =
    field !== undefined && !field.includes('*')
      ? [document.values.get(field) ?? []]
      : [...document.values]
          .filter(([path]) => field === undefined || fitsName(path, field))
          .map(([, values]) => values);
  if (!options.nestedInParent) return own;
  return [...own, ...[...document.nested.values()].flat().flatMap((part) => valuesByField(part, field, options))];
}

function fitsName(path: string, field: string): boolean {
  return fitsPattern(path, field.replaceAll('*', anyText));
}

function existsTest(field: string, options: MatchOptions): DocumentTest {
  const names = [field, `${field}.*`];
  return (document) => names.some((name) => valuesByField(document, name, options).some((values) => values.length > 0));
}

/** Whether a value is the term. A text is not analysed here, so that `PiedPiper` is no word of a text. */
function isTerm({ type, value, words }: IndexedValue, term: string, options: MatchOptions): boolean {
  switch (type) {
    case 'boolean':
      return term === String(value);
    case 'number':
      return term.trim() !== '' && Number(term) === value;
    case 'date': {
      const instants = instantsMeant(term, options);
      return instants !== undefined && Number(value) >= instants.from && Number(value) <= instants.to;
    }
    case 'exact':
      return term === value;
    case 'keyword':
      return term.toLowerCase() === value;
    case 'text':
      return words.includes(term);
  }
}

function phraseTest(text: string, options: MatchOptions): ValueTest {
  const wanted = wordsOf(text);
  return (value) => {
    if (value.type !== 'text') return isTerm(value, text, options);
    const { words } = value;
    return wanted.length > 0 && words.some((_, at) => wanted.every((word, offset) => words[at + offset] === word));
  };
}

/** Numbers, dates and truth values have no text to look into. */
function wildcardTest(pattern: Pattern): ValueTest {
  const lower = pattern.toLowerCase();
  return ({ type, value, words }) => {
    if (type === 'exact') return fitsPattern(String(value), pattern);
    if (type === 'keyword') return fitsPattern(String(value), lower);
    return words.some((word) => fitsPattern(word, lower));
  };
}

function instantsMeant(text: string, { now, epochRanges }: MatchOptions): ReturnType<typeof instantsOf> {
  return epochRanges || Number.isNaN(Number(text)) ? instantsOf(text, now) : undefined;
}

function rangeTest({ gt, gte, lt, lte }: Range, options: MatchOptions): ValueTest {
  return ({ type, value }) => {
    // Of a date that means a whole day, the far end is taken where the day itself is to be left out or included.
    const end = (bound: string, side: 'from' | 'to'): number | string | undefined => {
      if (type === 'date') return instantsMeant(bound, options)?.[side];
      if (type === 'number') return Number.isNaN(Number(bound)) ? undefined : Number(bound);
      return type === 'exact' ? bound : bound.toLowerCase();
    };
    const holds = (
      bound: string | undefined,
      side: 'from' | 'to',
      test: (value: number | string, bound: number | string) => boolean,
    ): boolean => {
      if (bound === undefined) return true;
      const at = end(bound, side);
      return at !== undefined && type !== 'boolean' && test(typeof value === 'boolean' ? String(value) : value, at);
    };
    return (
      holds(gt, 'to', (left, right) => left > right) &&
      holds(gte, 'from', (left, right) => left >= right) &&
      holds(lt, 'from', (left, right) => left < right) &&
      holds(lte, 'to', (left, right) => left <= right)
    );
  };
}
