/**
 * The only way this room reads: paths are relative to the repository's root, with `/`. An implementation never gives
 * anything that lies outside the root, whatever the path or a symbolic link in it says.
 */
export interface FileSource {
  /** The names in a folder, in no particular order; undefined where there is no such folder in the repository. */
  readonly list: (folder: string) => Promise<readonly FolderEntry[] | undefined>;
  /** A file's bytes, unless it has more than `maxBytes`: then nothing of it is kept. */
  readonly read: (path: string, maxBytes: number) => Promise<FileRead>;
}

/** One name in a folder; `link`s are followed only when they are read. */
export interface FolderEntry {
  readonly name: string;
  readonly type: 'file' | 'folder' | 'link' | 'other';
}

/** A file's bytes, or why there are none. */
export type FileRead =
  | { readonly state: 'read'; readonly bytes: Uint8Array }
  | { readonly state: 'missing' }
  | { readonly state: 'outside' }
  | { readonly state: 'too-large'; readonly bytes: number }
  | { readonly state: 'unreadable'; readonly why: string };

/**
 * The path that `path` means when it is written in `file`: relative to the file's folder. Undefined when it leads out
 * of the repository, or is absolute (also in the way of Windows).
 */
export function pathFrom(file: string, path: string): string | undefined {
  const text = path.replaceAll('\\', '/');
  if (text.startsWith('/') || /^[A-Za-z]:/.test(text)) return undefined;
  const steps = file.split('/').slice(0, -1);
  for (const step of text.split('/')) {
    if (step === '' || step === '.') continue;
    if (step !== '..') steps.push(step);
    else if (steps.pop() === undefined) return undefined;
  }
  return steps.join('/');
}
