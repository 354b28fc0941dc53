import { isMap, isScalar } from 'yaml';
import type { Catalog } from '../catalog/index.js';
import { isUuid, refText } from '../model/index.js';
import { readSource } from './in-place/source-file.js';

/**
 * Of files that stay beside new ones, those that declare something which the new ones declare too: under the same key, with
 * the same id, or the one object of a kind. Files that are no YAML declare nothing.
 * @param fresh - path → text; @param staying - the same, of the others of the folder.
 */
export function declaredTwice(
  catalog: Catalog,
  fresh: ReadonlyMap<string, string>,
  staying: ReadonlyMap<string, string>,
): readonly { readonly file: string; readonly entry: string }[] {
  const declared = new Set([...fresh].flatMap(([file, text]) => entriesOf(catalog, file, text)).flatMap(namesOf));
  return [...staying].flatMap(([file, text]) => {
    const twice = entriesOf(catalog, file, text).find((entry) => namesOf(entry).some((name) => declared.has(name)));
    return twice ? [{ file, entry: twice.ref }] : [];
  });
}

interface Declared {
  readonly ref: string;
  readonly id?: string;
}

function namesOf({ ref, id }: Declared): readonly string[] {
  return id === undefined ? [ref] : [ref, id];
}

function entriesOf(catalog: Catalog, file: string, text: string): readonly Declared[] {
  if (!/\.ya?ml$/.test(file)) return [];
  const root = readSource(file, text).root;
  return catalog.kinds.flatMap(({ kind, collection, scope }): readonly Declared[] => {
    const section = scope === 'child' ? undefined : root?.get(collection);
    if (!isMap(section)) return [];
    if (scope === 'singleton') return [{ ref: kind }];
    return section.items.flatMap(({ key, value }) => {
      if (!isScalar(key)) return [];
      const id = isMap(value) ? value.get('id') : undefined;
      const ref = refText({ kind, key: String(key.value) });
      return [{ ref, ...(typeof id === 'string' && isUuid(id) && { id: `${kind}:${id.toLowerCase()}` }) }];
    });
  });
}
