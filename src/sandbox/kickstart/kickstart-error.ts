/** A place in a JSON file; lines and columns count from 1. */
export interface FilePosition {
  readonly file: string;
  readonly line: number;
  readonly col: number;
  /** The value that stands there, as a JSON pointer (RFC 6901) such as `/requests/3/body`; empty for the whole file. */
  readonly pointer: string;
}

/** The pointer to a part of what a pointer leads to. */
export function pointerTo(pointer: string, part: number | string): string {
  return `${pointer}/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** What can be wrong with a kickstart: the closed set of codes a {@link KickstartError} has. */
export type KickstartErrorCode =
  | 'bad-api-key'
  | 'bad-json'
  | 'bad-request'
  | 'bad-shape'
  | 'bad-variable'
  | 'include-cycle'
  | 'include-outside'
  | 'request-failed'
  | 'unknown-variable'
  | 'unreadable-file';

/** A kickstart that cannot be read or run. The message starts with `file:line:col` and the JSON pointer where there is such a place. */
export class KickstartError extends Error {
  readonly code: KickstartErrorCode;
  readonly at: FilePosition | undefined;

  constructor(code: KickstartErrorCode, message: string, at?: FilePosition, cause?: unknown) {
    super(`${placeOf(at)}${message}`, cause === undefined ? undefined : { cause });
    this.name = 'KickstartError';
    this.code = code;
    this.at = at;
  }
}

function placeOf(at: FilePosition | undefined): string {
  if (at === undefined) return '';
  return `${at.file}:${at.line}:${at.col} ${at.pointer === '' ? '' : `${at.pointer} `}`;
}
