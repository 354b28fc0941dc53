import { badQuery, deepestQuery, type Query, type QueryField, type Range } from './query.js';
import { anyText, hasWildcard, oneCharacter } from './wildcard.js';

/**
 * What FusionAuth does to a `queryString` before Elasticsearch gets it. Source: FusionAuth docs
 * lifecycle/manage-users/search, "QueryString searches".
 */
export function preparedQueryString(text: string): string {
  if (text.includes(':') || /\s/.test(text)) return text;
  return text.includes('@') ? `email:${text}` : `*${text}*`;
}

/**
 * Reads Elasticsearch's query_string syntax: terms, "phrases", field:term, `*` and `?`, ranges, AND OR NOT && || ! + -,
 * parentheses, `_exists_`, backslashes. Source: Elasticsearch guide 7.17, "Query string query". Clauses join as in Lucene's
 * classic parser, which has no precedence: AND makes both its neighbours necessary.
 * @throws {@link Refusal} 400 for what cannot be read, and for regular expressions and fuzzy terms, which are not emulated.
 */
export function parseQueryString(
  text: string,
  {
    field,
    about,
    allWords = false,
  }: { readonly field?: string; readonly about: QueryField; readonly allWords?: boolean },
): Query {
  const reader = new QueryStringReader(text, { about, allWords });
  const query = reader.clauses(field, 0);
  if (!reader.ended) throw badQuery(about, `Cannot parse '${text}': a parenthesis is closed that was not opened`);
  return query ?? { type: 'none' };
}

interface Clause {
  readonly query: Query;
  occurs: 'must' | 'not' | 'should';
}

