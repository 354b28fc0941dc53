import { KedgeError } from '../model/index.js';
import {
  admit,
  afterAnswer,
  afterFailure,
  type Breaker,
  type BreakerPolicy,
  closedBreaker,
  type Passage,
} from './circuit-breaker.js';
import { type RateLimit, takeToken, unusedRate } from './rate-limit.js';
import type { RequestNames } from './request-error.js';
import { type RetryClock, systemRetryClock } from './retry.js';
import { type RetryBudget, type RetryBudgetPolicy, unusedBudget, withRequest, withRetry } from './retry-budget.js';

/** What an instance is spared. */
export interface GateOptions {
  /** Requests that are started in a second at most, repeated ones included; no limit unless given. */
  readonly requestsPerSecond?: number | undefined;
  /** How many requests are in flight at once, so that one bad moment that hits them all is no sign of death. Default 8. */
  readonly concurrency?: number | undefined;
  /** Default: 20 % of the requests, and twice the concurrency but at least 10 beyond them. */
  readonly budget?: RetryBudgetPolicy | undefined;
  /** Default: open for 10 s after twice the concurrency, but at least 10 failures in a row. */
  readonly breaker?: BreakerPolicy | undefined;
  readonly clock?: RetryClock | undefined;
}

/**
 * What stands between kedge and one instance: how fast it is asked, how much is repeated, and when it is left alone.
 * Reads and writes, and all transports of an instance, go through the same one. A class, for it lives as long as they.
 */
export class Gate {
  readonly #clock: RetryClock;
  readonly #perSecond: number | undefined;
  readonly #budgetPolicy: RetryBudgetPolicy;
  readonly #breakerPolicy: BreakerPolicy;
  #rate: RateLimit = unusedRate;
  #budget: RetryBudget = unusedBudget;
  #breaker: Breaker = closedBreaker;
  #lastFailure: KedgeError | undefined;

  constructor(options: GateOptions = {}) {
    const blip = Math.max(10, 2 * (options.concurrency ?? 8));
    this.#clock = options.clock ?? systemRetryClock;
    this.#perSecond = options.requestsPerSecond;
    this.#budgetPolicy = options.budget ?? { floor: blip, share: 0.2 };
    this.#breakerPolicy = options.breaker ?? { failures: blip, openMs: 10_000 };
  }

  /**
   * Waits for a request's turn.
   * @throws {@link KedgeError} `live/circuit-open`, at once, while the instance is left alone.
   */
  async enter(names: RequestNames): Promise<Passage> {
    // Asked before the wait as well: what will not be sent need not wait for a turn, or take one from others.
    this.#admit(names);
    if (this.#perSecond !== undefined) {
      const { waitMs, limit } = takeToken(this.#rate, this.#clock.now(), this.#perSecond);
      this.#rate = limit;
      if (waitMs > 0) await this.#clock.sleep(waitMs);
    }
    const { passage, breaker } = this.#admit(names);
    this.#breaker = breaker;
    return passage;
  }

  /** Notes that one more request, not a repeated one, is made. */
  countRequest(): void {
    this.#budget = withRequest(this.#budget);
  }

  /** Whether something may be sent once more; if so, it counts as sent. */
  takeRetry(): boolean {
    const budget = withRetry(this.#budget, this.#budgetPolicy);
    if (budget === undefined) return false;
    this.#budget = budget;
    return true;
  }

  /** Notes that the instance answered, whatever it said. */
  answered(): void {
    this.#breaker = afterAnswer();
  }

  /** Notes a failure in passing. */
  failed(passage: Passage, error: KedgeError): void {
    this.#lastFailure = error;
    this.#breaker = afterFailure(this.#breaker, { passage, now: this.#clock.now() }, this.#breakerPolicy);
  }

  #admit(names: RequestNames): { readonly passage: Passage; readonly breaker: Breaker } {
    const admission = admit(this.#breaker, this.#clock.now(), this.#breakerPolicy);
    if ('passage' in admission) return admission;
    const { method, path, requestId } = names;
    const again =
      admission.waitMs === 0
        ? 'one request is finding out'
        : `in ${Math.ceil(admission.waitMs / 1000)} s one request may`;
    // Only a failure opens the circuit, so there is a last one.
    const last = this.#lastFailure?.message ?? '';
    throw new KedgeError({
      code: 'live/circuit-open',
      message: `${method} ${path} was not sent (request ${requestId}), because nothing got an answer any more; the last failure: ${last}`,
      hint: `see that the instance is up, then run this again; whether it is back, ${again}`,
      cause: this.#lastFailure,
      details: { ...names, retryable: true, serverErrors: [] },
    });
  }
}
