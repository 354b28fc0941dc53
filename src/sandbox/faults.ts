import { isRecord } from './kinds/normal-text.js';

/** Which requests a fault is for, and how many of them. */
export interface FaultMatch {
  /** `GET`, `POST`, …; absent: any. */
  readonly method?: string;
  /** A regular expression that the path (without query) must contain a match of; absent: any. */
  readonly path?: string;
  /** So many requests, default 1; 0 for all until the fault is taken away. */
  readonly count?: number;
  /** So many matching requests pass before the fault begins, default 0. */
  readonly skip?: number;
  /** Waits so long first, in milliseconds, default 0. */
  readonly latencyMs?: number;
}

/** `before`: the request is not carried out. `after`: it is, and only its answer is lost. */
export type FaultMoment = 'after' | 'before';

/** Something that goes wrong between a client and a server. */
export type Fault = FaultMatch &
  (
    | {
        /** Another status, such as 429, 500 or 503, with an empty body or `body` as JSON. Default moment `before`. */
        readonly kind: 'status';
        readonly status: number;
        /** The `Retry-After` header: seconds, or an HTTP date. */
        readonly retryAfter?: number | string;
        readonly body?: unknown;
        readonly when?: FaultMoment;
      }
    /** Only waits `latencyMs`; the answer is the right one. */
    | { readonly kind: 'latency' }
    /** Cuts the connection with RST. Default moment `before`. */
    | { readonly kind: 'reset'; readonly when?: FaultMoment }
    /** Carries the request out, announces the whole body, sends half of it and cuts the connection. */
    | { readonly kind: 'truncate' }
    /** A page of HTML instead of the answer, as proxies send. Default status 200, moment `before`. */
    | { readonly kind: 'html'; readonly status?: number; readonly when?: FaultMoment }
    /** Carries the request out and sends the body in pieces over `durationMs` milliseconds. */
    | { readonly kind: 'slowBody'; readonly durationMs: number }
  );

/** A fault that is none. */
export class FaultError extends Error {
  override readonly name: string = 'FaultError';
}

interface Armed {
  readonly fault: Fault;
  readonly path: RegExp | undefined;
  skip: number;
  /** Infinity for all. */
  left: number;
}

/** Faults in the order they were given; the first that fits a request is the one it meets. */
export class Faults {
  #armed: Armed[] = [];

  add(fault: Fault): void {
    this.#armed.push({
      fault,
      path: fault.path === undefined ? undefined : new RegExp(fault.path),
      skip: fault.skip ?? 0,
      left: fault.count === 0 ? Number.POSITIVE_INFINITY : (fault.count ?? 1),
    });
  }

  clear(): void {
    this.#armed = [];
  }

  /** The faults that are still to come. */
  list(): readonly Fault[] {
    return this.#armed.map(({ fault }) => fault);
  }

  /** The fault a request meets, which counts as met. */
  take(method: string, path: string): Fault | undefined {
    for (const armed of this.#armed) {
      if (armed.fault.method !== undefined && armed.fault.method.toUpperCase() !== method) continue;
      if (armed.path?.test(path) === false) continue;
      if (armed.skip > 0) {
        armed.skip -= 1;
        continue;
      }
      armed.left -= 1;
      if (armed.left <= 0) this.#armed = this.#armed.filter((other) => other !== armed);
      return armed.fault;
    }
    return undefined;
  }
}

const numbers = ['count', 'durationMs', 'latencyMs', 'skip', 'status'] as const;
const texts = ['method', 'path'] as const;
const kinds = ['html', 'latency', 'reset', 'slowBody', 'status', 'truncate'];

/**
 * Reads a fault that came over the wire.
 * @throws {@link FaultError} saying what is wrong with it.
 */
export function parseFault(value: unknown): Fault {
  if (!isRecord(value)) throw new FaultError('a fault is an object');
  if (!kinds.includes(String(value['kind']))) throw new FaultError(`"kind" is one of ${kinds.join(', ')}`);
  for (const name of numbers) {
    const number = value[name];
    if (number !== undefined && (typeof number !== 'number' || !Number.isInteger(number) || number < 0)) {
      throw new FaultError(`"${name}" is a whole number from 0`);
    }
  }
  for (const name of texts) {
    if (value[name] !== undefined && typeof value[name] !== 'string') throw new FaultError(`"${name}" is a text`);
  }
  if (value['when'] !== undefined && value['when'] !== 'before' && value['when'] !== 'after') {
    throw new FaultError('"when" is before or after');
  }
  const { status } = value;
  if (typeof status === 'number' && (status < 200 || status > 599)) throw new FaultError('"status" is from 200 to 599');
  if (value['kind'] === 'status' && status === undefined) throw new FaultError('"status" is missing');
  if (value['kind'] === 'slowBody' && value['durationMs'] === undefined)
    throw new FaultError('"durationMs" is missing');
  if (typeof value['path'] === 'string') {
    try {
      new RegExp(value['path']);
    } catch (cause) {
      throw new FaultError(`"path" is no regular expression: ${value['path']}`, { cause });
    }
  }
  // `as`: each field was looked at just now.
  return value as unknown as Fault;
}
