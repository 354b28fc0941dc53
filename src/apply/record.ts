import type { Catalog } from '../catalog/index.js';
import { pathHashes } from '../live/index.js';
import {
  type ApplyRecord,
  type Change,
  compareRefs,
  type GuardCode,
  isStamped,
  type LiveResource,
  type Outcome,
  overlayLeaves,
  type Plan,
  type RecordedObject,
  refText,
} from '../model/index.js';

type Paths = RecordedObject['paths'];

/** What the next record is made of. */
export interface NextRecordInput {
  readonly previous: ApplyRecord | undefined;
  readonly plan: Plan;
  /** Of all changes of the plan; one that is missing counts as skipped. */
  readonly outcomes: readonly Outcome[];
  /** By ref text: the hashes of everything the plan keeps, from {@link hashKept}. */
  readonly hashes: ReadonlyMap<string, Paths>;
  /** Epoch milliseconds. */
  readonly instant: number;
  readonly commit?: string;
}

/**
 * The record after an apply. What was applied or kept is recorded as verified, what failed or was skipped or withheld
 * keeps its entry, what was deleted loses it. An object has one entry: after a move the one under the old key is gone.
 */
export function nextRecord(input: NextRecordInput): ApplyRecord {
  const { previous, plan, outcomes, hashes, instant, commit } = input;
  const before = new Map(previous?.objects.map((object) => [refText(object), object]));
  const byId = new Map(previous?.objects.map((object) => [`${object.kind}:${object.id}`, object]));
  const objects = new Map(before);
  const enter = (change: Exclude<Change, { op: 'delete' }>, paths: Paths): void => {
    const { ref, id } = change;
    const old = byId.get(`${ref.kind}:${id}`);
    if (old) objects.delete(refText(old));
    objects.set(refText(ref), {
      kind: ref.kind,
      key: ref.key,
      id,
      adopted: old?.adopted ?? (change.op === 'adopt' || (!isMade(change) && !isStamped(id, plan.namespace))),
      paths: { ...keptHashes(change, old), ...paths },
    });
  };
  const gone: Change[] = [];
  for (const change of plan.kept) enter(change, hashes.get(refText(change.ref)) ?? {});
  for (const outcome of outcomes) {
    if (outcome.result !== 'applied') continue;
    if (outcome.change.op === 'delete') gone.push(outcome.change);
    else enter(outcome.change, outcome.paths ?? {});
  }
  for (const { ref, id } of gone) if (objects.get(refText(ref))?.id === id) objects.delete(refText(ref));
  return {
    version: 1,
    namespace: plan.namespace,
    environment: plan.environment,
    instant,
    ...(commit !== undefined && { commit }),
    planDigest: plan.digest,
    objects: [...objects.values()].sort(compareRefs),
  };
}

/** True for a change that makes the object, or the second half of one. */
function isMade(change: Change): boolean {
  return change.op === 'create' || (change.op === 'update' && change.completes === true);
}

/** What the previous record knows of owned leaves that this time nobody could read: secrets that were not written. */
function keptHashes(change: Exclude<Change, { op: 'delete' }>, old: RecordedObject | undefined): Paths {
  const pointers = overlayLeaves(change.overlay).map((leaf) => leaf.pointer);
  const known = pointers.flatMap((pointer) => {
    const hash = old?.paths[pointer];
    return hash === undefined ? [] : [[pointer, hash] as const];
  });
  return Object.fromEntries(known);
}

/**
 * By ref text: the hashes of what the plan keeps, from the live objects it was computed from.
 * @param input.live - by ref text, as the difference gives it.
 */
export function hashKept(input: {
  readonly plan: Plan;
  readonly live: ReadonlyMap<string, LiveResource>;
  readonly catalog: Catalog;
  readonly hashKey: string;
}): ReadonlyMap<string, Paths> {
  const { plan, live, catalog, hashKey } = input;
  return new Map(
    plan.kept.flatMap((change) => {
      const body = live.get(refText(change.ref))?.body;
      if (body === undefined) return [];
      const kind = catalog.kind(change.ref.kind);
      const hashes = pathHashes({ kind, overlay: change.overlay, live: body, hashKey, written: false });
      return [[refText(change.ref), hashes] as const];
    }),
  );
}

/** How many changes of each sort were applied, and which guards were passed, for the audit log: `2 created, 1 updated`. */
export function summaryOf(outcomes: readonly Outcome[], allowed: readonly GuardCode[] = []): string {
  const words: Record<Change['op'], string> = {
    create: 'created',
    adopt: 'adopted',
    update: 'updated',
    replace: 'replaced',
    reactivate: 'reactivated',
    delete: 'deleted',
    keep: 'kept',
  };
  const counts = new Map<string, number>();
  for (const { result, change } of outcomes) {
    const word = result === 'applied' ? words[change.op] : result;
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const order = [...Object.values(words), 'failed', 'skipped'];
  const parts = order.flatMap((word) => (counts.has(word) ? [`${counts.get(word) ?? 0} ${word}`] : []));
  const passed = allowed.length === 0 ? '' : `; allowed ${allowed.join(', ')}`;
  return `${parts.length === 0 ? 'nothing to do' : parts.join(', ')}${passed}`;
}
