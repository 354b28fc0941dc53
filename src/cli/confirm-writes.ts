import { KedgeError, type Plan } from '../model/index.js';
import type { CliRun } from './cli-run.js';

/**
 * Whether to go on with writing. Only the whole word is taken for a yes.
 * @param by.count - changes that would be made. @throws KedgeError `cli/confirmation-needed` where nobody can be asked.
 */
export async function confirmWrites(
  plan: Pick<Plan, 'environment' | 'instance'>,
  by: { readonly run: CliRun; readonly yes: boolean; readonly count: number },
): Promise<boolean> {
  if (by.yes) return true;
  const { io, json } = by.run;
  if (!io.canAsk || json) {
    throw new KedgeError({
      code: 'cli/confirmation-needed',
      message: `the plan has ${by.count} changes and nobody can be asked; nothing was written`,
      hint: 'look at the plan, then run this again with --yes',
    });
  }
  const answer = await io.ask(`Apply to ${plan.environment} at ${plan.instance}? Only "yes" goes on: `);
  return answer.trim() === 'yes';
}
