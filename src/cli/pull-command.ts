import { relative, resolve } from 'node:path';
import type { Command } from 'commander';
import type { CliRun } from './cli-run.js';
import { targetOf } from './environments.js';
import { type ExitCode, exitCodes } from './exit-code.js';
import { collect, type StartRun } from './options.js';
import { createProgress } from './progress.js';
import { noteText, writtenText } from './written-text.js';

interface PullFlags {
  readonly env?: readonly string[];
  readonly to?: string;
  readonly force?: boolean;
}

/** `kedge pull`: the instance as YAML. */
export function addPullCommand(program: Command, start: StartRun): void {
  program
    .command('pull')
    .description('write the instance as YAML, secrets left out')
    .option('-e, --env <name>', 'environment whose instance is read', collect)
    .option('--to <folder>', "an empty or missing folder, in the place of the environment's own")
    .option('--force', 'replace files that are there')
    .action(start((run, flags: PullFlags) => runPull(run, flags)));
}

async function runPull(run: CliRun, flags: PullFlags): Promise<ExitCode> {
  const [{ pullEnvironment }, { filesReport }] = await Promise.all([
    import('../reconcile/index.js'),
    import('../report/index.js'),
  ]);
  const target = await targetOf(flags.env, run);
  const progress = createProgress(run);
  progress.now(`reading ${target.environment} …`);
  const to = flags.to === undefined ? undefined : resolve(run.io.cwd, flags.to);
  const result = await pullEnvironment({ ...target, to, force: flags.force ?? false });
  progress.end();
  run.tell(result.findings);
  const folder = relative(run.io.cwd, result.folder) || '.';
  const left = result.left.map((name) => `${name} was there before and is not of this pull: it is as it was`);
  const notes = [...result.notes.map(noteText), ...left];
  if (run.json) run.printJson(filesReport({ kedge: 'pull', folder, files: result.files, notes }));
  else run.print(writtenText({ folder, files: result.files, notes }));
  return exitCodes.done;
}
