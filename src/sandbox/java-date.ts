/** A pattern or a time zone that nothing can be written with. */
export class DateFormatError extends Error {
  override readonly name: string = 'DateFormatError';
  /** What is wrong. */
  readonly what: 'pattern' | 'zone';

  constructor(what: 'pattern' | 'zone', text: string, options?: ErrorOptions) {
    super(`The ${what} [${text}] is unknown.`, options);
    this.what = what;
  }
}

/**
 * An instant as `java.time.format.DateTimeFormatter` writes it in English, for the letters `y M d E H h m s S a z` and
 * texts in quotes. Source: the documentation of that class, which FusionAuth's refers to (apis/audit-logs, export).
 * @throws {@link DateFormatError}
 */
export function formatInstant(
  instant: number,
  { pattern, zone }: { readonly pattern: string; readonly zone: string },
): string {
  const parts = partsOf(instant, zone);
  return pattern.replaceAll(/'((?:[^']|'')*)'|([a-z])\2*/gi, (letters: string, quoted: string | undefined) => {
    if (quoted !== undefined) return quoted === '' ? "'" : quoted.replaceAll("''", "'");
    const written = field(letters, parts);
    if (written === undefined) throw new DateFormatError('pattern', letters);
    return written;
  });
}

type Parts = Readonly<Record<string, string>>;

function partsOf(instant: number, timeZone: string): Parts {
  try {
    const format = (options: Intl.DateTimeFormatOptions): (readonly [string, string])[] =>
      new Intl.DateTimeFormat('en-US', { timeZone, ...options })
        .formatToParts(instant)
        .map(({ type, value }) => [type, value] as const);
    const numbers = format({
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      fractionalSecondDigits: 3,
      hourCycle: 'h23',
      timeZoneName: 'short',
    });
    const names = { monthName: format({ month: 'long' }), weekday: format({ weekday: 'long' }) };
    const nameOf = (list: readonly (readonly [string, string])[]): string => list[0]?.[1] ?? '';
    return { ...Object.fromEntries(numbers), monthName: nameOf(names.monthName), weekday: nameOf(names.weekday) };
  } catch (cause) {
    throw new DateFormatError('zone', timeZone, { cause });
  }
}

/** One field by its letters: how many there are says how long it is. */
function field(letters: string, parts: Parts): string | undefined {
  const { length } = letters;
  const padded = (value: number | string | undefined): string => String(Number(value)).padStart(length, '0');
  const shortened = (name = ''): string => (length > 3 ? name : name.slice(0, 3));
  const hour = Number(parts['hour']);
  switch (letters.charAt(0)) {
    case 'y':
      return length === 2 ? parts['year']?.slice(-2) : padded(parts['year']);
    case 'M':
      return length < 3 ? padded(parts['month']) : shortened(parts['monthName']);
    case 'd':
      return padded(parts['day']);
    case 'E':
      return shortened(parts['weekday']);
    case 'H':
      return padded(hour);
    case 'h':
      return padded(hour % 12 === 0 ? 12 : hour % 12);
    case 'm':
      return padded(parts['minute']);
    case 's':
      return padded(parts['second']);
    case 'S':
      return parts['fractionalSecond']?.padEnd(length, '0').slice(0, length);
    case 'a':
      return hour < 12 ? 'AM' : 'PM';
    case 'z':
      return parts['timeZoneName'];
    default:
      return undefined;
  }
}
