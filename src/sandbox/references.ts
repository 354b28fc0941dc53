import type { Problem } from './errors.js';
import { placesAt, valueAt } from './fields.js';
import type { Instance, Kind, Reference } from './kind.js';
import { describeUses, findUses } from './kinds/uses.js';
import type { Fields, StoredObject } from './store.js';

/** The object of a kind that a value leads to, where it is the id of one. */
export function referredTo({ store }: Pick<Instance, 'store'>, kind: string, id: unknown): StoredObject | undefined {
  return typeof id === 'string' ? store.get(kind, id) : undefined;
}

/** `There is no Group with Id [7f318a9d-…].` */
export function thereIsNo(label: string, id: unknown): string {
  return `There is no ${label} with Id [${String(id)}].`;
}

/**
 * Ids in an object that lead nowhere, or to an object of the wrong type. Of kinds that the sandbox has no API for yet
 * (entity types) the store holds only what a fresh install has, so ids of built-in objects are taken and all others are
 * answered `[invalid]`, as on a server where nobody made such objects.
 */
export function referenceProblems(object: Fields, { references = [] }: Kind, instance: Instance): readonly Problem[] {
  return references.flatMap((reference) =>
    placesAt(object, reference.path)
      .filter(({ value }) => value !== undefined && value !== null)
      .flatMap(({ path, value }) => {
        const why = whyInvalid(value, reference, instance);
        if (why === undefined) return [];
        return [{ field: path, kind: 'invalid', message: `The ${path} [${String(value)}] is invalid. ${why}` }];
      }),
  );
}

function whyInvalid(id: unknown, { kind, having, fits }: Reference, instance: Instance): string | undefined {
  const found = referredTo(instance, kind, id);
  if (found === undefined) return `There is no ${kind} with this Id.`;
  if (instance.switches.referenceTypes === 'unchecked') return undefined;
  const lacking = Object.entries(having ?? {}).find(([path, wanted]) => {
    const value = valueAt(found, path);
    return Array.isArray(value) ? !value.includes(wanted) : value !== wanted;
  });
  if (fits?.(found) === false) return `The ${kind} with this Id is not one for this use.`;
  return lacking && `The ${kind} with this Id has no ${lacking[0]} [${lacking[1]}].`;
}

/** Why an object cannot be deleted: it is used. The code is UNVERIFIED (switch undocumentedErrors). */
export function useProblems(object: StoredObject, kind: Kind, instance: Instance): readonly Problem[] {
  if (instance.switches.deleteInUse === 'allowed' || kind.usedAt === undefined) return [];
  const uses = findUses(object.id, kind.usedAt, (name) => instance.store.all(name));
  if (uses.length === 0) return [];
  const message = `The ${kind.label} with Id [${object.id}] is in use by ${describeUses(uses)}.`;
  return [{ field: kind.idParameter, kind: 'inUse', message, at: 'request', madeUp: true }];
}
