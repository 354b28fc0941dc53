import { Hono, type Context } from 'hono';

import { authorise } from './auth.js';
import { filterCrossOrigin } from './cors.js';
import { errorsOf, Refusal } from './errors.js';
import type { Answer, ApiKey, Instance, Kind, Route } from './kind.js';
import type { Passing } from './passage.js';
import { isNewerPath } from './quirks/newer-parts.js';
import { readBody } from './request-body.js';
import { templateOf } from './request-log.js';
import { routesOf } from './routes.js';
import { callTenant } from './tenant-rule.js';
import { pathVariants, unsupportedRoutes } from './unsupported-routes.js';
import { textResponse } from './whole-body.js';
import { wireJson } from './wire-json.js';

/** What the server is made of. */
export interface AppParts {
  readonly instance: Instance;
  readonly kinds: readonly Kind[];
  readonly maxBodyBytes: number;
  /** Called after every request that changed something; it is answered when this resolves. */
  readonly saved: () => Promise<void>;
  readonly log: (line: string) => void;
}

/** What a request brings with it; one from inside brings nothing. */
interface AppEnvironment {
  readonly Bindings: Partial<Passing>;
}

type AppContext = Context<AppEnvironment>;

/** A route, and the kind it belongs to if the sandbox has it. */
type AppRoute = Route & { readonly kind?: Kind };

/** What the user interface calls the API with. */
const administratorKey: ApiKey = { id: 'administrator', key: '', keyManager: true };

/** FusionAuth's paths. */
export function createApp(parts: AppParts): Hono<AppEnvironment> {
  // A slash at the end is no part of a path: the official client sends one for an empty id.
  const app = new Hono<AppEnvironment>({ strict: false });
  app.use(async (context, next) => {
    const { answer, headers } = filterCrossOrigin(context.req.raw, parts.instance);
    if (answer !== undefined) return answer;
    await next();
    for (const [name, value] of Object.entries(headers)) context.res.headers.set(name, value);
    return undefined;
  });
  const supported = parts.kinds.flatMap((kind) => routesOf(kind).map((route) => ({ ...route, kind })));
  const routes: readonly AppRoute[] = [...supported, ...unsupportedRoutes(supported)]
    .filter(({ path }) => !isNewerPath(path, parts.instance.fusionauth))
    .map((route) => ({ route, key: sortKey(route.path) }))
    .toSorted((left, right) => (left.key < right.key ? -1 : 1))
    .map(({ route }) => route);
  for (const route of routes) app.on(route.method, route.path, (context) => answerRoute(parts, route, context));
  for (const [path, methods] of methodsByPath(routes)) {
    const allow = [...methods, 'OPTIONS'].join(', ');
    app.all(path, (context) => {
      noteTemplate(context, templateOf(path, definedOnly(context.req.param())));
      return toResponse({ status: context.req.method === 'OPTIONS' ? 200 : 405, headers: { allow } }, parts, context);
    });
  }
  // Since 1.44 an unknown path is a bare 404 (FusionAuth release notes).
  app.notFound((context) => toResponse({ status: 404 }, parts, context));
  app.onError((error, context) => {
    parts.log(`sandbox: ${error.stack ?? error.message}`);
    return toResponse({ status: 500 }, parts, context);
  });
  return app;
}

async function answerRoute(parts: AppParts, route: AppRoute, context: AppContext): Promise<Response> {
  const { instance } = parts;
  const params = definedOnly(context.req.param());
  noteTemplate(context, templateOf(route.path, params), route.kind);
  const version = instance.store.version;
  try {
    const tenantHeader = context.req.header('x-fusionauth-tenantid');
    const { client, administrator, incoming } = bindingsOf(context);
    const credentials = {
      authorization: context.req.header('authorization'),
      tenantHeader,
      ipAddress: client?.ipAddress,
    };
    const apiKey = administrator === true ? administratorKey : authorise(route, credentials, instance);
    const tenantId = callTenant(apiKey, tenantHeader, instance);
    const { body, contentType } = await readBody(context.req.raw, {
      ...instance.switches,
      maxBodyBytes: parts.maxBodyBytes,
      form: route.form === true,
      incoming,
    });
    const { path } = context.req;
    const query = new URL(context.req.url).searchParams;
    const answer = await route.handle({
      instance,
      apiKey,
      tenantId,
      ...(client === undefined ? {} : { client }),
      method: route.method,
      path,
      params,
      query,
      headers: context.req.raw.headers,
      contentType,
      body,
    });
    if (instance.store.version !== version) await parts.saved();
    return toResponse(answer, parts, context);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return toResponse({ status: error.status, ...bodyOf(error, instance) }, parts, context);
  }
}

/** `env` is undefined for requests that come from inside, such as a kickstart's. */
function bindingsOf({ env }: { readonly env: Partial<Passing> | undefined }): Partial<Passing> {
  return env ?? {};
}

function noteTemplate(context: AppContext, template: string, kind?: Kind): void {
  const { note } = bindingsOf(context);
  if (note === undefined) return;
  note.template = template;
  if (kind !== undefined) note.kind = kind;
}

function bodyOf(refusal: Refusal, instance: Instance): Pick<Answer, 'body'> {
  const errors = errorsOf(refusal, instance);
  return errors === undefined ? {} : { body: { ...errors } };
}

function toResponse(answer: Answer, { instance }: AppParts, context: AppContext): Response {
  const response = withoutCookies(answer, bindingsOf(context).textApart === true);
  const attributes = instance.switches.tokenCookieAttributes === 'sameSite' ? '; SameSite=Lax' : '';
  for (const cookie of answer.cookies ?? []) response.headers.append('set-cookie', `${cookie}${attributes}`);
  return response;
}

function withoutCookies({ status, body, text, bytes, headers = {} }: Answer, apart: boolean): Response {
  const other = text ?? bytes;
  if (other !== undefined) {
    return new Response(other.value, { status, headers: { ...headers, 'content-type': other.contentType } });
  }
  if (body === undefined) return new Response(null, { status, headers: { ...headers, 'content-length': '0' } });
  return textResponse(wireJson(body), {
    apart,
    status,
    headers: { ...headers, 'content-type': 'application/json;charset=UTF-8' },
  });
}

function definedOnly(params: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(params).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** Fixed parts before names: `/api/tenant/search` is asked before `/api/tenant/:tenantId`. */
function sortKey(path: string): string {
  return path
    .split('/')
    .map((part) => (part.startsWith(':') ? '~' : part))
    .join('/');
}

function methodsByPath(routes: readonly Route[]): ReadonlyMap<string, readonly string[]> {
  const methods = new Map<string, string[]>();
  for (const { path, method } of routes) {
    for (const variant of pathVariants(path)) {
      const known = methods.get(variant) ?? [];
      if (!known.includes(method)) methods.set(variant, [...known, method]);
    }
  }
  return methods;
}
