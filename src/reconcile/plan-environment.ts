import { type Drift, driftOf, type Finding, type Plan } from '../model/index.js';
import { planSession } from './plan-session.js';
import type { EnvironmentTarget } from './ports.js';
import { withSession } from './session.js';

/** What a reading command found out about one environment. */
export interface PlanResult {
  readonly plan: Plan;
  /** Warnings; what is an error is thrown. */
  readonly findings: readonly Finding[];
  /** HTTP requests that it took. */
  readonly requests: number;
}

/**
 * Plans one environment: load the files, read the instance and the record, read by id what lists leave out, compare, plan.
 * Writes nothing, neither to the instance nor to the disk, and never has the write key.
 * @throws {@link KedgeError} with a code of the room where it went wrong.
 */
export async function planEnvironment(target: EnvironmentTarget): Promise<PlanResult> {
  return withSession(target, { write: false }, async (session) => {
    const { plan, findings } = await planSession(session);
    return { plan, findings, requests: session.requestCount() };
  });
}

/** What moved on an instance. */
export interface DriftResult extends PlanResult {
  readonly drift: Drift;
}

/** The drift of one environment: its plan, read from the instance's side. Writes nothing. */
export async function driftEnvironment(target: EnvironmentTarget): Promise<DriftResult> {
  const result = await planEnvironment(target);
  return { ...result, drift: driftOf(result.plan) };
}
