import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { CliRun } from './cli-run.js';
import { type ExitCode, exitCodes } from './exit-code.js';
import type { StartRun } from './options.js';

/** `kedge show`: a saved plan, for whoever reviews it. */
export function addShowCommand(program: Command, start: StartRun): void {
  program
    .command('show')
    .description('show a plan that kedge plan -o saved; needs neither network nor secrets')
    .argument('<plan>', 'the file')
    .action((file: string) => start((run) => runShow(run, file))({}));
}

async function runShow(run: CliRun, file: string): Promise<ExitCode> {
  const [{ readPlan, shownPlan }, { planReport, renderPlan }] = await Promise.all([
    import('../reconcile/index.js'),
    import('../report/index.js'),
  ]);
  const saved = await readPlan(resolve(run.io.cwd, file));
  const plan = shownPlan(saved);
  if (run.json) run.printJson(planReport([{ environment: plan.environment, plan, requests: 0 }]));
  else {
    run.print(renderPlan(plan, run.textOptions()));
    const commit = saved.commit === undefined ? '' : ` at commit ${saved.commit}`;
    run.say(`Made by kedge ${saved.kedge}${commit}.\n`);
  }
  return exitCodes.done;
}
