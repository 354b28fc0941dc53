import { canonicalBody, fieldCovers, hasServerDefault, isSatisfied, type Kind } from '../catalog/index.js';
import {
  compareText,
  type DesiredValue,
  type Edit,
  type EditOrigin,
  type Json,
  type JsonObject,
  keyedHash,
  type Location,
  type Overlay,
  overlayLeaves,
  pathOf,
  plainValue,
  pointerOf,
  type RecordedObject,
  Secret,
  valueAt,
} from '../model/index.js';
import type { Identified } from './identity.js';
import { differingPointers, leaf } from './leaf-edits.js';
import { overlayOf } from './overlay-of.js';
import { type OwnedLeaf, ownedLeaves } from './owned-leaves.js';

/** What one resource differs in. */
export interface Comparison {
  readonly edits: readonly Edit[];
  readonly overlay: Overlay;
  /** Secrets that cannot be read back, or were left out, and that no record has a fingerprint of. */
  readonly notCompared: readonly OwnedLeaf[];
  /** What a replacement would cost, for each immutable field that differs. */
  readonly immutable: readonly { readonly pointer: string; readonly lost: string }[];
  /** Every owned pointer. */
  readonly owned: readonly string[];
}

/** What a comparison needs to know beside the resource. */
export interface ComparisonContext {
  readonly record: RecordedObject | undefined;
  /** Keys the hashes that stand in plans and records. */
  readonly hashKey: string;
  /** The live object came without its secrets. */
  readonly secrets?: 'left-out' | undefined;
}

/**
 * Compares the owned fields of one resource with the live object, both in the server's own normalisation. Fields that the
 * files do not own are never looked at. Without a live object every owned field is an edit.
 */
export function compareResource(identified: Identified, context: ComparisonContext): Comparison {
  const { kind, resource } = identified;
  const fields = canonicalBody(kind, identified.resolved.fields);
  const live = identified.live && canonicalBody(kind, identified.live.body);
  const leaves = ownedLeaves(fields, { kind, listModes: resource.listModes });
  const notCompared: OwnedLeaf[] = [];
  const moved: OwnedLeaf[] = [];
  const liveTree: Tree = {};
  const desiredTree: Tree = {};
  for (const item of leaves) {
    const liveValue = valueAt(live, item.path);
    const verdict = live
      ? judge(item, liveValue, { kind, context, body: live })
      : item.value === null
        ? 'same'
        : 'differs';
    if (verdict === 'unknown') notCompared.push(item);
    if (verdict !== 'differs') continue;
    moved.push(item);
    plant(liveTree, item.path, liveValue === undefined ? undefined : asLeaf(liveValue));
    plant(desiredTree, item.path, item.value === null ? undefined : `${asLeaf(plainValue(item.value))} desired`);
  }
  // Most resources are in step: there is nothing to compare then.
  const differing = moved.length === 0 ? new Set() : differingPointers(liveTree, desiredTree);
  const edits = moved
    .filter((item) => differing.has(item.pointer))
    .sort((left, right) => compareText(left.pointer, right.pointer))
    .map((item) => editOf(item, valueAt(live, item.path), { identified, context }));
  const overlay = overlayOf(identified.resolved.fields, leaves);
  return {
    edits,
    overlay,
    notCompared,
    immutable: identified.live ? immutableEdits(kind, edits, live) : [],
    // As written too: the server may drop an owned field by its own rules, and the files own it all the same.
    owned: ownedPointers(leaves, overlay),
  };
}

/** The pointers of all leaves; a text that is owned part by part is its parts. */
function ownedPointers(leaves: readonly OwnedLeaf[], overlay: Overlay): readonly string[] {
  const parted = new Set(leaves.map((item) => pointerOf(item.path.slice(0, -1))));
  const written = overlayLeaves(overlay).map((item) => item.pointer);
  return [...new Set([...leaves.map((item) => item.pointer), ...written.filter((pointer) => !parted.has(pointer))])];
}

interface Tree {
  [key: string]: Tree | string | undefined;
}

/** Puts a leaf into a tree, with all the containers above it, so that both trees have one shape. */
function plant(tree: Tree, path: readonly string[], value: string | undefined): void {
  let node = tree;
  for (const step of path.slice(0, -1)) {
    const next = node[step];
    if (typeof next === 'object') node = next;
    else {
      const created: Tree = {};
      node[step] = created;
      node = created;
    }
  }
  const last = path.at(-1);
  if (last !== undefined && value !== undefined) node[last] = value;
}

