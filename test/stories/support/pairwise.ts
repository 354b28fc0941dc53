/** Names and the values each may have. */
export type Factors = Readonly<Record<string, readonly string[]>>;
export type Setting = Readonly<Record<string, string>>;

/**
 * Few settings of all factors in which every two values of two different factors stand together at least once.
 * Greedy: each setting starts from a pair that is still missing and takes, factor by factor, the value that meets most
 * missing pairs. The same factors give the same settings.
 */
export function pairwise(factors: Factors): readonly Setting[] {
  const names = Object.keys(factors);
  const missing = new Set(
    names.flatMap((left, at) =>
      names
        .slice(at + 1)
        .flatMap((right) =>
          valuesOf(factors, left).flatMap((one) =>
            valuesOf(factors, right).map((other) => pairOf([left, one], [right, other])),
          ),
        ),
    ),
  );
  const settings: Setting[] = [];
  while (missing.size > 0) {
    const setting = nextSetting(factors, missing);
    for (const pair of pairsOf(setting)) missing.delete(pair);
    settings.push(setting);
  }
  return settings;
}

function nextSetting(factors: Factors, missing: ReadonlySet<string>): Setting {
  const [first = '[]'] = missing;
  // `as`: made by `pairOf`.
  const setting: Record<string, string> = Object.fromEntries(JSON.parse(first) as [string, string][]);
  for (const name of Object.keys(factors)) {
    if (setting[name] !== undefined) continue;
    const gain = (value: string): number =>
      Object.entries(setting).filter((entry) => missing.has(pairOf(entry, [name, value]))).length;
    setting[name] = valuesOf(factors, name).reduce((best, value) => (gain(value) > gain(best) ? value : best));
  }
  return setting;
}

/** All pairs of a setting's values. */
export function pairsOf(setting: Setting): readonly string[] {
  const entries = Object.entries(setting);
  return entries.flatMap((one, at) => entries.slice(at + 1).map((other) => pairOf(one, other)));
}

/** A pair as a text, whichever of the two is named first. */
function pairOf(...pair: readonly [readonly [string, string], readonly [string, string]]): string {
  return JSON.stringify(pair.toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

function valuesOf(factors: Factors, name: string): readonly string[] {
  return factors[name] ?? [];
}
