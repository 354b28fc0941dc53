import { valueAt } from './fields.js';
import type { Store, StoreSnapshot } from './store.js';

/** How much the logs keep. */
export interface LogSettings {
  readonly webhookEventLog: boolean;
  /** Days; undefined: for ever. */
  readonly webhookEventLogDays: number | undefined;
  /** Days; undefined: for ever. */
  readonly auditLogDays: number | undefined;
  /** Number of entries. */
  readonly eventLogEntries: number;
}

const dayMs = 86_400_000;

/**
 * What the system configuration says of the logs, with its own defaults where it says nothing. Source:
 * `WebhookEventLogConfiguration`, `AuditLogConfiguration` and `EventLogConfiguration` of fusionauth-java-client.
 */
export function logSettings(store: Store): LogSettings {
  const [configuration] = store.all('systemConfiguration');
  const at = (path: string, otherwise: unknown): unknown => valueAt(configuration, path) ?? otherwise;
  const days = (path: string, otherwise: { readonly enabled: boolean; readonly days: number }): number | undefined =>
    at(`${path}.enabled`, otherwise.enabled) === true
      ? Number(at(`${path}.numberOfDaysToRetain`, otherwise.days))
      : undefined;
  return {
    webhookEventLog: at('webhookEventLogConfiguration.enabled', true) === true,
    webhookEventLogDays: days('webhookEventLogConfiguration.delete', { enabled: true, days: 30 }),
    auditLogDays: days('auditLogConfiguration.delete', { enabled: false, days: 365 }),
    eventLogEntries: Number(at('eventLogConfiguration.numberToRetain', 10_000)),
  };
}

/** Removes what was written so many days before now; entries lie in the order they were written in. */
export function forgetOlder(
  kind: string,
  days: number | undefined,
  { store, now }: { readonly store: Store; readonly now: number },
): readonly string[] {
  if (days === undefined) return [];
  const oldest = now - days * dayMs;
  const gone: string[] = [];
  for (const { id, insertInstant } of store.all(kind)) {
    if (Number(insertInstant) >= oldest) break;
    gone.push(id);
  }
  for (const id of gone) store.remove(kind, id);
  return gone;
}

const logs: ReadonlySet<string> = new Set(['eventLog', 'webhookAttemptLog', 'webhookEventLog']);

/** What there is, without what was written down about how it came to be. */
export function withoutLogs({ objects, counters }: StoreSnapshot): StoreSnapshot {
  const kept = <Value>(record: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> =>
    Object.fromEntries(Object.entries(record).filter(([name]) => !logs.has(name)));
  return { objects: kept(objects), counters: kept(counters) };
}
