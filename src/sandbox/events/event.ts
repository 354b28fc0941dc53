import type { Fields } from '../store.js';

/** Something that happened or is about to, as webhooks are told of it. Source: FusionAuth docs extend/events-and-webhooks. */
export interface SandboxEvent {
  /** Such as `user.create`; `EventType` of the client. */
  readonly type: string;
  /** The tenant it happened in; absent for events of the instance as a whole (`event-log.create`, `kickstart.success`). */
  readonly tenantId?: string;
  /** The user, group, entity or token it is about (since 1.53). */
  readonly linkedObjectId?: string;
  /** What is known of who caused it: `eventInfoOf(call)`. */
  readonly info?: unknown;
  /** What the type carries besides the fields every event has: `{ user }`, `{ group, members }`. */
  readonly fields: Fields;
}

/** Where handlers say what happens. */
export interface Events {
  /**
   * Tells webhooks. To be awaited **before** the change is stored: where the tenant wants a transaction, it resolves when
   * enough webhooks have agreed. Events that no transaction can have, such as `user.create.complete`, are sent after it.
   * Nobody waits for webhooks that have no say. An event that the version does not have yet is not sent.
   * @throws {@link Refusal} 504 `[WebhookTransactionException]` when they have not; the change must then not be stored.
   */
  readonly send: (event: SandboxEvent) => Promise<void>;
}

/** Tells nobody. */
export const noEvents: Events = { send: () => Promise.resolve() };
