/** Lets at most so many callers work at once; the others wait in the order they came. */
export class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  /** @param count - at least 1. */
  constructor(count: number) {
    this.#free = Math.max(1, Math.floor(count));
  }

  /** Does the work as soon as a slot is free. Time limits inside `work` do not count the wait. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free += 1;
    }
  }
}
