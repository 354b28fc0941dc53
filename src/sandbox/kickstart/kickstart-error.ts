/** A place in a text file; lines and columns count from 1. */
export interface FilePosition {
  readonly file: string;
  readonly line: number;
  readonly col: number;
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
  | 'not-pristine'
  | 'request-failed'
  | 'unknown-variable'
  | 'unreadable-file';

/** A kickstart that cannot be read or run. The message starts with `file:line:col` where there is such a place. */
export class KickstartError extends Error {
  readonly code: KickstartErrorCode;
  readonly at: FilePosition | undefined;

  constructor(code: KickstartErrorCode, message: string, at?: FilePosition, cause?: unknown) {
    const place = at === undefined ? '' : `${at.file}:${at.line}:${at.col} `;
    super(`${place}${message}`, cause === undefined ? undefined : { cause });
    this.name = 'KickstartError';
    this.code = code;
    this.at = at;
  }
}
