import type { Finding, GuardFinding, Plan } from '../model/index.js';

/** What a reading command found out about one environment. */
export interface PlanResult {
  readonly plan: Plan;
  /** Warnings; what is an error is thrown. */
  readonly findings: readonly Finding[];
  /** What an apply of it would be refused for, here and now. */
  readonly guards: readonly GuardFinding[];
  /** HTTP requests that it took. */
  readonly requests: number;
}
