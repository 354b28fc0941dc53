import { isJsonObject, KedgeError, type KedgeErrorCode, type Redactor, type ServerError } from '../model/index.js';

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

/** Codes of Node and undici for a socket that did not answer in time. */
const TIMEOUT_CODES: ReadonlySet<string> = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'ETIMEDOUT',
]);

/** Codes of OpenSSL by way of Node (doc/api/tls.md, "X509 certificate error codes"): waiting does not mend these. */
const CERTIFICATE_CODES =
  /^(UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CERT_|ERR_TLS_|ERR_SSL_|ERR_OSSL_|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH|EPROTO)/;

/** The error for a request that got no answer. */
export function noAnswerError(
  names: RequestNames,
  input: { readonly cause: unknown; readonly timeoutMs: number },
): KedgeError {
  const { cause, timeoutMs } = input;
  const code = codeOf(cause);
  const where = `${names.method} ${names.path} (request ${names.requestId})`;
  const details = { ...names, serverErrors: [] };
  if (isTimeout(cause, code)) {
    return new KedgeError({
      code: 'live/timeout',
      message: `the instance did not answer ${where} within ${timeoutMs} ms`,
      hint: 'raise instance.timeoutMs if the instance is only slow',
      cause,
      details: { ...details, retryable: true },
    });
  }
  const certificate = CERTIFICATE_CODES.test(code);
  return new KedgeError({
    code: 'live/unreachable',
    message: `the instance could not be reached for ${where}: ${code === '' ? 'the connection failed' : code}`,
    hint: certificate
      ? 'check instance.ca and instance.clientCertificate, and that the certificate is for this host name'
      : 'check instance.url, and that this machine may connect to it',
    cause,
    details: { ...details, retryable: !certificate && code !== 'ENOTFOUND' },
  });
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
  },
): KedgeError {
  const { status, retryAfterMs } = input;
  const serverErrors = parseServerErrors(input.body, input.redactor);
  const said = serverErrors.map((error) => `${error.message} ${error.code}`.trim()).join('; ');
  const what = `${names.method} ${names.path}`;
  const kind = refusal({ status, what, serverErrors });
  return new KedgeError({
    code: kind.code,
    message: `${kind.message}${said === '' ? '' : `: ${said}`} (request ${names.requestId})`,
    ...(kind.hint !== undefined && { hint: kind.hint }),
    details: {
      ...names,
      status,
      retryable: RETRYABLE_STATUS.has(status),
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
  readonly serverErrors: readonly ServerError[];
}): Refusal {
  const { status, what, serverErrors } = answer;
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
      hint: `give the key the permission for ${what}; a key of one tenant may not use endpoints of the whole instance`,
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
      hint: 'lower instance.concurrency',
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

function codeOf(cause: unknown): string {
  if (!(cause instanceof Error)) return '';
  // Node puts `code` on system and TLS errors without a type for it.
  const { code } = cause as { code?: unknown };
  if (typeof code === 'string') return code;
  return cause.cause === undefined ? '' : codeOf(cause.cause);
}

function isTimeout(cause: unknown, code: string): boolean {
  return TIMEOUT_CODES.has(code) || (cause instanceof Error && cause.name === 'TimeoutError');
}
