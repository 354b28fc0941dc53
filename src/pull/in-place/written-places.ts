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
  /** The file that a new entry of a kind belongs in: where others of its kind are, or one that is made for it. */
  readonly sourceFor: (kind: Kind) => SourceFile;
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
  const sectionOf = (source: SourceFile, kind: Kind): Node | undefined => valueUnder(source.root, kind.collection);
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
    sourceFor: (kind) => {
      const [name = ''] = fileOfKind(kind).split('.');
      const own = sources.get(`${folder}/${fileOfKind(kind)}`);
      const isUsable = (source: SourceFile): boolean => {
        const section = sectionOf(source, kind);
        if (section === undefined || source.isRepeated(section)) return false;
        return isMap(section) || (isScalar(section) && section.value === null);
      };
      if (own?.root && (isUsable(own) || sectionOf(own, kind) === undefined)) return own;
      const other = [...sources.values()].find(isUsable);
      if (other) return other;
      let file = `${folder}/${fileOfKind(kind)}`;
      for (let count = 2; sources.has(file); count += 1) file = `${folder}/${name}-${count}.yaml`;
      const made = readSource(file, fileHead);
      sources.set(file, made);
      return made;
    },
    all: () => [...sources.values()],
  };
}

/** The value of a key that a map has itself; undefined also where nothing is written behind the key. */
function valueUnder(map: YAMLMap | undefined, key: string): Node | undefined {
  const pair = map?.items.find((item) => isScalar(item.key) && item.key.value === key);
  // In a file every value is a node.
  return (pair?.value ?? undefined) as Node | undefined;
}
