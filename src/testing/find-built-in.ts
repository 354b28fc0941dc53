import type { Kind } from '../catalog/index.js';
import type { JsonObject } from '../model/index.js';

/** The id of a kind's built-in on an instance that has these bodies. */
export function findBuiltIn(
  kind: Kind,
  name: string,
  bodies: Readonly<Record<string, readonly JsonObject[]>>,
): string | undefined {
  const builtIn = kind.builtIns.find((one) => one.name === name);
  if (!builtIn) throw new TypeError(`${kind.kind} has no built-in '${name}'`);
  return 'id' in builtIn.find ? builtIn.find.id : builtIn.find.byRole({ bodies: (of) => bodies[of] ?? [] });
}
