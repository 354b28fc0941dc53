import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';

import { parseJsonDocument, type JsonNode } from './json-document.js';
import { KickstartError, type FilePosition } from './kickstart-error.js';

/** A larger file is no template and no request: refused before it fills the memory. */
const largestBytes = 16 * 1024 * 1024;

export interface KickstartFiles {
  readonly document: JsonNode;
  readonly readText: (path: string, at: FilePosition) => string;
  readonly readJson: (path: string, at: FilePosition) => JsonNode;
}

export interface OpenKickstartOptions {
  /**
   * Lets `@{…}` and `&{…}` leave the folder of the kickstart file. FusionAuth allows it; here it must be asked for,
   * because a kickstart from elsewhere could otherwise read any file of this machine into a template.
   */
  readonly includeOutside?: boolean;
}

/**
 * Opens a kickstart file and reads what it includes, relative to the kickstart file and not to the including file
 * (FusionAuth docs: "relative path from your kickstart file"). Symbolic links are followed before they are judged.
 * @throws {@link KickstartError} `unreadable-file`, `include-outside`, `bad-json`.
 */
export function openKickstart(file: string, { includeOutside = false }: OpenKickstartOptions = {}): KickstartFiles {
  const document = parseJsonDocument(file, read(file));
  const folder = realpathSync(dirname(file));
  const open = (path: string, at: FilePosition): string => {
    const wanted = resolve(folder, path);
    const real = realPath(wanted, path, at);
    const inside = relative(folder, real);
    if (!includeOutside && (inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside))) {
      throw new KickstartError(
        'include-outside',
        `${path} lies outside the folder of the kickstart file; copy it there`,
        at,
      );
    }
    return read(real, path, at);
  };
  return {
    document,
    readText: (path, at) => open(path, at),
    readJson: (path, at) => parseJsonDocument(path, open(path, at)),
  };
}

function realPath(wanted: string, path: string, at: FilePosition): string {
  try {
    return realpathSync(wanted);
  } catch (cause) {
    throw unreadable(path, cause, at);
  }
}

function read(file: string, shown: string = file, at?: FilePosition): string {
  try {
    const { size } = statSync(file);
    if (size > largestBytes) throw new Error(`${size} bytes are more than the ${largestBytes} there may be`);
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (cause) {
    throw unreadable(shown, cause, at);
  }
}

function unreadable(shown: string, cause: unknown, at: FilePosition | undefined): KickstartError {
  const hint = at === undefined ? '' : '; paths are relative to the folder of the kickstart file';
  return new KickstartError('unreadable-file', `cannot read ${shown}: ${reasonOf(cause)}${hint}`, at, cause);
}

function reasonOf(cause: unknown): string {
  const code: unknown = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  switch (code) {
    case 'ENOENT':
      return 'there is no such file';
    case 'EISDIR':
      return 'it is a folder';
    case 'ERR_ENCODING_INVALID_ENCODED_DATA':
      return 'it is no text in UTF-8';
    default:
      return cause instanceof Error ? cause.message : String(cause);
  }
}
