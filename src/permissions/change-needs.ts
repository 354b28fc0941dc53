import { type Catalog, keyManagerEndpoint } from '../catalog/index.js';
import { type Change, type Permission, permissionText } from '../model/index.js';
import { getting } from './read-needs.js';
import { creating, deleting, updating } from './write-needs.js';

/**
 * The permissions that performing a change needs for certain: those of requests that are made whatever the instance has.
 * A change that writes nothing needs none. For API keys nothing is certain: a key manager may be refused one of them, for
 * what that may do, and not another.
 */
export async function changeNeeds(catalog: Catalog, change: Change): Promise<readonly Permission[]> {
  const permissions = await requestNeeds(catalog, change);
  return permissions.filter(({ endpoint }) => endpoint !== keyManagerEndpoint);
}

async function requestNeeds(catalog: Catalog, change: Change): Promise<readonly Permission[]> {
  const kind = catalog.kind(change.ref.kind);
  switch (change.op) {
    case 'create':
      return creating(kind, change.overlay);
    case 'delete':
      return [...(await getting(kind)), ...(await deleting(kind))];
    case 'adopt':
    case 'update':
    case 'reactivate': {
      const read = await getting(kind);
      if (change.edits.length === 0) return read;
      const [first, ...others] = await updating(kind, change.overlay);
      const always = (first ?? []).filter((permission) =>
        others.every((list) => list.some((item) => permissionText(item) === permissionText(permission))),
      );
      return [...read, ...always];
    }
    case 'replace':
    case 'keep':
      return [];
  }
}
