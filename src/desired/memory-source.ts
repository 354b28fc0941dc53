import type { FileRead, FileSource, FolderEntry } from './file-source.js';

/** A repository that is only in memory: path → content. For tests, and for checking files that are not on a disk. */
export function createMemorySource(files: { readonly [path: string]: string | Uint8Array }): FileSource {
  const byPath = new Map<string, Uint8Array>();
  const folders = new Map<string, Map<string, FolderEntry>>();
  for (const [path, content] of Object.entries(files)) {
    byPath.set(path, typeof content === 'string' ? new TextEncoder().encode(content) : content);
    const steps = path.split('/');
    steps.forEach((name, index) => {
      const folder = steps.slice(0, index).join('/');
      const entries = folders.get(folder) ?? new Map<string, FolderEntry>();
      entries.set(name, { name, type: index === steps.length - 1 ? 'file' : 'folder' });
      folders.set(folder, entries);
    });
  }
  const read = (path: string, maxBytes: number): FileRead => {
    const bytes = byPath.get(path);
    if (bytes === undefined) return { state: 'missing' };
    return bytes.length > maxBytes ? { state: 'too-large', bytes: bytes.length } : { state: 'read', bytes };
  };
  return {
    list: (folder) => {
      const entries = folders.get(folder);
      return Promise.resolve(entries && [...entries.values()]);
    },
    read: (path, maxBytes) => Promise.resolve(read(path, maxBytes)),
  };
}
