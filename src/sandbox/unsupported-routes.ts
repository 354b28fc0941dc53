import { clientCalls, type ClientCall } from './client-calls.generated.js';
import { notImplemented, type Refusal } from './errors.js';
import type { Route } from './kind.js';

/**
 * Routes for the calls of FusionAuth's own client that the sandbox does not have: each is answered 501 with the names of
 * the client's methods, so that nobody takes silence for success. Source of the status: FusionAuth docs apis, status codes.
 */
export function unsupportedRoutes(supported: readonly Route[]): readonly Route[] {
  const known = new Set(supported.flatMap(({ method, path }) => shapesOf(path).map((shape) => `${method} ${shape}`)));
  return clientCalls.flatMap((call) =>
    missingPaths(call, known).map((path) => ({
      method: call.method,
      path,
      endpoint: path,
      scope: 'anonymous',
      handle: () => {
        throw unsupported(call);
      },
    })),
  );
}

/** The ways to write a call's path that lead to no route. @param known - methods and shapes of those that do. */
function missingPaths({ method, path }: ClientCall, known: ReadonlySet<string>): readonly string[] {
  return pathVariants(path).filter((variant) => !shapesOf(variant).every((shape) => known.has(`${method} ${shape}`)));
}

/** `/api/user/:userId?` is `/api/user` and `/api/user/:userId`. */
export function pathVariants(path: string): readonly string[] {
  return path.endsWith('?') ? [path.replace(/\/:\w+(?:\{[^}]*\})?\?$/, ''), path.slice(0, -1)] : [path];
}

/** A path without the names of its parts, which differ from one source to the next. */
function shapesOf(path: string): readonly string[] {
  return pathVariants(path).map((variant) => variant.replace(/:\w+(?:\{[^}]*\})?/g, ':'));
}

function unsupported({ method, path, names }: ClientCall): Refusal {
  return notImplemented(`The sandbox does not emulate ${names.join(', ')} (${method} ${path}).`);
}
