/** One line of a compact diff: kept, removed, added, or a gap that stands for kept lines left out. */
export type DiffLine =
  | { readonly mark: ' ' | '-' | '+'; readonly text: string }
  | { readonly mark: '…'; readonly skipped: number };

/** Above this many lines (after the common head and tail are set aside) the middle is shown as replaced whole. */
const MOST_COMPARED = 2_000;

/**
 * The lines of `to` against those of `from`, with `context` kept lines around each difference and gaps between.
 * Common head and tail are set aside, the rest is a longest common subsequence; time and memory are bounded.
 */
export function diffLines(from: readonly string[], to: readonly string[], context = 2): readonly DiffLine[] {
  let head = 0;
  while (head < from.length && head < to.length && from[head] === to[head]) head += 1;
  let tail = 0;
  while (
    tail < from.length - head &&
    tail < to.length - head &&
    from[from.length - 1 - tail] === to[to.length - 1 - tail]
  ) {
    tail += 1;
  }
  const keep = (text: string): DiffLine => ({ mark: ' ', text });
  return compact(
    [
      ...from.slice(0, head).map(keep),
      ...middle(from.slice(head, from.length - tail), to.slice(head, to.length - tail)),
      ...from.slice(from.length - tail).map(keep),
    ],
    context,
  );
}

function middle(from: readonly string[], to: readonly string[]): readonly DiffLine[] {
  const removed = (text: string): DiffLine => ({ mark: '-', text });
  const added = (text: string): DiffLine => ({ mark: '+', text });
  if (from.length === 0 || to.length === 0 || from.length + to.length > MOST_COMPARED) {
    return [...from.map(removed), ...to.map(added)];
  }
  const lengths = commonLengths(from, to);
  const lines: DiffLine[] = [];
  let left = 0;
  let right = 0;
  while (left < from.length && right < to.length) {
    const [mine = '', theirs = ''] = [from[left], to[right]];
    const skipLeft = lengths[left + 1]?.[right] ?? 0;
    const skipRight = lengths[left]?.[right + 1] ?? 0;
    if (mine === theirs) {
      lines.push({ mark: ' ', text: mine });
      left += 1;
      right += 1;
    } else if (skipLeft >= skipRight) {
      lines.push(removed(mine));
      left += 1;
    } else {
      lines.push(added(theirs));
      right += 1;
    }
  }
  return [...lines, ...from.slice(left).map(removed), ...to.slice(right).map(added)];
}

/** Row by row: the length of the longest common subsequence of what is left of both from there on; outside, nothing is. */
function commonLengths(from: readonly string[], to: readonly string[]): readonly Uint16Array[] {
  const rows: Uint16Array[] = [];
  let below = new Uint16Array();
  for (const line of from.toReversed()) {
    const row = new Uint16Array(to.length);
    for (let right = to.length - 1; right >= 0; right -= 1) {
      const diagonal = below[right + 1] ?? 0;
      row[right] = line === to[right] ? diagonal + 1 : Math.max(below[right] ?? 0, row[right + 1] ?? 0);
    }
    rows.push(row);
    below = row;
  }
  return rows.reverse();
}

function compact(lines: readonly DiffLine[], context: number): readonly DiffLine[] {
  const near = new Uint8Array(lines.length);
  for (const [index, line] of lines.entries()) {
    if (line.mark !== ' ') near.fill(1, Math.max(0, index - context), index + context + 1);
  }
  const shown: DiffLine[] = [];
  let skipped = 0;
  const gap = (): void => {
    if (skipped > 0) shown.push({ mark: '…', skipped });
    skipped = 0;
  };
  for (const [index, line] of lines.entries()) {
    if (near[index] === 0) {
      skipped += 1;
      continue;
    }
    gap();
    shown.push(line);
  }
  gap();
  return shown;
}
