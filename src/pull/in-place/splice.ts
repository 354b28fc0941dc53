/** A part of a text with what stands there instead. `from` and `to` are equal for an insertion. */
export interface Splice {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** Of two insertions at one place the deeper one comes first. */
  readonly depth: number;
}

/**
 * A text with its splices, which were found in `text`: the same with `\n` at the ends of all lines. What is not spliced is
 * byte for byte what it was; new lines end as most lines do.
 * @throws {RangeError} for two splices that overlap: a bug, since both are made here.
 */
export function splicedText(
  original: string,
  change: { readonly text: string; readonly splices: readonly Splice[] },
): string {
  const sorted = [...change.splices].sort((a, b) => a.from - b.from || b.depth - a.depth || a.to - b.to);
  const breaks = original.split('\r\n').length - 1;
  const newline = breaks * 2 > change.text.split('\n').length - 1 ? '\r\n' : '\n';
  const toOriginal = originalOffsets(original);
  let result = '';
  let done = 0;
  for (const { from, to, text } of sorted) {
    if (from < done) throw new RangeError(`two changes of one text overlap at ${from}`);
    result += original.slice(toOriginal(done), toOriginal(from)) + text.replaceAll('\n', newline);
    done = to;
  }
  return result + original.slice(toOriginal(done));
}

/** Where an offset of the text with `\n` is in the one with `\r\n`. An offset at a line break is before its `\r`. */
function originalOffsets(original: string): (offset: number) => number {
  const returns: number[] = [];
  for (let at = original.indexOf('\r\n'); at >= 0; at = original.indexOf('\r\n', at + 2)) returns.push(at);
  return (offset) => {
    // The n-th return is n characters further on in the original.
    let low = 0;
    let high = returns.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((returns[middle] ?? 0) - middle < offset) low = middle + 1;
      else high = middle;
    }
    return offset + low;
  };
}
