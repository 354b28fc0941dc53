import type { Problem } from './errors.js';
import { placesAt } from './fields.js';
import type { Instance, Kind } from './kind.js';
import { describeUses, findUses } from './kinds/uses.js';
import type { Fields, StoredObject } from './store.js';

/**
 * Whether there is an object to refer to. For kinds that the sandbox has no API for yet (forms, connectors, message
 * templates, messengers, IP ACLs, user actions, entity types) the store holds only what a fresh install has, so ids of
 * built-in objects are taken and all others are answered `[invalid]`, as on a server where nobody made such objects.
 */
function referenceExists({ store }: Instance, kind: string, id: string): boolean {
  return store.get(kind, id) !== undefined;
}

/** Ids in an object that lead nowhere. */
export function referenceProblems(object: Fields, { references = [] }: Kind, instance: Instance): readonly Problem[] {
  return references.flatMap(({ path, kind }) =>
    placesAt(object, path)
      .filter(({ value }) => value !== undefined && value !== null)
      .filter(({ value }) => typeof value !== 'string' || !referenceExists(instance, kind, value))
      .map((place) => ({
        field: place.path,
        kind: 'invalid',
        message: `The ${place.path} [${String(place.value)}] is invalid. There is no ${kind} with this Id.`,
      })),
  );
}

/** Why an object cannot be deleted: it is used. The code is UNVERIFIED, so it is made here and nowhere else. */
export function useProblems(object: StoredObject, kind: Kind, instance: Instance): readonly Problem[] {
  if (instance.switches.deleteInUse === 'allowed' || kind.usedAt === undefined) return [];
  const uses = findUses(object.id, kind.usedAt, (name) => instance.store.all(name));
  if (uses.length === 0) return [];
  const message = `The ${kind.label} with Id [${object.id}] is in use by ${describeUses(uses)}.`;
  return [{ field: kind.idParameter, kind: 'inUse', message, at: 'request' }];
}
