import { coversItem, isJsonObject, type Json } from '../../model/index.js';

/** One item of a list as it is to be: the live one, and the written one it is, if there is one. */
export interface MatchedItem {
  readonly live: number;
  readonly written?: number;
}

/** Fields by which an item is the same although others of its fields have changed, best first. */
const identityFields = ['id', 'name', 'key', 'connectorId', 'applicationId', 'providerId', 'userId'];
/** Beyond this many pairs the longest common part is not looked for: both lists are taken for different. */
const mostPairs = 4_000_000;

/**
 * Finds for each live item the written one that it is: equal ones first, then those of one identity, then a pair that is
 * left alone on both sides, or as many as stand between the same neighbours. In a list that has an order, what is kept keeps its order; in a set, what is written comes first.
 * Both sides in the server's own normalisation.
 */
export function matchItems(
  written: readonly Json[],
  live: readonly Json[],
  rule: { readonly set: boolean; readonly atLeast?: boolean },
): readonly MatchedItem[] {
  const pairs = rule.set ? greedyPairs(written, live) : orderedPairs(written, live);
  // What a list that may have more does not ask for is no other form of what it asks for.
  if (rule.atLeast !== true) {
    if (rule.set) addLonePair(written, live, pairs);
    else addNeighbours(written, live, pairs);
  }
  const matched = live.map((_, index) => {
    const found = pairs.get(index);
    return { live: index, ...(found !== undefined && { written: found }) };
  });
  if (!rule.set) return matched;
  const rank = ({ written: at }: MatchedItem): number => at ?? written.length;
  return matched.sort((a, b) => rank(a) - rank(b));
}

/** By live index: the written one. */
type Pairs = Map<number, number>;

function greedyPairs(written: readonly Json[], live: readonly Json[]): Pairs {
  const pairs: Pairs = new Map();
  const free = new Set(written.keys());
  for (const same of [coversItem, isSameThing]) {
    for (const index of free) {
      const found = live.findIndex((item, at) => !pairs.has(at) && same(written[index] ?? null, item));
      if (found < 0) continue;
      pairs.set(found, index);
      free.delete(index);
    }
  }
  return pairs;
}

/** The longest common part of two lists. */
function orderedPairs(written: readonly Json[], live: readonly Json[]): Pairs {
  const pairs: Pairs = new Map();
  const same = (left: number, right: number): boolean => {
    const [one = null, other = null] = [written[left], live[right]];
    return coversItem(one, other) || isSameThing(one, other);
  };
  let start = 0;
  while (start < written.length && start < live.length && same(start, start)) {
    pairs.set(start, start);
    start += 1;
  }
  const [rows, columns] = [written.length - start, live.length - start];
  if (rows * columns > mostPairs) return pairs;
  const lengths = Array.from({ length: rows + 1 }, () => new Uint32Array(columns + 1));
  const lengthAt = (row: number, column: number): number => lengths[row]?.[column] ?? 0;
  for (let row = rows - 1; row >= 0; row -= 1) {
    for (let column = columns - 1; column >= 0; column -= 1) {
      const length = same(start + row, start + column)
        ? lengthAt(row + 1, column + 1) + 1
        : Math.max(lengthAt(row + 1, column), lengthAt(row, column + 1));
      const line = lengths[row];
      if (line) line[column] = length;
    }
  }
  for (let row = 0, column = 0; row < rows && column < columns;) {
    if (same(start + row, start + column) && lengthAt(row, column) === lengthAt(row + 1, column + 1) + 1) {
      pairs.set(start + column, start + row);
      row += 1;
      column += 1;
    } else if (lengthAt(row + 1, column) >= lengthAt(row, column + 1)) row += 1;
    else column += 1;
  }
  return pairs;
}

function addLonePair(written: readonly Json[], live: readonly Json[], pairs: Pairs): void {
  const taken = new Set(pairs.values());
  const left = [...written.keys()].filter((index) => !taken.has(index));
  const right = [...live.keys()].filter((index) => !pairs.has(index));
  const [one, other] = [left[0], right[0]];
  if (left.length === 1 && right.length === 1 && one !== undefined && other !== undefined) pairs.set(other, one);
}

/** Between two pairs, as many items on one side as on the other are the same ones in another form. */
function addNeighbours(written: readonly Json[], live: readonly Json[], pairs: Pairs): void {
  let before = { written: -1, live: -1 };
  for (const [index, at] of [...pairs, [live.length, written.length] as const].sort(([a], [b]) => a - b)) {
    const gap = index - before.live - 1;
    if (gap === at - before.written - 1) {
      for (let step = 1; step <= gap; step += 1) pairs.set(before.live + step, before.written + step);
    }
    before = { written: at, live: index };
  }
}

/** True for two items of one identity: one object whose other fields have changed. */
function isSameThing(written: Json, live: Json): boolean {
  if (!isJsonObject(written) || !isJsonObject(live)) return false;
  const field = identityFields.find((name) => written[name] !== undefined);
  return field !== undefined && written[field] === live[field];
}
