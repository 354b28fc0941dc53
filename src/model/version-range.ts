/**
 * True when a version such as `1.69.0` is in a range such as `>=1.60 <1.70`: parts by spaces, all must hold; each is `>=`,
 * `>`, `<=`, `<`, `=` or nothing before a version of one to three numbers. A version without operator stands for all that
 * begin with it: `1.69` holds for `1.69.4`.
 * @returns undefined for a range or version that is not of this form.
 */
export function versionInRange(version: string, range: string): boolean | undefined {
  const have = numbersOf(version);
  if (!have) return undefined;
  let holds = true;
  for (const part of range.trim().split(/\s+/)) {
    const match = /^(>=|<=|>|<|=|)(\d.*)$/.exec(part);
    const want = numbersOf(match?.[2] ?? '');
    if (!match || !want) return undefined;
    holds &&= compares(have, want, match[1] ?? '');
  }
  return holds;
}

function compares(have: readonly number[], want: readonly number[], operator: string): boolean {
  const order = compare(have, want);
  switch (operator) {
    case '>=':
      return order >= 0;
    case '>':
      return order > 0;
    case '<=':
      return order <= 0;
    case '<':
      return order < 0;
    default:
      return want.every((number, index) => number === (have[index] ?? 0));
  }
}

function compare(left: readonly number[], right: readonly number[]): number {
  for (let index = 0; index < 3; index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The numbers of a version; what follows a `-` or `+` (a pre-release, a build) does not count. */
function numbersOf(text: string): readonly number[] | undefined {
  const match = /^(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:[-+].*)?$/.exec(text);
  return match?.slice(1).flatMap((part) => (part === undefined ? [] : [Number(part)]));
}
