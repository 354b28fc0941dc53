import type { Problem } from '../errors.js';
import type { Call } from '../kind.js';
import { referredTo, thereIsNo } from '../references.js';
import type { Fields, StoredObject } from '../store.js';

/** The user with an id, where the call may see it. */
export function knownUser(id: unknown, { instance, tenantId }: Call): StoredObject | undefined {
  const user = referredTo(instance, 'user', id);
  return tenantId === undefined || user?.['tenantId'] === tenantId ? user : undefined;
}

/** Fields that must hold ids of users, all of one tenant, and do not. */
export function userIdProblems(object: Fields, fields: readonly string[], call: Call): readonly Problem[] {
  const first = fields.map((field) => knownUser(object[field], call)).find((user) => user !== undefined);
  return fields.flatMap((field): readonly Problem[] => {
    const id = object[field] ?? undefined;
    if (id === undefined) return [{ field, kind: 'missing', message: `The ${field} is required.` }];
    const user = knownUser(id, call);
    if (user !== undefined && user['tenantId'] === first?.['tenantId']) return [];
    return [{ field, kind: 'invalid', message: thereIsNo('User', id) }];
  });
}
