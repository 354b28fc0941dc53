import type { Instance } from '../kind.js';
import type { StoredObject } from '../store.js';

/** What a grant is on, and whom it is given to: the fields that grants are looked up by. */
export type GrantEnd = 'entityId' | 'recipientEntityId' | 'userId';

/** The grants with this id at one of their ends. */
export function grantsOf(end: GrantEnd, id: string, { store }: Instance): readonly StoredObject[] {
  return store.findAll('entityGrant', end, id);
}

/** Grants go with the user, as the docs imply: UNVERIFIED (switch partsOfDeletedUser). */
export function forgetUserGrants(userId: string, instance: Instance): void {
  if (instance.switches.partsOfDeletedUser === 'kept') return;
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

/** The grants on an entity, or of it, are part of what it can be searched by. */
export function reindexTarget({ entityId, recipientEntityId }: StoredObject, { store }: Instance): void {
  for (const id of [entityId, recipientEntityId]) {
    const end = store.get('entity', String(id));
    if (end !== undefined) store.put('entity', end);
  }
}
