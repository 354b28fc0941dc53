import { withoutNulls } from '../fields.js';
import type { Call } from '../kind.js';
import { isRecord } from '../kinds/normal-text.js';
import type { Fields } from '../store.js';

/**
 * The `info` of an event that a call causes: what the caller said in `eventInfo`, and of address and user agent that it did
 * not say, those of the connection. Undefined where nothing is known. Source: FusionAuth docs
 * extend/events-and-webhooks/events, `event.info`; `BaseEventRequest` of fusionauth-java-client.
 */
export function eventInfoOf({ body, client }: Pick<Call, 'body' | 'client'>): Fields | undefined {
  const said = isRecord(body) ? withoutNulls(body['eventInfo']) : undefined;
  const info = { ...client, ...(isRecord(said) ? said : {}) };
  return Object.keys(info).length === 0 ? undefined : info;
}
