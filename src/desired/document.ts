import { type Catalog, type Kind, singletonKey } from '../catalog/index.js';
import { isUuid, locationText } from '../model/index.js';
import { didYouMean } from './closest.js';
import type { FindingList } from './finding-list.js';
import type { AbsentItem, EntryMap, LayerContent } from './layer-content.js';
import { entryOf, shapeText, type Written, type WrittenEntry } from './written.js';

/** What reading a document needs to know. */
export interface DocumentContext {
  readonly catalog: Catalog;
  readonly findings: FindingList;
}

const sections: readonly string[] = ['version', 'absent', 'existing', 'moved'];

/** Adds what one file says to its layer, and reports keys that are nowhere or twice. */
export function readDocument(root: Written, layer: LayerContent, context: DocumentContext): void {
  const { catalog, findings } = context;
  if (root.shape !== 'map') {
    const message = `a file is a map that begins with version: 1, not ${shapeText(root)}`;
    findings.add({ code: 'desired/bad-type', message, at: root.at });
    return;
  }
  checkVersion(root, findings);
  for (const [name, entry] of root.entries) {
    const kind = catalog.byCollection(name);
    if (kind?.scope === 'singleton') readSingleton(entry, layer.entries, { ...context, kind });
    else if (kind) readEntries(entry.value, layer.entries, { ...context, kind });
    else if (name === 'absent') readAbsent(entry.value, layer, context);
    else if (name === 'existing') readExisting(entry.value, layer, context);
    else if (name === 'moved') readMoved(entry.value, layer, context);
    else if (name !== 'version') reportCollection(name, entry, context);
  }
}

/** Every file says which version of the language it is in, so that a later kedge can tell. */
export function checkVersion(root: Written, findings: FindingList): void {
  const version = entryOf(root, 'version');
  if (!version) {
    const message = 'the file does not say which version it is';
    findings.add({ code: 'desired/missing-field', message, hint: 'begin it with version: 1', at: root.at });
  } else if (version.value.shape !== 'scalar' || version.value.value !== 1) {
    const message = 'this kedge reads version 1';
    findings.add({ code: 'desired/bad-version', message, hint: 'write version: 1', at: version.value.at });
  }
}

function reportCollection(name: string, entry: WrittenEntry, context: DocumentContext): void {
  const child = context.catalog.kinds.find((kind) => kind.scope === 'child' && kind.collection === name);
  const parent = child?.parent === undefined ? undefined : context.catalog.kind(child.parent);
  const names = [...sections, ...topKinds(context.catalog).map((kind) => kind.collection)];
  const hint = parent
    ? `write ${name} inside the ${parent.title} they belong to`
    : (didYouMean(name, names) ?? `the collections are ${names.slice(sections.length).join(', ')}`);
  context.findings.add({
    code: 'desired/unknown-field',
    message: `there is no collection '${name}'`,
    hint,
    at: entry.keyAt,
  });
}

function topKinds(catalog: Catalog): readonly Kind[] {
  return catalog.kinds.filter((kind) => kind.scope !== 'child');
}

/** The entries of a map, nothing for a key that was left empty, or a finding. */
function entriesOf(node: Written, what: string, findings: FindingList): Iterable<[string, WrittenEntry]> {
  if (node.shape === 'map' && node.mode === undefined) return node.entries;
  if (node.shape === 'scalar' && node.value === null) return [];
  const message = `${what} is a map${node.shape === 'map' ? ' without a tag' : `, not ${shapeText(node)}`}`;
  findings.add({ code: 'desired/bad-type', message, at: node.at });
  return [];
}

function readEntries(
  node: Written,
  into: Map<string, EntryMap>,
  context: DocumentContext & { readonly kind: Kind },
): void {
  const { kind, findings } = context;
  const entries = into.get(kind.kind) ?? new Map<string, WrittenEntry>();
  into.set(kind.kind, entries);
  for (const [key, entry] of entriesOf(node, kind.collection, findings)) {
    const earlier = entries.get(key);
    if (!isLogicalKey(key)) {
      const message = `'${key}' cannot be the logical key of a ${kind.title}`;
      const hint = "keys are not UUIDs and have no '/', '@' or ':'; write the id as a field: id: <uuid>";
      findings.add({ code: 'desired/bad-key', message, hint, at: entry.keyAt });
    } else if (earlier) {
      const message = `the ${kind.title} '${key}' is also at ${locationText(earlier.keyAt)}, in the same layer`;
      findings.add({
        code: 'desired/duplicate-key',
        message,
        hint: 'keep one, or move one to another layer',
        at: entry.keyAt,
      });
    } else entries.set(key, entry);
  }
}

