/** How a text report is laid out. All three are decided by the command line, never looked up here. */
export interface TextOptions {
  /** ANSI colours; off, the text says the same. */
  readonly color: boolean;
  /** Columns of the terminal; lines are laid out for it, never cut in the middle of what matters. */
  readonly width: number;
  /** Lists the objects that the files do not name, instead of counting them. */
  readonly unmanaged: boolean;
}

/** Colours by what they mean. Without colour each gives its text back. */
export interface Paint {
  readonly added: (text: string) => string;
  readonly removed: (text: string) => string;
  readonly changed: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly alarm: (text: string) => string;
}

/** Makes the colours of a report (ECMA-48 §8.3.117, SGR). */
export function createPaint(color: boolean): Paint {
  const sgr =
    (on: number, off: number) =>
    (text: string): string =>
      color && text !== '' ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  return {
    added: sgr(32, 39),
    removed: sgr(31, 39),
    changed: sgr(33, 39),
    faint: sgr(2, 22),
    strong: sgr(1, 22),
    alarm: sgr(35, 39),
  };
}

/** `1 resource`, `2 resources`. */
export function counted(count: number, noun: string, plural: string = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}
