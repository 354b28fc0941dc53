/** How much of a run may be repetition, so that an instance that is going down is not hammered. */
export interface RetryBudgetPolicy {
  /** Repetitions that are always there. */
  readonly floor: number;
  /** Repetitions per request beyond them, from 0 to 1. */
  readonly share: number;
}

/** What a run has sent and repeated so far. */
export interface RetryBudget {
  /** Requests, each counted once however often it was repeated. */
  readonly requests: number;
  readonly retries: number;
}

export const unusedBudget: RetryBudget = { requests: 0, retries: 0 };

/** The budget after one more request. */
export function withRequest(budget: RetryBudget): RetryBudget {
  return { ...budget, requests: budget.requests + 1 };
}

/** The budget after one more repetition; undefined where none is left. */
export function withRetry(budget: RetryBudget, policy: RetryBudgetPolicy): RetryBudget | undefined {
  if (budget.retries + 1 > policy.floor + policy.share * budget.requests) return undefined;
  return { ...budget, retries: budget.retries + 1 };
}
