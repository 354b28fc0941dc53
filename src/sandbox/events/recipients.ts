import { isRecord } from '../kinds/normal-text.js';
import { tenantIdsOf } from '../kinds/webhook-links.js';
import type { Store, StoredObject } from '../store.js';
import type { SandboxEvent } from './event.js';
import type { EventFacts } from './event-types.js';
import { parseVotingRule, type VotingRule } from './voting-rule.js';

/** Who is to be told of an event, and what their answers decide. */
export interface Recipients {
  readonly webhooks: readonly StoredObject[];
  readonly rule: VotingRule;
}

/**
 * The webhooks that an event goes to. Three switches have to be on: the tenant's for the type, the webhook's for the tenant,
 * the webhook's for the type. An event of the instance has no tenant, so that the first two do not count for it. Source:
 * FusionAuth docs extend/events-and-webhooks, "FAQs"; `InstanceEvent` of fusionauth-java-client ("sent to all webhooks").
 */
export function recipientsOf(
  { type, tenantId }: SandboxEvent,
  { scope, transactional }: EventFacts,
  store: Store,
): Recipients {
  const listening = [...store.all('webhook')].filter(
    ({ eventsEnabled }) => isRecord(eventsEnabled) && eventsEnabled[type] === true,
  );
  if (scope === 'instance') return { webhooks: listening, rule: 'None' };
  const setting = tenantId === undefined ? undefined : settingOf(store.get('tenant', tenantId), type);
  if (tenantId === undefined || setting?.['enabled'] !== true) return { webhooks: [], rule: 'None' };
  const webhooks = listening.filter((webhook) => webhook['global'] === true || tenantIdsOf(webhook).includes(tenantId));
  return { webhooks, rule: transactional ? parseVotingRule(setting['transactionType']) : 'None' };
}

function settingOf(tenant: StoredObject | undefined, type: string): Readonly<Record<string, unknown>> | undefined {
  const configuration = tenant?.['eventConfiguration'];
  const events = isRecord(configuration) ? configuration['events'] : undefined;
  const setting = isRecord(events) ? events[type] : undefined;
  return isRecord(setting) ? setting : undefined;
}
