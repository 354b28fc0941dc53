import type { Switches } from './switches.js';

/** One error of an answer. `code` is `[kind]field.path` for a field and `[Kind]` for the request as a whole. */
interface ApiErrorEntry {
  readonly code: string;
  readonly message: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

/**
 * The body of an answer with status 400 and above. `fieldErrors` is a map, though the published OpenAPI says list.
 * Source: FusionAuth docs apis/errors; fusionauth-client-builder `Errors`.
 */
export interface ApiErrors {
  readonly fieldErrors?: Readonly<Record<string, readonly ApiErrorEntry[]>>;
  readonly generalErrors?: readonly ApiErrorEntry[];
}

/** A mistake in a request. */
export interface Problem {
  /** A dotted path below the place that `at` names; of no meaning for `general`. */
  readonly field: string;
  /** The word in brackets: `blank`, `missing`, `duplicate`, `invalid`, `tooLong`, `couldNotConvert`, `notLicensed`, … */
  readonly kind: string;
  /** The field as the code has it, where that is another one: a list, without the place in it. */
  readonly codeField?: string;
  /** A sentence for people; clients must not read it. */
  readonly message: string;
  readonly data?: Readonly<Record<string, unknown>>;
  /** No document names the code, or the field. */
  readonly madeUp?: true;
  /** Below the kind's wrapper (`tenant.…`, the default), below the request itself, or of no field at all. */
  readonly at?: 'general' | 'object' | 'request';
}

/** The answer a handler gives by throwing: a status, and `Errors` for those statuses that have a body. */
export class Refusal extends Error {
  override readonly name: string = 'Refusal';
  readonly status: number;
  readonly errors: ApiErrors | undefined;
  /** The same with nothing in it that is made up. UNVERIFIED (switch undocumentedErrors). */
  readonly documented: ApiErrors | undefined;

  constructor(status: number, errors?: ApiErrors, documented: ApiErrors | undefined = errors) {
    super(`the request is refused with ${status}${errors === undefined ? '' : `: ${JSON.stringify(errors)}`}`);
    this.status = status;
    this.errors = errors;
    this.documented = documented;
  }
}

/** The errors of a refusal as an instance answers them. */
export function errorsOf(
  { errors, documented }: Pick<Refusal, 'documented' | 'errors'>,
  { switches }: { readonly switches: Pick<Switches, 'undocumentedErrors'> },
): ApiErrors | undefined {
  return switches.undocumentedErrors === 'likely' ? errors : documented;
}

/** No such object: status 404 with an empty body (FusionAuth docs apis). */
export function notFound(): Refusal {
  return new Refusal(404);
}

/** Missing, unknown, expired or forbidden key: status 401 with an empty body (FusionAuth docs apis/authentication). */
export function unauthorized(): Refusal {
  return new Refusal(401);
}

/** A call as a tenant where there can be none: status 403 with an empty body (FusionAuth docs apis/tenant-manager). */
export function forbidden(): Refusal {
  return new Refusal(403);
}

/** Something that FusionAuth can do and the sandbox cannot: status 501 (FusionAuth docs apis, status codes). */
export function notImplemented(message: string): Refusal {
  return new Refusal(501, { generalErrors: [{ code: '[NotImplemented]', message }] });
}

/** Status 400 with all problems in one `Errors`. @param wrapper - what fields of the object are prefixed with. */
export function invalid(problems: readonly Problem[], wrapper: string): Refusal {
  const documented = problems.map((problem): Problem =>
    problem.madeUp === true ? { ...problem, kind: 'Unknown', at: 'general' } : problem,
  );
  return new Refusal(400, listed(problems, wrapper), listed(documented, wrapper));
}

/** Problems with codes that no document names. UNVERIFIED (switch undocumentedErrors). */
export function madeUp(problems: readonly Problem[]): readonly Problem[] {
  return problems.map((problem) => ({ ...problem, madeUp: true }));
}

function listed(problems: readonly Problem[], wrapper: string): ApiErrors {
  const fieldErrors: Record<string, ApiErrorEntry[]> = {};
  const generalErrors: ApiErrorEntry[] = [];
  for (const { field, codeField = field, kind, message, data, at = 'object' } of problems) {
    const below = (name: string): string => (at === 'request' || wrapper === '' ? name : `${wrapper}.${name}`);
    const path = below(field);
    const entry = (code: string): ApiErrorEntry => ({ code, message, ...(data === undefined ? {} : { data }) });
    if (at === 'general') generalErrors.push(entry(`[${kind}]`));
    else if (kind === 'invalidJSON') (fieldErrors[path] ??= []).push(entry('[invalidJSON]'));
    else (fieldErrors[path] ??= []).push(entry(`[${kind}]${below(codeField)}`));
  }
  return {
    ...(Object.keys(fieldErrors).length === 0 ? {} : { fieldErrors }),
    ...(generalErrors.length === 0 ? {} : { generalErrors }),
  };
}

/** Status 400 with one general error. */
export function generalError(kind: string, message: string): Refusal {
  return invalid([{ field: '', kind, message, at: 'general' }], '');
}

/** Status 400 with one error about a parameter of the URI or the query, or a field beside the object. */
export function parameterError(kind: string, parameter: string, message: string): Refusal {
  return invalid([{ field: parameter, kind, message, at: 'request' }], '');
}

/** A value of the query that should be a number and is none: the code is that of any value not convertible, the message ours. */
export function badNumber(parameter: string, value: string): Refusal {
  return parameterError('couldNotConvert', parameter, `Invalid ${parameter} [${value}]. This must be a whole number.`);
}

/** As {@link parameterError}, with a code that no document names. UNVERIFIED (switch undocumentedErrors). */
export function madeUpError(kind: string, parameter: string, message: string): Refusal {
  return invalid([{ field: parameter, kind, message, at: 'request', madeUp: true }], '');
}

/** Status 400 with a general error whose code no document names. UNVERIFIED (switch undocumentedErrors). */
export function madeUpGeneralError(kind: string, message: string): Refusal {
  return invalid([{ field: '', kind, message, at: 'general', madeUp: true }], '');
}

/** A value that should be a UUID and is none. Message as FusionAuth words it. */
export function badUuid(parameter: string, value: string): Refusal {
  return parameterError(
    'couldNotConvert',
    parameter,
    `Invalid ${parameter} [${value}]. This must be a valid UUID String (e.g. 25a872da-bb44-4af8-a43d-e7bcb5351ebc).`,
  );
}
