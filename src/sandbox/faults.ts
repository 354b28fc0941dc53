import type { Fault } from './fault.js';
import { parseFault } from './parse-fault.js';
import { seededRandom } from './seeded-random.js';

/** A fault that a request meets. */
export interface MetFault {
  readonly fault: Fault;
  /** Milliseconds to wait first: the latency with its jitter. */
  readonly waitMs: number;
}

interface Armed {
  readonly fault: Fault;
  readonly fits: (method: string, path: string) => boolean;
  readonly random: () => number;
  skip: number;
  /** Infinity for all. */
  left: number;
}

/** Faults in the order they were given; the first that fits a request is the one it meets. */
export class Faults {
  readonly #atStart: readonly Fault[];
  #armed: Armed[] = [];

  /** @param atStart - what is there from the start, and after every {@link Faults.reset}. @throws {@link FaultError} */
  constructor(atStart: readonly Fault[] = []) {
    this.#atStart = atStart;
    this.reset();
  }

  /** @throws {@link FaultError} for what only claims to be one. */
  add(fault: Fault): void {
    const { seed = 0, skip = 0, count = fault.probability === undefined ? 1 : 0 } = parseFault(fault);
    const left = count === 0 ? Number.POSITIVE_INFINITY : count;
    this.#armed.push({ fault, fits: matcherOf(fault), random: seededRandom(seed), skip, left });
  }

  clear(): void {
    this.#armed = [];
  }

  /** Back to the faults of the start, with their counts and chances as they were. */
  reset(): void {
    this.clear();
    for (const fault of this.#atStart) this.add(fault);
  }

  /** The faults that are still to come. */
  list(): readonly Fault[] {
    return this.#armed.map(({ fault }) => fault);
  }

  /** The fault a request meets, which counts as met. */
  take(method: string, path: string): MetFault | undefined {
    for (const armed of this.#armed) {
      const { fault, random } = armed;
      if (!armed.fits(method, path)) continue;
      // Drawn for every request that fits, so that which ones are picked depends on nothing else.
      if (fault.probability !== undefined && random() >= fault.probability) continue;
      if (armed.skip > 0) {
        armed.skip -= 1;
        continue;
      }
      armed.left -= 1;
      if (armed.left <= 0) this.#armed = this.#armed.filter((other) => other !== armed);
      const { latencyMs = 0, jitterMs = 0 } = fault;
      return { fault, waitMs: latencyMs + (jitterMs === 0 ? 0 : Math.floor(random() * (jitterMs + 1))) };
    }
    return undefined;
  }
}

function matcherOf({ method, path, route }: Fault): Armed['fits'] {
  const pattern = path === undefined ? undefined : new RegExp(path);
  const template = route === undefined ? undefined : templatePattern(route);
  return (asked, at) =>
    (method === undefined || method.toUpperCase() === asked) &&
    pattern?.test(at) !== false &&
    template?.test(at) !== false;
}

/** `/api/tenant/{tenantId}` fits one part of a path, whatever it is; a slash at the end is no part of a path. */
function templatePattern(route: string): RegExp {
  const parts = route.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('[^/]+')}/?$`);
}
