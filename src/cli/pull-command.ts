import { relative, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { PullLayout, SecretStyle } from '../pull/index.js';
import type { CliRun } from './cli-run.js';
import { targetOf } from './environments.js';
import { type ExitCode, exitCodes } from './exit-code.js';
import { collect, type StartRun } from './options.js';
import { createProgress } from './progress.js';
import { editText, noteText, writtenText } from './written-text.js';

interface PullFlags {
  readonly env?: readonly string[];
  readonly to?: string;
  readonly force?: boolean;
  readonly owned?: boolean;
  readonly prune?: boolean;
  readonly dryRun?: boolean;
  readonly secrets: SecretStyle;
  readonly layout?: PullLayout;
}

/** `kedge pull`: the instance as YAML. */
export function addPullCommand(program: Command, start: StartRun): void {
  program
    .command('pull')
    .description(
      'write the instance as YAML, or bring the files that are there up to date; never the value of a secret',
    )
    .option('-e, --env <name>', 'environment whose instance is read', collect)
    .option('--to <folder>', "an empty or missing folder, in the place of the environment's own")
    .option('--force', 'write new files over those that are there, in the place of an update')
    .option('--owned', 'update what the files own, and add nothing')
    .option('--prune', 'take out entries that the instance does not have')
    .option('--dry-run', 'say what would be written, and write nothing')
    .addOption(
      new Option('--secrets <style>', 'leave secrets un-owned with a comment each, or own them as !secret env:NAME')
        .choices(['comment', 'env'])
        .default('comment'),
    )
    .addOption(
      new Option(
        '--layout <layout>',
        'new files hold a kind each (as a rule), or a tenant each with all that is of it',
      ).choices(['kind', 'tenant']),
    )
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
  const { force = false, owned = false, prune = false, dryRun = false, secrets: style, layout } = flags;
  const scope = owned ? 'owned' : 'everything';
  const result = await pullEnvironment({ ...target, to, force, scope, prune, dryRun, secrets: style, layout });
  progress.end();
  run.tell(result.findings);
  const folder = relative(run.io.cwd, result.folder) || '.';
  const left = result.left.map((name) => `${name} was there before and is not of this pull: it is as it was`);
  const notes = [...result.notes.map(noteText), ...left];
  const secrets = result.secrets.map(({ name }) => name);
  const edits = result.edits?.map(editText);
  const written = {
    folder,
    files: result.files,
    notes,
    dryRun,
    ...(edits && { edits }),
    ...(secrets.length > 0 && { secrets }),
  };
  if (run.json) run.printJson(filesReport({ kedge: 'pull', ...written }));
  else run.print(writtenText(written));
  return exitCodes.done;
}
