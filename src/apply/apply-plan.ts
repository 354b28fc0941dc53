import type { WriteHooks, Writer } from '../live/index.js';
import {
  type Change,
  changeKey,
  KedgeError,
  type Outcome,
  type Plan,
  type PlannedChange,
  refText,
} from '../model/index.js';
import { ChangeQueue } from './change-queue.js';
import { type CertainNeeds, RefusedPermissions } from './refused-permissions.js';

/** What performing a plan needs. */
export interface ApplyDeps {
  readonly writer: Pick<Writer, 'perform'>;
  /** Milliseconds, from any start; only differences are used. */
  readonly clock: { readonly now: () => number };
  /** Changes in flight at most. */
  readonly concurrency: number;
  /** When aborted: what is in flight is finished, the rest is skipped. */
  readonly signal?: AbortSignal;
  /** Skips the rest after the first failure; without it only what depends on the failure is skipped. */
  readonly failFast?: boolean;
  readonly hooks?: WriteHooks;
  /** Keys of changes of which an earlier run may have sent some. */
  readonly inDoubt?: ReadonlySet<string>;
  /** Where it is known: what was refused to the key once is not tried again for the changes to come. */
  readonly needs?: CertainNeeds;
}

/**
 * Performs a plan: what a change waits for comes before it, two changes that share a lock are never in flight together,
 * and all else runs side by side. Every change has exactly one outcome, in the order in which they settle; which outcome
 * does not depend on the concurrency. Leaving the loop early starts nothing more and waits for what is in flight.
 */
export async function* applyPlan(plan: Plan, deps: ApplyDeps): AsyncGenerator<Outcome, void, void> {
  const queue = new ChangeQueue(plan.changes);
  const results = new Results(plan);
  const refused = new RefusedPermissions(deps.needs);
  const inFlight = new Map<number, Promise<{ readonly index: number; readonly outcome: Outcome }>>();
  let stop: string | undefined;
  try {
    for (;;) {
      if (deps.signal?.aborted === true) stop ??= 'the apply was interrupted';
      while (stop === undefined && inFlight.size < Math.max(1, deps.concurrency)) {
        const index = queue.next();
        if (index === undefined) break;
        const planned = plan.changes[index];
        if (planned === undefined) break;
        const because = results.whyNot(planned) ?? (await refused.whyNot(planned.change));
        if (because === undefined) {
          inFlight.set(
            index,
            performOne(planned.change, deps).then((outcome) => ({ index, outcome })),
          );
          continue;
        }
        queue.settle(index);
        yield results.note({ result: 'skipped', change: planned.change, because });
      }
      if (inFlight.size === 0) break;
      const { index, outcome } = await Promise.race(inFlight.values());
      inFlight.delete(index);
      queue.settle(index);
      refused.note(outcome);
      if (outcome.result === 'failed' && deps.failFast === true) {
        stop ??= `${refText(outcome.change.ref)} failed, and the rest was not to be tried`;
      }
      yield results.note(outcome);
    }
    for (const index of queue.rest()) {
      const planned = plan.changes[index];
      const because = stop ?? 'it waits for itself by way of other changes';
      if (planned) yield results.note({ result: 'skipped', change: planned.change, because });
    }
  } finally {
    await Promise.all(inFlight.values());
  }
}

/** Performs one change; whatever goes wrong is its outcome, so that the others go on. */
async function performOne(change: Change, deps: ApplyDeps): Promise<Outcome> {
  const started = deps.clock.now();
  try {
    const { attempts, paths } = await deps.writer.perform(change, deps.hooks, {
      inDoubt: deps.inDoubt?.has(changeKey(change)) ?? false,
    });
    const ms = deps.clock.now() - started;
    return { result: 'applied', change, attempts, ms, ...(paths !== undefined && { paths }) };
  } catch (error) {
    return { result: 'failed', change, error: error instanceof KedgeError ? error : unexpected(change, error) };
  }
}

function unexpected(change: Change, cause: unknown): KedgeError {
  return new KedgeError({
    code: 'apply/unexpected',
    message: `${refText(change.ref)} failed for a reason that kedge does not know`,
    hint: 'this is a bug of kedge: read what the instance has with kedge plan before going on',
    cause,
  });
}

/** What did not happen so far, and what follows from it. */
class Results {
  /** By ref: the root of the failure, in words. */
  readonly #missing = new Map<string, string>();

  constructor(plan: Plan) {
    for (const { change } of plan.withheld)
      this.#missing.set(refText(change.ref), `${refText(change.ref)} is withheld`);
    // What is both withheld in one form and planned in another (a rename and a delete) is judged by the planned one.
    for (const { change } of plan.changes) this.#missing.delete(changeKey(change));
  }

  /** Why a change whose dependencies are settled cannot run: the first of them, in plan order, that did not happen. */
  whyNot(planned: PlannedChange): string | undefined {
    for (const before of planned.after) {
      const root = this.#missing.get(before);
      if (root !== undefined) return root;
    }
    return undefined;
  }

  note(outcome: Outcome): Outcome {
    const text = changeKey(outcome.change);
    if (outcome.result === 'failed') this.#missing.set(text, `${text} failed`);
    else if (outcome.result === 'skipped') this.#missing.set(text, outcome.because);
    return outcome;
  }
}
