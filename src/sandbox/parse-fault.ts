import type { Fault } from './fault.js';
import { isRecord } from './kinds/normal-text.js';

/** A fault that is none. */
export class FaultError extends Error {
  override readonly name: string = 'FaultError';
}

/** Says what is wrong with a value, or nothing. */
type Check = (value: unknown) => string | undefined;

const wholeNumber: Check = (value) =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? undefined : 'is a whole number from 0';
const statusCode: Check = (value) =>
  typeof value === 'number' && Number.isInteger(value) && value >= 200 && value <= 599
    ? undefined
    : 'is from 200 to 599';
const chance: Check = (value) =>
  typeof value === 'number' && value > 0 && value <= 1 ? undefined : 'is a number above 0 and up to 1';
const text: Check = (value) => (typeof value === 'string' && value !== '' ? undefined : 'is a text');
const template: Check = (value) =>
  typeof value === 'string' && value.startsWith('/') ? undefined : 'is a path such as /api/tenant/{tenantId}';
const moment: Check = (value) => (value === 'before' || value === 'after' ? undefined : 'is before or after');
const seconds: Check = (value) =>
  wholeNumber(value) === undefined || text(value) === undefined ? undefined : 'is a number of seconds or an HTTP date';
const headerValue: Check = (value) =>
  typeof value === 'string' && /^[\x20-\x7e]+$/.test(value) ? undefined : 'is the value of a header';
const anything: Check = () => undefined;
const pattern: Check = (value) => {
  if (typeof value !== 'string') return 'is a text';
  try {
    new RegExp(value);
    return undefined;
  } catch {
    return `is no regular expression: ${value}`;
  }
};

/** What every fault may say. */
const matching: Readonly<Record<string, Check>> = {
  count: wholeNumber,
  jitterMs: wholeNumber,
  latencyMs: wholeNumber,
  method: text,
  path: pattern,
  probability: chance,
  route: template,
  seed: wholeNumber,
  skip: wholeNumber,
};

/** What a kind of fault may say besides, and what it must say. */
const kinds: Readonly<
  Record<Fault['kind'], { readonly may: Readonly<Record<string, Check>>; readonly must?: string }>
> = {
  contentType: { may: { contentType: headerValue } },
  html: { may: { status: statusCode, when: moment } },
  latency: { may: {} },
  reset: { may: { when: moment } },
  restart: { may: { durationMs: wholeNumber, when: moment } },
  slowBody: { may: { durationMs: wholeNumber }, must: 'durationMs' },
  status: { may: { body: anything, retryAfter: seconds, status: statusCode, when: moment }, must: 'status' },
  truncate: { may: {} },
};

function isKind(value: unknown): value is Fault['kind'] {
  return typeof value === 'string' && Object.hasOwn(kinds, value);
}

/**
 * Reads a fault that comes from outside.
 * @throws {@link FaultError} saying the first thing that is wrong with it.
 */
export function parseFault(value: unknown): Fault {
  if (!isRecord(value)) throw new FaultError('a fault is an object');
  const { kind } = value;
  if (!isKind(kind)) throw new FaultError(`"kind" is one of ${Object.keys(kinds).join(', ')}`);
  const { may, must } = kinds[kind];
  const checks = { ...matching, ...may };
  for (const [name, given] of Object.entries(value)) {
    if (name === 'kind' || given === undefined) continue;
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
    if (check === undefined) {
      throw new FaultError(
        `a fault of kind ${kind} has no "${name}"; it has ${Object.keys(checks).toSorted().join(', ')}`,
      );
    }
    const wrong = check(given);
    if (wrong !== undefined) throw new FaultError(`"${name}" ${wrong}`);
  }
  if (must !== undefined && value[must] === undefined) throw new FaultError(`"${must}" is missing`);
  // `as`: each field was looked at just now.
  return value as unknown as Fault;
}

/** Fields that are texts even when they look like numbers. */
const texts: ReadonlySet<string> = new Set(['contentType', 'method', 'path', 'route', 'when']);

/**
 * Reads a fault as `--fault` takes it: JSON, or a short form of a kind or status and then `name=value`, such as
 * `429,route=/api/tenant,count=2,retryAfter=1` or `restart,durationMs=500`. A value with a comma needs JSON.
 * @throws {@link FaultError} with the text and what is wrong with it.
 */
export function readFault(written: string): Fault {
  try {
    return parseFault(written.trimStart().startsWith('{') ? parseJson(written) : fieldsOf(written));
  } catch (error) {
    if (error instanceof FaultError) throw new FaultError(`fault "${written}": ${error.message}`, { cause: error });
    throw error;
  }
}

function parseJson(written: string): unknown {
  try {
    // `as`: looked at by the caller.
    return JSON.parse(written) as unknown;
  } catch (cause) {
    throw new FaultError(`is no JSON: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

function fieldsOf(written: string): Readonly<Record<string, unknown>> {
  const [first = '', ...rest] = written.split(',').map((part) => part.trim());
  const start = /^\d{3}$/.test(first) ? { kind: 'status', status: Number(first) } : { kind: first };
  const fields = rest.map((part) => {
    const at = part.indexOf('=');
    if (at < 1) throw new FaultError(`"${part}" is not written name=value`);
    const [name, value] = [part.slice(0, at), part.slice(at + 1)];
    const isNumber = !texts.has(name) && /^\d+(?:\.\d+)?$/.test(value);
    return [name, isNumber ? Number(value) : value] as const;
  });
  return { ...start, ...Object.fromEntries(fields) };
}
