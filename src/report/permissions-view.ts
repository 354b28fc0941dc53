import type { JsonObject, NeededKey, Permission } from '../model/index.js';

/** What `kedge permissions` came to for one environment. */
export interface PermissionsView {
  readonly environment: string;
  /** The instance's URL, without credentials. */
  readonly instance: string;
  readonly purpose: string;
  readonly keys: readonly NeededKey[];
  /** What a key that exists lacks of the last of them. */
  readonly checked?: { readonly id: string; readonly lacks: readonly Permission[]; readonly notManager: boolean };
}

/** What the key is called, in FusionAuth and, with dashes, in the files. */
export function keyName(view: PermissionsView, key: NeededKey): string {
  const part = view.keys.length === 1 ? '' : key.setting === 'instance.writeKey' ? ' write' : ' read';
  return `kedge ${view.environment} ${view.purpose}${part}`;
}

/** `permissions.endpoints` as FusionAuth's API key has them. */
export function endpointsOf(key: NeededKey): { readonly [endpoint: string]: readonly string[] } {
  return Object.fromEntries(key.endpoints.map(({ endpoint, methods }) => [endpoint, methods]));
}

/** The body of `POST /api/api-key` that makes the key; without limits where none will do. */
export function keyBody(view: PermissionsView, key: NeededKey): JsonObject {
  const limits = key.unlimited.length === 0 ? { permissions: { endpoints: endpointsOf(key) } } : {};
  return { apiKey: { name: keyName(view, key), ...limits } };
}
