import type { World } from '../contract/resources.js';
import { ask, codesOf, type Answer, type Ask, type Target } from '../contract/target.js';

/** A question about FusionAuth that its documentation leaves open, or that differs from version to version. */
export interface Probe {
  /** The sandbox's switch of the same name stands for it. */
  readonly name: string;
  /** Looks, and gives the name of what it found: a value of the switch, or another text where it is neither. */
  readonly observe: (instance: Instance) => Promise<string>;
}

/** An instance that may be changed, and what it is asked with. */
export interface Instance {
  readonly target: Target;
  readonly world: World;
  readonly ask: (request: Ask) => Promise<Answer>;
  /** A name that no object has. */
  readonly unique: (word: string) => string;
  /**
   * Makes an object that is deleted when the probe is done, in the opposite order.
   * @throws when the instance refuses it: then nothing can be observed.
   */
  readonly make: (path: string, body: object, options?: { readonly tenantId?: string }) => Promise<any>;
}

/** Does something with an instance, and takes away afterwards what was made on the way. */
export async function withInstance<Result>(
  { target, world }: { readonly target: Target; readonly world: World },
  work: (instance: Instance) => Promise<Result>,
): Promise<Result> {
  const made: string[] = [];
  let count = 0;
  const instance: Instance = {
    target,
    world,
    ask: (request) => ask(target, request),
    unique: (word) => `${word} ${Date.now().toString(36)} ${(count += 1)}`,
    make: async (path, body, { tenantId } = {}) => {
      const answer = await ask(target, { method: 'POST', path, body, ...(tenantId === undefined ? {} : { tenantId }) });
      if (answer.status !== 200) {
        throw new Error(`POST ${path} was answered ${answer.status} ${codesOf(answer).join(' ')}`);
      }
      const [object] = Object.values<any>(answer.body);
      made.unshift(`${path.replace(/\/generate$|\/import$/, '')}/${object.id}`);
      return object;
    },
  };
  try {
    return await work(instance);
  } finally {
    for (const path of made) await ask(target, { method: 'DELETE', path: deleting(path) });
  }
}

/** What is only deactivated by a DELETE is deleted for good. */
export function deleting(path: string): string {
  return /^\/api\/(?:application|user|user-action)\/[^/]+$/.test(path) ? `${path}?hardDelete=true` : path;
}
