/** JSON as FusionAuth writes it: nulls are left out at every level (fusionauth-java-client: NON_NULL). */
export function wireJson(value: unknown): string {
  const text = JSON.stringify(value);
  // Looking for one is cheaper than a replacer that is asked about every part, and stored objects have none.
  return text.includes('null') ? JSON.stringify(value, withoutNull) : text;
}

function withoutNull(_: string, part: unknown): unknown {
  return part === null ? undefined : part;
}