function asLeaf(value: unknown): string {
  return leaf(JSON.stringify(value));
}

type Verdict = 'same' | 'differs' | 'unknown';

function judge(
  item: OwnedLeaf,
  live: unknown,
  by: { readonly kind: Kind; readonly context: ComparisonContext; readonly body: JsonObject },
): Verdict {
  const { kind, context, body } = by;
  const { path, pointer, value } = item;
  if (context.secrets === 'left-out' && isSecretLeaf(kind, item)) return 'unknown';
  const recorded = context.record?.paths[pointer];
  if (value !== null && live === undefined && isUnreadable(kind, pointer)) {
    if (recorded === undefined) return 'unknown';
    return recorded === hashOf(context, plainValue(value)) ? 'same' : 'differs';
  }
  const desired = value === null ? null : plainValue(value);
  if (isSatisfied(kind, { path, pointer, mode: item.mode, desired, live, body })) return 'same';
  // Where the default is not known, what the server answered when the field was last cleared stands for it.
  const cleared = value === null && !hasServerDefault(kind, { path, body }) && recorded === hashOf(context, live);
  return cleared ? 'same' : 'differs';
}

function isUnreadable(kind: Kind, pointer: string): boolean {
  return kind.secrets.some((secret) => secret.readBack === 'never' && fieldCovers(secret.path, pointer));
}

function isSecretLeaf(kind: Kind, item: OwnedLeaf): boolean {
  if (holdsSecret(item.value)) return true;
  const dotted = item.path.join('.');
  return kind.secrets.some(
    (secret) =>
      fieldCovers(secret.path, item.pointer) ||
      secret.path.replaceAll('[]', '').replaceAll('{}', '').startsWith(`${dotted}.`) ||
      secret.path === `${dotted}[]` ||
      secret.path === `${dotted}{}`,
  );
}

function holdsSecret(value: DesiredValue): boolean {
  if (value instanceof Secret) return true;
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((item: DesiredValue) => holdsSecret(item));
}

/** Where a secret leaf comes from, in words that show nothing of it. */
export function sourceOf(value: DesiredValue): string {
  return sourcesOf(value).join(', ') || (value === null ? 'none' : 'literal');
}

function sourcesOf(value: DesiredValue): readonly string[] {
  if (value instanceof Secret) return [value.source];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((item: DesiredValue) => sourcesOf(item));
}

function editOf(item: OwnedLeaf, live: unknown, by: { identified: Identified; context: ComparisonContext }): Edit {
  const { identified, context } = by;
  const base = {
    pointer: item.pointer,
    at: locationOf(identified, item.pointer),
    origin: originOf(item, live, context),
    ...(live !== undefined && { fromHash: hashOf(context, live) }),
  };
  if (isSecretLeaf(identified.kind, item)) {
    return {
      ...base,
      secret: true,
      source: sourceOf(item.value),
    };
  }
  return {
    ...base,
    secret: false,
    // Live bodies are parsed JSON, and a leaf without secrets is JSON as well.
    ...(live !== undefined && { from: live as Json }),
    ...(item.value !== null && { to: plainValue(item.value) }),
  };
}

function originOf(item: OwnedLeaf, live: unknown, context: ComparisonContext): EditOrigin {
  const recorded = context.record?.paths[item.pointer];
  if (recorded === undefined) return context.record ? 'pending' : 'unrecorded';
  if (recorded === hashOf(context, live)) return 'pending';
  return recorded === hashOf(context, item.value === null ? null : plainValue(item.value)) ? 'drift' : 'conflict';
}

/** The keyed hash that stands for a leaf's value in plans and records; an absent value hashes like `null`. */
function hashOf(context: ComparisonContext, value: unknown): string {
  return keyedHash(context.hashKey, value ?? null);
}

function locationOf(identified: Identified, pointer: string): Location {
  let path = pathOf(pointer);
  for (;;) {
    const found = identified.resource.locations.get(pointerOf(path));
    if (found) return found;
    if (path.length === 0) return identified.resource.at;
    path = path.slice(0, -1);
  }
}

function immutableEdits(kind: Kind, edits: readonly Edit[], live: unknown): Comparison['immutable'] {
  return edits.flatMap((edit) => {
    const field = kind.immutable.find((item) => fieldCovers(item.path, edit.pointer));
    // A field that the instance does not show cannot be said to change.
    return field && valueAt(live, pathOf(edit.pointer)) !== undefined
      ? [{ pointer: edit.pointer, lost: field.lost }]
      : [];
  });
}
