import { Refusal } from '../errors.js';
import type { Instance } from '../kind.js';
import type { Fields, StoredObject } from '../store.js';
import { isAtLeast, oldestVersion } from '../version.js';
import { wireJson } from '../wire-json.js';
import { numberedView, writeEventLog } from './event-log.js';
import { factsOf } from './event-types.js';
import type { Events, SandboxEvent } from './event.js';
import { postJson, type PostResponse } from './post.js';
import { recipientsOf } from './recipients.js';
import { isAgreed } from './voting-rule.js';
import { keepsWebhookLog, writeWebhookLog, type WebhookEventLog } from './webhook-log.js';
import { webhookRequest } from './webhook-request.js';
import { undocumentedText } from '../undocumented-text.js';

/** What the engine works on. */
export interface EventEngineParts extends Pick<Instance, 'fusionauth' | 'now' | 'store' | 'switches' | 'uuid'> {
  /** Takes one line about a mistake of the sandbox's own. */
  readonly report: (line: string) => void;
}

/** How long each of the further tries waits where they do not come at once, in milliseconds. There are three. */
const retryWaits = [1000, 2000, 4000] as const;

/** So many events are remembered. */
const longestMemory = 1000;

/** An event on its way to webhooks. */
interface Delivery {
  /** The JSON that is sent; empty when it is sent to nobody. */
  readonly body: string;
  readonly logged: boolean;
  /** What was before the last {@link EventEngine.cancel} is of no concern any more. */
  readonly generation: number;
  /** Its present state; replaced with every step. */
  log: WebhookEventLog;
}

/**
 * Sends events over HTTP, asks for votes, tries again and keeps the webhook event log.
 *
 * A transaction asks every webhook once, all at the same time. When enough agree the others are tried again, up to three
 * times, while the caller goes on; when not, nothing is tried again. Sources: FusionAuth docs
 * extend/events-and-webhooks/writing-a-webhook ("Retries"), extend/events-and-webhooks ("Transaction Failures").
 */
export class EventEngine implements Events {
  readonly #parts: EventEngineParts;
  readonly #background = new Set<Promise<void>>();
  readonly #calls = new Set<AbortController>();
  readonly #waits = new Set<() => void>();
  #deliveries: Delivery[] = [];
  #generation = 0;
  #hurried = 0;

  constructor(parts: EventEngineParts) {
    this.#parts = parts;
  }

