import { type Change, changeKey, compareText, KedgeError } from '../model/index.js';

/**
 * Orders changes so that each comes after everything it waits for. Among those that could come next, creates and updates
 * come before deletes, and ties go by ref: the order does not depend on the order of the input.
 * @param changes - in any order; not mutated.
 * @param dependencies - by {@link changeKey}; keys that are not among the changes are ignored.
 * @throws {@link KedgeError} `plan/cycle`, with the refs of the loop. @see docs/adr/0004-plan.md
 */
export function orderChanges<T extends Change>(
  changes: readonly T[],
  dependencies: ReadonlyMap<string, readonly string[]>,
): readonly T[] {
  const byRef = new Map(changes.map((change) => [changeKey(change), change]));
  const waiting = new Map<string, number>();
  const next = new Map<string, string[]>();
  for (const text of byRef.keys()) {
    const before = (dependencies.get(text) ?? []).filter((other) => byRef.has(other));
    waiting.set(text, before.length);
    for (const other of before) {
      const list = next.get(other);
      if (list) list.push(text);
      else next.set(other, [text]);
    }
  }
  const ready = new ReadyQueue((text) => `${byRef.get(text)?.op === 'delete' ? 1 : 0}${text}`);
  for (const [text, count] of waiting) if (count === 0) ready.push(text);
  const ordered: T[] = [];
  for (let text = ready.pop(); text !== undefined; text = ready.pop()) {
    const change = byRef.get(text);
    if (change) ordered.push(change);
    for (const other of next.get(text) ?? []) {
      const left = (waiting.get(other) ?? 0) - 1;
      waiting.set(other, left);
      if (left === 0) ready.push(other);
    }
  }
  if (ordered.length < changes.length) throw cycle(waiting, dependencies);
  return ordered;
}

/** A binary heap of ref texts: ten thousand changes are ordered in n·log n. */
class ReadyQueue {
  readonly #items: { readonly text: string; readonly key: string }[] = [];
  readonly #keyOf: (text: string) => string;

  constructor(keyOf: (text: string) => string) {
    this.#keyOf = keyOf;
  }

  push(text: string): void {
    this.#items.push({ text, key: this.#keyOf(text) });
    let index = this.#items.length - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#before(index, parent)) break;
      this.#swap(index, parent);
      index = parent;
    }
  }

  pop(): string | undefined {
    const top = this.#items[0]?.text;
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
    return a !== undefined && b !== undefined && compareText(a.key, b.key) < 0;
  }

  #swap(left: number, right: number): void {
    const [a, b] = [this.#items[left], this.#items[right]];
    if (!a || !b) return;
    this.#items[left] = b;
    this.#items[right] = a;
  }
}

/** Walks back from any change that never became ready until a ref comes up twice: that is the loop. */
function cycle(waiting: ReadonlyMap<string, number>, dependencies: ReadonlyMap<string, readonly string[]>): KedgeError {
  const stuck = new Set([...waiting].filter(([, count]) => count > 0).map(([text]) => text));
  const path: string[] = [];
  let at = [...stuck].sort(compareText)[0];
  while (at !== undefined && !path.includes(at)) {
    path.push(at);
    at = dependencies.get(at)?.find((other) => stuck.has(other));
  }
  const loop = at === undefined ? path : [...path.slice(path.indexOf(at)), at];
  return new KedgeError({
    code: 'plan/cycle',
    message: `these changes wait for each other: ${loop.join(' → ')}`,
    hint: 'apply in two steps: leave out one of these references (or names) first, and add it in a second commit',
  });
}
