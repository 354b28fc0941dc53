import type { Instance } from '../kind.js';
import type { Fields, IndexRule, StoredObject } from '../store.js';
import { isRecord } from './normal-text.js';

/** A role and the application it lies in. */
export interface FoundRole {
  readonly role: Fields & { readonly id: string };
  readonly application: StoredObject;
}

/** Applications are found by the roles in them: a list of all roles, made anew for every application, costs too much. */
export const roleIndex: IndexRule = { field: 'roles.*.id' };

/** The role with an id, in whichever application. */
export function findRole(id: string, { store }: Pick<Instance, 'store'>): FoundRole | undefined {
  const application = store.findAll('application', roleIndex.field, id).at(-1);
  const wanted = id.toLowerCase();
  const role = rolesOf(application ?? {}).findLast((other) => other.id.toLowerCase() === wanted);
  return application && role && { role, application };
}

/** Roles as they lie inside an application. */
export function rolesOf(application: Fields): readonly (Fields & { readonly id: string })[] {
  const { roles } = application;
  return Array.isArray(roles) ? roles.filter(isRole) : [];
}

function isRole(value: unknown): value is Fields & { readonly id: string } {
  return isRecord(value) && typeof value['id'] === 'string';
}
