import type { Catalog, Kind } from '../catalog/index.js';
import { isJsonObject, isUuid, type Json, type JsonObject } from '../model/index.js';
import { endpoints } from './endpoints.js';
import type { ImportedRequest } from './imported-request.js';

/** What a request of a kickstart is about. */
export type RequestTarget =
  /** People, and what they do: no configuration. */
  | { readonly about: 'data' }
  | { readonly about: 'licence' }
  | { readonly about: 'grant'; readonly entityId: string; readonly grant: JsonObject }
  | { readonly about: 'identityProviderType'; readonly type: string; readonly configuration: Json }
  | { readonly about: 'object'; readonly kind: Kind; readonly id?: string; readonly parentId?: string }
  | { readonly about: 'nothing' };

/** Requests about what is no configuration (FusionAuth docs, apis). */
const dataPaths =
  /^(?:(?:user|identity|jwt|two-factor|webauthn|passwordless|login|logout|group\/member|identity-provider\/link|email\/send|message\/send)(?:$|\/)|system\/audit-log$)/;

/** Finds out what a request is about, from its path and, for a grant, from whom it is for. */
export function targetOf({ body, steps }: ImportedRequest, catalog: Catalog): RequestTarget {
  if (dataPaths.test(steps.join('/'))) return { about: 'data' };
  const [first, second, third] = steps;
  if (first === 'reactor' && second === undefined) return { about: 'licence' };
  if (first === 'entity' && second !== undefined && third === 'grant') {
    const grant = isJsonObject(body) ? body['grant'] : undefined;
    const isConfiguration = isJsonObject(grant) && grant['userId'] === undefined;
    return isConfiguration ? { about: 'grant', entityId: second, grant } : { about: 'data' };
  }
  if (first === 'tenant-manager' && second === 'identity-provider' && third !== undefined) {
    const configuration = isJsonObject(body) ? body['typeConfiguration'] : undefined;
    return { about: 'identityProviderType', type: third, configuration: configuration ?? {} };
  }
  // A key is made at one of two paths, and renamed at a third.
  const isMadeKey = first === 'key' && (second === 'generate' || second === 'import');
  return objectTarget(isMadeKey ? ['key', ...steps.slice(2)] : steps, catalog);
}

/** `entity/type` is a kind of its own, no entity called so: ids are UUIDs, and the longest path wins. */
function objectTarget(steps: readonly string[], catalog: Catalog): RequestTarget {
  const found = catalog.kinds
    .flatMap((kind) => {
      const wanted = endpoints[kind.kind].path.split('/');
      const [id, ...rest] = steps.slice(wanted.length);
      const parentAt = wanted.indexOf('{parent}');
      const parentId = parentAt < 0 ? undefined : steps[parentAt];
      const fits =
        wanted.length > 0 &&
        wanted.every((step, index) => step === steps[index] || (index === parentAt && isUuid(parentId ?? ''))) &&
        rest.length === 0 &&
        (id === undefined || (kind.scope !== 'singleton' && isUuid(id)));
      return fits ? [{ kind, id, parentId, length: wanted.length }] : [];
    })
    .sort((a, b) => b.length - a.length);
  const [best] = found;
  if (best === undefined) return { about: 'nothing' };
  const { id, kind, parentId } = best;
  return { about: 'object', kind, ...(id !== undefined && { id }), ...(parentId !== undefined && { parentId }) };
}
