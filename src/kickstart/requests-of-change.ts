import type { Kind } from '../catalog/index.js';
import { isJsonObject, type Json, type JsonObject, jsonEqual, pointerOf } from '../model/index.js';
import { copiedThemeId } from './copied-theme.js';
import { endpoints } from './endpoints.js';
import { withoutReferences } from './lost-references.js';

/** One of `requests`, still with ids of its own and with secrets as the texts that stand for them. */
export interface DraftRequest {
  readonly method: 'PATCH' | 'POST' | 'PUT';
  /** Steps below `/api/`; ids among them. */
  readonly path: readonly string[];
  readonly tenantId?: string;
  readonly contentType?: string;
  readonly body: Json;
}

/** An object to be made or changed. */
export interface Wanted {
  readonly kind: Kind;
  readonly id: string;
  readonly parentId?: string | undefined;
  readonly tenantId?: string | undefined;
  readonly body: JsonObject;
}

/** Requests in two parts: those that come in their turn, and those that come when everything is there. */
export interface WantedRequests {
  readonly now: readonly DraftRequest[];
  readonly later: readonly DraftRequest[];
}

const mergePatch = 'application/merge-patch+json';
const jsonPatch = 'application/json-patch+json';
const types = 'identityProviderTypeConfigurations';

/**
 * What makes an object. References to `missing` ids, which are not there yet, are left out and patched in later.
 */
export function requestsOfCreate(wanted: Wanted, missing: ReadonlySet<string>): WantedRequests {
  const { kind } = wanted;
  const body = without(wanted.body, 'grants');
  const first = missing.size === 0 ? body : withoutReferences(kind, body, missing).body;
  const rest = laterPart(body, first);
  return {
    now: createdBy({ ...wanted, body: first }),
    later: [...grantsOf(wanted), ...(rest === undefined ? [] : patchesOf({ ...wanted, body: rest }))],
  };
}

/** What changes an object that every install has: only what the files own is sent. */
export function requestsOfUpdate(wanted: Wanted): WantedRequests {
  const { kind, body } = wanted;
  // There is no PATCH for keys, and the name is all that a PUT takes (FusionAuth docs: apis/keys).
  if (kind.kind === 'key') return { now: [{ ...requestTo(wanted, 'PUT'), body: { key: body } }], later: [] };
  const typeBodies = body[types];
  const later = isJsonObject(typeBodies)
    ? Object.entries(typeBodies).map(([type, typeConfiguration]): DraftRequest => {
        return { method: 'POST', path: ['tenant-manager', 'identity-provider', type], body: { typeConfiguration } };
      })
    : [];
  return { now: patchesOf({ ...wanted, body: without(body, types) }), later };
}

function createdBy(wanted: Wanted): readonly DraftRequest[] {
  const { body, kind } = wanted;
  const request = requestTo(wanted, 'POST');
  switch (kind.kind) {
    case 'key': {
      const isImport = ['publicKey', 'certificate', 'privateKey', 'secret'].some((field) => body[field] !== undefined);
      const [path = '', ...id] = request.path;
      return [{ ...request, path: [path, isImport ? 'import' : 'generate', ...id], body: { key: body } }];
    }
    case 'theme': {
      // A copy takes a name and nothing else (FusionAuth docs: apis/themes); what is written is laid over it.
      const copy = { ...request, body: { sourceThemeId: copiedThemeId(body), theme: { name: body['name'] ?? '' } } };
      return [copy, ...patchesOf({ ...wanted, body: without(body, 'name', 'type') })];
    }
    default:
      return [{ ...request, body: envelope(wanted) }];
  }
}

/**
 * A PATCH of what is written. Lists are replaced by a merge patch (RFC 7396), but for tenants, where FusionAuth since
 * 1.62 answers 500 (fusionauth-issues #3338): there the old PATCH, which adds to lists, is sent without them, and a JSON
 * Patch (RFC 6902) for each list.
 */
function patchesOf(wanted: Wanted): readonly DraftRequest[] {
  const { body, kind } = wanted;
  if (Object.keys(body).length === 0) return [];
  const request = requestTo(wanted, 'PATCH');
  if (kind.kind !== 'tenant') return [{ ...request, contentType: mergePatch, body: envelope(wanted) }];
  const lists: DraftRequest[] = [];
  const collect = (value: Json, at: readonly string[]): Json | undefined => {
    if (Array.isArray(value)) {
      const operation = { op: 'add', path: pointerOf(['tenant', ...at]), value };
      lists.push({ ...request, contentType: jsonPatch, body: [operation] });
      return undefined;
    }
    if (!isJsonObject(value)) return value;
    const kept = Object.entries(value).flatMap(([key, item]: [string, Json]): readonly (readonly [string, Json])[] => {
      const rest = collect(item, [...at, key]);
      return rest === undefined || (isJsonObject(rest) && isJsonObject(item) && isEmptied(rest, item))
        ? []
        : [[key, rest]];
    });
    return Object.fromEntries(kept);
  };
  const rest = collect(body, []);
  const plain = isJsonObject(rest) && Object.keys(rest).length > 0 ? [{ ...request, body: { tenant: rest } }] : [];
  return [...plain, ...lists];
}

function isEmptied(rest: JsonObject, item: JsonObject): boolean {
  return Object.keys(rest).length === 0 && Object.keys(item).length > 0;
}

/** Grants are no part of an entity, and may lead from each of two entities to the other. */
function grantsOf({ body, id, tenantId }: Wanted): readonly DraftRequest[] {
  const grants = body['grants'];
  if (!Array.isArray(grants)) return [];
  // Items of a list of JSON.
  return (grants as readonly Json[]).map((grant) => ({
    method: 'POST',
    path: ['entity', id, 'grant'],
    ...(tenantId !== undefined && { tenantId }),
    body: { grant },
  }));
}

function requestTo(
  { kind, id, parentId, tenantId }: Wanted,
  method: DraftRequest['method'],
): Omit<DraftRequest, 'body'> {
  const path = endpoints[kind.kind].path.split('/');
  const steps = path.map((step) => (step === '{parent}' ? (parentId ?? '') : step));
  return {
    method,
    path: kind.scope === 'singleton' ? steps : [...steps, id],
    ...(tenantId !== undefined && { tenantId }),
  };
}

function envelope({ body, kind }: Wanted): JsonObject {
  const { wrapper } = endpoints[kind.kind];
  if (kind.kind !== 'group' || body['roleIds'] === undefined) return { [wrapper]: body };
  // Beside the group, not in it (FusionAuth docs: apis/groups).
  return { [wrapper]: without(body, 'roleIds'), roleIds: body['roleIds'] };
}

/** What of a body is not, or not so, in what was left of it; a list that lost something is there whole. */
function laterPart(whole: JsonObject, left: JsonObject): JsonObject | undefined {
  const entries = Object.entries(whole).flatMap(([key, value]): readonly (readonly [string, Json])[] => {
    const there = left[key];
    if (there === undefined) return [[key, value]];
    if (jsonEqual(value, there)) return [];
    if (!isJsonObject(value) || !isJsonObject(there)) return [[key, value]];
    const inner = laterPart(value, there);
    return inner === undefined ? [] : [[key, inner]];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function without(body: JsonObject, ...fields: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([key]) => !fields.includes(key)));
}
