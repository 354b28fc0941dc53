import type { ApplyResult, PerformInput } from '../reconcile/index.js';
import { endApply } from './apply-ending.js';
import type { CliRun } from './cli-run.js';
import { confirmWrites } from './confirm-writes.js';
import type { ExitCode } from './exit-code.js';
import type { Progress } from './progress.js';

/** `kedge apply --resume`: goes on with a run that died or was interrupted. */
export async function resumeApply(
  input: PerformInput,
  by: {
    readonly run: CliRun;
    readonly yes: boolean;
    readonly journal: string | undefined;
    readonly progress: Progress;
  },
): Promise<ExitCode> {
  const { run, yes, journal, progress } = by;
  const [{ resumeEnvironment }, { renderStanding }] = await Promise.all([
    import('../reconcile/index.js'),
    import('../report/index.js'),
  ]);
  let told: ApplyResult['findings'] = [];
  const result = await resumeEnvironment({
    ...input,
    journal,
    confirm: async (unfinished) => {
      progress.end();
      told = unfinished.warnings;
      run.tell(told);
      if (!run.json) run.print(renderStanding(unfinished, run.textOptions()));
      const { inDoubt, left } = unfinished.standing;
      const count = inDoubt.length + left.length;
      // Without a change left, only the record of what was done is.
      return count === 0 || confirmWrites(unfinished.plan, { run, yes, count });
    },
  });
  progress.end();
  return endApply(run, result, told);
}
