import type { Command } from 'commander';
import { countDrift } from '../model/index.js';
import type { DriftResult } from '../reconcile/index.js';
import type { CliRun } from './cli-run.js';
import { liveOf, readEnvironments } from './environments.js';
import { type ExitCode, exitCodes, worstExitCode } from './exit-code.js';
import { collect, type StartRun } from './options.js';

interface DriftFlags {
  readonly env?: readonly string[];
  readonly pending?: boolean;
  readonly unmanaged?: boolean;
  readonly live?: string;
}

/** `kedge drift`: what moved on the instance. */
export function addDriftCommand(program: Command, start: StartRun): void {
  program
    .command('drift')
    .description('show what moved on the instance; exit 2 if anything did')
    .option('-e, --env <name>', 'environment to look at; repeat it for more', collect)
    .option('--pending', 'count what the files changed and nobody has applied yet, too')
    .option('--unmanaged', 'list the objects that no file names')
    .option('--live <snapshot>', 'a file of kedge snapshot in the place of the instance: no network')
    .action(start((run, flags: DriftFlags) => runDrift(run, flags)));
}

async function runDrift(run: CliRun, flags: DriftFlags): Promise<ExitCode> {
  const [{ driftEnvironment }, { driftReport, renderDrift }, { driftMeans: means }] = await Promise.all([
    import('../reconcile/index.js'),
    import('../report/index.js'),
    import('../plan/index.js'),
  ]);
  const counting = { pending: flags.pending ?? false };
  const live = await liveOf(flags.live, run);
  const read = await readEnvironments(flags.env, run, (target): Promise<DriftResult> =>
    driftEnvironment({ ...target, live }),
  );
  const codes = read.map((item): ExitCode => {
    if ('error' in item) return item.exitCode;
    run.tell(item.result.findings);
    if (!run.json) run.print(renderDrift(item.result.plan, { ...run.textOptions(flags), means }));
    return countDrift(item.result.drift, counting) > 0 ? exitCodes.differences : exitCodes.done;
  });
  if (run.json) {
    const results = read.map((item) => ('error' in item ? item : { environment: item.environment, ...item.result }));
    run.printJson(driftReport(results, { ...counting, means }));
  }
  return worstExitCode(codes);
}
