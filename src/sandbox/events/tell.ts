import type { Call, Told } from '../kind.js';
import type { StoredObject } from '../store.js';
import { eventInfoOf } from './event-info.js';

/**
 * Sends an event about an object: of its tenant, with what the caller said of himself. To be awaited before the change
 * where the event can be part of a transaction.
 */
export async function tell(call: Call, about: StoredObject, told: Told): Promise<void> {
  const { type, fields, unlinked, tenantId = about['tenantId'] } = told;
  await call.instance.events.send({
    type,
    ...(typeof tenantId === 'string' ? { tenantId } : {}),
    ...(unlinked === true ? {} : { linkedObjectId: about.id }),
    info: eventInfoOf(call),
    fields,
  });
}
