import { compareText } from '../model/index.js';

/** Something that is made, and what should be there before it. */
export interface Made {
  readonly text: string;
  readonly after: readonly string[];
}

/** An order to make things in, and what comes too late in it. */
export interface CreationOrder {
  readonly order: readonly string[];
  /** Of things that wait for each other: who must do without what until all of them are there. */
  readonly early: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * An order in which everything comes after what it waits for, where there is one. In a circle somebody begins: what it
 * cannot have yet is told. Ties go by text, so that the order of the input does not count. Not recursive: a chain of
 * references may be as long as an instance is large.
 */
export function creationOrder(things: readonly Made[]): CreationOrder {
  const waits = new Map(
    [...things]
      .sort((left, right) => compareText(left.text, right.text))
      .map(({ text, after }) => [text, [...after].sort(compareText)] as const),
  );
  const order: string[] = [];
  const early = new Map<string, Set<string>>();
  const state = new Map<string, 'begun' | 'done'>();
  for (const start of waits.keys()) {
    const stack = [{ text: start, next: 0 }];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const { text } = top;
      if (top.next === 0 && state.has(text)) {
        stack.pop();
        continue;
      }
      state.set(text, 'begun');
      const before = waits.get(text)?.[top.next];
      top.next += 1;
      if (before === undefined) {
        state.set(text, 'done');
        order.push(text);
        stack.pop();
      } else if (waits.has(before) && state.get(before) === undefined) stack.push({ text: before, next: 0 });
      else if (state.get(before) === 'begun') early.set(text, new Set([...(early.get(text) ?? []), before]));
    }
  }
  return { order, early };
}
