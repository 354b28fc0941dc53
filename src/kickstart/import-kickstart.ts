import type { Catalog, Kind } from '../catalog/index.js';
import {
  type Finding,
  isJsonObject,
  type Json,
  type JsonObject,
  KedgeError,
  type LiveKind,
  type LiveResource,
  valueAt,
} from '../model/index.js';
import { pullFiles } from '../pull/index.js';
import { endpoints } from './endpoints.js';
import { escapedText } from './escaped-text.js';
import { createExpressions, type EnvironmentText, type Expressions, type KickstartFiles } from './expressions.js';
import { type FreshInstall, freshInstall, fusionauthApplicationId, placeholderId } from './fresh-install.js';
import { JsonFault, type JsonNode, parseJson } from './json-document.js';
import type { KickstartNote } from './kickstart-note.js';
import { patchedBody } from './patched-body.js';

/** What to import. */
export interface ImportKickstartOptions extends KickstartFiles {
  readonly catalog: Catalog;
  /** What the kickstart file is called in messages. */
  readonly file: string;
  readonly text: string;
  readonly environment: string;
  /** Ids that are derived from it need no `id:`. */
  readonly namespace: string;
}

/** A kickstart as files. */
export interface ImportedKickstart {
  /** Path within the environment's folder → text. */
  readonly files: ReadonlyMap<string, string>;
  /** The requests that are about data, such as users, as a text of JSON; undefined where there are none. */
  readonly data: string | undefined;
  readonly notes: readonly KickstartNote[];
}

const defaultThemeId = '75a068fd-e94b-451a-9aeb-3ddb9a3b5987';

/** Requests about what is no configuration: people, and what they do (FusionAuth docs, apis). */
const dataPaths =
  /^(?:user(?:$|\/)|group\/member(?:$|\/)|identity-provider\/link(?:$|\/)|system\/audit-log$|passwordless\/|login$)/;
const secretName = /password|secret|salt|^(?:key|token|privateKey)$/i;

/**
 * The YAML that makes what a kickstart makes. What the environment decides stays so (`!env`), ids that the kickstart makes up are left to
 * kedge, and users are listed apart. Pure.
 * @throws {@link KedgeError} `kickstart/bad-file` at what cannot be read, and `kickstart/unknown-request` with a finding
 * for each request that is about nothing known.
 */
export function importKickstart(options: ImportKickstartOptions): ImportedKickstart {
  try {
    return new Import(options).run();
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    throw new KedgeError({
      code: 'kickstart/bad-file',
      message: `${error.pointer === '' ? '' : `${error.pointer}: `}${error.message}`,
      hint: 'correct the kickstart; nothing was written',
      at: error.at,
    });
  }
}

/** One of `requests`, with everything replaced. */
interface Request {
  readonly node: JsonNode;
  readonly method: string;
  /** Steps below `/api/`. */
  readonly steps: readonly string[];
  readonly url: string;
  readonly tenantId: string | undefined;
  readonly contentType: string | undefined;
  readonly body: Json;
}

/** The instance as the requests make it, one after the other. */
class Import {
  readonly #options: ImportKickstartOptions;
  readonly #objects = new Map<string, LiveResource>();
  readonly #data: Json[] = [];
  readonly #notes: KickstartNote[] = [];
  readonly #unknown: Finding[] = [];
  readonly #looseIds = new Set<string>();
  #fresh: FreshInstall;
  #expressions: Expressions;
  #tenantId = '';

  constructor(options: ImportKickstartOptions) {
    this.#options = options;
    this.#fresh = freshInstall(options.catalog, {});
    this.#expressions = createExpressions(options, new Map());
  }

