import { relative, resolve } from 'node:path';
import type { Command } from 'commander';
import type { CliRun } from './cli-run.js';
import { targetOf } from './environments.js';
import { type ExitCode, exitCodes } from './exit-code.js';
import { collect, type StartRun } from './options.js';
import { createProgress } from './progress.js';

interface RollbackFlags {
  readonly env?: readonly string[];
  readonly output?: string;
}

/** `kedge rollback`: the plan that takes an apply back. */
export function addRollbackCommand(program: Command, start: StartRun): void {
  program
    .command('rollback')
    .description('plan the inverse of an apply from its journal; writes nothing to the instance')
    .argument('[journal]', 'the journal of the run (default: the newest of the environment)')
    .option('-e, --env <name>', 'environment of the run', collect)
    .option('-o, --output <file>', 'save the plan for kedge apply <file>')
    .action((journal: string | undefined, flags: RollbackFlags) =>
      start((run) => runRollback(run, journal, flags))({}),
    );
}

async function runRollback(run: CliRun, journal: string | undefined, flags: RollbackFlags): Promise<ExitCode> {
  const [{ rollbackRun }, { planReport, renderPlan }] = await Promise.all([
    import('../reconcile/index.js'),
    import('../report/index.js'),
  ]);
  const target = await targetOf(flags.env, run);
  const progress = createProgress(run);
  progress.now(`reading ${target.environment} …`);
  const result = await rollbackRun({
    ...target,
    journal: journal === undefined ? undefined : resolve(run.io.cwd, journal),
    saveTo: flags.output === undefined ? undefined : resolve(run.io.cwd, flags.output),
  });
  progress.end();
  run.tell(result.findings);
  if (run.json) run.printJson(planReport([{ environment: target.environment, ...result }]));
  else run.print(renderPlan(result.plan, run.textOptions()));
  run.say(`This takes back ${result.journal}. ${whatNext(run, flags.output)}\n`);
  return exitCodes.done;
}

function whatNext(run: CliRun, output: string | undefined): string {
  const files = 'The files still ask for what is taken back: change them as well, or the next apply does it again.';
  if (output === undefined) return `To perform it: save it with -o <file>, then kedge apply <file>. ${files}`;
  return `To perform it: kedge apply ${relative(run.io.cwd, resolve(run.io.cwd, output))}. ${files}`;
}
