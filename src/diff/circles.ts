import { type Catalog, fieldCovers, type Kind, typeOf, visitField } from '../catalog/index.js';
import {
  type Change,
  changeKey,
  compareText,
  filterOverlay,
  type LiveResource,
  type Overlay,
  overlayLeaves,
  pointerOf,
} from '../model/index.js';
import type { Dependencies } from './dependencies.js';

type Create = Change & { readonly op: 'create' };

/** What was to be ordered, and can be now wherever that is possible at all. */
export interface Unwound {
  readonly changes: readonly Change[];
  /** By {@link changeKey}: the keys of what must be done before. */
  readonly dependencies: ReadonlyMap<string, readonly string[]>;
}

/**
 * Breaks circles of references. What refers to an object that is there already need not wait for its change; and of
 * objects that are created and refer to each other one is created without the reference, which an update adds when all
 * are there. A circle that holds by more than references stays: the plan names it.
 * @see docs/adr/0005-circles.md
 */
export function breakCircles(input: {
  readonly changes: readonly Change[];
  readonly dependencies: Dependencies;
  readonly catalog: Catalog;
  readonly live: ReadonlyMap<string, LiveResource>;
}): Unwound {
  const { changes, dependencies, catalog, live } = input;
  const byKey = new Map(changes.flatMap((change) => (change.op === 'keep' ? [] : [[changeKey(change), change]])));
  const waits = mutableWaits(dependencies);
  const deferred = new Map<string, Set<string>>();
  const mayDefer = (from: string, to: string): boolean => {
    const [referrer, target] = [byKey.get(from), byKey.get(to)];
    if (referrer?.op !== 'create' || !target) return false;
    const pointers = deferrable(referrer, target, catalog.kind(referrer.ref.kind));
    if (pointers.length === 0) return false;
    for (const pointer of pointers) add(deferred, from, pointer);
    return true;
  };
  for (let core = circular(byKey.keys(), waits); core.size > 0; core = circular(core, waits)) {
    const circle = aCircle(core, waits);
    const isLoose = ([from, to]: Edge): boolean => !(dependencies.firm.get(from)?.has(to) ?? false);
    const loose = circle.filter(isLoose).sort((left, right) => compareText(left[0], right[0]));
    const isThere = ([, to]: Edge): boolean => live.has(to) && live.get(to)?.active !== false;
    const broken = loose.find(isThere) ?? loose.find(([from, to]) => mayDefer(from, to));
    if (broken === undefined) break;
    waits.get(broken[0])?.delete(broken[1]);
  }
  const unwound = changes.flatMap((change): readonly Change[] => {
    const pointers = deferred.get(changeKey(change));
    return change.op === 'create' && pointers ? inTwo(change, pointers) : [change];
  });
  for (const change of unwound) {
    if (change.op !== 'update' || change.completes !== true) continue;
    const first = changeKey({ ...change, completes: false });
    const all = dependencies.references.get(first) ?? new Set();
    waits.set(changeKey(change), new Set([first, ...all]));
  }
  return { changes: unwound, dependencies: new Map([...waits].map(([key, set]) => [key, [...set].sort(compareText)])) };
}

type Edge = readonly [from: string, to: string];

function mutableWaits({ firm, references }: Dependencies): Map<string, Set<string>> {
  const waits = new Map<string, Set<string>>();
  for (const map of [firm, references]) {
    for (const [from, set] of map) for (const to of set) add(waits, from, to);
  }
  return waits;
}

/** What is left of these when everything is taken away that waits for nothing, or that nothing waits for. */
function circular(keys: Iterable<string>, waits: ReadonlyMap<string, ReadonlySet<string>>): ReadonlySet<string> {
  const core = new Set(keys);
  const counts = { in: new Map<string, number>(), out: new Map<string, number>() };
  const waitedBy = new Map<string, string[]>();
  for (const from of core) {
    for (const to of waits.get(from) ?? []) {
      if (!core.has(to)) continue;
      counts.out.set(from, (counts.out.get(from) ?? 0) + 1);
      counts.in.set(to, (counts.in.get(to) ?? 0) + 1);
      const list = waitedBy.get(to);
      if (list) list.push(from);
      else waitedBy.set(to, [from]);
    }
  }
  const free = [...core].filter((key) => !counts.out.has(key) || !counts.in.has(key));
  const lessen = (map: Map<string, number>, key: string): void => {
    const left = (map.get(key) ?? 0) - 1;
    map.set(key, left);
    if (left === 0) free.push(key);
  };
  for (let key = free.pop(); key !== undefined; key = free.pop()) {
    if (!core.delete(key)) continue;
    for (const from of waitedBy.get(key) ?? []) if (core.has(from)) lessen(counts.out, from);
    for (const to of waits.get(key) ?? []) if (core.has(to)) lessen(counts.in, to);
  }
  return core;
}

/** One circle: its edges, from the first key on. Each key of the core waits for another one of it. */
function aCircle(core: ReadonlySet<string>, waits: ReadonlyMap<string, ReadonlySet<string>>): readonly Edge[] {
  const path: string[] = [];
  const seen = new Map<string, number>();
  let [at = ''] = [...core].sort(compareText);
  while (!seen.has(at)) {
    seen.set(at, path.length);
    path.push(at);
    [at = ''] = [...(waits.get(at) ?? [])].filter((to) => core.has(to)).sort(compareText);
  }
  const circle = path.slice(seen.get(at));
  return circle.map((from, index): Edge => [from, circle[index + 1] ?? at]);
}

/** The owned leaves by which a create refers to the target, or none where one of them cannot be written later. */
function deferrable(change: Create, target: Change, kind: Kind): readonly string[] {
  const paths: string[] = [];
  for (const ref of kind.refs) {
    if (ref.kind !== target.ref.kind) continue;
    visitField(change.overlay.fields, ref.path, (value, at) => {
      if (value === target.id) paths.push(pointerOf(at));
    });
  }
  const leaves = overlayLeaves(change.overlay).map((leaf) => leaf.pointer);
  const pointers = paths.flatMap((path) => leaves.filter((leaf) => path === leaf || path.startsWith(`${leaf}/`)));
  const ofType = typeOf(kind, change.overlay.fields)?.required ?? [];
  const fixed = [...kind.required, ...ofType, ...kind.immutable.map((field) => field.path)];
  const isFixed = (pointer: string): boolean => fixed.some((path) => fieldCovers(path, pointer));
  return pointers.length < paths.length || pointers.some(isFixed) ? [] : [...new Set(pointers)];
}

/** The create without some of its leaves, and the update that adds them. */
function inTwo(change: Create, pointers: ReadonlySet<string>): readonly Change[] {
  const { op: _, ...base } = change;
  const overlay: Overlay = filterOverlay(change.overlay, (leaf) => !pointers.has(leaf.pointer));
  return [
    { ...change, overlay, edits: change.edits.filter((edit) => !pointers.has(edit.pointer)) },
    { ...base, op: 'update', completes: true, edits: change.edits.filter((edit) => pointers.has(edit.pointer)) },
  ];
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  const set = map.get(key);
  if (set) set.add(value);
  else map.set(key, new Set([value]));
}
