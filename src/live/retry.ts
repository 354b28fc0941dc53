/** How often and how patiently something that may succeed later is tried again. */
export interface RetryPolicy {
  /** How often in all, the first time included; 1 = never again. Default 5. */
  readonly attempts: number;
  /** Milliseconds that the first wait is at most; each later one doubles. Default 200. */
  readonly baseMs: number;
  /** Milliseconds that no wait exceeds, the instance's own `Retry-After` included. Default 30 000. */
  readonly maxMs: number;
}

/** Where waiting and chance come from. */
export interface RetryClock {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** At least 0, less than 1. */
  readonly random: () => number;
  /** Waits so many milliseconds. */
  readonly sleep: (ms: number) => Promise<void>;
}

export const defaultRetryPolicy: RetryPolicy = { attempts: 5, baseMs: 200, maxMs: 30_000 };

export const systemRetryClock: RetryClock = {
  now: () => Date.now(),
  random: () => Math.random(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/**
 * Milliseconds to wait after a failure: what the instance asked for, else exponential backoff of which the lower half is
 * sure and the upper half is chance, so that many clients do not come back together.
 * @param failure.attempt - how many attempts have failed, from 1.
 */
export function retryDelay(
  failure: { readonly attempt: number; readonly retryAfterMs?: number | undefined },
  policy: RetryPolicy,
  random: () => number,
): number {
  if (failure.retryAfterMs !== undefined) return Math.min(failure.retryAfterMs, policy.maxMs);
  const most = Math.min(policy.baseMs * 2 ** (failure.attempt - 1), policy.maxMs);
  return most / 2 + (most / 2) * random();
}

/**
 * Milliseconds that a `Retry-After` header asks for (RFC 9110 §10.2.3: seconds, or an HTTP date); undefined where it is
 * absent or says nothing. A date that has passed is 0.
 */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  // Only dates of the form RFC 9110 asks for; `Date.parse` alone would also take `-1` for a date.
  const date = /^[A-Za-z]{3,9},? /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
