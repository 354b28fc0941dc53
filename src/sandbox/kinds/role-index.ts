import type { Instance } from '../kind.js';
import type { Fields, Store, StoredObject } from '../store.js';
import { isRecord } from './normal-text.js';

/** A role and the application it lies in. */
export interface FoundRole {
  readonly role: Fields & { readonly id: string };
  readonly application: StoredObject;
}

interface RoleIndex {
  readonly version: number;
  readonly roles: ReadonlyMap<string, FoundRole>;
}

const indexes = new WeakMap<Store, RoleIndex>();

/** The role with an id, in whichever application. Looked up in an index that is made anew when an application changed. */
export function findRole(id: string, { store }: Instance): FoundRole | undefined {
  const version = store.versionOf('application');
  let index = indexes.get(store);
  if (index?.version !== version) {
    const found = [...store.all('application')].flatMap((application) =>
      rolesOf(application).map((role) => [role.id, { role, application }] as const),
    );
    index = { version, roles: new Map(found) };
    indexes.set(store, index);
  }
  return index.roles.get(id.toLowerCase());
}

/** Roles as they lie inside an application. */
export function rolesOf(application: Fields): readonly (Fields & { readonly id: string })[] {
  const { roles } = application;
  return Array.isArray(roles) ? roles.filter(isRole) : [];
}

function isRole(value: unknown): value is Fields & { readonly id: string } {
  return isRecord(value) && typeof value['id'] === 'string';
}
