import { isMap, isScalar, type Node, type YAMLMap } from 'yaml';
import type { Kind } from '../../catalog/index.js';
import { compareText } from '../../model/index.js';
import { fileOfKind } from '../layout.js';
import { fileHead } from '../yaml-text.js';
import { readSource, type SourceFile } from './source-file.js';

/** The YAML files of an environment's own folder, with what stands where. */
export interface OwnFiles {
  readonly source: (file: string) => SourceFile | undefined;
  /** The map of an entry, in the file that has it. */
  readonly entry: (kind: Kind, key: string) => { readonly source: SourceFile; readonly node: Node } | undefined;
  /**
   * The file that a new entry of a kind belongs in: where others of its kind are, or one that is made for it.
   * @param isElsewhere - true for a file that it does not belong in, whatever is in there.
   */
  readonly sourceFor: (kind: Kind, isElsewhere?: (source: SourceFile) => boolean) => SourceFile;
  /** A new file of this name, or of one like it where there is a file of this name. */
  readonly made: (name: string) => SourceFile;
  /** Every file that was read or made. */
  readonly all: () => readonly SourceFile[];
}

/**
 * Files the sources of an environment's folder.
 * @param texts - paths of the repository → text, as read.
 */
export function fileSources(texts: ReadonlyMap<string, string>, folder: string): OwnFiles {
  const sources = new Map<string, SourceFile>();
  const paths = [...texts.keys()].sort(compareText);
  for (const path of paths) sources.set(path, readSource(path, texts.get(path) ?? ''));
  const made = (name: string): SourceFile => {
    const stem = name.replace(/\.yaml$/, '');
    let file = `${folder}/${name}`;
    for (let count = 2; sources.has(file); count += 1) file = `${folder}/${stem}-${count}.yaml`;
    const source = readSource(file, fileHead);
    sources.set(file, source);
    return source;
  };
  return {
    source: (file) => sources.get(file),
    entry: (kind, key) => {
      for (const source of sources.values()) {
        const section = sectionOf(source, kind);
        const node = kind.scope === 'singleton' ? section : isMap(section) ? valueUnder(section, key) : undefined;
        if (node) return { source, node };
      }
      return undefined;
    },
    sourceFor: (kind, isElsewhere = () => false) => {
      const own = sources.get(`${folder}/${fileOfKind(kind)}`);
      if (own && !isElsewhere(own) && canHold(own, kind)) return own;
      const hasOthers = (source: SourceFile): boolean =>
        sectionOf(source, kind) !== undefined && canHold(source, kind) && !isElsewhere(source);
      return [...sources.values()].find(hasOthers) ?? made(fileOfKind(kind));
    },
    made,
    all: () => [...sources.values()],
  };
}

/** True where an entry of a kind can be added to a file. */
export function canHold(source: SourceFile, kind: Kind): boolean {
  if (!source.root) return false;
  const section = sectionOf(source, kind);
  if (section === undefined) return true;
  return !source.isRepeated(section) && (isMap(section) || (isScalar(section) && section.value === null));
}

/** The logical keys of a kind's entries in a file. */
export function keysIn(source: SourceFile, kind: Kind): readonly string[] {
  const section = sectionOf(source, kind);
  if (!isMap(section)) return [];
  return section.items.flatMap(({ key }) => (isScalar(key) && typeof key.value === 'string' ? [key.value] : []));
}

function sectionOf(source: SourceFile, kind: Kind): Node | undefined {
  return valueUnder(source.root, kind.collection);
}

/** The value of a key that a map has itself; undefined also where nothing is written behind the key. */
function valueUnder(map: YAMLMap | undefined, key: string): Node | undefined {
  const pair = map?.items.find((item) => isScalar(item.key) && item.key.value === key);
  // In a file every value is a node.
  return (pair?.value ?? undefined) as Node | undefined;
}
