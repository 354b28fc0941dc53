import { hasNulls } from './fields.js';

/** JSON as FusionAuth writes it: nulls are left out at every level (fusionauth-java-client: NON_NULL). */
export function wireJson(value: unknown): string {
  // Asking first is cheaper than a replacer that is asked about every part, and stored objects have none.
  return hasNulls(value) ? JSON.stringify(value, withoutNull) : JSON.stringify(value);
}

function withoutNull(_: string, part: unknown): unknown {
  return part === null ? undefined : part;
}
