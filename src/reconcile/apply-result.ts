import type { Finding, GuardCode, Outcome, Plan } from '../model/index.js';
import type { EnvironmentTarget } from './ports.js';

/** How a plan is performed. */
export interface PerformInput extends EnvironmentTarget {
  /** Changes in flight at most; the instance's `concurrency` unless given. */
  readonly concurrency?: number | undefined;
  /** Milliseconds to wait for another run that writes to this environment from here; 0, the default, refuses at once. */
  readonly lockWaitMs?: number | undefined;
  /** Called after each change, as it ends. */
  readonly onOutcome?: (outcome: Outcome) => void;
  /** When aborted: what is in flight is finished, the rest is skipped. */
  readonly signal?: AbortSignal;
}

/** What an apply came to. */
export interface ApplyResult {
  readonly plan: Plan;
  /** False when the plan was not confirmed: nothing was written. */
  readonly confirmed: boolean;
  /** The guards that were in the way and were allowed. */
  readonly allowed: readonly GuardCode[];
  /** One per change of the plan, in the order in which they ended; in a resumed run those of the runs before it first. */
  readonly outcomes: readonly Outcome[];
  /** Where the record of this apply was written; nowhere when it would say what the last one says. */
  readonly record: { readonly local: boolean; readonly instance: boolean };
  /** The journal, as a path within the repository; absent where there was nothing to do. */
  readonly journal?: string;
  /** True when the run was interrupted with changes left: `--resume` goes on. */
  readonly interrupted: boolean;
  readonly findings: readonly Finding[];
  readonly requests: number;
  /** The plan after the apply, where it was asked for. */
  readonly after?: Plan;
}