  async send(event: SandboxEvent): Promise<void> {
    const { store, fusionauth, switches } = this.#parts;
    const facts = factsOf(event.type);
    if (facts === undefined) throw new Error(`there is no event type ${event.type}`);
    if (!isAtLeast(fusionauth, facts.since ?? oldestVersion)) return;
    const { webhooks, rule } = recipientsOf(event, facts, store);
    const isHeard = webhooks.length > 0;
    const delivery = this.#open(event, { isHeard, isLogged: isHeard || switches.unheardEvents === 'logged' });
    if (!isHeard) return this.#close(delivery, 'Succeeded');
    const first = this.#tellAll(delivery, webhooks);
    if (rule === 'None') return this.#inBackground(this.#afterFirst(delivery, first));
    this.#inBackground(first.then(() => undefined));
    const failed = await first;
    if (this.#isPast(delivery)) throw transactionFailed();
    if (!isAgreed(rule, { asked: webhooks.length, agreed: webhooks.length - failed.length })) {
      this.#close(delivery, 'Failed');
      for (const webhook of failed) this.#giveUp(delivery, webhook);
      throw transactionFailed();
    }
    this.#close(delivery, 'Succeeded');
    this.#inBackground(this.#retryAll(delivery, failed));
  }

  /**
   * Sends an event to one webhook whatever is switched on, once, and keeps no log of it. Source: FusionAuth docs
   * extend/events-and-webhooks ("Test a Webhook"), apis/webhook-event-logs; the message: `TestEvent` of
   * fusionauth-java-client.
   */
  async test(
    webhook: StoredObject,
    event: Fields = { type: 'test', message: 'Example FusionAuth Event.' },
  ): Promise<PostResponse> {
    const { uuid, now } = this.#parts;
    return this.#call(webhook, wireJson({ event: sorted({ id: uuid(), createInstant: now(), ...event }) }));
  }

  /** The events since the start, the last reset or {@link forget}, oldest first; of many, the last thousand. */
  list(): readonly WebhookEventLog[] {
    return this.#deliveries.map(({ log }) => log);
  }

  /** Forgets the events so far; the logs stay. */
  forget(): void {
    this.#deliveries = [];
  }

  /** Resolves when nothing is under way any more. What waits to be tried again is tried at once. */
  async settle(): Promise<void> {
    this.#hurried += 1;
    try {
      while (this.#background.size > 0) {
        for (const go of this.#waits) go();
        await Promise.all(this.#background);
      }
    } finally {
      this.#hurried -= 1;
    }
  }

  /** Ends all that is under way without a trace. Transactions that are waited for fail. */
  cancel(): void {
    this.#generation += 1;
    for (const call of this.#calls) call.abort();
    for (const go of this.#waits) go();
    this.forget();
  }

  #open(
    { type, tenantId, linkedObjectId, info, fields }: SandboxEvent,
    { isHeard, isLogged }: { readonly isHeard: boolean; readonly isLogged: boolean },
  ): Delivery {
    const { uuid, now, fusionauth } = this.#parts;
    const instant = now();
    const linked = linkedObjectId !== undefined && isAtLeast(fusionauth, '1.53') ? { linkedObjectId } : {};
    const id = uuid();
    const event = sorted({ ...fields, id, createInstant: instant, info, tenantId, type, ...linked });
    const log: WebhookEventLog = {
      attempts: [],
      data: {},
      event: { event },
      eventResult: 'Running',
      eventType: type,
      id: uuid(),
      insertInstant: instant,
      lastUpdateInstant: instant,
      ...linked,
    };
    const logged = isLogged && keepsWebhookLog(this.#parts);
    const delivery: Delivery = { body: isHeard ? wireJson({ event }) : '', logged, generation: this.#generation, log };
    this.#deliveries.push(delivery);
    if (this.#deliveries.length > longestMemory * 1.1) this.#deliveries = this.#deliveries.slice(-longestMemory);
    return delivery;
  }

  async #afterFirst(delivery: Delivery, first: Promise<readonly StoredObject[]>): Promise<void> {
    const failed = await first;
    if (this.#isPast(delivery)) return;
    this.#close(delivery, 'Succeeded');
    if (this.#parts.switches.webhookRetries === 'always') await this.#retryAll(delivery, failed);
    else for (const webhook of failed) this.#giveUp(delivery, webhook);
  }

  /** @returns the webhooks that did not take it. */
  async #tellAll(delivery: Delivery, webhooks: readonly StoredObject[]): Promise<readonly StoredObject[]> {
    const taken = await Promise.all(webhooks.map((webhook) => this.#tell(delivery, webhook)));
    return webhooks.filter((_, position) => taken[position] === false);
  }

  async #tell(delivery: Delivery, webhook: StoredObject): Promise<boolean> {
    const { uuid, now } = this.#parts;
    const attempt = {
      attemptResult: 'Unknown',
      data: {},
      id: uuid(),
      startInstant: now(),
      webhookId: webhook.id,
    } as const;
    this.#record(delivery, {
      attempts: [...delivery.log.attempts, attempt],
      lastAttemptInstant: attempt.startInstant,
    });
    const response = await this.#call(webhook, delivery.body);
    const isTaken = response.statusCode >= 200 && response.statusCode <= 299;
    if (this.#isPast(delivery)) return isTaken;
    const ended = {
      ...attempt,
      attemptResult: isTaken ? ('Success' as const) : ('Failure' as const),
      endInstant: now(),
      webhookCallResponse: { ...response, url: String(webhook['url']) },
    };
    this.#record(delivery, {
      attempts: delivery.log.attempts.map((other) => (other.id === attempt.id ? ended : other)),
    });
    return isTaken;
  }

  async #call(webhook: StoredObject, body: string): Promise<PostResponse> {
    const call = new AbortController();
    this.#calls.add(call);
    try {
      return await postJson(webhookRequest(webhook, body, this.#parts.store), call.signal);
    } catch (error) {
      return { statusCode: -1, exception: error instanceof Error ? error.message : String(error) };
    } finally {
      this.#calls.delete(call);
    }
  }

  async #retryAll(delivery: Delivery, webhooks: readonly StoredObject[]): Promise<void> {
    await Promise.all(webhooks.map((webhook) => this.#retry(delivery, webhook.id)));
  }

  async #retry(delivery: Delivery, webhookId: string): Promise<void> {
    const { store, switches } = this.#parts;
    for (const waitMs of retryWaits) {
      if (switches.webhookRetryWait === 'backoff') await this.#wait(waitMs);
      const webhook = store.get('webhook', webhookId);
      if (webhook === undefined || this.#isPast(delivery)) return;
      const isTaken = await this.#tell(delivery, webhook);
      if (this.#isPast(delivery)) return;
      if (isTaken) return;
    }
    const webhook = store.get('webhook', webhookId);
    if (webhook !== undefined) this.#giveUp(delivery, webhook);
  }

  /** No event about an event that says that an event could not be sent: fusionauth-issues #1945. */
  #giveUp({ log }: Delivery, webhook: StoredObject): void {
    const last = log.attempts.findLast(({ webhookId }) => webhookId === webhook.id)?.webhookCallResponse;
    const why = last?.exception ?? `it answered ${last?.statusCode ?? 'nothing'}`;
    // The wording is UNVERIFIED (switch undocumentedTexts).
    const likely = `The webhook [${String(webhook['url'])}] did not take the event [${log.eventType}]: ${why}`;
    const message = undocumentedText(likely, this.#parts.switches);
    const eventLog = numberedView(writeEventLog({ type: 'Error', message }, this.#parts));
    if (log.eventType === 'event-log.create') return;
    this.#inBackground(this.send({ type: 'event-log.create', fields: { eventLog } }));
  }

  #close(delivery: Delivery, eventResult: WebhookEventLog['eventResult']): void {
    this.#record(delivery, { eventResult });
  }

  #record(delivery: Delivery, step: Partial<WebhookEventLog>): void {
    delivery.log = { ...delivery.log, ...step, lastUpdateInstant: this.#parts.now() };
    if (delivery.logged) writeWebhookLog(delivery.log, this.#parts);
  }

  #isPast({ generation }: Delivery): boolean {
    return generation !== this.#generation;
  }

  #inBackground(work: Promise<void>): void {
    const watched = work
      .catch((error: unknown) => this.#parts.report(`sandbox: ${error instanceof Error ? error.stack : String(error)}`))
      .finally(() => this.#background.delete(watched));
    this.#background.add(watched);
  }

  async #wait(waitMs: number): Promise<void> {
    if (this.#hurried > 0) return;
    await new Promise<void>((resolve) => {
      const go = (): void => {
        clearTimeout(timer);
        this.#waits.delete(go);
        resolve();
      };
      const timer = setTimeout(go, waitMs);
      timer.unref();
      this.#waits.add(go);
    });
  }
}

/** Fields in alphabetical order, as the samples of the FusionAuth docs have them; what is not there is left out. */
function sorted(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([, value]) => value !== undefined)
      .toSorted(([left], [right]) => (left < right ? -1 : 1)),
  );
}

/** Status and text: FusionAuth docs extend/events-and-webhooks, "Transaction Failures". */
function transactionFailed(): Refusal {
  const message =
    'One or more webhooks returned an invalid response or were unreachable. Based on your transaction configuration, your action cannot be completed.';
  return new Refusal(504, { generalErrors: [{ code: '[WebhookTransactionException]', message }] });
}
