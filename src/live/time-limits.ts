/** Milliseconds that parts of one attempt may take. Waiting for a turn is in none of them. */
export interface TimeLimits {
  /** From the first packet to a connection that can be used: TCP, a proxy's tunnel and TLS each, not together. */
  readonly connectMs: number;
  /** From the request to the first byte of the answer; 0 = as long as the whole may take. */
  readonly headersMs: number;
  /** Between two parts of the answer's body; 0 = as long as the whole may take. */
  readonly bodyMs: number;
  /** From connecting to the last byte. */
  readonly totalMs: number;
}

/** The part of an attempt that took too long. `system` is a timeout of the operating system's own. */
export type TimedOut = 'connect' | 'headers' | 'body' | 'total' | 'system';

/** Milliseconds that connecting may take however long the rest may. */
const CONNECT_TIMEOUT_MS = 10_000;

/** What limits a user may give; those that are not given do not end anything before the total does. */
export interface TimeLimitOptions {
  readonly timeoutMs?: number | undefined;
  readonly timeouts?: Partial<Omit<TimeLimits, 'totalMs'>> | undefined;
}

/** The limits of an attempt with their defaults: 30 s in all, and 10 s of them to connect. */
export function timeLimits({ timeoutMs, timeouts }: TimeLimitOptions): TimeLimits {
  const totalMs = timeoutMs ?? 30_000;
  return {
    connectMs: timeouts?.connectMs ?? Math.min(totalMs, CONNECT_TIMEOUT_MS),
    headersMs: timeouts?.headersMs ?? 0,
    bodyMs: timeouts?.bodyMs ?? 0,
    totalMs,
  };
}

const PARTS: Readonly<Record<string, TimedOut>> = {
  UND_ERR_CONNECT_TIMEOUT: 'connect',
  UND_ERR_HEADERS_TIMEOUT: 'headers',
  UND_ERR_BODY_TIMEOUT: 'body',
  ETIMEDOUT: 'system',
};

/** Which time limit ended an attempt; undefined where none did. Codes of Node and undici (docs/docs/api/Errors.md). */
export function timedOut(cause: unknown): TimedOut | undefined {
  if (!(cause instanceof Error)) return undefined;
  const code = errorCode(cause);
  if (Object.hasOwn(PARTS, code)) return PARTS[code];
  // The signal of the whole attempt is `AbortSignal.timeout()`, which aborts with this name.
  return cause.name === 'TimeoutError' ? 'total' : undefined;
}

/** The code of an error, or of the one that caused it; empty where there is none. */
export function errorCode(cause: unknown): string {
  if (!(cause instanceof Error)) return '';
  // Node puts `code` on system and TLS errors without a type for it.
  const { code } = cause as { code?: unknown };
  if (typeof code === 'string') return code;
  return cause.cause === undefined ? '' : errorCode(cause.cause);
}
