import { invalid, notFound, parameterError, type Problem } from '../errors.js';
import { eventInfoOf } from '../events/event-info.js';
import { numberedView } from '../events/event-log.js';
import type { Answer, Call, Kind, SearchRule, SearchTest } from '../kind.js';
import { forgetOlder, logSettings } from '../log-settings.js';
import type { Fields, StoredObject } from '../store.js';
import { isAtLeast } from '../version.js';
import { exportAuditLog } from './audit-log-export.js';
import { isBlank, isRecord, trim } from './normal-text.js';
import { matchesPattern } from './pattern.js';

/** What a client may say of an entry. Source: FusionAuth docs apis/audit-logs. */
const written = ['data', 'insertUser', 'message', 'newValue', 'oldValue', 'reason', 'tenantId'] as const;

const search: SearchRule = {
  criteria: {
    message: 'text',
    reason: 'text',
    tenantId: 'exact',
    user: textIn('insertUser'),
    newValue: textIn('newValue'),
    oldValue: textIn('oldValue'),
    start: ({ insertInstant }, start) => Number(insertInstant) >= Number(start),
    end: ({ insertInstant }, end) => Number(insertInstant) <= Number(end),
  },
  // Entries of one millisecond come in the order they were written in, which `id`, a text in the store, cannot tell.
  columns: {
    insertInstant: 'insertInstant',
    insertUser: 'insertUser',
    message: 'message',
    tenant: 'tenantId',
    sequence: 'sequence',
  },
  orderBy: 'insertInstant DESC, sequence DESC',
};

/**
 * The audit log. Nothing is written to it by API calls but by a call of its own (fusionauth-issues #145, #507), and
 * nothing can be changed or deleted. Source: FusionAuth docs apis/audit-logs; client `AuditLogSearchCriteria`.
 */
export const auditLog: Kind = {
  name: 'auditLog',
  label: 'Audit Log',
  path: '/api/system/audit-log',
  one: 'auditLog',
  many: 'auditLogs',
  idParameter: 'auditLogId',
  operations: ['search'],
  scope: 'tenant',
  view,
  visible: ({ tenantId }, tenant) => tenantId === tenant,
  search,
  routes: [
    ...(['GET', 'POST'] as const).map((method) => ({
      method,
      path: '/api/system/audit-log/export',
      endpoint: '/api/system/audit-log/export',
      scope: 'tenant' as const,
      handle: (call: Call) => exportAuditLog(auditLog, search, call),
    })),
    {
      method: 'POST',
      path: '/api/system/audit-log',
      endpoint: '/api/system/audit-log',
      scope: 'tenant',
      handle: write,
    },
    {
      method: 'GET',
      path: '/api/system/audit-log/:auditLogId{[0-9]+}',
      endpoint: '/api/system/audit-log',
      scope: 'tenant',
      handle: read,
    },
  ],
};

/** Webhooks are told of it, with the tenant since 1.65. Source: FusionAuth docs, event `audit-log.create`. */
async function write(call: Call): Promise<Answer> {
  const { body, instance, tenantId } = call;
  const request = isRecord(body) ? body['auditLog'] : undefined;
  if (!isRecord(request)) throw parameterError('missing', 'auditLog', 'The auditLog is required.');
  const problems: Problem[] = (['insertUser', 'message'] as const)
    .filter((field) => isBlank(request[field]))
    .map((field) => ({ field, kind: 'blank', message: `The ${field} is required.` }));
  if (problems.length > 0) throw invalid(problems, 'auditLog');
  const sequence = instance.store.next('auditLog');
  const entry: StoredObject = {
    data: {},
    ...(tenantId === undefined ? {} : { tenantId }),
    ...Object.fromEntries(written.filter((name) => !isBlank(request[name])).map((name) => [name, trim(request[name])])),
    id: String(sequence),
    sequence,
    insertInstant: instance.now(),
  };
  instance.store.put('auditLog', entry);
  forgetOlder('auditLog', logSettings(instance.store).auditLogDays, { store: instance.store, now: instance.now() });
  const auditLog = view(entry, call);
  const { tenantId: about } = auditLog;
  await instance.events.send({
    type: 'audit-log.create',
    ...(typeof about === 'string' ? { tenantId: about } : {}),
    info: eventInfoOf(call),
    fields: { auditLog },
  });
  return { status: 200, body: { auditLog } };
}

function read(call: Call): Answer {
  const { instance, params, tenantId } = call;
  const entry = instance.store.get('auditLog', String(Number(params['auditLogId'])));
  if (entry === undefined || (tenantId !== undefined && entry['tenantId'] !== tenantId)) throw notFound();
  return { status: 200, body: { auditLog: view(entry, call) } };
}

/** Entries say which tenant they are about since 1.65. */
function view(entry: StoredObject, { instance }: Pick<Call, 'instance'>): Fields {
  const { tenantId, ...others } = numberedView(entry);
  return isAtLeast(instance.fusionauth, '1.65') && tenantId !== undefined ? { ...others, tenantId } : others;
}

/** A criterion looked for in a field of another name, or in the JSON of a value that is no text. */
function textIn(field: string): SearchTest {
  return (entry, criterion) => {
    const value = entry[field];
    if (value === undefined || value === null) return false;
    return matchesPattern(typeof value === 'string' ? value : JSON.stringify(value), criterion);
  };
}
