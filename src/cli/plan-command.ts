import { relative, resolve } from 'node:path';
import type { Command } from 'commander';
import type { PlanResult } from '../reconcile/index.js';
import type { CliRun } from './cli-run.js';
import { liveOf, onlyEnvironment, readEnvironments } from './environments.js';
import { type ExitCode, exitCodes, worstExitCode } from './exit-code.js';
import { collect, type StartRun } from './options.js';

interface PlanFlags {
  readonly env?: readonly string[];
  readonly detailedExitcode?: boolean;
  readonly unmanaged?: boolean;
  readonly live?: string;
  readonly output?: string;
}

/** `kedge plan`: what an apply would do. */
export function addPlanCommand(program: Command, start: StartRun): void {
  program
    .command('plan')
    .description('show what an apply would do; writes nothing')
    .option('-e, --env <name>', 'environment to plan; repeat it for more', collect)
    .option('--detailed-exitcode', 'exit 2 when there is something to do')
    .option('--unmanaged', 'list the objects that no file names')
    .option('--live <snapshot>', 'a file of kedge snapshot in the place of the instance: no network')
    .option('-o, --output <file>', 'save the plan for kedge apply <file>; one environment only')
    .action(start((run, flags: PlanFlags) => runPlan(run, flags)));
}

async function runPlan(run: CliRun, flags: PlanFlags): Promise<ExitCode> {
  const [{ planEnvironment }, { planReport, renderGuards, renderPlan }, { hasDifferences }] = await Promise.all([
    import('../reconcile/index.js'),
    import('../report/index.js'),
    import('../plan/index.js'),
  ]);
  const live = await liveOf(flags.live, run);
  if (flags.output !== undefined) onlyEnvironment(flags.env);
  const saveTo = flags.output === undefined ? undefined : resolve(run.io.cwd, flags.output);
  const read = await readEnvironments(flags.env, run, (target): Promise<PlanResult> =>
    planEnvironment({ ...target, live, saveTo }),
  );
  const codes = read.map((item): ExitCode => {
    if ('error' in item) return item.exitCode;
    run.tell(item.result.findings);
    const path = saveTo === undefined ? undefined : relative(run.io.cwd, saveTo);
    if (!run.json) {
      const command = `kedge apply ${path ?? `-e ${item.environment}`}`;
      const guarded = renderGuards(item.result.guards, { ...run.textOptions(flags), command });
      run.print(`${renderPlan(item.result.plan, run.textOptions(flags))}${guarded}`);
    }
    if (path !== undefined) run.say(`Saved in ${path}. To perform exactly this: kedge apply ${path}\n`);
    return flags.detailedExitcode === true && hasDifferences(item.result.plan) ? exitCodes.differences : exitCodes.done;
  });
  if (run.json) {
    run.printJson(
      planReport(read.map((item) => ('error' in item ? item : { environment: item.environment, ...item.result }))),
    );
  }
  return worstExitCode(codes);
}