/** What ends a term when it stands there without a backslash. Source: Lucene's `QueryParser` grammar. */
const special = /[\s+\-!():^[\]"{}~/]/;
const insideTerm = /[+-]/;

/** A reader of one text, from left to right. */
class QueryStringReader {
  readonly #text: string;
  readonly #about: QueryField;
  readonly #allWords: boolean;
  #at = 0;

  constructor(text: string, { about, allWords }: { readonly about: QueryField; readonly allWords: boolean }) {
    this.#text = text;
    this.#about = about;
    this.#allWords = allWords;
  }

  get ended(): boolean {
    this.#skipSpace();
    return this.#at >= this.#text.length;
  }

  /** Everything up to the end or a closing parenthesis; undefined when there is nothing. */
  clauses(field: string | undefined, depth: number): Query | undefined {
    if (depth > deepestQuery) throw this.#bad(`more than ${deepestQuery} parentheses inside each other`);
    const clauses: Clause[] = [];
    while (!this.ended && this.#next() !== ')') {
      const joined = this.#taken('AND', '&&') ? 'and' : this.#taken('OR', '||') ? 'or' : 'none';
      if (joined !== 'none' && clauses.length === 0) throw this.#bad('it begins with AND or OR');
      const sign = this.#sign();
      if (this.ended) throw this.#bad('something is missing at the end');
      const query =
        joined === 'none' && sign === 'none' ? this.#withFollowers(field, depth) : this.#clause(field, depth);
      const previous = clauses.at(-1);
      if (previous !== undefined && previous.occurs !== 'not') {
        if (joined === 'and') previous.occurs = 'must';
        if (joined === 'or' && this.#allWords) previous.occurs = 'should';
      }
      const needed = this.#allWords ? joined !== 'or' : joined === 'and';
      clauses.push({ query, occurs: sign === 'none' ? (needed ? 'must' : 'should') : sign });
    }
    return clauses.length === 0 ? undefined : joinedClauses(clauses);
  }

  /**
   * A clause; plain terms that follow a plain term are one text with it, so that `Email Service` is the whole of a keyword
   * and two words of a text. Source: `MultiTerm` of Lucene's `QueryParser`.
   */
  #withFollowers(field: string | undefined, depth: number): Query {
    const query = this.#clause(field, depth);
    if (query.type !== 'match' || query.field !== field) return query;
    const terms = [query.text];
    for (let term = this.#follower(); term !== undefined; term = this.#follower()) terms.push(term);
    return { ...query, text: terms.join(' ') };
  }

  /** The next term if it is a plain one that nothing belongs to; else nothing is read. */
  #follower(): string | undefined {
    const start = this.#at;
    this.#skipSpace();
    if (this.#taken('AND', 'OR', 'NOT', '&&', '||')) {
      this.#at = start;
      return undefined;
    }
    const term = this.#termOrNothing();
    const plain =
      term !== '' &&
      !hasWildcard(term) &&
      !/^[<>]/.test(term) &&
      !/^\s*(?:[:^~]|AND\b|OR\b|&&|\|\|)/.test(this.#rest());
    if (plain) return term;
    this.#at = start;
    return undefined;
  }

  #sign(): 'must' | 'none' | 'not' {
    this.#skipSpace();
    if (this.#taken('NOT', '!', '-')) return 'not';
    return this.#taken('+') ? 'must' : 'none';
  }

  #clause(field: string | undefined, depth: number): Query {
    this.#skipSpace();
    if (this.#taken('(')) return this.#group(field, depth);
    if (field === undefined || this.#next() !== '"') {
      const named = this.#fieldName();
      if (named === '_exists_') return { type: 'exists', field: this.#plain(this.#term()) };
      if (named === '*' && this.#taken('*')) return { type: 'all' };
      const on = named === '*' ? undefined : named;
      if (named !== undefined) return this.#taken('(') ? this.#group(on, depth) : this.#value(on);
    }
    return this.#value(field);
  }

  #group(field: string | undefined, depth: number): Query {
    const query = this.clauses(field, depth + 1);
    if (!this.#taken(')')) throw this.#bad('a parenthesis is not closed');
    this.#boost();
    return query ?? { type: 'none' };
  }

  /** The name before a colon, or undefined, with nothing read, where there is none. */
  #fieldName(): string | undefined {
    const start = this.#at;
    const name = this.#plain(this.#termOrNothing());
    this.#skipSpace();
    if (name !== '' && this.#taken(':')) {
      this.#skipSpace();
      return name;
    }
    this.#at = start;
    return undefined;
  }

  #value(field: string | undefined): Query {
    this.#skipSpace();
    const on = field === undefined ? {} : { field };
    const query = this.#valueOn(on);
    this.#boost();
    return query;
  }

  #valueOn(on: { readonly field?: string }): Query {
    const next = this.#next();
    if (next === '"') return { type: 'phrase', ...on, text: this.#quoted() };
    if (next === '[' || next === '{') return { type: 'range', ...on, range: this.#range() };
    const compared = /^[<>]=?/.exec(this.#rest())?.[0];
    if (compared !== undefined) {
      this.#at += compared.length;
      return { type: 'range', ...on, range: { [endNames[compared] ?? 'gte']: this.#bound() } };
    }
    const term = this.#term();
    if (term.replaceAll(anyText, '') === '') {
      return on.field === undefined ? { type: 'all' } : { type: 'exists', field: on.field };
    }
    if (hasWildcard(term)) return { type: 'wildcard', ...on, pattern: term };
    return { type: 'match', ...on, text: term, words: this.#allWords ? 'all' : 'any' };
  }

  /** `[a TO b]` with both ends, `{a TO b}` without; `*` leaves an end open. */
  #range(): Range {
    const least = this.#taken('[') ? 'gte' : 'gt';
    if (least === 'gt') this.#at += 1;
    const from = this.#bound();
    this.#skipSpace();
    if (!this.#taken('TO')) throw this.#bad('a range is written [a TO b]');
    const to = this.#bound();
    this.#skipSpace();
    const most = this.#taken(']') ? 'lte' : 'lt';
    if (most === 'lt' && !this.#taken('}')) throw this.#bad('a range is not closed');
    return { ...(from === '*' ? {} : { [least]: from }), ...(to === '*' ? {} : { [most]: to }) };
  }

  /** One end of a range: anything up to a space or a bracket, or a quoted text. */
  #bound(): string {
    this.#skipSpace();
    if (this.#next() === '"') return this.#quoted();
    const read = /^(?:\\.|[^\s\]})])+/su.exec(this.#rest())?.[0];
    if (read === undefined) throw this.#bad('a range has no end');
    this.#at += read.length;
    return read.replaceAll(/\\(.)/gsu, '$1');
  }

  #quoted(): string {
    const read = /^"((?:\\.|[^"\\])*)"/su.exec(this.#rest());
    if (read === null) throw this.#bad('a quote is not closed');
    this.#at += read[0].length;
    return (read[1] ?? '').replaceAll(/\\(.)/gsu, '$1');
  }

  #term(): string {
    const term = this.#termOrNothing();
    if (term !== '') return term;
    const next = this.#next();
    if (next === '/') throw this.#bad('regular expressions are not emulated; put a backslash before a slash');
    throw this.#bad(next === '' ? 'something is missing at the end' : `it was not expected: ${next}`);
  }

  #termOrNothing(): string {
    let term = '';
    while (this.#at < this.#text.length) {
      const character = this.#next();
      if (character === '\\') {
        if (this.#at + 1 >= this.#text.length) throw this.#bad('a backslash stands at the end');
        term += this.#text[this.#at + 1] ?? '';
        this.#at += 2;
        continue;
      }
      if (special.test(character) && (term === '' || !insideTerm.test(character))) break;
      term += character === '*' ? anyText : character === '?' ? oneCharacter : character;
      this.#at += 1;
    }
    return term;
  }

  /** There are no scores, so a boost changes nothing; fuzziness would. */
  #boost(): void {
    const boost = /^\^\d+(?:\.\d+)?/.exec(this.#rest())?.[0] ?? '';
    this.#at += boost.length;
    if (this.#next() === '~') throw this.#bad('fuzzy terms and distances (~) are not emulated');
  }

  #plain(term: string): string {
    return term.replaceAll(anyText, '*').replaceAll(oneCharacter, '?');
  }

  /** Reads one of these if it stands here; words only where they end. */
  #taken(...symbols: readonly string[]): boolean {
    this.#skipSpace();
    const found = symbols.find(
      (symbol) =>
        this.#text.startsWith(symbol, this.#at) &&
        (!/\w/.test(symbol) || !/[^\s()"+\-!]/.test(this.#text[this.#at + symbol.length] ?? ' ')),
    );
    if (found !== undefined) this.#at += found.length;
    return found !== undefined;
  }

  #rest(): string {
    return this.#text.slice(this.#at);
  }

  #next(): string {
    return this.#text[this.#at] ?? '';
  }

  #skipSpace(): void {
    while (/\s/.test(this.#next())) this.#at += 1;
  }

  #bad(why: string): Error {
    return badQuery(this.#about, `Cannot parse '${this.#text}' at ${this.#at}: ${why}`);
  }
}

const endNames: Readonly<Record<string, keyof Range>> = { '>': 'gt', '>=': 'gte', '<': 'lt', '<=': 'lte' };

/** Only what must not be: everything else (`fixNegativeQueryIfNeeded` of Elasticsearch). */
function joinedClauses(clauses: readonly Clause[]): Query {
  const that = (occurs: Clause['occurs']): readonly Query[] =>
    clauses.filter((clause) => clause.occurs === occurs).map(({ query }) => query);
  const [must, should, mustNot] = [that('must'), that('should'), that('not')];
  const [only] = should;
  if (only !== undefined && clauses.length === 1) return only;
  return { type: 'bool', must, should, mustNot, leastShould: must.length === 0 && should.length > 0 ? 1 : 0 };
}
