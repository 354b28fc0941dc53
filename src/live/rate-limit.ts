/**
 * A token bucket that holds one token: requests are spaced evenly, so that in no second more are sent than asked for.
 * Epoch milliseconds.
 */
export interface RateLimit {
  /** When the next token is there. */
  readonly nextAt: number;
  /** When the last one was asked for. */
  readonly askedAt: number;
}

export const unusedRate: RateLimit = { nextAt: Number.NEGATIVE_INFINITY, askedAt: Number.NEGATIVE_INFINITY };

/**
 * Takes the next token, which may be one that is not there yet.
 * @param perSecond - more than 0; 0.5 is one every two seconds.
 * @returns the milliseconds until it is there.
 */
export function takeToken(
  limit: RateLimit,
  now: number,
  perSecond: number,
): { readonly waitMs: number; readonly limit: RateLimit } {
  // A clock that was set back takes what is booked back with it: else everybody would wait for it to catch up.
  const setBack = Math.max(0, limit.askedAt - now);
  const at = Math.max(now, limit.nextAt - setBack);
  return { waitMs: at - now, limit: { nextAt: at + 1000 / perSecond, askedAt: now } };
}
