import type { World } from '../contract/resources.js';
import { ask, codesOf, type Answer, type Ask, type Target } from '../contract/target.js';
import type { Surroundings } from '../contract/world.js';
import { pause } from './pause.js';

/** A question about FusionAuth that its documentation leaves open, or that differs from version to version. */
export interface Probe {
  /** The sandbox's switch of the same name stands for it. */
  readonly name: string;
  /** The search engine without which there is nothing to see. */
  readonly engine?: SearchEngine;
  /** It is of what an install has before anybody changed it. */
  readonly fresh?: true;
  /** Looks, and gives the name of what it found: a value of the switch, or another text where it is neither. */
  readonly observe: (instance: Instance) => Promise<string>;
}

export type SearchEngine = 'database' | 'elasticsearch';

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
  readonly make: (path: string, body: object, options?: { readonly tenantId?: string | undefined }) => Promise<any>;
  /** Looks until something is there; undefined where it is not there in a while. A server does some things later. */
  readonly waitFor: <Found>(look: () => Promise<Found | undefined>) => Promise<Found | undefined>;
}

/** How long a server is given for what it does later, unless told otherwise. */
const patience = 5000;

/** Does something with an instance, and takes away afterwards what was made on the way. */
export async function withInstance<Result>(
  { target, world, patienceMs = patience }: Surroundings & { readonly patienceMs?: number | undefined },
  work: (instance: Instance) => Promise<Result>,
): Promise<Result> {
  const made: { readonly path: string; readonly tenantId?: string }[] = [];
  let count = 0;
  const instance: Instance = {
    target,
    world,
    ask: (request) => ask(target, request),
    unique: (word) => `${word} ${Date.now().toString(36)} ${(count += 1)}`,
    make: async (path, body, options = {}) => {
      const tenant = options.tenantId === undefined ? {} : { tenantId: options.tenantId };
      const answer = await ask(target, { method: 'POST', path, body, ...tenant });
      if (answer.status !== 200) {
        throw new Error(`POST ${path} was answered ${answer.status} ${codesOf(answer).join(' ')}`);
      }
      const [object] = Object.values<any>(answer.body);
      made.unshift({ path: `${path.replace(/\/generate$|\/import$/, '')}/${object.id}`, ...tenant });
      return object;
    },
    waitFor: async (look) => {
      const end = Date.now() + patienceMs;
      for (;;) {
        const found = await look();
        if (found !== undefined || Date.now() >= end) return found;
        await pause(50);
      }
    },
  };
  try {
    return await work(instance);
  } finally {
    for (const { path, ...tenant } of made) await ask(target, { method: 'DELETE', path: deleting(path), ...tenant });
  }
}

/** What is only deactivated by a DELETE is deleted for good. */
export function deleting(path: string): string {
  return /^\/api\/(?:application|user|user-action)\/[^/]+$/.test(path) ? `${path}?hardDelete=true` : path;
}
