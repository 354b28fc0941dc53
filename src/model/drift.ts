import type { Change, Edit } from './change.js';
import type { Plan } from './plan.js';
import { refText } from './ref.js';

/** Why a difference is there: the instance moved, the files moved, both did, or no record can tell. */
export type DriftOrigin = 'drift' | 'pending' | 'conflict' | 'unrecorded';

/** One resource that differs from the files, seen from the instance's side. */
export interface DriftedChange {
  readonly change: Change;
  readonly origin: DriftOrigin;
  /** The edits of each origin; a change without edits (a delete, a reactivation) has none. */
  readonly edits: readonly Edit[];
}

/** A plan read as drift: what moved on the instance, and what is only waiting to be applied. */
export interface Drift {
  /** Whether a record was there: without one every difference is `unrecorded`, for nobody can tell who moved. */
  readonly recorded: boolean;
  readonly items: readonly DriftedChange[];
  /** How many resources, by origin. One that has both drift and pending edits counts as drift. */
  readonly counts: Readonly<Record<DriftOrigin, number>>;
}

/**
 * Reads a plan as drift. Withheld changes count like performed ones: what policy forbids kedge to undo has moved all the
 * same. A resource takes the gravest origin of its edits: conflict, drift, unrecorded, pending.
 */
export function driftOf(plan: Plan): Drift {
  const changes = [...plan.changes.map((planned) => planned.change), ...plan.withheld.map((item) => item.change)];
  const items = changes
    .map((change): DriftedChange => ({ change, origin: originOf(change, plan.recorded), edits: editsOf(change) }))
    // An object found by its name that is as it should be differs in nothing.
    .filter(({ change, edits }) => change.op !== 'adopt' || edits.length > 0);
  const counts = { drift: 0, pending: 0, conflict: 0, unrecorded: 0 };
  for (const item of items) counts[item.origin] += 1;
  return { recorded: plan.recorded, items, counts };
}

/** How many resources make `drift` end with exit code 2. `pending` counts only where it is asked for. */
export function countDrift(drift: Drift, counting: { readonly pending: boolean }): number {
  const { counts } = drift;
  return counts.drift + counts.conflict + counts.unrecorded + (counting.pending ? counts.pending : 0);
}

/** The edits of a change; none for a delete or for what is in step. */
export function editsOf(change: Change): readonly Edit[] {
  return change.op === 'delete' || change.op === 'keep' ? [] : change.edits;
}

/** What an edit's origin means under this plan: a field that the record does not have was written since the record. */
export function editOriginOf(edit: Edit, recorded: boolean): DriftOrigin {
  if (!recorded) return 'unrecorded';
  return edit.origin === 'unrecorded' ? 'pending' : edit.origin;
}

const gravity: readonly DriftOrigin[] = ['conflict', 'drift', 'unrecorded', 'pending'];

function originOf(change: Change, recorded: boolean): DriftOrigin {
  if (!recorded) return 'unrecorded';
  switch (change.op) {
    case 'delete':
      // A child nobody listed was added on the instance. What the files dropped, or have just buried, waits for an apply.
      return change.why === 'unlisted' ? 'drift' : 'pending';
    case 'reactivate':
      return 'drift';
    case 'keep':
      return 'pending';
    case 'create':
    case 'adopt':
    case 'update':
    case 'replace': {
      const origins = new Set(change.edits.map((edit) => editOriginOf(edit, recorded)));
      return gravity.find((origin) => origins.has(origin)) ?? 'pending';
    }
  }
}

/** What a plan calls an object: its ref, and the name it bears where that says more. */
export function changeName(change: Change): string | undefined {
  const name = change.op === 'delete' ? change.name : (change.overlay.fields['name'] ?? change.overlay.fields['url']);
  if (typeof name !== 'string' || name === '') return undefined;
  return name === change.ref.key || refText(change.ref).endsWith(`/${name}`) ? undefined : name;
}

/** The edit from the files to the instance. */
export function reversedEdit(edit: Edit): Edit {
  if (edit.secret) return edit;
  const { from, to, ...rest } = edit;
  return { ...rest, ...(to !== undefined && { from: to }), ...(from !== undefined && { to: from }) };
}
