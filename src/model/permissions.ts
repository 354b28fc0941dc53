/** One thing that an API key may do: call an endpoint with a method. */
export interface Permission {
  /** As FusionAuth names it in `permissions.endpoints`: the path without ids, `/api/application/role`. */
  readonly endpoint: string;
  readonly method: string;
}

/** What an API key needs of one endpoint. */
export interface NeededEndpoint {
  readonly endpoint: string;
  /** In the order GET, POST, PUT, PATCH, DELETE. */
  readonly methods: readonly string[];
  /** For what, one text for each kind: `application: read, created, updated`. */
  readonly why: readonly string[];
}

/** What one of an environment's API keys must be permitted, and no more. */
export interface NeededKey {
  /** The setting that names the key. */
  readonly setting: 'instance.apiKey' | 'instance.writeKey';
  /** Sorted by endpoint. */
  readonly endpoints: readonly NeededEndpoint[];
  /** True where it must be a key manager, which no permission replaces: why, one text for each reason. Empty: it need not be. */
  readonly keyManager: readonly string[];
  /** Why no limit will do: it makes or reads keys that have none. Empty: the endpoints are enough. */
  readonly unlimited: readonly string[];
}

/** A key's limits as its `permissions.endpoints` has them; undefined for a key without limits. */
export type KeyLimits = Readonly<Record<string, readonly string[]>> | undefined;

const methodOrder = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** The methods in the order in which they are written, each once. */
export function sortedMethods(methods: Iterable<string>): readonly string[] {
  const rank = (method: string): number => {
    const index = methodOrder.indexOf(method);
    return index < 0 ? methodOrder.length : index;
  };
  return [...new Set(methods)].sort((left, right) => rank(left) - rank(right));
}

/** The needed permissions that a key with these limits lacks, in the order of what is needed. */
export function missingPermissions(needed: NeededKey, limits: KeyLimits): readonly Permission[] {
  if (limits === undefined) return [];
  return needed.endpoints.flatMap(({ endpoint, methods }) => {
    const allowed = Object.hasOwn(limits, endpoint) ? (limits[endpoint] ?? []) : [];
    return methods.filter((method) => !allowed.includes(method)).map((method) => ({ endpoint, method }));
  });
}

/** `POST on /api/lambda`. */
export function permissionText({ endpoint, method }: Permission): string {
  return `${method} on ${endpoint}`;
}

/**
 * The permission that a request needs. What permissions are named by is the path without the ids in it (FusionAuth docs:
 * apis/authentication): a part with a digit or a capital is an id, or the type of an identity provider; no word of a path
 * has either.
 */
export function permissionOf(request: { readonly method: string; readonly path: string }): Permission {
  const parts = request.path.split('/').filter((part) => !isVariablePart(part));
  return { endpoint: parts.join('/'), method: request.method };
}

/** True for a part of a path that names one object instead of a part of the API. */
export function isVariablePart(part: string): boolean {
  return /[0-9A-Z]/.test(part);
}
