import { isMap, type Node, visit } from 'yaml';
import type { Ref } from '../../model/index.js';
import { type Addition, type Additions, additionsAt, addToMap, originsOf } from './additions.js';
import { jsonNode } from './edit-value.js';
import { editList, type ListStep, removePairs } from './edits.js';
import type { Known } from './known-state.js';
import { refuse } from './refusals.js';
import { accept, additionsOf, addSplices, type Origin, type ToWrite } from './to-write.js';

/** Turns what was collected for maps and lists into changes of the files. */
export function applyCollected(known: Known, out: ToWrite): void {
  applyAdditions(known, out);
  applyLists(out);
  applyDrops(out);
}

function applyAdditions(known: Known, out: ToWrite): void {
  addExisting(known, out);
  for (const [map, { source, root }] of out.additions) {
    const { splices, refused, filled } = addToMap(source, map, root);
    for (const inner of filled) out.refilled.add(inner);
    addSplices(out, source, splices);
    const not = new Set(refused.flatMap(({ origins }) => origins));
    for (const { origins, refusal } of refused) for (const origin of origins) refuse(out, refusal, source, origin);
    for (const origin of originsOf(root)) if (!not.has(origin)) accept(out, origin);
  }
}

/** Shipped objects that something new refers to are called existing, as in a fresh pull. */
function addExisting(known: Known, out: ToWrite): void {
  const texts = new Set<unknown>();
  for (const { root } of out.additions.values()) collectTexts(root, texts);
  for (const { kind, id, key, match } of known.pulled.existing) {
    if (known.given.keys.has(`${kind.kind}:${id}`) || !texts.has(key)) continue;
    const source = known.placeFor(kind, key);
    if (!source.root) continue;
    const { root } = additionsOf(out, source, source.root);
    const node = jsonNode(match);
    if (isMap(node)) node.flow = true;
    const ref: Ref = { kind: kind.kind, key };
    const origin: Origin = { edit: { ref, what: 'added', at: { file: source.file } } };
    additionsAt(root, ['existing', kind.collection])?.parts.set(key, { shape: 'value', node, origin });
  }
}

function applyLists(out: ToWrite): void {
  for (const [list, { source, add, drop, origins }] of out.lists) {
    const kept = [...list.items.keys()].filter((index) => !drop.has(index));
    const steps: ListStep[] = [...kept.map((keep) => ({ keep })), ...add.map((node) => ({ add: node }))];
    const edited = editList(source, list, steps);
    if (edited.ok) {
      addSplices(out, source, edited.splices);
      for (const origin of origins) accept(out, origin);
    } else for (const origin of origins) refuse(out, edited.refusal, source, origin);
  }
}

function applyDrops(out: ToWrite): void {
  for (const [map, { source, pairs, origins }] of out.drops) {
    const edited = removePairs(source, map, pairs, { refilled: out.refilled.has(map) });
    if (edited.ok) {
      addSplices(out, source, edited.splices);
      for (const origin of origins) accept(out, origin);
    } else for (const origin of origins) refuse(out, edited.refusal, source, origin);
  }
}

/** Every text that additions write. */
function collectTexts(root: Additions<Origin>, into: Set<unknown>): void {
  for (const node of nodesOf(root)) visit(node, { Scalar: (_, scalar) => void into.add(scalar.value) });
}

function nodesOf(part: Addition<Origin>): readonly Node[] {
  if (part.shape === 'value') return [part.node];
  if (part.shape === 'map') return [...part.parts.values()].flatMap(nodesOf);
  return [...part.items, ...part.named.values()].flatMap(nodesOf);
}
