import { badNumber, badUuid, invalid, Refusal } from './errors.js';
import { sameTenant } from './visible.js';
import type { Call, Instance, Kind, SearchColumn, SearchRule } from './kind.js';
import { isRecord } from './kinds/normal-text.js';
import { matchesPattern } from './kinds/pattern.js';
import { checkShape, isUuid } from './shape.js';
import type { StoredObject } from './store.js';

/** One page of what was found, and how many there are on all pages. */
export interface Found {
  readonly objects: readonly StoredObject[];
  readonly total: number;
}

const orderSyntax = /^\s*\w+(?:\s+(?:asc|desc))?(?:\s*,\s*\w+(?:\s+(?:asc|desc))?)*\s*$/i;

/**
 * Searches a kind as the database does: criteria, order, page. GET has the criteria in the query, POST in `search`.
 * Defaults: `startRow` 0, `numberOfResults` 25. Source: FusionAuth docs apis (search), `BaseSearchCriteria` of
 * fusionauth-java-client.
 */
export function searchKind(kind: Kind, rule: SearchRule, call: Call): Found {
  const visible = [...call.instance.store.all(kind.name)].filter((object) => sameTenant(kind, object, call));
  return searchAmong(visible, rule, call);
}

/** Searches objects that are not kept as a kind of their own. */
export function searchAmong(candidates: readonly StoredObject[], rule: SearchRule, call: Call): Found {
  const parameters = searchParameters(call);
  for (const name of numbers) checkNumber(name, parameters.get(name), call);
  const tests = Object.entries(rule.criteria).flatMap(([name, test]) => {
    const criterion = parameters.get(name);
    if (criterion === undefined || criterion === '') return [];
    // Criteria with such names are UUIDs in all criteria classes of fusionauth-java-client.
    if (name.endsWith('Id') && !isUuid(criterion)) throw badUuid(placeOf(name, call), criterion);
    return [{ name, test, criterion }];
  });
  const matches = candidates.filter((object) =>
    tests.every(({ name, test, criterion }) => {
      if (typeof test === 'function') return test(object, criterion, call.instance);
      const value = object[name];
      const text = typeof value === 'string' ? value : JSON.stringify(value ?? '');
      return test === 'text' ? matchesPattern(text, criterion) : text.toLowerCase() === criterion.toLowerCase();
    }),
  );
  const sorted = matches.toSorted(compareBy(rule, parameters.get('orderBy'), call.instance));
  const start = wholeNumber(parameters.get('startRow'), 0);
  const asked = wholeNumber(parameters.get('numberOfResults'), 25);
  const size = call.instance.switches.searchPageLimit === 'hundred' ? Math.min(asked, 100) : asked;
  return { objects: sorted.slice(start, start + size), total: sorted.length };
}

/** What is a number in all criteria classes of fusionauth-java-client; instants are milliseconds. */
const numbers = ['end', 'numberOfResults', 'start', 'startRow'] as const;

/** Of a query a converter makes numbers, of a body the reader of JSON, which also takes what has a fraction. */
function checkNumber(name: string, text: string | undefined, call: Call): void {
  if (text === undefined || text.trim() === '') return;
  if (call.method === 'GET') {
    if (!/^[+-]?\d+$/.test(text.trim())) throw badNumber(name, text);
    return;
  }
  const { problems } = checkShape('number', text, { path: placeOf(name, call), ...call.instance.switches });
  if (problems.length > 0) throw invalid(problems, '');
}

function placeOf(criterion: string, { method }: Call): string {
  return method === 'GET' ? criterion : `search.${criterion}`;
}

/** The criteria of a call by name, as texts. */
export function searchParameters({ body, query, method }: Call): ReadonlyMap<string, string> {
  if (method === 'GET') return new Map(query);
  const search = isRecord(body) ? body['search'] : undefined;
  if (!isRecord(search)) return new Map();
  return new Map(
    Object.entries(search)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}

/**
 * An order that is not written like one is left out; a column that does not exist is
 * UNVERIFIED (switch unknownOrderColumn).
 */
function compareBy(
  rule: SearchRule,
  asked: string | undefined,
  instance: Instance,
): (left: StoredObject, right: StoredObject) => number {
  const wellFormed = asked !== undefined && orderSyntax.test(asked);
  const terms = parseOrder(wellFormed ? asked : rule.orderBy, rule);
  if (terms === undefined && instance.switches.unknownOrderColumn === 'error') {
    throw new Refusal(500, { generalErrors: [{ code: '[Exception]', message: 'The search failed.' }] });
  }
  const used = terms ?? parseOrder(rule.orderBy, rule) ?? [];
  return (left, right) => {
    for (const { field, sign } of used) {
      const order = compareValues(valueIn(left, field, instance), valueIn(right, field, instance));
      if (order !== 0) return sign * order;
    }
    // Equal in all columns: a fixed order keeps pages from overlapping.
    return compareValues(left.id, right.id);
  };
}

interface OrderTerm {
  readonly field: SearchColumn;
  readonly sign: -1 | 1;
}

function valueIn(object: StoredObject, column: SearchColumn, instance: Instance): unknown {
  return typeof column === 'function' ? column(object, instance) : object[column];
}

function parseOrder(text: string, { columns }: SearchRule): readonly OrderTerm[] | undefined {
  const terms = text.split(',').map((term) => {
    const [column = '', direction = 'asc'] = term.trim().split(/\s+/);
    const field = Object.entries(columns).find(([name]) => name.toLowerCase() === column.toLowerCase())?.[1];
    return { field, sign: direction.toLowerCase() === 'desc' ? (-1 as const) : (1 as const) };
  });
  const known = terms.flatMap(({ field, sign }) => (field === undefined ? [] : [{ field, sign }]));
  return known.length === terms.length ? known : undefined;
}

/** Nothing comes first; texts are compared without case. */
function compareValues(left: unknown, right: unknown): number {
  if (left === undefined || right === undefined) {
    if (left === right) return 0;
    return left === undefined ? -1 : 1;
  }
  const [a, b] = [comparable(left), comparable(right)];
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function comparable(value: unknown): number | string {
  return typeof value === 'number' ? value : String(value).toLowerCase();
}

function wholeNumber(text: string | undefined, otherwise: number): number {
  const value = Number(text ?? otherwise);
  return Number.isInteger(value) && value >= 0 ? value : otherwise;
}
