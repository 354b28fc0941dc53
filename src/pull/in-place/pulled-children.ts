import { isSeq, type Node } from 'yaml';
import type { Kind } from '../../catalog/index.js';
import { type Json, type JsonObject, type Location, type Ref, refText, valueAt } from '../../model/index.js';
import type { PulledEntry } from '../pull-files.js';
import { liveName } from '../references.js';
import { entryNode } from '../yaml-text.js';
import { additionsAt, type ListAdditions } from './additions.js';
import { jsonNode } from './edit-value.js';
import { childrenOf, isBuried, isForEach, type Known, placeOf } from './known-state.js';
import { addValue, baseOf } from './new-values.js';
import { leave, refuseOrigin } from './refusals.js';
import { additionsOf, listChange, type Origin, type PulledEdit, type ToWrite } from './to-write.js';
import { isOwned, leavesOf } from './written-paths.js';

/** Roles and the like that the list of an object lacks. */
export function takeChildren(known: Known, out: ToWrite, entry: PulledEntry, parent: Ref): void {
  const { kind, live } = entry;
  for (const child of kind.children) {
    const childKind = known.options.catalog.kind(child.kind);
    const bodies = valueAt(entry.yaml.body, [child.field]);
    if (!Array.isArray(bodies)) continue;
    const list = known.options.desired.childLists.find(
      (one) => one.kind === child.kind && refText(one.parent) === refText(parent),
    );
    if (list?.mode === 'atLeast') continue;
    if (!list && known.options.scope !== 'everything') continue;
    const lives = childrenOf(known, child.kind, live.id);
    for (const body of bodies as readonly JsonObject[]) {
      const name = textAt(body, childKind.nameField);
      const one = lives.find((item) => liveName(childKind, item) === name);
      const there = one && known.refs.get(`${one.kind}:${one.id}`);
      if (there) takeChildFields(known, out, childKind, there, body);
      else if (!one || !isBuried(known, one))
        addChild(known, out, { parent, child: childKind, field: child.field, body, list: list?.at });
    }
  }
}

function takeChildFields(known: Known, out: ToWrite, kind: Kind, ref: Ref, body: JsonObject): void {
  const resource = known.resources.get(refText(ref));
  if (!resource || known.options.scope !== 'everything' || isForEach(ref)) return;
  for (const path of leavesOf(body)) {
    if (path[0] === 'id' || isOwned(known, kind, resource, path)) continue;
    // A leaf of the body is JSON.
    addValue(known, out, { ref, path, node: jsonNode(valueAt(body, path) as Json), field: path.join('.') });
  }
}

function addChild(
  known: Known,
  out: ToWrite,
  of: {
    readonly parent: Ref;
    readonly child: Kind;
    readonly field: string;
    readonly body: JsonObject;
    readonly list: Location | undefined;
  },
): void {
  const { parent, child, field, body, list } = of;
  const name = textAt(body, child.nameField);
  const ref: Ref = { kind: child.kind, key: `${parent.key}/${child.collection}/${name}` };
  if (isForEach(parent)) {
    const message = 'is on the instance and not in the files: an entry with forEach is not added to';
    leave(out, { ref, reason: 'not-edited', message, ...(list && { at: list }) });
    return;
  }
  const place = list && placeOf(known, list);
  const edit: PulledEdit = { ref, what: 'added', at: { file: place?.source.file ?? '' } };
  if (place && isSeq(place.node) && !place.source.isRepeated(place.node)) {
    const change = listChange(out, place.source, place.node);
    change.add.push(childNode(body));
    change.origins.push({ edit });
    return;
  }
  const base = baseOf(known, out, parent);
  if (!base) return refuseOrigin(known, out, { edit });
  const { root, source } = additionsOf(out, base.source, base.map);
  const at = additionsAt(root, base.path);
  const there = at?.parts.get(field);
  const items: ListAdditions<Origin> =
    there?.shape === 'list' ? there : { shape: 'list', nameField: child.nameField, items: [], named: new Map() };
  at?.parts.set(field, items);
  items.items.push({
    shape: 'value',
    node: jsonNode(body),
    origin: { edit: { ...edit, at: { file: source.file } } },
  });
}

/** A role or the like as a fresh pull writes it. */
function childNode(body: JsonObject): Node {
  return entryNode({ key: '', body, comments: [], files: new Map(), secrets: new Map(), labels: new Map() });
}

function textAt(body: JsonObject, field: string): string {
  const value = body[field];
  return typeof value === 'string' ? value : '';
}
