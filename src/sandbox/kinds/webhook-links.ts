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

/**
 * Makes these, and no others, the webhooks of a tenant. Global webhooks stay as they are, with the tenants that they name:
 * an update of a tenant does not affect them (fusionauth-issues #2413).
 */
export function attachWebhooks(tenantId: string, webhookIds: readonly string[], instance: Instance): void {
  for (const webhook of instance.store.all('webhook')) {
    if (webhook['global'] !== true) link(webhook, { tenantId, wanted: webhookIds.includes(webhook.id) }, instance);
  }
}

/** A tenant that is gone is in no list. */
export function forgetTenant(tenantId: string, instance: Instance): void {
  for (const webhook of instance.store.all('webhook')) link(webhook, { tenantId, wanted: false }, instance);
}

function link(
  webhook: StoredObject,
  { tenantId, wanted }: { readonly tenantId: string; readonly wanted: boolean },
  { store, switches, now }: Instance,
): void {
  const before = tenantIdsOf(webhook);
  if (before.includes(tenantId) === wanted) return;
  const tenantIds = wanted ? [...before, tenantId] : before.filter((id) => id !== tenantId);
  const instant = switches.webhookLinkBumps === 'on' ? { lastUpdateInstant: now() } : {};
  store.put('webhook', { ...webhook, tenantIds, ...instant });
}
