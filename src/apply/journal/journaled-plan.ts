import { digestOf, hashKeyId, type Plan } from '../../model/index.js';
import { findUnsaved } from '../../plan/index.js';

/** A plan as a journal holds it. */
export interface JournaledPlan {
  readonly plan: Plan;
  /** Why nobody could go on with it from the journal; empty as a rule. */
  readonly notResumable: readonly string[];
}

/**
 * The plan for a journal: a saved plan of another machine has lost the hashes of that one's key by now, so its digest and the
 * name of its key are made anew. @param hashKey - the key that it is performed with.
 */
export function journaledPlan(plan: Plan, hashKey: string): JournaledPlan {
  const { digest: _, ...rest } = { ...plan, hashKeyId: hashKeyId(hashKey) };
  return {
    plan: { ...rest, digest: digestOf(rest) },
    notResumable: findUnsaved(plan).map(({ message }) => message),
  };
}
