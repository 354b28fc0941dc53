/**
 * The candidate that was most likely meant: fewest edits away (insert, delete, replace, swap of neighbours), at most a
 * third of the text's length and never more than three. Ties go to the first in alphabetical order.
 */
export function closestText(text: string, candidates: Iterable<string>): string | undefined {
  const limit = Math.min(3, Math.max(1, Math.floor(text.length / 3)));
  const wanted = text.toLowerCase();
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - text.length) > limit) continue;
    const distance = editDistance(wanted, candidate.toLowerCase());
    if (distance < bestDistance || (distance === bestDistance && best !== undefined && candidate < best)) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** `did you mean 'x'?`, or undefined where nothing is near. */
export function didYouMean(text: string, candidates: Iterable<string>): string | undefined {
  const closest = closestText(text, candidates);
  return closest === undefined ? undefined : `did you mean '${closest}'?`;
}

/** Optimal string alignment distance, by rows; what lies outside the table is out of reach. */
export function editDistance(left: string, right: string): number {
  const cost = (row: readonly number[], column: number): number => row[column] ?? Number.POSITIVE_INFINITY;
  let twoAbove: number[] = [];
  let above: number[] = [];
  for (let row = 0; row <= left.length; row += 1) {
    const current: number[] = [];
    for (let column = 0; column <= right.length; column += 1) {
      const same = left[row - 1] === right[column - 1];
      const swapped = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      const nearest = Math.min(
        cost(above, column) + 1,
        cost(current, column - 1) + 1,
        cost(above, column - 1) + (same ? 0 : 1),
        cost(twoAbove, column - 2) + (swapped ? 1 : Number.POSITIVE_INFINITY),
      );
      current.push(row + column === 0 ? 0 : nearest);
    }
    twoAbove = above;
    above = current;
  }
  return cost(above, right.length);
}
