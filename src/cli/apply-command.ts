import { resolve } from 'node:path';
import type { Command } from 'commander';
import { type GuardCode, KedgeError } from '../model/index.js';
import type { ApplyResult, PerformInput } from '../reconcile/index.js';
import { endApply } from './apply-ending.js';
import type { CliRun } from './cli-run.js';
import { confirmWrites } from './confirm-writes.js';
import { targetOf } from './environments.js';
import type { ExitCode } from './exit-code.js';
import { collect, collectGuards, parseCount, type StartRun } from './options.js';
import { createProgress } from './progress.js';
import { resumeApply } from './resume-apply.js';

interface ApplyFlags {
  readonly env?: readonly string[];
  readonly yes?: boolean;
  readonly allow?: readonly GuardCode[];
  readonly concurrency?: number;
  /** A path; true without one. */
  readonly resume?: string | true;
  /** Seconds. */
  readonly lockTimeout?: number;
}

/** `kedge apply`: makes the instance what the files say. */
export function addApplyCommand(program: Command, start: StartRun): void {
  program
    .command('apply')
    .description('make the instance what the files say, after showing the plan and asking')
    .argument('[plan]', 'a file of kedge plan -o: exactly that is performed, or nothing')
    .option('-e, --env <name>', 'environment to apply', collect)
    .option('--yes', 'do not ask')
    .option('--allow <code>', 'a guard that may be passed, such as plan/destructive; repeat it for more', collectGuards)
    .option('--resume [journal]', 'go on with the last apply, which was interrupted or died')
    .option(
      '--lock-timeout <seconds>',
      'wait so long for another apply of the environment (default: refuse at once)',
      parseCount({ least: 0, most: 86_400 }),
    )
    .option('--concurrency <n>', 'changes in flight at most', parseCount({ least: 1, most: 64 }))
    .action((file: string | undefined, flags: ApplyFlags) => start((run) => runApply(run, file, flags))({}));
}

async function runApply(run: CliRun, file: string | undefined, flags: ApplyFlags): Promise<ExitCode> {
  const [{ applyEnvironment, readApprovals, readPlan }, { renderGuards, renderOutcome, renderPlan }] =
    await Promise.all([import('../reconcile/index.js'), import('../report/index.js')]);
  const progress = createProgress(run);
  if (file !== undefined && flags.resume !== undefined) throw planAndJournal();
  const saved = file === undefined ? undefined : await readPlan(resolve(run.io.cwd, file));
  const approvals = file === undefined ? undefined : await readApprovals(resolve(run.io.cwd, file));
  const target = await targetOf(flags.env ?? (saved && [saved.plan.environment]), run);
  const yes = flags.yes ?? false;
  const input: PerformInput = {
    ...target,
    concurrency: flags.concurrency,
    lockWaitMs: (flags.lockTimeout ?? 0) * 1000,
    signal: run.io.interrupted(),
    onOutcome: (outcome) => progress.happened(renderOutcome(outcome, { color: false })),
  };
  if (flags.resume !== undefined) {
    const journal = flags.resume === true ? undefined : resolve(run.io.cwd, flags.resume);
    return resumeApply(input, { run, yes, journal, progress });
  }
  progress.now(`reading ${target.environment} …`);
  const allow = flags.allow ?? [];
  const command = `kedge apply ${file ?? `-e ${target.environment}`}`;
  let told: ApplyResult['findings'] = [];
  const result = await applyEnvironment({
    ...input,
    plan: saved,
    approvals,
    allow,
    command,
    onPlan: (plan, { guards, warnings }) => {
      progress.end();
      told = warnings;
      run.tell(told);
      if (run.json) return;
      const refusing = guards.filter(({ code }) => !allow.includes(code));
      run.print(`${renderPlan(plan, run.textOptions())}${renderGuards(refusing, { ...run.textOptions(), command })}`);
    },
    confirm: async (plan) => {
      // A plan without changes is nothing to ask about.
      return plan.changes.length === 0 ? yes : confirmWrites(plan, { run, yes, count: plan.changes.length });
    },
  });
  progress.end();
  return endApply(run, result, told);
}

function planAndJournal(): KedgeError {
  return new KedgeError({
    code: 'cli/usage',
    message: 'a saved plan and --resume exclude each other',
    hint: 'a run that is gone on with has its plan in its journal: leave the plan out',
  });
}
