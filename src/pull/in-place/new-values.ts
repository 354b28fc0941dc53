import { isMap, isScalar, type Node, type YAMLMap } from 'yaml';
import { type Ref, refText, valueAt } from '../../model/index.js';
import { type AddedValue, type Additions, additionsAt, type ListAdditions, noAdditions } from './additions.js';
import { type Known, placeOf } from './known-state.js';
import { refuseOrigin } from './refusals.js';
import type { SourceFile } from './source-file.js';
import { additionsOf, type Origin, type PulledEdit, type ToWrite } from './to-write.js';
import { stepsInSource } from './written-paths.js';

/** A value that a resource gets, and what for. */
export interface NewValue extends Omit<Origin, 'edit'> {
  readonly ref: Ref;
  readonly path: readonly string[];
  readonly node: Node;
  readonly field?: string;
}

/** Adds a value at a path of a resource, in the environment's own layer. */
export function addValue(known: Known, out: ToWrite, value: NewValue): void {
  const { ref, path, node, field, ...rest } = value;
  const base = baseOf(known, out, ref);
  const file = base?.source.file ?? '';
  const what = path.length > 0 && value.pointer !== undefined ? 'changed' : 'added';
  const edit: PulledEdit = { ref, what, at: { file }, ...(field !== undefined && { field }) };
  const origin: Origin = { ...rest, edit };
  if (!base) return refuseOrigin(known, out, origin);
  const { root } = additionsOf(out, base.source, base.map);
  const added: AddedValue<Origin> = { shape: 'value', node, origin };
  const steps = stepsInSource(known, ref, path);
  const whole = [...base.path, ...steps];
  const at = base.item ? itemAdditions(root, base) : additionsAt(root, whole.slice(0, -1));
  const last = whole.at(-1);
  if (base.item) {
    const inner = at && additionsAt(at, steps.slice(0, -1));
    const step = steps.at(-1);
    if (inner && step !== undefined) inner.parts.set(step, added);
    return;
  }
  if (at && last !== undefined) at.parts.set(last, added);
}

interface Base {
  readonly source: SourceFile;
  readonly map: YAMLMap;
  readonly path: readonly string[];
  /** For a child: the list it stands in, and the name it has there. */
  readonly item?: { readonly field: string; readonly nameField: string; readonly name: string };
}

/** The map that additions to a resource begin at, and how to get from there to the resource. */
export function baseOf(known: Known, out: ToWrite, ref: Ref): Base | undefined {
  const kind = known.options.catalog.kind(ref.kind);
  const resource = known.resources.get(refText(ref));
  if (kind.scope === 'child') {
    const parent = resource?.parent;
    const place = resource && placeOf(known, resource.at);
    if (place && isMap(place.node) && !place.source.isRepeated(place.node))
      return { source: place.source, map: place.node, path: [] };
    const base = parent && baseOf(known, out, parent);
    const child = parent && known.options.catalog.kind(parent.kind).children.find((one) => one.kind === kind.kind);
    const name = valueAt(resource?.fields, kind.nameField.split('.'));
    if (!base || !child || typeof name !== 'string') return undefined;
    return { ...base, item: { field: child.field, nameField: kind.nameField, name } };
  }
  const entry = known.own.entry(kind, ref.key);
  if (entry) {
    if (isMap(entry.node) && !entry.source.isRepeated(entry.node)) return { ...entry, map: entry.node, path: [] };
    if (!isScalar(entry.node) || entry.node.value !== null) return undefined;
  }
  const source = entry?.source ?? known.placeFor(kind, ref.key);
  if (!source.root) return undefined;
  const path = kind.scope === 'singleton' ? [kind.collection] : [kind.collection, ref.key];
  const { root } = additionsOf(out, source, source.root);
  if (kind.scope !== 'singleton') {
    const section = additionsAt(root, [kind.collection]);
    if (section) section.spaced = true;
  }
  return { source, map: source.root, path };
}

function itemAdditions(root: Additions<Origin>, base: Base): Additions<Origin> | undefined {
  const at = additionsAt(root, base.path);
  if (!at || !base.item) return undefined;
  const { field, nameField, name } = base.item;
  const there = at.parts.get(field);
  const list: ListAdditions<Origin> =
    there?.shape === 'list' ? there : { shape: 'list', nameField, items: [], named: new Map() };
  at.parts.set(field, list);
  const inner = list.named.get(name) ?? noAdditions<Origin>();
  list.named.set(name, inner);
  return inner;
}
