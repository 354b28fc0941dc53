import { badNumber, badUuid } from '../errors.js';
import type { Answer, Call, Kind, Route } from '../kind.js';
import { searchAmong } from '../search.js';
import { isUuid } from '../shape.js';
import { loginRecordKind, loginRecords, loginRecordView } from '../tokens/login-records.js';
import { isRecord } from './normal-text.js';

const path = '/api/system/login-record/search';
const recent = '/api/user/recent-login';

/**
 * Who logged in when, newest first. Source: FusionAuth docs apis/login ("Search Login Records"), apis/users ("Retrieve Recent
 * Logins"); `LoginRecordSearchCriteria` of fusionauth-java-client, which cannot be sorted.
 */
export const loginRecord: Kind = {
  name: loginRecordKind,
  label: 'Login Record',
  path: '/api/system/login-record',
  one: 'login',
  many: 'logins',
  idParameter: 'loginRecordId',
  operations: [],
  scope: 'global',
  indexed: [{ field: 'userId' }],
  routes: [route('GET', path, search), route('POST', path, search), route('GET', recent, recentLogins)],
};

function route(method: Route['method'], to: string, handle: Route['handle']): Route {
  return { method, path: to, endpoint: to, scope: 'global', handle };
}

/** The total only where it is asked for. */
function search(call: Call): Answer {
  const { body, instance, method, query } = call;
  const { objects, total } = searchAmong(
    loginRecords(instance),
    {
      criteria: {
        applicationId: 'exact',
        userId: 'exact',
        start: ({ instant }, start) => Number(instant) >= Number(start),
        end: ({ instant }, end) => Number(instant) <= Number(end),
      },
      columns: { sequence: 'sequence' },
      orderBy: 'sequence DESC',
    },
    call,
  );
  const asked = method === 'GET' ? query.get('retrieveTotal') : isRecord(body) ? body['retrieveTotal'] : undefined;
  return {
    status: 200,
    body: { logins: objects.map(loginRecordView), ...(String(asked) === 'true' ? { total } : {}) },
  };
}

function recentLogins(call: Call): Answer {
  const { instance, query } = call;
  const userId = query.get('userId') ?? '';
  if (userId !== '' && !isUuid(userId)) throw badUuid('userId', userId);
  const [limit, offset] = [countOf('limit', call, 10), countOf('offset', call, 0)];
  const records = loginRecords(instance, userId === '' ? undefined : userId);
  return { status: 200, body: { logins: records.slice(offset, offset + limit).map(loginRecordView) } };
}

function countOf(name: string, { query }: Call, otherwise: number): number {
  const text = query.get(name) ?? '';
  if (text === '') return otherwise;
  if (!/^[+-]?\d+$/.test(text)) throw badNumber(name, text);
  return Number(text) < 0 ? otherwise : Number(text);
}
