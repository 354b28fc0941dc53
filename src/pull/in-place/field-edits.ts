import { isScalar, type Node, type Pair } from 'yaml';
import { fieldMatches, type Kind } from '../../catalog/index.js';
import {
  type Change,
  type DesiredResource,
  isJsonObject,
  type Json,
  type ListMode,
  pathOf,
  type PlainEdit,
  pointerOf,
  refText,
  valueAt,
} from '../../model/index.js';
import { inexpressible } from '../draft.js';
import { editValue } from './edit-value.js';
import { isAllOwn, isForEach, type Known, placeOf } from './known-state.js';
import { namedValue, writtenValue } from './named-value.js';
import { addValue } from './new-values.js';
import { leave, refuse, refuseForEach, shown } from './refusals.js';
import { startAt } from './source-file.js';
import { editFile, editText, newValue } from './text-edits.js';
import { addDrop, addSplices, type Origin, type ToWrite } from './to-write.js';
import { ownerOf, writtenPath } from './written-paths.js';

/** Writes what an instance has in the fields of an object that differ. */
export function editFields(
  known: Known,
  out: ToWrite,
  resource: DesiredResource,
  change: Exclude<Change, { readonly op: 'delete' | 'keep' }>,
): void {
  const kind = known.options.catalog.kind(resource.ref.kind);
  const texts = new Map<string, PlainEdit[]>();
  for (const edit of change.edits) {
    const path = writtenPath(known, kind, resource, pathOf(edit.pointer));
    if (edit.secret) {
      const message = 'is a secret that differs from the instance: the files are as they were';
      leave(out, { ref: resource.ref, reason: 'not-edited', message, pointer: edit.pointer, at: edit.at });
      continue;
    }
    if (dropKey(known, out, { kind, resource, path, resolved: pathOf(edit.pointer) })) continue;
    const owner = ownerOf(resource, path);
    if (owner.length < path.length && typeof valueAt(resource.fields, owner) === 'string') {
      const pointer = pointerOf(owner);
      texts.set(pointer, [...(texts.get(pointer) ?? []), edit]);
    } else editField(known, out, { resource, kind, edit, path, overlay: change.overlay });
  }
  for (const [pointer, edits] of texts) editText(known, out, resource, pathOf(pointer), edits);
}

function editField(
  known: Known,
  out: ToWrite,
  of: {
    readonly resource: DesiredResource;
    readonly kind: Kind;
    readonly edit: PlainEdit;
    readonly path: readonly string[];
    readonly overlay: {
      readonly fields: DesiredResource['fields'];
      readonly listModes: { readonly [pointer: string]: ListMode };
    };
  },
): void {
  const { resource, kind, edit, path, overlay } = of;
  const resolved = pathOf(edit.pointer);
  const { from: live } = edit;
  const field = path.join('.');
  if (kind.scope === 'child' && field === kind.nameField && !isAllOwn(known, resource)) {
    const message = `${live === undefined ? 'has no name' : `is called ${shown(live)}`} on the instance, and a lower layer names it too: rename it there`;
    leave(out, { ref: resource.ref, reason: 'not-edited', message, pointer: edit.pointer, at: edit.at });
    return;
  }
  if (live !== undefined && inexpressible(live, []).length > 0) {
    const message = 'has a value that YAML would not give back exactly: the files are as they were';
    leave(out, { ref: resource.ref, reason: 'not-expressible', message, pointer: edit.pointer, at: edit.at });
    return;
  }
  const named = live === undefined ? undefined : namedValue(known, kind, resolved, live);
  const at = resource.locations.get(pointerOf(path));
  const place = at && placeOf(known, at);
  if (!at || !place) {
    if (isForEach(resource.ref)) refuseForEach(out, resource, edit);
    else override(known, out, { resource, kind, path, named: named ?? null, edit });
    return;
  }
  if (isForEach(resource.ref)) return refuseForEach(out, resource, edit);
  const { source, node } = place;
  const origin: Origin = {
    edit: { ref: resource.ref, field, what: 'changed', at },
    pointer: edit.pointer,
    ...(live !== undefined && { live }),
  };
  if (isScalar(node) && node.tag === '!file') {
    editFile(known, out, { resource, kind, path, source, node, value: named ?? null, origin });
    return;
  }
  const mode = resource.listModes.get(pointerOf(path));
  const written = writtenValue(kind, resolved, valueAt(overlay.fields, resolved));
  const item = kind.refs.find((ref) => fieldMatches(ref.path, `${edit.pointer}/0`));
  const rules = {
    set: kind.lists.some((list) => list.as === 'set' && fieldMatches(list.path, edit.pointer)),
    atLeast: mode === 'atLeast',
    wholeMap: isJsonObject(written),
    isStale: (text: unknown) =>
      item !== undefined && known.renamed.has(refText({ kind: item.kind, key: String(text) })),
  };
  const edited = editValue(source, node, { written, live, named }, rules);
  if (edited.ok) {
    addSplices(out, source, edited.splices);
    out.edits.push(origin.edit);
  } else refuse(out, edited.refusal, source, origin);
}

/** Over a value of a lower layer stands one in the environment's own: other environments keep theirs. */
function override(
  known: Known,
  out: ToWrite,
  of: {
    readonly resource: DesiredResource;
    readonly kind: Kind;
    readonly path: readonly string[];
    readonly named: Json;
    readonly edit: PlainEdit;
  },
): void {
  const { resource, kind, path, named, edit } = of;
  const node = newValue(known, out, { kind, key: resource.ref.key, path, value: named });
  addValue(known, out, {
    ref: resource.ref,
    path,
    node,
    field: path.join('.'),
    pointer: edit.pointer,
    ...(edit.from !== undefined && { live: edit.from }),
  });
}

/**
 * Takes a key out of a map whose keys are other objects, where the live map does not have it: what it stands for may be
 * gone, and then no file may name it.
 */
function dropKey(
  known: Known,
  out: ToWrite,
  at: {
    readonly kind: Kind;
    readonly resource: DesiredResource;
    readonly path: readonly string[];
    readonly resolved: readonly string[];
  },
): boolean {
  const { kind, resource } = at;
  const live = known.options.difference.live.get(refText(resource.ref))?.body;
  const length = kind.refs
    .map((ref) => (ref.path.endsWith('{key}') ? ref.path.slice(0, -'{key}'.length).split('.') : undefined))
    .find((map) => map?.every((step, index) => at.path[index] === step))?.length;
  if (length === undefined || valueAt(live, at.resolved.slice(0, length + 1)) !== undefined) return false;
  const written = at.path.slice(0, length + 1);
  const place = placeOf(known, resource.locations.get(pointerOf(written)) ?? resource.at);
  const holder = place?.source.holderOf(place.node);
  if (!place || holder?.in !== 'pair' || place.source.isRepeated(place.node) || isForEach(resource.ref)) return false;
  // In a file every key and value is a node.
  const pair = holder.pair as Pair<Node, Node | null>;
  const key = isScalar(pair.key) ? String(pair.key.value) : '';
  if (key !== written.at(-1) && key.toLowerCase() !== at.resolved[length]) return false;
  const what = { ref: resource.ref, field: written.join('.'), what: 'removed' as const };
  addDrop(out, place.source, {
    map: holder.map,
    pair,
    edit: { ...what, at: place.source.place(startAt(pair.key)) },
  });
  return true;
}
