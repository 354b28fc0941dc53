/** JSON as FusionAuth writes it: nulls are left out at every level (fusionauth-java-client: NON_NULL). */
export function wireJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (part === null ? undefined : part));
}