  run(): ImportedKickstart {
    const document = parseJson(this.#options.file, this.#options.text);
    const top = this.#map(document, 'a kickstart');
    this.#begin(top.get('variables'));
    for (const name of ['licenseId', 'license', 'settings'])
      if (top.has(name)) this.#note('kickstart', name, 'is for the first start only: not imported');
    if (top.has('apiKeys'))
      this.#note('apiKey', 'apiKeys', 'keys that are made before the first request are not imported: they have no id');
    const list = top.get('requests');
    const requests = list === undefined ? [] : this.#list(this.#expressions.follow(list));
    for (const node of requests) this.#take(this.#request(node));
    if (this.#unknown.length > 0) throw this.#refused();
    return this.#written();
  }

  /** Reads the variables, the two first that decide what FusionAuth calls its own. */
  #begin(node: JsonNode | undefined): void {
    const written = node === undefined ? new Map<string, JsonNode>() : this.#map(node, 'variables');
    const early = createExpressions(this.#options, new Map());
    const forced = (name: string): string | undefined => {
      const found = written.get(name);
      const value = found && early.resolve(found);
      return typeof value === 'string' ? value.toLowerCase() : undefined;
    };
    this.#fresh = freshInstall(this.#options.catalog, {
      defaultTenantId: forced('defaultTenantId'),
      tenantManagerApplicationId: forced('tenantManagerApplicationId'),
    });
    const provided = new Map<string, string>([['FUSIONAUTH_APPLICATION_ID', fusionauthApplicationId]]);
    for (const [id, expression] of this.#fresh.variables) provided.set(expression.slice(2, -1), id);
    this.#tenantId = provided.get('FUSIONAUTH_TENANT_ID') ?? '';
    provided.set('FUSIONAUTH_TENANT_MANAGER_APPLICATION_ID', provided.get('TENANT_MANAGER_ID') ?? '');
    this.#expressions = createExpressions(this.#options, provided);
    for (const [name, value] of written) this.#expressions.variables.set(name, this.#expressions.resolve(value));
    for (const read of this.#fresh.live.kinds.values())
      for (const item of read.known ? read.resources : []) this.#put(item);
    const tenant = this.#objects.get(`tenant:${this.#tenantId}`);
    const key = provided.get('FUSIONAUTH_DEFAULT_SIGNING_KEY_ID') ?? '';
    // What a copy of it begins with (FusionAuth docs: core concepts, tenants).
    const jwtConfiguration = { accessTokenKeyId: key, idTokenKeyId: key };
    if (tenant)
      this.#put({ ...tenant, body: { ...tenant.body, issuer: 'acme.com', themeId: defaultThemeId, jwtConfiguration } });
  }

  #request(start: JsonNode): Request {
    const node = this.#expressions.follow(start);
    const fields = this.#map(node, 'a request');
    const text = (name: string): string | undefined => {
      const found = fields.get(name);
      const value = found && this.#expressions.resolve(found);
      if (found === undefined || value === null || value === undefined) return undefined;
      if (typeof value !== 'string') throw new JsonFault(`"${name}" must be a text`, found);
      return value;
    };
    const [method, url] = [text('method'), text('url')];
    if (method !== 'POST' && method !== 'PUT' && method !== 'PATCH')
      throw new JsonFault('"method" must be POST, PUT or PATCH', fields.get('method') ?? node);
    if (url === undefined) throw new JsonFault('a request needs a "url"', node);
    const steps = url
      .replace(/[?#].*$/, '')
      .split('/')
      .filter((step) => step !== '');
    const body = fields.get('body');
    return {
      node,
      method,
      url,
      steps: steps[0] === 'api' ? steps.slice(1) : steps,
      tenantId: text('tenantId')?.toLowerCase(),
      contentType: text('contentType'),
      body: body === undefined ? {} : this.#expressions.resolve(body),
    };
  }

  #take(request: Request): void {
    const { body, steps } = request;
    const path = steps.join('/');
    const grant = isJsonObject(body) ? body['grant'] : undefined;
    if (dataPaths.test(path)) this.#data.push(this.#dataOf(request));
    else if (steps[0] === 'entity' && steps[2] === 'grant') {
      if (isJsonObject(grant) && grant['userId'] === undefined) this.#grant(steps[1] ?? '', grant, request);
      else this.#data.push(this.#dataOf(request));
    } else if (steps[0] === 'tenant-manager' && steps[1] === 'identity-provider' && steps[2] !== undefined) {
      const typeConfiguration = isJsonObject(body) ? (body['typeConfiguration'] ?? {}) : {};
      const types = { identityProviderTypeConfigurations: { [steps[2]]: typeConfiguration } };
      this.#change('tenantManagerConfiguration', 'tenantManagerConfiguration', request, (before) =>
        patchedBody(before, types, undefined),
      );
    } else this.#configure(request);
  }

  #configure(request: Request): void {
    const { catalog } = this.#options;
    const steps = request.steps.filter(
      (step, index) => !(request.steps[0] === 'key' && index === 1 && /^(?:generate|import)$/.test(step)),
    );
    for (const kind of catalog.kinds) {
      const endpoint = endpoints[kind.kind];
      const wanted = endpoint?.path.split('/') ?? [];
      const most = wanted.length + (kind.scope === 'singleton' ? 0 : 1);
      if (steps.length < wanted.length || steps.length > most) continue;
      if (!wanted.every((step, index) => step === '{parent}' || step === steps[index])) continue;
      // `entity/type` is a kind of its own, no entity called so; so are `form/field` and others.
      if (
        catalog.kinds.some(
          (other) => endpoints[other.kind]?.path === steps.slice(0, wanted.length + 1).join('/') && other !== kind,
        )
      )
        continue;
      const wrapped = isJsonObject(request.body) || Array.isArray(request.body);
      if (
        !wrapped ||
        (request.method !== 'PATCH' &&
          isJsonObject(request.body) &&
          !isJsonObject(request.body[endpoint?.wrapper ?? '']))
      ) {
        this.#refuse(request, `has no "${endpoint?.wrapper ?? ''}" in its body`);
        return;
      }
      const parentAt = wanted.indexOf('{parent}');
      this.#write(kind, request, { id: steps[wanted.length], parentId: parentAt < 0 ? undefined : steps[parentAt] });
      return;
    }
    this.#refuse(request, 'is about nothing that kedge knows');
  }

