import type { Outcome } from './outcome.js';
import type { PlannedChange } from './plan.js';

/** Where a run stands that did not come to its end. Together they are all changes of its plan, each once. */
export interface Standing {
  /** What is done and verified, in the order in which it ended. */
  readonly done: readonly Outcome[];
  /** What was sent, at least in part, and nobody knows whether it arrived. */
  readonly inDoubt: readonly PlannedChange[];
  /** What was never sent. */
  readonly left: readonly PlannedChange[];
}
