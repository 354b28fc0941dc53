import { clientCalls } from './client-calls.generated.js';
import type { Kind, Route } from './kind.js';
import { routesOf } from './routes.js';
import { pathVariants, unsupportedRoutes } from './unsupported-routes.js';

/** A call of FusionAuth's API, and whether the sandbox answers it. */
export interface EmulatedCall {
  readonly method: Route['method'];
  /** With names in place of ids: `/api/tenant/{tenantId}`. */
  readonly path: string;
  /** Methods of the official client that make it; none for a call that only the documentation has. */
  readonly names: readonly string[];
  /** Else it is answered 501. */
  readonly emulated: boolean;
}

const byKinds = new WeakMap<readonly Kind[], readonly EmulatedCall[]>();

/** Every call that the official client makes or that a kind has, by path and method. Worked out once. */
export function emulatedCalls(kinds: readonly Kind[]): readonly EmulatedCall[] {
  const known = byKinds.get(kinds) ?? callsOf(kinds);
  byKinds.set(kinds, known);
  return known;
}

function callsOf(kinds: readonly Kind[]): readonly EmulatedCall[] {
  const supported = kinds.flatMap((kind) => routesOf(kind));
  const missing = new Set(unsupportedRoutes(supported).map(({ method, path }) => `${method} ${path}`));
  const calls = new Map<string, EmulatedCall>();
  for (const { method, path, names } of clientCalls) {
    for (const variant of pathVariants(path)) {
      const key = `${method} ${withParts(variant, () => ':')}`;
      calls.set(key, {
        method,
        path: named(variant),
        names: [...(calls.get(key)?.names ?? []), ...names],
        emulated: !missing.has(`${method} ${variant}`),
      });
    }
  }
  for (const { method, path } of supported) {
    for (const variant of pathVariants(path)) {
      const key = `${method} ${withParts(variant, () => ':')}`;
      if (!calls.has(key)) calls.set(key, { method, path: named(variant), names: [], emulated: true });
    }
  }
  return [...calls.values()].toSorted((left, right) =>
    `${left.path} ${left.method}` < `${right.path} ${right.method}` ? -1 : 1,
  );
}

function named(path: string): string {
  return withParts(path, (name) => `{${name}}`);
}

/** A path with something else in place of its `:name` parts. */
function withParts(path: string, part: (name: string) => string): string {
  return path.replace(/:(\w+)(?:\{[^}]*\})?/g, (_, name: string) => part(name));
}