/** The one object of a kind: its fields stand right below the name of the kind. */
function readSingleton(
  entry: WrittenEntry,
  into: Map<string, EntryMap>,
  { kind, findings }: DocumentContext & { readonly kind: Kind },
): void {
  if (entry.value.shape === 'scalar' && entry.value.value === null) return;
  const earlier = into.get(kind.kind)?.get(singletonKey);
  if (!earlier) {
    into.set(kind.kind, new Map([[singletonKey, entry]]));
    return;
  }
  const message = `the ${kind.title} is also at ${locationText(earlier.keyAt)}, in the same layer`;
  const hint = 'an instance has one: write all of it in one place, or move a part to another layer';
  findings.add({ code: 'desired/duplicate-key', message, hint, at: entry.keyAt });
}

function isLogicalKey(key: string): boolean {
  return key !== '' && !isUuid(key) && !/[/@:]/.test(key) && key.trim() === key;
}

function readExisting(node: Written, layer: LayerContent, context: DocumentContext): void {
  for (const [name, entry] of entriesOf(node, 'existing', context.findings)) {
    const kind = context.catalog.byCollection(name);
    if (kind?.scope === 'singleton') reportSingleton(kind, 'existing', entry, context.findings);
    else if (kind) readEntries(entry.value, layer.existing, { ...context, kind });
    else reportCollection(name, entry, context);
  }
}

/** `absent: { webhooks: [old-sink], roles: [web/crew] }`. */
function readAbsent(node: Written, layer: LayerContent, context: DocumentContext): void {
  const { catalog, findings } = context;
  for (const [name, entry] of entriesOf(node, 'absent', findings)) {
    const kind = catalog.kinds.find((one) => one.collection === name);
    if (!kind) {
      const hint = didYouMean(
        name,
        catalog.kinds.map((one) => one.collection),
      );
      findings.add({
        code: 'desired/unknown-field',
        message: `there is no collection '${name}'`,
        hint,
        at: entry.keyAt,
      });
      continue;
    }
    if (kind.scope === 'singleton') {
      reportSingleton(kind, 'absent', entry, findings);
      continue;
    }
    if (entry.value.shape !== 'list' || entry.value.mode !== undefined) {
      const message = `absent.${name} is a list of logical keys or ids`;
      findings.add({ code: 'desired/bad-type', message, hint: `write ${name}: [key]`, at: entry.value.at });
      continue;
    }
    const into = entry.value.patch === 'remove' ? layer.notAbsent : layer.absent;
    for (const item of entry.value.items) {
      const text = absentText(item, kind, findings);
      if (text !== undefined) into.push(text);
    }
  }
}

function reportSingleton(kind: Kind, section: string, entry: WrittenEntry, findings: FindingList): void {
  const message = `every instance has one ${kind.title}: it cannot stand in ${section}`;
  findings.add({
    code: 'desired/bad-key',
    message,
    hint: `write its fields under ${kind.collection}:`,
    at: entry.keyAt,
  });
}

function absentText(item: Written, kind: Kind, findings: FindingList): AbsentItem | undefined {
  const text = item.shape === 'scalar' && typeof item.value === 'string' ? item.value : undefined;
  if (text === undefined || text === '') {
    const message = `absent.${kind.collection} takes logical keys or ids, not ${shapeText(item)}`;
    findings.add({ code: 'desired/bad-type', message, at: item.at });
    return undefined;
  }
  if (text.startsWith('builtin:')) {
    const message = `${text} is an object every instance has, and cannot be absent`;
    findings.add({ code: 'desired/bad-key', message, at: item.at });
    return undefined;
  }
  return { kind, text, at: item.at };
}

/** `moved: [{ kind: application, from: web, to: shop }]`. */
function readMoved(node: Written, layer: LayerContent, context: DocumentContext): void {
  const { catalog, findings } = context;
  if (node.shape !== 'list') {
    if (node.shape === 'scalar' && node.value === null) return;
    const message = `moved is a list of { kind, from, to }, not ${shapeText(node)}`;
    findings.add({ code: 'desired/bad-type', message, at: node.at });
    return;
  }
  for (const item of node.items) {
    const kindName = textUnder(item, 'kind');
    const from = textUnder(item, 'from');
    const to = textUnder(item, 'to');
    const extra =
      item.shape === 'map' ? [...item.entries].find(([key]) => !['kind', 'from', 'to'].includes(key)) : undefined;
    if (kindName === undefined || from === undefined || to === undefined || from === to || extra) {
      const message = extra ? `moved has no field '${extra[0]}'` : 'moved takes { kind, from, to }, two different keys';
      const code = extra ? 'desired/unknown-field' : 'desired/bad-type';
      findings.add({ code, message, at: extra?.[1].keyAt ?? item.at });
    } else if (!catalog.has(kindName)) {
      const hint = didYouMean(
        kindName,
        catalog.kinds.map((kind) => kind.kind),
      );
      const at = entryOf(item, 'kind')?.value.at ?? item.at;
      findings.add({ code: 'desired/bad-enum', message: `there is no kind '${kindName}'`, hint, at });
    } else layer.moved.push({ kind: catalog.kind(kindName), from, to, at: item.at });
  }
}

function textUnder(node: Written, key: string): string | undefined {
  const value = entryOf(node, key)?.value;
  return value?.shape === 'scalar' && typeof value.value === 'string' && value.value !== '' ? value.value : undefined;
}
