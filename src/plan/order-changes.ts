import { type Change, changeKey, compareText, KedgeError } from '../model/index.js';

/**
 * Orders changes so that each comes after everything it waits for. Among those that could come next, creates and updates
 * come before deletes, and ties go by ref: the order does not depend on the order of the input.
 * @param changes - in any order; not mutated.
 * @param dependencies - by {@link changeKey}; keys that are not among the changes are ignored.
 * @throws {@link KedgeError} `plan/cycle`, with the refs of the loop and the place of the first. @see docs/adr/0004-plan.md
 */
export function orderChanges<T extends Change>(
  changes: readonly T[],
  dependencies: ReadonlyMap<string, readonly string[]>,
): readonly T[] {
  const steps = new Map(
    changes.map((change): readonly [string, Step<T>] => {
      const text = changeKey(change);
      return [text, { change, rank: `${change.op === 'delete' ? 1 : 0}${text}`, waiting: 0, next: [] }];
    }),
  );
  for (const [text, step] of steps) {
    for (const other of dependencies.get(text) ?? []) {
      const before = steps.get(other);
      if (!before) continue;
      step.waiting += 1;
      before.next.push(step);
    }
  }
  const ready = new ReadyQueue<T>();
  for (const step of steps.values()) if (step.waiting === 0) ready.push(step);
  const ordered: T[] = [];
  for (let step = ready.pop(); step !== undefined; step = ready.pop()) {
    ordered.push(step.change);
    for (const other of step.next) {
      other.waiting -= 1;
      if (other.waiting === 0) ready.push(other);
    }
  }
  if (ordered.length < changes.length) throw cycle(steps, dependencies);
  return ordered;
}

/** One change on its way into the order. */
interface Step<T> {
  readonly change: T;
  /** What decides among those that could come next. */
  readonly rank: string;
  /** How many changes it still waits for. */
  waiting: number;
  /** What waits for it. */
  readonly next: Step<T>[];
}

/** A binary heap of steps: ten thousand changes are ordered in n·log n. */
class ReadyQueue<T> {
  readonly #items: Step<T>[] = [];

  push(step: Step<T>): void {
    this.#items.push(step);
    let index = this.#items.length - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#before(index, parent)) break;
      this.#swap(index, parent);
      index = parent;
    }
  }

  pop(): Step<T> | undefined {
    const [top] = this.#items;
    const last = this.#items.pop();
    if (last && this.#items.length > 0) {
      this.#items[0] = last;
      this.#sink();
    }
    return top;
  }

  #sink(): void {
    let index = 0;
    for (;;) {
      let least = index;
      for (const child of [2 * index + 1, 2 * index + 2]) if (this.#before(child, least)) least = child;
      if (least === index) return;
      this.#swap(index, least);
      index = least;
    }
  }

  #before(left: number, right: number): boolean {
    const [a, b] = [this.#items[left], this.#items[right]];
    return a !== undefined && b !== undefined && compareText(a.rank, b.rank) < 0;
  }

  #swap(left: number, right: number): void {
    const [a, b] = [this.#items[left], this.#items[right]];
    if (!a || !b) return;
    this.#items[left] = b;
    this.#items[right] = a;
  }
}

/** Walks back from any change that never became ready until a ref comes up twice: that is the loop. */
function cycle(
  steps: ReadonlyMap<string, { readonly waiting: number; readonly change: Change }>,
  dependencies: ReadonlyMap<string, readonly string[]>,
): KedgeError {
  const stuck = new Set([...steps].filter(([, { waiting }]) => waiting > 0).map(([text]) => text));
  const path: string[] = [];
  let at = [...stuck].sort(compareText)[0];
  while (at !== undefined && !path.includes(at)) {
    path.push(at);
    at = dependencies.get(at)?.find((other) => stuck.has(other));
  }
  const loop = at === undefined ? path : [...path.slice(path.indexOf(at)), at];
  const place = steps.get(loop[0] ?? '')?.change.at;
  return new KedgeError({
    code: 'plan/cycle',
    message: `these changes wait for each other: ${loop.join(' → ')}`,
    hint: 'apply in two steps: leave out one of these references (or names) first, and add it in a second commit',
    ...(place && { at: place }),
  });
}
