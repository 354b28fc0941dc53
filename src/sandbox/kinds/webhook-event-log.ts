import { badUuid, notFound } from '../errors.js';
import { isWebhookLog, type WebhookEventLog } from '../events/webhook-log.js';
import { valueAt } from '../fields.js';
import type { Answer, Call, Kind, SearchRule } from '../kind.js';
import { searchKind } from '../search.js';
import { isUuid } from '../shape.js';
import type { Fields, StoredObject } from '../store.js';
import { isAtLeast } from '../version.js';
import { sameTenant } from '../visible.js';
import { isRecord } from './normal-text.js';
import { matchesPattern } from './pattern.js';

const attemptPath = '/api/system/webhook-attempt-log';

const minuteMs = 60_000;

/**
 * What webhooks were sent, and what they answered. Nothing but the sandbox writes to it. Sources: FusionAuth docs
 * apis/webhook-event-logs; `WebhookEventLog` and `WebhookEventLogSearchCriteria` of fusionauth-java-client; that keys tied
 * to a tenant may read it: the docs' generated list of API endpoints, where their page says global keys.
 */
export const webhookEventLog: Kind = {
  name: 'webhookEventLog',
  label: 'Webhook Event Log',
  path: '/api/system/webhook-event-log',
  one: 'webhookEventLog',
  many: 'webhookEventLogs',
  idParameter: 'webhookEventLogId',
  operations: ['read'],
  scope: 'tenant',
  view,
  visible: (log, tenantId) => valueAt(log, 'event.event.tenantId') === tenantId,
  routes: [
    ...(['GET', 'POST'] as const).map((method) => ({
      method,
      path: '/api/system/webhook-event-log/search',
      endpoint: '/api/system/webhook-event-log/search',
      scope: 'tenant' as const,
      handle: search,
    })),
    {
      method: 'GET',
      path: `${attemptPath}/:webhookAttemptLogId`,
      endpoint: attemptPath,
      scope: 'tenant',
      handle: readAttempt,
    },
  ],
};

const rule: SearchRule = {
  criteria: {
    event: ({ event }, criterion) => matchesPattern(JSON.stringify(event), criterion),
    eventResult: 'exact',
    eventType: 'exact',
    start: ({ insertInstant }, start) => Number(insertInstant) >= Number(start),
    end: ({ insertInstant }, end) => Number(insertInstant) <= Number(end),
  },
  columns: {
    eventResult: 'eventResult',
    eventType: 'eventType',
    id: 'id',
    insertInstant: 'insertInstant',
    lastAttemptInstant: 'lastAttemptInstant',
    lastUpdateInstant: 'lastUpdateInstant',
    linkedObjectId: 'linkedObjectId',
    sequence: 'sequence',
  },
  // Of one millisecond the later one first.
  orderBy: 'insertInstant DESC, sequence DESC',
};

function search(call: Call): Answer {
  const { objects, total } = searchKind(webhookEventLog, rule, withDefaults(call));
  return { status: 200, body: { webhookEventLogs: objects.map((log) => view(log)), total } };
}

/**
 * Since 1.57 a search without times is about the last hour, from a full minute to a full minute; before it was about
 * everything, in the order of the sequence.
 */
function withDefaults(call: Call): Call {
  const { instance, method, body, query } = call;
  const minute = Math.floor(instance.now() / minuteMs) * minuteMs;
  const defaults = isAtLeast(instance.fusionauth, '1.57')
    ? { start: minute - 60 * minuteMs, end: minute + minuteMs }
    : { orderBy: 'sequence DESC' };
  if (method !== 'GET') {
    const asked = isRecord(body) && isRecord(body['search']) ? body['search'] : {};
    return { ...call, body: { search: { ...defaults, ...asked } } };
  }
  const texts = Object.entries(defaults).map(([name, value]) => [name, String(value)] as const);
  return { ...call, query: new URLSearchParams([...new Map([...texts, ...query])]) };
}

function readAttempt(call: Call): Answer {
  const { store } = call.instance;
  const id = call.params['webhookAttemptLogId'] ?? '';
  if (!isUuid(id)) throw badUuid('webhookAttemptLogId', id);
  const webhookEventLogId = store.get('webhookAttemptLog', id)?.['webhookEventLogId'];
  const log = typeof webhookEventLogId === 'string' ? store.get('webhookEventLog', webhookEventLogId) : undefined;
  if (!isWebhookLog(log) || !sameTenant(webhookEventLog, log, call)) throw notFound();
  const attempt = log.attempts.find((one) => one.id === id.toLowerCase());
  if (attempt === undefined) throw notFound();
  return { status: 200, body: { webhookAttemptLog: { ...attempt, webhookEventLogId } } };
}

function view(log: StoredObject): Fields {
  const attempts: WebhookEventLog['attempts'] = isWebhookLog(log) ? log.attempts : [];
  const count = (result: string): number => attempts.filter(({ attemptResult }) => attemptResult === result).length;
  return { ...log, failedAttempts: count('Failure'), successfulAttempts: count('Success') };
}
