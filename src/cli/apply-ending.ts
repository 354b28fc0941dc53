import type { Finding } from '../model/index.js';
import type { ApplyResult } from '../reconcile/index.js';
import type { CliRun } from './cli-run.js';
import { type ExitCode, exitCodeOfApply, exitCodes } from './exit-code.js';

/** Tells what an apply came to. @param told - findings that were told before anything was written. */
export async function endApply(run: CliRun, result: ApplyResult, told: readonly Finding[]): Promise<ExitCode> {
  const { applyReport, countOutcomes, renderOutcomes } = await import('../report/index.js');
  run.tell(result.findings.filter((finding) => !told.includes(finding)));
  if (run.json) run.printJson(applyReport(result));
  if (!result.confirmed) {
    if (result.plan.changes.length === 0) return exitCodeOfApply(result.plan, []);
    run.say('Not confirmed: nothing was written.\n');
    return exitCodes.refused;
  }
  if (!run.json && result.outcomes.length > 0) run.print(renderOutcomes(result.outcomes, run.textOptions()));
  if (result.interrupted) {
    const { applied, failed, skipped } = countOutcomes(result.outcomes);
    run.say(
      `Interrupted: ${applied} done, ${failed} failed, ${skipped} left. The journal is ${result.journal ?? ''}.\n` +
        `kedge apply --resume -e ${result.plan.environment} goes on.\n`,
    );
  }
  return exitCodeOfApply(result.plan, result.outcomes);
}
