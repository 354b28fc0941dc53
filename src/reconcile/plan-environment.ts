import { type Drift, driftOf } from '../model/index.js';
import type { SnapshotFile } from '../snapshot/index.js';
import { guardsOf } from './guard-plan.js';
import { hashKeyOf, planSession } from './plan-session.js';
import type { EnvironmentTarget } from './ports.js';
import type { PlanResult } from './plan-result.js';
import { planSnapshot } from './plan-snapshot.js';
import { savePlan } from './saved-plan.js';
import { withSession } from './session.js';

/** What to plan, and against what. */
export interface PlanInput extends EnvironmentTarget {
  /** A snapshot in the place of the instance: then nothing is connected to, and no secret is needed or compared. */
  readonly live?: SnapshotFile | undefined;
  /** Where to save the plan, for `applyEnvironment`; a file that is there is replaced. */
  readonly saveTo?: string | undefined;
}

/**
 * Plans one environment: load the files, read the instance and the record, read by id what lists leave out, compare, plan.
 * Writes nothing, neither to the instance nor to the disk, and never has the write key.
 * @throws {@link KedgeError} with a code of the room where it went wrong.
 */
export async function planEnvironment(target: PlanInput): Promise<PlanResult> {
  const result = await planned(target);
  if (target.saveTo !== undefined) await savePlan(result.plan, { file: target.saveTo, target });
  return result;
}

async function planned(target: PlanInput): Promise<PlanResult> {
  const isSaved = target.saveTo !== undefined;
  if (target.live !== undefined) return planSnapshot(target, target.live, { isSaved });
  return withSession(target, { write: false }, async (session) => {
    // A plan that is kept is compared with later: its hashes need a key that is kept too.
    if (isSaved) await hashKeyOf(session, { create: true });
    const { plan, findings } = await planSession(session);
    const guards = guardsOf(plan, { environment: session.environment, ports: target.ports });
    return { plan, findings, guards, requests: session.requestCount() };
  });
}

/** What moved on an instance. */
export interface DriftResult extends PlanResult {
  readonly drift: Drift;
}

/** The drift of one environment: its plan, read from the instance's side. Writes nothing. */
export async function driftEnvironment(target: PlanInput): Promise<DriftResult> {
  const result = await planEnvironment(target);
  return { ...result, drift: driftOf(result.plan) };
}
