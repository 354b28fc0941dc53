import type { Instance } from '../kind.js';
import type { StoredObject } from '../store.js';

/** Tenants a webhook is attached to: the one place where the link between the two is kept. */
export function tenantIdsOf(webhook: StoredObject): readonly string[] {
  const ids = webhook['tenantIds'];
  return Array.isArray(ids) ? ids.map(String) : [];
}

/** The webhooks of a tenant, global ones left out. */
export function webhookIdsOf(tenantId: string, { store }: Instance): readonly string[] {
  return [...store.all('webhook')].filter((webhook) => tenantIdsOf(webhook).includes(tenantId)).map(({ id }) => id);
}

/** Makes these, and no others, the webhooks of a tenant. Global webhooks stay as they are. */
export function attachWebhooks(tenantId: string, webhookIds: readonly string[], instance: Instance): void {
  const { store, switches, now } = instance;
  for (const webhook of store.all('webhook')) {
    const before = tenantIdsOf(webhook);
    const wanted = webhook['global'] !== true && webhookIds.includes(webhook.id);
    if (before.includes(tenantId) === wanted) continue;
    const tenantIds = wanted ? [...before, tenantId] : before.filter((id) => id !== tenantId);
    const instant = switches.webhookLinkBumps === 'on' ? { lastUpdateInstant: now() } : {};
    store.put('webhook', { ...webhook, tenantIds, ...instant });
  }
}

/** A tenant that is gone is in no list. */
export function forgetTenant(tenantId: string, instance: Instance): void {
  attachWebhooks(tenantId, [], instance);
}
