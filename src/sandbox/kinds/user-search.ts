import { parameterError } from '../errors.js';
import type { Answer, Call } from '../kind.js';
import type { Fields, StoredObject } from '../store.js';
import { isRecord } from './normal-text.js';
import { matchesPattern } from './pattern.js';
import { userView } from '../users/user-view.js';

/** What may be sorted by on the database engine. Source: FusionAuth docs lifecycle/manage-users/search. */
const sortable: ReadonlySet<string> = new Set([
  'birthDate',
  'email',
  'fullName',
  'id',
  'insertInstant',
  'tenantId',
  'username',
]);

/**
 * The search of the database engine: one term in e-mail, names, phone and id, or a list of ids. Field queries and raw
 * queries are for Elasticsearch only and are refused. Source: FusionAuth docs lifecycle/manage-users/search.
 */
export function searchUsers(call: Call): Answer {
  const { instance, method, query, tenantId, body } = call;
  const criteria = method === 'POST' ? bodyCriteria(body) : queryCriteria(query);
  if (criteria['query'] !== undefined || criteria['nextResults'] !== undefined) {
    throw parameterError('invalid', 'search.query', 'The database engine knows queryString and ids only.');
  }
  const visible = [...instance.store.all('user')].filter(
    (candidate) => tenantId === undefined || candidate['tenantId'] === tenantId,
  );
  const { ids, queryString } = criteria;
  if (Array.isArray(ids) && ids.length > 0) {
    const users = visible.filter(({ id }) => ids.includes(id));
    return { status: 200, body: { users: users.map(userView), total: users.length } };
  }
  const term = typeof queryString === 'string' && queryString.trim() !== '' ? queryString.trim() : '*';
  const found = visible.filter((candidate) => searchableTexts(candidate).some((text) => matchesPattern(text, term)));
  const start = numberOr(criteria['startRow'], 0);
  const page = sorted(found, criteria['sortFields']).slice(start, start + numberOr(criteria['numberOfResults'], 25));
  return { status: 200, body: { users: page.map(userView), total: found.length } };
}

/** The texts a user can be found by: FusionAuth docs apis/users, "Search for Users", database search engine. */
function searchableTexts(user: Fields): readonly string[] {
  const names = ['email', 'firstName', 'fullName', 'lastName', 'phoneNumber', 'username'];
  return names.map((name) => user[name]).filter((value) => typeof value === 'string');
}

function bodyCriteria(body: unknown): Fields {
  const search = isRecord(body) ? body['search'] : undefined;
  if (isRecord(search)) return search;
  throw parameterError('missing', 'search', 'The search is required.');
}

function queryCriteria(query: URLSearchParams): Fields {
  const ids = query.getAll('ids');
  return { ...Object.fromEntries(query), ...(ids.length === 0 ? {} : { ids }) };
}

function sorted(users: readonly StoredObject[], sortFields: unknown): readonly StoredObject[] {
  const wanted = (Array.isArray(sortFields) ? sortFields : []).filter(isRecord);
  const fields = wanted.filter(({ name }) => sortable.has(String(name)));
  return users.toSorted((left, right) => {
    for (const { name, order } of fields) {
      const compared = compare(left[String(name)], right[String(name)]);
      if (compared !== 0) return order === 'desc' ? -compared : compared;
    }
    return 0;
  });
}

function compare(left: unknown, right: unknown): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  const [one, other] = [left, right].map((value) => (typeof value === 'string' ? value : ''));
  if (one === undefined || other === undefined) return 0;
  return one < other ? -1 : one > other ? 1 : 0;
}

function numberOr(value: unknown, otherwise: number): number {
  const number = value === undefined ? Number.NaN : Number(value);
  return Number.isInteger(number) && number >= 0 ? number : otherwise;
}
