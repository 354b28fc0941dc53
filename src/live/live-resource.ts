import type { Catalog, Kind } from '../catalog/index.js';
import { isJsonObject, KedgeError, type JsonObject, type LiveResource } from '../model/index.js';

/** A body that the instance gave, as a live resource of its kind. */
export function liveResource(
  kind: Kind,
  body: unknown,
  read: { readonly detailed: boolean; readonly parentId?: string },
): LiveResource {
  if (!isJsonObject(body)) throw bodyError(kind, 'it is no object');
  const { id } = body;
  if (typeof id !== 'string' || id === '') throw bodyError(kind, 'it has no id');
  return {
    kind: kind.kind,
    id,
    ...(read.parentId !== undefined && { parentId: read.parentId }),
    ...(kind.softDelete && { active: isActive(body) }),
    body,
    detailed: read.detailed,
  };
}

/**
 * The resource without its child lists, then every child as a resource of its own.
 * @throws {@link KedgeError} `live/bad-response` where a child list is not a list of objects with an id.
 */
export function splitChildren(
  parent: LiveResource,
  of: { readonly catalog: Catalog; readonly kind: Kind },
): readonly LiveResource[] {
  const { catalog, kind } = of;
  if (kind.children.length === 0) return [parent];
  const body: Record<string, JsonObject[string]> = { ...parent.body };
  const children: LiveResource[] = [];
  for (const { field, kind: name } of kind.children) {
    const list = body[field];
    delete body[field];
    // Empty lists are always written by the server, so an absent one is a version without the child kind.
    if (list === undefined) continue;
    if (!Array.isArray(list)) throw bodyError(kind, `its ${field} are no list`);
    for (const item of list) {
      const child = catalog.kind(name);
      children.push(liveResource(child, item, { detailed: parent.detailed, parentId: parent.id }));
    }
  }
  return [{ ...parent, body }, ...children];
}

/** False for an object that a soft delete put to sleep: `active: false`, or since 1.48 also a `state` that says so. */
function isActive(body: JsonObject): boolean {
  return body['active'] !== false && (body['state'] === undefined || body['state'] === 'Active');
}

function bodyError(kind: Kind, why: string): KedgeError {
  return new KedgeError({
    code: 'live/bad-response',
    message: `an object of the kind ${kind.title} cannot be read: ${why}`,
  });
}
