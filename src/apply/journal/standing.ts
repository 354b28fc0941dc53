import { type Change, changeKey, type Outcome, type Plan, type Standing } from '../../model/index.js';
import type { AppliedEntry, Journal } from './journal.js';

/** True for a journal whose run can be gone on with. */
export function isUnfinished(journal: Pick<Journal, 'entries'>): boolean {
  const last = journal.entries.at(-1);
  return last?.record !== 'ended' && last?.record !== 'superseded';
}

/** Where a run stands. @param plan - that of the journal. What failed is to be tried again. */
export function standingOf(plan: Plan, { entries }: Pick<Journal, 'entries'>): Standing {
  const applied = new Map<string, AppliedEntry>();
  const sent = new Set<string>();
  for (const entry of entries) {
    if (entry.record === 'before') sent.add(entry.change);
    // A Map keeps the place of the first entry; a change is only ever applied once.
    if (entry.record === 'applied') applied.set(entry.change, entry);
  }
  const changes = new Map(plan.changes.map(({ change }) => [changeKey(change), change]));
  const open = plan.changes.filter(({ change }) => !applied.has(changeKey(change)));
  return {
    done: [...applied].flatMap(([key, entry]) => outcomeOf(changes.get(key), entry)),
    inDoubt: open.filter(({ change }) => sent.has(changeKey(change))),
    left: open.filter(({ change }) => !sent.has(changeKey(change))),
  };
}

function outcomeOf(change: Change | undefined, { attempts, ms, paths }: AppliedEntry): readonly Outcome[] {
  return change === undefined ? [] : [{ result: 'applied', change, attempts, ms, ...(paths && { paths }) }];
}
