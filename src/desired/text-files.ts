import type { Location } from '../model/index.js';
import { type FileRead, type FileSource, pathFrom } from './file-source.js';
import type { FindingList } from './finding-list.js';
import type { Limits } from './limits.js';
import type { WrittenTag } from './written.js';

/** The files that `!file` and `!secret file:` name, read once each before any value is made. */
export interface TextFiles {
  /** The text of the file that a tag names, without a byte order mark; undefined after a finding that says why not. */
  readonly text: (path: string, use: { readonly at: Location; readonly findings: FindingList }) => string | undefined;
}

/** How a file is read: from where, and how much of it at most. */
export interface ReadContext {
  readonly source: FileSource;
  readonly limits: Limits;
}

const secretFile = /^file:/;
/** Files open at once: enough to hide a slow disk, far below any limit of the system. */
const readsAtOnce = 16;

/** The path a tag names as written, or undefined for a tag that names none. */
function pathOfTag(tag: WrittenTag): string | undefined {
  if (tag.tag === 'file') return tag.text;
  return tag.tag === 'secret' && secretFile.test(tag.text) ? tag.text.replace(secretFile, '') : undefined;
}

/** Reads every file that these tags name. */
export async function readTextFiles(tags: readonly WrittenTag[], context: ReadContext): Promise<TextFiles> {
  const reads = new Map<string, FileRead>();
  const paths = new Set<string>();
  for (const tag of tags) {
    const written = pathOfTag(tag);
    const path = written === undefined ? undefined : pathFrom(tag.at.file, written);
    if (path !== undefined) paths.add(path);
  }
  const queue = [...paths];
  const work = async (): Promise<void> => {
    for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
      reads.set(path, await context.source.read(path, context.limits.fileBytes));
    }
  };
  await Promise.all(Array.from({ length: Math.min(readsAtOnce, queue.length) }, work));
  return {
    text: (written, { at, findings }) => {
      const path = pathFrom(at.file, written);
      const read: FileRead = (path === undefined ? undefined : reads.get(path)) ?? { state: 'outside' };
      return textOf(read, { file: path ?? written, at, limits: context.limits, findings });
    },
  };
}

/** A file's text, or a finding at `at` (the file itself where nothing else names it). */
export function textOf(
  read: FileRead,
  use: { readonly file: string; readonly at?: Location; readonly limits: Limits; readonly findings: FindingList },
): string | undefined {
  const { file, findings } = use;
  const at = use.at ?? { file, line: 1, col: 1 };
  switch (read.state) {
    case 'missing':
      findings.add({ code: 'desired/missing-file', message: `there is no file ${file}`, hint: pathHint(use.at), at });
      return undefined;
    case 'outside': {
      const message = `${file} is outside the repository`;
      const hint =
        'copy the file into the repository: nothing outside it is read, through a symbolic link or otherwise';
      findings.add({ code: 'desired/outside-repository', message, hint, at });
      return undefined;
    }
    case 'too-large': {
      const message = `${file} has ${read.bytes} bytes, more than the ${use.limits.fileBytes} that are read`;
      findings.add({ code: 'desired/file-too-large', message, hint: 'split it into several files', at });
      return undefined;
    }
    case 'unreadable':
      findings.add({ code: 'desired/unreadable-file', message: `${file} cannot be read (${read.why})`, at });
      return undefined;
    case 'read':
      return decode(read.bytes, { file, at, findings });
  }
}

function pathHint(at: Location | undefined): string | undefined {
  return at && `the path is relative to the folder of ${at.file}`;
}

function decode(
  bytes: Uint8Array,
  use: { readonly file: string; readonly at: Location; readonly findings: FindingList },
): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // Reported below, together with text in UTF-16 that happens to be valid UTF-8.
  }
  const message = `${use.file} is not text in UTF-8`;
  use.findings.add({ code: 'desired/bad-encoding', message, hint: 'save it as UTF-8', at: use.at });
  return undefined;
}
