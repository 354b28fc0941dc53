import type { Kind } from '../catalog/index.js';
import { isJsonList, isJsonObject, isUuid, type Json, type JsonObject, type LiveResource } from '../model/index.js';
import { endpoints } from './endpoints.js';
import { placeholderId } from './fresh-install.js';
import type { ImportedRequest } from './imported-request.js';
import { patchedBody } from './patched-body.js';

/** Which object a request is about. */
export interface ObjectTarget {
  readonly kind: Kind;
  readonly id?: string;
  readonly parentId?: string;
}

/** What came of a request: why it cannot be, or what of its body means nothing to kedge. */
export type Made =
  | { readonly ok: true; readonly id: string; readonly strangers: readonly string[]; readonly note?: string }
  | { readonly ok: false; readonly why: string };

/** The instance as requests make it, one after the other. */
export interface MadeObjects {
  readonly put: (resource: LiveResource) => void;
  readonly find: (kind: string, id: string) => LiveResource | undefined;
  /** Carries out a request that makes or changes one object. */
  readonly write: (target: ObjectTarget, request: ImportedRequest) => Made;
  /** Changes the body of an object that is there. */
  readonly change: (kind: string, id: string, change: (body: JsonObject) => JsonObject) => Made;
  /** All of it, each object as it was after the last request that was about it. */
  readonly all: () => readonly LiveResource[];
  /** Ids that were made up for objects which the kickstart gives none. */
  readonly looseIds: ReadonlySet<string>;
}

const missing = 'is about an object that no request before it made';
/** What else than the object itself may stand in the body of a request that makes one. */
const sources: Readonly<Record<string, string>> = {
  application: 'sourceApplicationId',
  tenant: 'sourceTenantId',
  theme: 'sourceThemeId',
};

/** @param defaultTenantId - where objects are made that name no tenant. */
export function createMadeObjects(defaultTenantId: string): MadeObjects {
  const objects = new Map<string, LiveResource>();
  const looseIds = new Set<string>();
  const put = (resource: LiveResource): void => {
    objects.set(`${resource.kind}:${resource.id}`, resource);
  };
  const find = (kind: string, id: string): LiveResource | undefined =>
    objects.get(`${kind}:${isUuid(id) ? id.toLowerCase() : id}`);
  const looseId = (place: string): string => {
    const id = placeholderId('request', `${place} ${looseIds.size}`);
    looseIds.add(id);
    return id;
  };
  /** The children that a body lists; false where one of them is no child. */
  const putChildren = (kind: Kind, parentId: string, body: JsonObject): boolean =>
    kind.children.every((child) => {
      const items = body[child.field] ?? [];
      if (!isJsonList(items)) return false;
      return items.every((entry) => {
        // A role may be written as its name alone.
        const item = typeof entry === 'string' ? { name: entry } : entry;
        if (!isJsonObject(item)) return false;
        const own = item['id'];
        const id = typeof own === 'string' ? own.toLowerCase() : looseId(parentId);
        put({ kind: child.kind, id, parentId, detailed: true, body: { ...item, id } });
        return true;
      });
    });

  const copyChildren = (from: LiveResource, to: string, kinds: readonly string[]): void => {
    for (const item of objects.values()) {
      if (item.parentId !== from.id || !kinds.includes(item.kind)) continue;
      const id = looseId(to);
      put({ ...item, id, parentId: to, body: { ...item.body, id } });
    }
  };

  const write = (target: ObjectTarget, request: ImportedRequest): Made => {
    const { kind } = target;
    const { method } = request;
    const id = kind.scope === 'singleton' ? kind.kind : (target.id ?? looseId(request.node.pointer)).toLowerCase();
    const before = find(kind.kind, id);
    const parentId = target.parentId?.toLowerCase() ?? before?.parentId;
    const isThere = before !== undefined && kind.scope !== 'singleton';
    const hasParent = parentId === undefined || find(kind.parent ?? '', parentId) !== undefined;
    if (method === 'POST' && isThere) return { ok: false, why: 'makes an object that is there already' };
    if ((method !== 'POST' && before === undefined) || !hasParent) return { ok: false, why: missing };
    const wrapper = endpoints[kind.kind].wrapper;
    const after = method === 'PATCH' ? patched(kind, wrapper, before?.body ?? {}, request) : request.body;
    const object = isJsonObject(after) ? after[wrapper] : undefined;
    if (!isJsonObject(after) || !isJsonObject(object)) {
      const isPatch = method === 'PATCH' && request.contentType !== undefined;
      return { ok: false, why: isPatch ? 'has a body that is not understood' : `has no "${wrapper}" in its body` };
    }
    const source = copySource(kind, request.body);
    const copied = source === undefined ? undefined : find(kind.kind, source);
    if (source !== undefined && copied === undefined) return { ok: false, why: 'copies an object that is not there' };
    const lists = kind.children.map(({ field }) => field);
    const own = Object.fromEntries(Object.entries(object).filter(([name]) => !lists.includes(name)));
    const { insertInstant, tenantId = defaultTenantId } = { ...before?.body };
    put({
      kind: kind.kind,
      id,
      detailed: true,
      ...(parentId !== undefined && { parentId }),
      ...(kind.kind === 'application' && { active: true }),
      body: {
        ...(copied && copyOf(copied)),
        ...own,
        id,
        ...(kind.scope === 'tenant' && { tenantId: request.tenantId ?? own['tenantId'] ?? tenantId }),
        ...(kind.kind === 'key' && keyFields(own)),
        ...(kind.kind === 'group' && after['roleIds'] !== undefined && { roleIds: after['roleIds'] }),
        // By when they came into being the Default tenant and its key are known.
        ...(insertInstant !== undefined && { insertInstant }),
      },
    });
    if (copied) {
      const missingLists = kind.children.filter(({ field }) => object[field] === undefined);
      copyChildren(
        copied,
        id,
        missingLists.map((child) => child.kind),
      );
    }
    if (!putChildren(kind, id, object)) return { ok: false, why: `has ${lists.join(' or ')} that are not understood` };
    const sent = isJsonObject(request.body) ? Object.keys(request.body) : [];
    const meant = [wrapper, 'eventInfo', sources[kind.kind], ...(kind.kind === 'group' ? ['roleIds'] : [])];
    return { ok: true, id, strangers: sent.filter((name) => !meant.includes(name)) };
  };

  const change: MadeObjects['change'] = (kind, id, changed) => {
    const before = find(kind, id);
    if (before === undefined) return { ok: false, why: missing };
    put({ ...before, body: changed(before.body) });
    return { ok: true, id: before.id, strangers: [] };
  };

  return {
    put,
    find,
    write,
    change,
    looseIds,
    all: () => [...objects.values()],
  };
}

