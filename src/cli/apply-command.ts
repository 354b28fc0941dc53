import { resolve } from 'node:path';
import type { Command } from 'commander';
import { KedgeError, type Plan } from '../model/index.js';
import type { CliRun } from './cli-run.js';
import { targetOf } from './environments.js';
import { type ExitCode, exitCodeOfApply, exitCodes } from './exit-code.js';
import { collect, parseCount, type StartRun } from './options.js';
import { createProgress } from './progress.js';

interface ApplyFlags {
  readonly env?: readonly string[];
  readonly yes?: boolean;
  readonly concurrency?: number;
}

/** `kedge apply`: makes the instance what the files say. */
export function addApplyCommand(program: Command, start: StartRun): void {
  program
    .command('apply')
    .description('make the instance what the files say, after showing the plan and asking')
    .argument('[plan]', 'a file of kedge plan -o: exactly that is performed, or nothing')
    .option('-e, --env <name>', 'environment to apply', collect)
    .option('--yes', 'do not ask')
    .option('--concurrency <n>', 'changes in flight at most', parseCount({ least: 1, most: 64 }))
    .action((file: string | undefined, flags: ApplyFlags) => start((run) => runApply(run, file, flags))({}));
}

async function runApply(run: CliRun, file: string | undefined, flags: ApplyFlags): Promise<ExitCode> {
  const [{ applyEnvironment, readPlan }, { applyReport, renderOutcome, renderOutcomes, renderPlan }] =
    await Promise.all([import('../reconcile/index.js'), import('../report/index.js')]);
  const progress = createProgress(run);
  const saved = file === undefined ? undefined : await readPlan(resolve(run.io.cwd, file));
  const target = await targetOf(flags.env ?? (saved && [saved.plan.environment]), run);
  progress.now(`reading ${target.environment} …`);
  const signal = run.io.interrupted();
  const result = await applyEnvironment({
    ...target,
    plan: saved,
    concurrency: flags.concurrency,
    signal,
    confirm: async (plan) => {
      progress.end();
      if (!run.json) run.print(renderPlan(plan, run.textOptions()));
      return confirm(plan, { run, yes: flags.yes ?? false });
    },
    onOutcome: (outcome) => progress.happened(renderOutcome(outcome, { color: false })),
  });
  progress.end();
  run.tell(result.findings);
  if (run.json) run.printJson(applyReport(result));
  if (!result.confirmed) {
    if (result.plan.changes.length === 0) return exitCodeOfApply(result.plan, []);
    run.say('Not confirmed: nothing was written.\n');
    return exitCodes.refused;
  }
  if (!run.json && result.outcomes.length > 0) run.print(renderOutcomes(result.outcomes, run.textOptions()));
  return exitCodeOfApply(result.plan, result.outcomes);
}

/** Whether to go on. Only the whole word is taken for a yes, and a plan without changes is nothing to ask about. */
async function confirm(plan: Plan, by: { readonly run: CliRun; readonly yes: boolean }): Promise<boolean> {
  if (by.yes || plan.changes.length === 0) return by.yes;
  const { io, json } = by.run;
  if (!io.canAsk || json) {
    throw new KedgeError({
      code: 'cli/confirmation-needed',
      message: `the plan has ${plan.changes.length} changes and nobody can be asked; nothing was written`,
      hint: 'look at the plan, then run this again with --yes',
    });
  }
  const answer = await io.ask(`Apply to ${plan.environment} at ${plan.instance}? Only "yes" goes on: `);
  return answer.trim() === 'yes';
}
