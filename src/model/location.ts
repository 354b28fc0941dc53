/** A place in a file of the repository. `file` is relative to its root with `/`; `line` and `col` count from 1. */
export interface Location {
  readonly file: string;
  readonly line: number;
  readonly col: number;
}

/** `file:line:col`, the form every editor and terminal makes clickable. */
export function locationText(at: Location): string {
  return `${at.file}:${at.line}:${at.col}`;
}
