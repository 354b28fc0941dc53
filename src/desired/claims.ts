import type { Catalog, Kind } from '../catalog/index.js';
import {
  type ExistingResource,
  isUuid,
  type Location,
  locationText,
  type Move,
  type Ref,
  refText,
  type Tombstone,
} from '../model/index.js';
import { didYouMean } from './closest.js';
import type { FindingList } from './finding-list.js';
import { type AbsentItem, entryMap, type MovedItem } from './layer-content.js';
import { checkReference, fullKey, type ReferenceContext, type ReferenceIndex } from './references.js';
import { noLocals, type Resolver } from './value-resolver.js';
import type { WrittenEntry } from './written.js';

/** Finds what `existing:` says about one object; undefined after a finding. */
export function parseExisting(
  entry: { readonly kind: Kind; readonly key: string; readonly written: WrittenEntry },
  context: { readonly resolver: Resolver; readonly findings: FindingList },
): ExistingResource | undefined {
  const { kind, key, written } = entry;
  const { findings } = context;
  const map = entryMap(kind, key, written, findings);
  if (!map) return undefined;
  const names = ['id', ...kind.naturalKey];
  const match: Record<string, string> = {};
  let complete = true;
  for (const [name, field] of map.entries) {
    const resolved = context.resolver.resolve(field.value, noLocals);
    const wrong = (message: string, hint?: string): void => {
      complete = false;
      const code = names.includes(name) ? 'desired/bad-type' : 'desired/unknown-field';
      findings.add({ code, message, hint, at: names.includes(name) ? field.value.at : field.keyAt });
    };
    if (resolved.unresolved.size > 0) complete = false;
    else if (!names.includes(name)) {
      const hint = didYouMean(name, names) ?? `use ${names.join(', ')}`;
      wrong(`the existing ${kind.title} '${key}' cannot be found by '${name}'`, hint);
    } else if (typeof resolved.value !== 'string' || resolved.value === '') wrong(`${name} is text here`);
    else if (name === 'id' && !isUuid(resolved.value))
      wrong('id is a UUID here', 'builtin: names need no existing entry');
    else match[name] = name === 'id' ? resolved.value.toLowerCase() : resolved.value;
  }
  if (map.entries.size === 0) {
    const message = `the existing ${kind.title} '${key}' says nothing to find it by`;
    findings.add({ code: 'desired/missing-field', message, hint: `use ${names.join(', ')}`, at: written.keyAt });
  }
  if (!complete || map.entries.size === 0) return undefined;
  return { ref: { kind: kind.kind, key }, match, at: written.keyAt };
}

/** Reports references in the match of an existing object (its tenant) that lead nowhere. */
export function checkExisting(kind: Kind, found: ExistingResource, context: ReferenceContext): void {
  for (const field of kind.refs) {
    const text = found.match[field.path];
    if (text === undefined) continue;
    const what = `${field.path} of the existing ${kind.title} '${found.ref.key}'`;
    checkReference(text, { field, what, at: found.at }, context);
  }
}

/** What is declared, by ref and by explicit id: the things that cannot be absent as well. */
export interface Declared {
  readonly refs: ReadonlyMap<string, Location>;
  readonly ids: ReadonlyMap<string, Location>;
}

/** Makes the tombstones, and reports those of things that are declared. */
export function parseTombstones(
  items: readonly AbsentItem[],
  context: { readonly catalog: Catalog; readonly declared: Declared; readonly findings: FindingList },
): readonly Tombstone[] {
  const { declared, findings } = context;
  return items.map(({ kind, text, at }) => {
    const id = isUuid(text) ? text.toLowerCase() : undefined;
    const ref: Ref = { kind: kind.kind, key: id ?? fullKey(context.catalog, kind.kind, text) };
    if (id === undefined && kind.scope === 'child' && !text.includes('/')) {
      const message = `absent.${kind.collection} takes the parent too, not '${text}' alone`;
      findings.add({ code: 'desired/bad-key', message, hint: `such as web/${text}`, at });
    }
    const place =
      declared.refs.get(refText(ref)) ?? (id === undefined ? undefined : declared.ids.get(`${kind.kind} ${id}`));
    if (place) {
      const message = `the ${kind.title} '${text}' must be absent here, and is declared at ${locationText(place)}`;
      const hint = `take it out of one of the two; a higher layer takes back a tombstone with ${kind.collection}: !remove [${text}]`;
      findings.add({ code: 'desired/declared-and-absent', message, hint, at });
    }
    return { ref, ...(id !== undefined && { id }), at };
  });
}

/** Makes the moves, and reports those that lead nowhere or come from something that is still there. */
export function parseMoves(
  items: readonly MovedItem[],
  context: {
    readonly catalog: Catalog;
    readonly index: ReferenceIndex;
    readonly declared: Declared;
    readonly findings: FindingList;
  },
): readonly Move[] {
  const { catalog, declared, findings } = context;
  return items.map(({ kind, from: fromText, to: toText, at }) => {
    const from = fullKey(catalog, kind.kind, fromText);
    const to = fullKey(catalog, kind.kind, toText);
    const still = declared.refs.get(refText({ kind: kind.kind, key: from }));
    if (still) {
      const message = `the ${kind.title} '${fromText}' has moved to '${toText}', and is still declared at ${locationText(still)}`;
      findings.add({ code: 'desired/declared-and-absent', message, at });
    }
    if (!declared.refs.has(refText({ kind: kind.kind, key: to }))) {
      const message = `the ${kind.title} '${fromText}' has moved to '${toText}', and there is no such ${kind.title}`;
      const hint = didYouMean(toText, context.index.keys(kind.kind));
      findings.add({ code: 'desired/unknown-reference', message, hint, at });
    }
    return { kind: kind.kind, from, to, at };
  });
}
