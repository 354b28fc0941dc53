/** When an instance is taken for gone, and for how long nobody asks it. */
export interface BreakerPolicy {
  /** Failures in passing, one after the other with no answer between them, that open the circuit; at least 1. */
  readonly failures: number;
  /** Milliseconds that an open circuit lets nothing through. */
  readonly openMs: number;
}

/**
 * Whether requests go through: all of them (`closed`), none (`open`), or one that finds out whether the instance is
 * back (`probing`). Epoch milliseconds.
 */
export type Breaker =
  | { readonly state: 'closed'; readonly failures: number }
  | { readonly state: 'open'; readonly since: number }
  | { readonly state: 'probing'; readonly since: number };

/** What a request goes through as. */
export type Passage = 'ordinary' | 'probe';

export const closedBreaker: Breaker = { state: 'closed', failures: 0 };

/** Lets a request through and says as what, or gives the milliseconds until one may be let through. */
export function admit(
  breaker: Breaker,
  now: number,
  policy: BreakerPolicy,
): { readonly passage: Passage; readonly breaker: Breaker } | { readonly waitMs: number } {
  if (breaker.state === 'closed') return { passage: 'ordinary', breaker };
  if (breaker.state === 'probing') return { waitMs: 0 };
  const waited = now - breaker.since;
  // A clock that was set back must not keep the circuit open.
  if (waited >= 0 && waited < policy.openMs) return { waitMs: policy.openMs - waited };
  return { passage: 'probe', breaker: { state: 'probing', since: now } };
}

/** The breaker after an answer, whatever it says: the instance is there. */
export function afterAnswer(): Breaker {
  return closedBreaker;
}

/** The breaker after a failure in passing. What was sent before the circuit opened changes nothing about it any more. */
export function afterFailure(
  breaker: Breaker,
  failure: { readonly passage: Passage; readonly now: number },
  policy: BreakerPolicy,
): Breaker {
  const { passage, now } = failure;
  switch (breaker.state) {
    case 'closed': {
      const failures = breaker.failures + 1;
      return failures < policy.failures ? { state: 'closed', failures } : { state: 'open', since: now };
    }
    case 'open':
      return breaker;
    case 'probing':
      return passage === 'probe' ? { state: 'open', since: now } : breaker;
  }
}