/** What a PATCH leaves of an object, in its wrapper; undefined where its body is not understood. */
function patched(
  kind: Kind,
  wrapper: string,
  before: JsonObject,
  { body, contentType }: ImportedRequest,
): JsonObject | undefined {
  const envelope = { [wrapper]: before, ...(kind.kind === 'group' && { roleIds: before['roleIds'] ?? [] }) };
  return patchedBody(envelope, body, contentType);
}

function copySource(kind: Kind, body: Json): string | undefined {
  const field = sources[kind.kind];
  const source = field !== undefined && isJsonObject(body) ? body[field] : undefined;
  return typeof source === 'string' ? source : undefined;
}

/** What a copy begins with. The credentials of a client are its own (FusionAuth docs: apis/applications). */
function copyOf({ body, kind }: LiveResource): JsonObject {
  const { id: _id, insertInstant: _born, name: _name, ...rest } = body;
  if (kind !== 'application' || !isJsonObject(rest['oauthConfiguration'])) return rest;
  const { clientId: _client, clientSecret: _secret, ...oauthConfiguration } = rest['oauthConfiguration'];
  return { ...rest, oauthConfiguration };
}

/** A key has the type of its algorithm, and the private half that it was imported with (FusionAuth docs: apis/keys). */
function keyFields({ algorithm, privateKey, type }: JsonObject): JsonObject {
  return {
    ...(privateKey !== undefined && { hasPrivateKey: true }),
    ...(type === undefined && typeof algorithm === 'string' && { type: typeOf(algorithm) }),
  };
}

function typeOf(algorithm: string): string {
  if (/^(?:RS|PS)/.test(algorithm)) return 'RSA';
  if (algorithm.startsWith('HS')) return 'HMAC';
  return algorithm.startsWith('ES') ? 'EC' : 'OKP';
}
