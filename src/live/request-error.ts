import {
  isJsonObject,
  KedgeError,
  type KedgeErrorCode,
  type Permission,
  permissionOf,
  permissionText,
  type Redactor,
  type ServerError,
} from '../model/index.js';
import { ProxyError } from './proxy.js';
import { errorCode, type TimedOut, timedOut, type TimeLimits } from './time-limits.js';

/** The request an error is about. */
export interface RequestNames {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly requestId: string;
}

/** The longest text of the instance that a message repeats. */
const MAX_SERVER_TEXT = 300;

const RETRYABLE_STATUS: ReadonlySet<number> = new Set([429, 500, 502, 503, 504]);

/** Codes of OpenSSL by way of Node (doc/api/tls.md, "X509 certificate error codes"): waiting does not mend these. */
const CERTIFICATE_CODES =
  /^(UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CERT_|ERR_TLS_|ERR_SSL_|ERR_OSSL_|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH|EPROTO)/;

/** Of Node: no such host, or no such socket. Waiting does not mend these either. */
const LASTING_CODES: ReadonlySet<string> = new Set(['ENOTFOUND', 'ENOENT', 'EACCES']);

/** The error for a request that got no answer. `proxy` is the address of the proxy on the way, if there is one. */
export function noAnswerError(
  names: RequestNames,
  input: { readonly cause: unknown; readonly limits: TimeLimits; readonly proxy?: string | undefined },
): KedgeError {
  const { cause, limits } = input;
  if (cause instanceof ProxyError) return proxyError(names, cause, input);
  const where = whereText(names);
  const details = { ...names, serverErrors: [] };
  const part = timedOut(cause);
  if (part !== undefined) {
    const { message, hint } = timeoutTexts(where, limits)[part];
    return new KedgeError({ code: 'live/timeout', message, hint, cause, details: { ...details, retryable: true } });
  }
  const code = errorCode(cause);
  const certificate = CERTIFICATE_CODES.test(code);
  return new KedgeError({
    code: 'live/unreachable',
    message: `the instance could not be reached for ${where}: ${code === '' ? 'the connection failed' : code}`,
    hint: certificate
      ? 'check instance.ca and instance.clientCertificate, and that the certificate is for this host name'
      : 'check instance.url, and that this machine may connect to it',
    cause,
    details: { ...details, retryable: !certificate && !LASTING_CODES.has(code) },
  });
}

/** The same failure, saying why it is the last: repeating everything would bring down an instance that is going down. */
export function budgetSpentError(error: KedgeError): KedgeError {
  const { code, message, cause, details } = error;
  const hint = 'not sent again: too much of this run was repetition already; see how the instance is doing';
  return new KedgeError({ code, message, hint, cause, ...(details && { details }) });
}

/** What each time limit says, and which setting raises it. */
function timeoutTexts(
  where: string,
  limits: TimeLimits,
): Readonly<Record<TimedOut, { readonly message: string; readonly hint: string }>> {
  return {
    connect: {
      message: `no connection to the instance was made for ${where} within ${limits.connectMs} ms`,
      hint: 'check that this machine may connect to it; raise instance.timeouts.connectMs if the way is only long',
    },
    headers: {
      message: `the instance did not begin to answer ${where} within ${limits.headersMs} ms`,
      hint: 'raise instance.timeouts.headersMs if the instance is only slow',
    },
    body: {
      message: `the answer to ${where} stopped: nothing more came for ${limits.bodyMs} ms`,
      hint: 'raise instance.timeouts.bodyMs if the way to the instance is only slow',
    },
    total: {
      message: `the instance did not answer ${where} within ${limits.totalMs} ms`,
      hint: 'raise instance.timeoutMs if the instance is only slow',
    },
    system: {
      message: `the connection to the instance timed out for ${where}`,
      hint: 'check instance.url, and that this machine may connect to it',
    },
  };
}

/** The error for a request that got no further than the proxy. Never with the proxy's user or password. */
function proxyError(
  names: RequestNames,
  cause: ProxyError,
  way: { readonly limits: TimeLimits; readonly proxy?: string | undefined },
): KedgeError {
  const proxy = `the proxy ${way.proxy ?? ''}`.trimEnd();
  const { message, hint, retryable } = proxyTexts(proxy, cause, way.limits);
  return new KedgeError({
    code: 'live/proxy-failed',
    message: `${message}, so ${whereText(names)} did not get to the instance`,
    hint,
    cause,
    details: { ...names, retryable, serverErrors: [] },
  });
}

function proxyTexts(
  proxy: string,
  { status, cause }: ProxyError,
  limits: TimeLimits,
): { readonly message: string; readonly hint: string; readonly retryable: boolean } {
  if (status === 407) {
    const hint = 'check instance.proxy.user and instance.proxy.password';
    return { message: `${proxy} wants a user and password, or other ones (407)`, hint, retryable: false };
  }
  if (status !== undefined) {
    const message = `${proxy} refused to connect (${status})`;
    return status >= 500
      ? { message, hint: 'it may be that the proxy cannot reach the instance', retryable: status !== 501 }
      : { message, hint: 'ask who runs the proxy to allow the host and port of instance.url', retryable: false };
  }
  const hint = 'check instance.proxy, and that this machine may connect to it';
  if (timedOut(cause) !== undefined) {
    return { message: `${proxy} made no connection within ${limits.connectMs} ms`, hint, retryable: true };
  }
  const code = errorCode(cause);
  const message = `${proxy} could not be reached: ${code === '' ? 'the connection failed' : code}`;
  return { message, hint, retryable: !CERTIFICATE_CODES.test(code) && !LASTING_CODES.has(code) };
}

