import type { Finding, Plan } from '../model/index.js';

/** What a reading command found out about one environment. */
export interface PlanResult {
  readonly plan: Plan;
  /** Warnings; what is an error is thrown. */
  readonly findings: readonly Finding[];
  /** HTTP requests that it took. */
  readonly requests: number;
}
