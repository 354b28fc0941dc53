import type { Call, Told } from '../kind.js';
import type { StoredObject } from '../store.js';
import { eventInfoOf } from './event-info.js';

/**
 * Sends an event about an object: of its tenant, with what the caller said of himself. To be awaited before the change
 * where the event can be part of a transaction.
 */
export async function tell(call: Call, about: StoredObject, { type, fields }: Told): Promise<void> {
  const { id, tenantId } = about;
  await call.instance.events.send({
    type,
    ...(typeof tenantId === 'string' ? { tenantId } : {}),
    linkedObjectId: id,
    info: eventInfoOf(call),
    fields,
  });
}
