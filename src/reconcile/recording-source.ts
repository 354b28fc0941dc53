import type { FileRead, FileSource } from '../desired/index.js';

/** A source that remembers what it gave, so that two who ask see one state of the disk. */
export interface RecordingSource extends FileSource {
  /** Everything that was read so far, by path. */
  readonly reads: ReadonlyMap<string, FileRead>;
}

/** Reads each file once. */
export function createRecordingSource(source: FileSource): RecordingSource {
  const reads = new Map<string, FileRead>();
  return {
    reads,
    list: (folder) => source.list(folder),
    read: async (path, maxBytes) => {
      const read = reads.get(path) ?? (await source.read(path, maxBytes));
      reads.set(path, read);
      return read;
    },
  };
}

/** A repository in which these files have other texts, or are there although they are not. */
export function createOverlaidSource(source: FileSource, files: ReadonlyMap<string, string>): FileSource {
  return {
    list: async (folder) => {
      const entries = (await source.list(folder)) ?? [];
      const names = new Set(entries.map(({ name }) => name));
      const more = [...files.keys()].flatMap((path) => {
        const name = path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : '';
        return name === '' || name.includes('/') || names.has(name) ? [] : [{ name, type: 'file' as const }];
      });
      return [...entries, ...more];
    },
    read: (path, maxBytes) => {
      const text = files.get(path);
      return text === undefined
        ? source.read(path, maxBytes)
        : Promise.resolve({ state: 'read', bytes: new TextEncoder().encode(text) });
    },
  };
}