function whereText(names: RequestNames): string {
  return `${names.method} ${names.path} (request ${names.requestId})`;
}

/** The error for an answer that is not what the API gives: no JSON, cut off, too large, a redirect. */
export function badResponseError(
  names: RequestNames,
  input: {
    readonly status: number;
    readonly why: string;
    readonly hint?: string;
    readonly cause?: unknown;
    readonly retryable?: boolean;
  },
): KedgeError {
  return new KedgeError({
    code: 'live/bad-response',
    message: `${names.method} ${names.path} was answered ${input.status}, but ${input.why} (request ${names.requestId})`,
    hint: input.hint ?? 'check that instance.url is FusionAuth itself, and what stands in front of it',
    cause: input.cause,
    details: { ...names, status: input.status, retryable: input.retryable ?? false, serverErrors: [] },
  });
}

/** The error for an answer that refuses. `body` is only searched for the API's own `Errors`; it is never repeated. */
export function refusedError(
  names: RequestNames,
  input: {
    readonly status: number;
    readonly body: unknown;
    readonly redactor: Redactor;
    readonly retryAfterMs?: number | undefined;
    /** True when there is another key now than the one that was refused. */
    readonly keyChanged?: boolean;
  },
): KedgeError {
  const { status, retryAfterMs, keyChanged = false } = input;
  const serverErrors = parseServerErrors(input.body, input.redactor);
  const said = serverErrors.map((error) => `${error.message} ${error.code}`.trim()).join('; ');
  const what = `${names.method} ${names.path}`;
  const kind = refusal({ status, what, permission: permissionOf(names), serverErrors });
  return new KedgeError({
    code: kind.code,
    message: `${kind.message}${said === '' ? '' : `: ${said}`} (request ${names.requestId})`,
    ...(kind.hint !== undefined && { hint: kind.hint }),
    details: {
      ...names,
      status,
      retryable: RETRYABLE_STATUS.has(status) || keyChanged,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
      serverErrors,
    },
  });
}

interface Refusal {
  readonly code: KedgeErrorCode;
  readonly message: string;
  readonly hint?: string;
}

/** FusionAuth's code for a feature without a licence, or one that the licence does not include (fusionauth-issues #1555). */
const NOT_LICENSED = /^\[notLicensed(For)?\]/;

function refusal(answer: {
  readonly status: number;
  readonly what: string;
  readonly permission: Permission;
  readonly serverErrors: readonly ServerError[];
}): Refusal {
  const { status, what, permission, serverErrors } = answer;
  if (status === 400 && serverErrors.some((error) => NOT_LICENSED.test(error.code))) {
    return {
      code: 'live/not-licensed',
      message: `the licence of the instance does not include what ${what} asks for`,
      hint: 'activate a licence that includes it, or take it out of this environment',
    };
  }
  if (status === 401) {
    return {
      code: 'live/unauthorized',
      message: `the API key is missing or invalid, or may not ${what}`,
      hint: `give the key ${permissionText(permission)}; a key of one tenant may not use endpoints of the whole instance; kedge permissions prints all that it needs`,
    };
  }
  if (status === 403) return { code: 'live/forbidden', message: `the instance forbids ${what}` };
  if (status === 404) return { code: 'live/not-found', message: `the instance has nothing at ${what}` };
  if (status === 409)
    return { code: 'live/conflict', message: `somebody else was writing at the same time as ${what}` };
  if (status === 429) {
    return {
      code: 'live/server-error',
      message: `the instance asks for fewer requests than ${what}`,
      hint: 'lower instance.requestsPerSecond or instance.concurrency',
    };
  }
  if (status >= 500)
    return { code: 'live/server-error', message: `the instance failed at ${what} with status ${status}` };
  return { code: 'live/rejected', message: `the instance rejected ${what} with status ${status}` };
}

/**
 * The complaints in an `Errors` body (`fieldErrors` is a map of lists, `generalErrors` a list; either may be absent),
 * with known secrets taken out: a server that could not parse a body quotes from it.
 */
function parseServerErrors(body: unknown, redactor: Redactor): readonly ServerError[] {
  if (!isJsonObject(body)) return [];
  const clean = (text: unknown): string => (typeof text === 'string' ? cut(redactor.redact(text)) : '');
  const list = (items: unknown, field?: string): readonly ServerError[] =>
    !Array.isArray(items)
      ? []
      : items.filter(isJsonObject).map((item) => ({
          ...(field !== undefined && { field: clean(field) }),
          code: clean(item['code']),
          message: clean(item['message']),
        }));
  const fields = isJsonObject(body['fieldErrors']) ? Object.entries(body['fieldErrors']) : [];
  return [...fields.flatMap(([field, items]) => list(items, field)), ...list(body['generalErrors'])];
}

function cut(text: string): string {
  return text.length <= MAX_SERVER_TEXT ? text : `${text.slice(0, MAX_SERVER_TEXT)}…`;
}
