import type { Instance } from '../kind.js';
import { forgetOlder, logSettings } from '../log-settings.js';
import type { StoredObject } from '../store.js';
import { isAtLeast } from '../version.js';
import type { PostResponse } from './post.js';

/** One try to tell a webhook of an event. Source: FusionAuth client `WebhookAttemptLog`. */
export interface WebhookAttempt {
  readonly id: string;
  readonly webhookId: string;
  readonly startInstant: number;
  readonly endInstant?: number;
  readonly attemptResult: 'Failure' | 'Success' | 'Unknown';
  /** Absent while the answer is waited for. */
  readonly webhookCallResponse?: PostResponse & { readonly url: string };
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * What is kept of an event. `Running` until it is known whether what it was about may happen; where nobody is asked,
 * `Succeeded` as soon as every webhook was tried once. Source: FusionAuth docs apis/webhook-event-logs, `eventResult`.
 */
export interface WebhookEventLog {
  readonly id: string;
  readonly eventType: string;
  readonly eventResult: 'Failed' | 'Running' | 'Succeeded';
  readonly linkedObjectId?: string;
  readonly insertInstant: number;
  readonly lastUpdateInstant: number;
  readonly lastAttemptInstant?: number;
  /** In the order they were begun. */
  readonly attempts: readonly WebhookAttempt[];
  /** The JSON that webhooks are sent. */
  readonly event: { readonly event: Readonly<Record<string, unknown>> };
  readonly data: Readonly<Record<string, unknown>>;
}

/** Whether events are logged: since 1.53, unless the system configuration says otherwise. */
export function keepsWebhookLog({ store, fusionauth }: Pick<Instance, 'fusionauth' | 'store'>): boolean {
  return isAtLeast(fusionauth, '1.53') && logSettings(store).webhookEventLog;
}

/** Writes an entry or its next state. Entries have a number of their own that only grows; old ones are let go of. */
export function writeWebhookLog(log: WebhookEventLog, { store, now }: Pick<Instance, 'now' | 'store'>): void {
  const before = store.get('webhookEventLog', log.id);
  const sequence = before?.['sequence'] ?? store.next('webhookEventLog');
  store.put('webhookEventLog', { ...log, sequence });
  const latest = log.attempts.at(-1);
  // The attempt is kept in its entry; this says which entry that is.
  if (latest !== undefined) store.put('webhookAttemptLog', { id: latest.id, webhookEventLogId: log.id });
  if (before !== undefined) return;
  const gone = new Set(forgetOlder('webhookEventLog', logSettings(store).webhookEventLogDays, { store, now: now() }));
  if (gone.size > 0)
    store.removeWhere('webhookAttemptLog', ({ webhookEventLogId }) => gone.has(String(webhookEventLogId)));
}

/** An entry out of the store. */
export function isWebhookLog(object: StoredObject | undefined): object is StoredObject & WebhookEventLog {
  return object !== undefined && Array.isArray(object['attempts']);
}
