import type { ChangeBase } from '../../model/index.js';

/** Which object a change is of, and nothing of where the files ask for it: a rollback is not what they ask for. */
export function baseOf({ ref, id, parentId, tenantId }: ChangeBase): ChangeBase {
  return { ref, id, ...(parentId !== undefined && { parentId }), ...(tenantId !== undefined && { tenantId }) };
}
