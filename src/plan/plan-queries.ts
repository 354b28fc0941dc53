import type { Change, ChangeOp, Plan } from '../model/index.js';

/** True for a change that sends at least one write to the instance: not `keep`, and not an `adopt` that finds all as it should be. */
export function writes(change: Change): boolean {
  switch (change.op) {
    case 'keep':
      return false;
    case 'adopt':
      return change.edits.length > 0;
    case 'create':
    case 'update':
    case 'replace':
    case 'reactivate':
    case 'delete':
      return true;
  }
}

/** True when the instance differs from the files: something would be written, or a delete or replacement is withheld. */
export function hasDifferences(plan: Plan): boolean {
  return plan.withheld.length > 0 || plan.changes.some((planned) => writes(planned.change));
}

/** How many changes of each operation the plan performs; `keep` counts what is in step already. */
export function countChanges(plan: Plan): Readonly<Record<ChangeOp, number>> {
  const counts = { create: 0, adopt: 0, update: 0, replace: 0, reactivate: 0, delete: 0, keep: plan.kept.length };
  for (const { change } of plan.changes) counts[change.op] += 1;
  return counts;
}
