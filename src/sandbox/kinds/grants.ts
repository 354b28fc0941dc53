import type { Instance } from '../kind.js';
import type { StoredObject } from '../store.js';

/** What a grant is on, and whom it is given to: the fields that grants are looked up by. */
export type GrantEnd = 'entityId' | 'recipientEntityId' | 'userId';

/** The grants with this id at one of their ends. */
export function grantsOf(end: GrantEnd, id: string, { store }: Instance): readonly StoredObject[] {
  return store.findAll('entityGrant', end, id);
}

/** Grants go with the user. That they do is what the docs imply (UNVERIFIED). */
export function forgetUserGrants(userId: string, instance: Instance): void {
  removeAll(grantsOf('userId', userId, instance), instance);
}

/** Grants go with the entity that they are on, and with the one that has them. */
export function forgetEntityGrants({ id }: StoredObject, instance: Instance): void {
  removeAll([...grantsOf('entityId', id, instance), ...grantsOf('recipientEntityId', id, instance)], instance);
}

function removeAll(grants: readonly StoredObject[], instance: Instance): void {
  for (const grant of grants) {
    instance.store.remove('entityGrant', grant.id);
    reindexTarget(grant, instance);
  }
}

/** The grants on an entity are part of what it can be searched by. */
export function reindexTarget({ entityId }: StoredObject, { store }: Instance): void {
  const target = store.get('entity', String(entityId));
  if (target !== undefined) store.put('entity', target);
}
