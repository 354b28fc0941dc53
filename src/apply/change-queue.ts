import { changeKey, type PlannedChange } from '../model/index.js';

/**
 * Which change may start next. A change is ready when all it waits for has settled; among the ready ones the first in
 * plan order whose locks are free goes. Each change is looked at a bounded number of times per event that concerns it,
 * so that ten thousand changes behind one lock stay linear.
 */
export class ChangeQueue {
  readonly #changes: readonly PlannedChange[];
  /** How many changes each still waits for. */
  readonly #waits: number[];
  readonly #dependents: readonly (readonly number[])[];
  readonly #held = new Set<string>();
  /** Indices that wait for a lock, by that lock, in plan order. */
  readonly #parked = new Map<string, number[]>();
  /** Ready indices, ascending. */
  readonly #ready: number[] = [];
  readonly #unsettled: Set<number>;

  constructor(changes: readonly PlannedChange[]) {
    this.#changes = changes;
    this.#unsettled = new Set(changes.keys());
    const byRef = new Map<string, number[]>();
    for (const [index, { change }] of changes.entries()) push(byRef, changeKey(change), index);
    const dependents: number[][] = changes.map(() => []);
    this.#waits = changes.map(({ after }, index) => {
      const before = new Set(after.flatMap((text) => byRef.get(text) ?? []));
      // What is not among the changes is kept as it is, and there already.
      before.delete(index);
      for (const other of before) dependents[other]?.push(index);
      return before.size;
    });
    this.#dependents = dependents;
    for (const [index, count] of this.#waits.entries()) if (count === 0) this.#ready.push(index);
  }

  /** Takes the next change that may start, and its locks; undefined while none may. */
  next(): number | undefined {
    for (;;) {
      const index = this.#ready.shift();
      if (index === undefined) return undefined;
      const taken = this.#locks(index).find((lock) => this.#held.has(lock));
      if (taken === undefined) {
        for (const lock of this.#locks(index)) this.#held.add(lock);
        return index;
      }
      push(this.#parked, taken, index);
      // It was woken for a lock that is free, and does not take it: the next in line for that one must be asked.
      for (const lock of this.#locks(index)) if (!this.#held.has(lock)) this.#wake(lock);
    }
  }

  /** Frees the locks of a change that {@link next} gave, and lets what waited for it go. */
  settle(index: number): void {
    this.#unsettled.delete(index);
    for (const lock of this.#locks(index)) {
      this.#held.delete(lock);
      this.#wake(lock);
    }
    for (const dependent of this.#dependents[index] ?? []) {
      const left = (this.#waits[dependent] ?? 0) - 1;
      this.#waits[dependent] = left;
      if (left === 0) insert(this.#ready, dependent);
    }
  }

  /** What was never settled, in plan order. */
  rest(): readonly number[] {
    return [...this.#unsettled];
  }

  #locks(index: number): readonly string[] {
    return this.#changes[index]?.locks ?? [];
  }

  #wake(lock: string): void {
    const index = this.#parked.get(lock)?.shift();
    if (index !== undefined) insert(this.#ready, index);
  }
}

function push<K>(map: Map<K, number[]>, key: K, value: number): void {
  const list = map.get(key);
  if (list) insert(list, value);
  else map.set(key, [value]);
}

/** Puts a number in its place in an ascending list. */
function insert(list: number[], value: number): void {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  list.splice(low, 0, value);
}