  #write(
    kind: Kind,
    request: Request,
    ids: { readonly id: string | undefined; readonly parentId: string | undefined },
  ): void {
    const { body, contentType, method, node } = request;
    const wrapper = endpoints[kind.kind]?.wrapper ?? '';
    const id = kind.scope === 'singleton' ? kind.kind : (ids.id ?? this.#looseId(node.pointer)).toLowerCase();
    if (this.#expressions.random.has(id)) this.#looseIds.add(id);
    if (this.#expressions.fromEnvironment.has(id)) {
      this.#looseIds.add(id);
      this.#note(kind.kind, request.url, `its id is from the environment (${this.#shown(id)}): kedge gives it another`);
    }
    const before = this.#objects.get(`${kind.kind}:${id}`);
    const envelope = {
      [wrapper]: before?.body ?? {},
      ...(kind.kind === 'group' && { roleIds: before?.body['roleIds'] ?? [] }),
    };
    const after = method === 'PATCH' ? patchedBody(envelope, body, contentType) : isJsonObject(body) ? body : undefined;
    const object = after?.[wrapper];
    if (after === undefined || !isJsonObject(object)) {
      this.#refuse(request, 'has a body that is not understood');
      return;
    }
    const copied = before === undefined ? this.#copied(kind, body) : {};
    const { roles, scopes, permissions, ...own } = object;
    const tenantId = request.tenantId ?? own['tenantId'] ?? before?.body['tenantId'] ?? this.#tenantId;
    this.#put({
      kind: kind.kind,
      id,
      detailed: true,
      ...(ids.parentId !== undefined && { parentId: ids.parentId.toLowerCase() }),
      ...(kind.kind === 'application' && { active: true }),
      body: {
        ...copied,
        ...own,
        id,
        ...(kind.scope === 'tenant' && { tenantId }),
        ...(kind.kind === 'key' && keyType(own)),
        ...(kind.kind === 'group' && after['roleIds'] !== undefined && { roleIds: after['roleIds'] }),
        ...(kind.kind === 'tenant' && id === this.#tenantId && { insertInstant: 1 }),
        // Of these kinds it is a field, not a list of children.
        ...(kind.kind === 'apiKey' && permissions !== undefined && { permissions }),
      },
    });
    const lists = { roles, scopes, permissions };
    for (const child of kind.children) {
      const items = lists[child.field as keyof typeof lists];
      for (const [index, entry] of (Array.isArray(items) ? (items as readonly Json[]) : []).entries()) {
        // A role may be written as its name alone.
        const item = typeof entry === 'string' ? { name: entry } : entry;
        if (!isJsonObject(item)) continue;
        const own: Json | undefined = item['id'];
        const childId = (
          typeof own === 'string' ? own : this.#looseId(`${node.pointer}/${child.field}/${index}`)
        ).toLowerCase();
        if (this.#expressions.random.has(childId)) this.#looseIds.add(childId);
        this.#put({ kind: child.kind, id: childId, parentId: id, detailed: true, body: { ...item, id: childId } });
      }
    }
  }

  /** What a copy begins with. Of a theme that comes with FusionAuth nothing is written: kedge copies it, too. */
  #copied(kind: Kind, body: Json): JsonObject {
    const fields: Readonly<Record<string, string>> = {
      application: 'sourceApplicationId',
      tenant: 'sourceTenantId',
      theme: 'sourceThemeId',
    };
    const field = fields[kind.kind];
    const source = field !== undefined && isJsonObject(body) ? body[field] : undefined;
    const {
      id: _,
      insertInstant: __,
      name: ___,
      ...rest
    } = (typeof source === 'string' ? this.#objects.get(`${kind.kind}:${source.toLowerCase()}`)?.body : undefined) ??
    {};
    return rest;
  }

  #grant(id: string, grant: JsonObject, request: Request): void {
    this.#change('entity', id, request, (before) => {
      const grants = before['grants'];
      return { ...before, grants: [...(Array.isArray(grants) ? (grants as readonly Json[]) : []), grant] };
    });
  }

  #change(kind: string, id: string, request: Request, change: (body: JsonObject) => JsonObject | undefined): void {
    const before = this.#objects.get(`${kind}:${id.toLowerCase()}`);
    const body = before && change(before.body);
    if (before && body) this.#put({ ...before, body });
    else this.#refuse(request, 'is about an object that no request before it made');
  }

  #put(resource: LiveResource): void {
    this.#objects.set(`${resource.kind}:${resource.id}`, resource);
  }

  #looseId(pointer: string): string {
    const id = placeholderId('request', `${pointer} ${this.#looseIds.size}`);
    this.#looseIds.add(id);
    return id;
  }

  #written(): ImportedKickstart {
    const { catalog, environment, namespace } = this.#options;
    const kinds = new Map<string, LiveKind>(
      catalog.kinds.map(({ kind }) => [
        kind,
        { known: true, resources: [...this.#objects.values()].filter((item) => item.kind === kind) },
      ]),
    );
    const expressions = new Map([...this.#expressions.fromEnvironment].map(([id, text]) => [id, yamlExpression(text)]));
    const pulled = pullFiles({
      catalog,
      live: { serverVersion: undefined, kinds },
      environment,
      namespace,
      looseIds: this.#looseIds,
      expressions,
    });
    for (const note of pulled.notes) {
      if (note.reason === 'shipped') continue;
      const value = valueAt(this.#objects.get(`${note.kind}:${note.id ?? ''}`)?.body, note.field?.split('.') ?? []);
      const env =
        note.reason === 'secret' && typeof value === 'string'
          ? this.#expressions.fromEnvironment.get(value)
          : undefined;
      const [only] = env ?? [];
      const message = typeof only === 'object' ? `a secret: own it with !secret env:${only.env}` : note.message;
      const { kind, object, field } = note;
      this.#notes.push({ kind, object, ...(field !== undefined && { field }), message });
    }
    for (const text of this.#expressions.fromEnvironment.values()) {
      if (text.length === 1) continue;
      for (const part of text)
        if (typeof part === 'object')
          this.#note(
            'environment',
            part.env,
            `write it into environment.yaml: variables: { ${part.env}: !env ${part.env} }`,
          );
    }
    const data = this.#data.length === 0 ? undefined : `${JSON.stringify({ requests: this.#data }, null, 2)}\n`;
    if (data !== undefined)
      this.#note(
        'data',
        `${this.#data.length} requests`,
        'are about users or other data, which kedge does not manage: listed apart',
      );
    return { files: pulled.files, data, notes: this.#notes };
  }

  /** A request as it could stand in a kickstart again, without secrets. */
  #dataOf({ method, url, tenantId, body, node }: Request): Json {
    const write = (value: Json, key: string): Json => {
      if (typeof value === 'string') {
        const text = this.#expressions.fromEnvironment.get(value);
        if (text) return this.#shown(value);
        return secretName.test(key) ? '#{ENV.KICKSTART_LEFT_OUT}' : escapedText(value);
      }
      if (Array.isArray(value)) return (value as readonly Json[]).map((item) => write(item, key));
      if (!isJsonObject(value)) return value;
      return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, write(item, name)] as const));
    };
    const { file, line, col } = node.at;
    return {
      from: `${file}:${line}:${col} ${node.pointer}`,
      method,
      url: write(url, ''),
      ...(tenantId !== undefined && { tenantId }),
      body: write(body, ''),
    };
  }

  #shown(token: string): string {
    const text = this.#expressions.fromEnvironment.get(token) ?? [];
    return text.map((part) => (typeof part === 'string' ? escapedText(part) : `#{ENV.${part.env}}`)).join('');
  }

  #note(kind: string, object: string, message: string): void {
    this.#notes.push({ kind, object, message });
  }

  #refuse({ method, node, url }: Request, why: string): void {
    this.#unknown.push({
      code: 'kickstart/unknown-request',
      severity: 'error',
      message: `${node.pointer}: ${method} ${url} ${why}`,
      hint: 'take it out of the kickstart, and make by hand what it makes',
      at: node.at,
    });
  }

  #refused(): KedgeError {
    const [first] = this.#unknown;
    const count = this.#unknown.length;
    const message = count === 1 ? (first?.message ?? '') : `${count} requests are not understood; nothing was written`;
    return new KedgeError({ code: 'kickstart/unknown-request', message, findings: this.#unknown });
  }

  #map(node: JsonNode, what: string): ReadonlyMap<string, JsonNode> {
    const { value } = this.#expressions.follow(node);
    if (value instanceof Map) return value;
    throw new JsonFault(`${what} must be an object`, node);
  }

  #list(node: JsonNode): readonly JsonNode[] {
    if (Array.isArray(node.value)) return node.value as readonly JsonNode[];
    throw new JsonFault('must be a list', node);
  }
}

/** A key that is generated has the type of its algorithm (FusionAuth docs: apis/keys). */
function keyType({ algorithm, type }: JsonObject): JsonObject {
  if (type !== undefined || typeof algorithm !== 'string') return {};
  return {
    type: /^(?:RS|PS)/.test(algorithm)
      ? 'RSA'
      : algorithm.startsWith('HS')
        ? 'HMAC'
        : algorithm.startsWith('ES')
          ? 'EC'
          : 'OKP',
  };
}

function yamlExpression(text: EnvironmentText): { readonly tag: string; readonly text: string } {
  const [only, another] = text;
  if (typeof only === 'object' && another === undefined) return { tag: '!env', text: only.env };
  const sub = text
    .map((part) => (typeof part === 'string' ? part.replaceAll('${', () => '$${') : `\${${part.env}}`))
    .join('');
  return { tag: '!sub', text: sub };
}
