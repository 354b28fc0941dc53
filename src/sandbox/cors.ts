import type { Instance } from './kind.js';
import { isRecord } from './kinds/normal-text.js';
import type { Fields } from './store.js';

/** What the filter makes of a request: an answer of its own, or headers for the answer it gets. */
export type CorsVerdict =
  | { readonly answer: Response; readonly headers?: never }
  | { readonly headers: Readonly<Record<string, string>>; readonly answer?: never };

/** The admin UI's own pages. Source: FusionAuth docs operate/secure/cors, "CORS excluded URI paths". */
const excluded = /^\/(?:account|admin|support|ajax)/;

/**
 * The filter for cross-origin requests that the system configuration describes; while it is off, all requests go through
 * without a header. Sources: FusionAuth docs operate/secure/cors and apis/system; `CORSFilter` of prime-mvc, the web
 * framework FusionAuth is made with, for what is refused with 403.
 */
export function filterCrossOrigin({ method, url, headers }: Request, { store }: Instance): CorsVerdict {
  const origin = headers.get('origin');
  if (origin === null) return { headers: {} };
  const corsConfiguration = store.get('systemConfiguration', 'systemConfiguration')?.['corsConfiguration'];
  if (!isRecord(corsConfiguration) || corsConfiguration['enabled'] !== true) return { headers: {} };
  const { origin: own, pathname } = new URL(url);
  if (origin.toLowerCase() === own.toLowerCase()) return { headers: {} };
  const wanted = method === 'OPTIONS' ? headers.get('access-control-request-method') : null;
  if (excluded.test(pathname)) return wanted === null ? { headers: {} } : refused();
  const rules = rulesOf(corsConfiguration);
  if (!isOrigin(origin) || (method === 'POST' && !headers.has('content-type'))) return refused();
  if (!rules.anyOrigin && !rules.origins.includes(origin)) return refused();
  if (!rules.methods.includes(wanted?.trim() ?? method)) return refused();
  const allowed = originHeaders(origin, rules);
  if (wanted !== null) {
    const names = headers.get('access-control-request-headers') ?? '';
    return preflight({ method: wanted.trim(), names, allowed }, rules);
  }
  const exposed = rules.exposed.length === 0 ? {} : { 'access-control-expose-headers': rules.exposed.join(',') };
  return { headers: { ...allowed, ...exposed } };
}

interface Rules {
  readonly anyOrigin: boolean;
  readonly credentials: boolean;
  readonly exposed: readonly string[];
  readonly headers: readonly string[];
  readonly maxAge: number;
  readonly methods: readonly string[];
  readonly origins: readonly string[];
}

function rulesOf(configuration: Fields): Rules {
  const listOf = (name: string): readonly string[] => {
    const value = configuration[name];
    return Array.isArray(value) ? value.map(String) : [];
  };
  const origins = listOf('allowedOrigins');
  return {
    anyOrigin: origins.includes('*'),
    credentials: configuration['allowCredentials'] === true,
    exposed: listOf('exposedHeaders'),
    headers: listOf('allowedHeaders'),
    maxAge: Number(configuration['preflightMaxAgeInSeconds']),
    methods: listOf('allowedMethods'),
    origins,
  };
}

function originHeaders(origin: string, { anyOrigin, credentials }: Rules): Readonly<Record<string, string>> {
  if (anyOrigin && !credentials) return { 'access-control-allow-origin': '*' };
  return {
    'access-control-allow-origin': origin,
    vary: 'Origin',
    ...(credentials ? { 'access-control-allow-credentials': 'true' } : {}),
  };
}

/** A question in advance: is this method allowed, with these headers (names with commas between)? */
interface Question {
  readonly method: string;
  readonly names: string;
  /** What the answer to the request itself would have. */
  readonly allowed: Readonly<Record<string, string>>;
}

function preflight({ method, names, allowed }: Question, rules: Rules): CorsVerdict {
  const known = new Set(rules.headers.map((name) => name.toLowerCase()));
  const wanted = names.split(',').map((name) => name.trim().toLowerCase());
  if (wanted.some((name) => name !== '' && !known.has(name))) return refused();
  const headers = {
    ...allowed,
    ...(rules.maxAge > 0 ? { 'access-control-max-age': String(rules.maxAge) } : {}),
    'access-control-allow-methods': method,
    ...(rules.headers.length === 0 ? {} : { 'access-control-allow-headers': rules.headers.join(',') }),
  };
  return { answer: new Response(null, { status: 204, headers }) };
}

function refused(): CorsVerdict {
  return { answer: new Response(null, { status: 403, headers: { 'content-type': 'text/plain' } }) };
}

/** `null`, or anything with a scheme and without an escape. */
function isOrigin(origin: string): boolean {
  return origin === 'null' || (!origin.includes('%') && /^[a-z][a-z0-9+.-]*:/i.test(origin));
}
