import type { Catalog } from '../../catalog/index.js';
import { type DesiredState, type Difference, type LiveState, refText, valueAt } from '../../model/index.js';
import type { GivenNames } from '../pull-files.js';

/** What the names that files have given are found in. */
export interface NamedFiles {
  readonly catalog: Catalog;
  readonly desired: DesiredState;
  readonly difference: Difference;
  readonly live: LiveState;
  readonly texts: ReadonlyMap<string, string>;
}

/** The logical keys and variables that files use, and which live objects they are. */
export function givenNames(files: NamedFiles): GivenNames {
  const { catalog, desired, difference, texts } = files;
  const keys = new Map<string, string>();
  const taken = new Set<string>();
  const existing = new Set<string>();
  for (const { ref } of desired.resources) {
    if (catalog.kind(ref.kind).scope === 'child') continue;
    taken.add(refText(ref));
    // The entry behind `web@north` is called `web`.
    taken.add(refText({ kind: ref.kind, key: ref.key.split('@')[0] ?? ref.key }));
    const live = difference.live.get(refText(ref));
    if (live) keys.set(`${live.kind}:${live.id}`, ref.key);
  }
  for (const { ref } of desired.tombstones) taken.add(refText(ref));
  for (const { kind, from } of desired.moved) taken.add(refText({ kind, key: from }));
  for (const { ref } of desired.existing) taken.add(refText(ref));
  // Tenants first, by which others are found.
  const isScoped = (match: object): boolean => Object.hasOwn(match, 'tenantId');
  for (const { ref, match } of desired.existing.toSorted(
    (a, b) => Number(isScoped(a.match)) - Number(isScoped(b.match)),
  )) {
    const id = idOfMatch(ref.kind, match, { ...files, keys });
    if (id === undefined || keys.has(`${ref.kind}:${id}`)) continue;
    keys.set(`${ref.kind}:${id}`, ref.key);
    existing.add(`${ref.kind}:${id}`);
  }
  const variables = [...texts.values()].flatMap((text) =>
    [...text.matchAll(/(?:env:|!env\s+["']?)([A-Za-z_]\w*)/g)].map(([, name = '']) => name),
  );
  return { keys, existing, taken, variables: new Set(variables) };
}

/** The live object that `existing:` describes. */
function idOfMatch(
  kindName: string,
  match: { readonly [field: string]: string },
  context: NamedFiles & { readonly keys: ReadonlyMap<string, string> },
): string | undefined {
  const read = context.live.kinds.get(kindName);
  const kind = context.catalog.kind(kindName);
  const isNamed = (field: string, written: string, value: unknown): boolean => {
    if (value === written) return true;
    const to = kind.refs.find((ref) => ref.path === field)?.kind;
    return typeof value === 'string' && to !== undefined && context.keys.get(`${to}:${value}`) === written;
  };
  const found = (read?.known === true ? read.resources : []).filter(({ id, body }) =>
    Object.entries(match).every(([field, written]) =>
      field === 'id' ? id.toLowerCase() === written : isNamed(field, written, valueAt(body, field.split('.'))),
    ),
  );
  return found.length === 1 ? found[0]?.id : undefined;
}
