import { valueAt, withValueAt } from '../fields.js';
import type { Instance } from '../kind.js';
import type { Fields } from '../store.js';

/**
 * An object whose policy for the unverified says since when it is switched on; one that is off says nothing.
 * Source: fusionauth-java-client `TimeBasedDeletePolicy.enabledInstant`.
 */
export function withEnabledInstant(object: Fields, policy: string, { now }: Pick<Instance, 'now'>): Fields {
  const instant = `${policy}.enabledInstant`;
  if (valueAt(object, `${policy}.enabled`) !== true) return withValueAt(object, instant, undefined);
  return valueAt(object, instant) === undefined ? withValueAt(object, instant, now()) : object;
}
