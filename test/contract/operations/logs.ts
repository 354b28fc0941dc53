import { randomUUID } from 'node:crypto';

import { ask } from '../target.js';
import type { Surroundings } from '../world.js';
import { after, request, searchAll, type Specials } from './special.js';

/** Logs. */
export const logs: Specials = {
  'POST /api/system/audit-log': request(() => ({ method: 'POST', path: '/api/system/audit-log', body: entry })),
  'POST /api/system/audit-log/search': searchAll('/api/system/audit-log'),
  'GET /api/system/audit-log/{auditLogId}': after(
    async ({ target }) => ask(target, { method: 'POST', path: '/api/system/audit-log', body: entry }),
    ({ body }) => ({ method: 'GET', path: `/api/system/audit-log/${body.auditLog.id}` }),
  ),
  'POST /api/system/event-log/search': searchAll('/api/system/event-log'),
  'GET /api/system/event-log/{eventLogId}': after(
    async (surroundings) => {
      await newUnheardEvent(surroundings);
      const path = '/api/system/event-log/search';
      return ask(surroundings.target, { method: 'POST', path, body: { search: {} } });
    },
    ({ body }) => ({ method: 'GET', path: `/api/system/event-log/${body.eventLogs[0].id}` }),
  ),
  'GET /api/system/webhook-event-log/{webhookEventLogId}': after(newUnheardEvent, ({ id }) => ({
    method: 'GET',
    path: `/api/system/webhook-event-log/${id}`,
  })),
  'GET /api/system/webhook-attempt-log/{webhookAttemptLogId}': after(newUnheardEvent, ({ attempts }) => ({
    method: 'GET',
    path: `/api/system/webhook-attempt-log/${attempts[0].id}`,
  })),
  'POST /api/system/login-record/search': searchAll('/api/system/login-record'),
  'POST /api/system/webhook-event-log/search': searchAll('/api/system/webhook-event-log'),
  'POST /api/system/reindex': request(() => ({
    method: 'POST',
    path: '/api/system/reindex',
    body: { index: 'fusionauth_user' },
  })),
};

const entry = { auditLog: { insertUser: 'admin@acme.test', message: 'Looked at the horizon' } };

/**
 * Causes an event in a tenant of its own, whose webhook refuses it.
 * @returns its webhook event log.
 */
async function newUnheardEvent({
  target,
}: Surroundings): Promise<{ readonly id: string; readonly attempts: readonly any[] }> {
  const type = 'group.create';
  const tenantId = randomUUID();
  const events = { [type]: { enabled: true, transactionType: 'Any' } };
  const tenant = { name: `Tenant ${tenantId}`, eventConfiguration: { events } };
  await ask(target, { method: 'POST', path: `/api/tenant/${tenantId}`, body: { tenant } });
  // No server takes an event at the path of its version.
  const url = `${target.url}/api/system/version`;
  const webhook = {
    url,
    connectTimeout: 1000,
    readTimeout: 2000,
    eventsEnabled: { [type]: true },
    tenantIds: [tenantId],
  };
  const made = await ask(target, { method: 'POST', path: '/api/webhook', body: { webhook } });
  await ask(target, { method: 'POST', path: '/api/group', tenantId, body: { group: { name: 'Crew' } } });
  await ask(target, { method: 'DELETE', path: `/api/webhook/${made.body.webhook.id}` });
  const body = { search: { event: `*${tenantId}*`, eventType: type } };
  const path = '/api/system/webhook-event-log/search';
  const found = await ask(target, { method: 'POST', path, body });
  return found.body.webhookEventLogs[0];
}
