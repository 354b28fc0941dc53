import { dirname, relative, resolve } from 'node:path';
import type { Command } from 'commander';
import { KedgeError } from '../model/index.js';
import type { CliRun } from './cli-run.js';
import { snapshotOf, targetOf } from './environments.js';
import { type ExitCode, exitCodes } from './exit-code.js';
import { collect, type StartRun } from './options.js';
import { createProgress } from './progress.js';
import { noteText, writtenText } from './written-text.js';

interface ExportFlags {
  readonly env?: readonly string[];
  readonly from?: string;
  readonly admin?: string;
  readonly output?: string;
  readonly force?: boolean;
}

/** `kedge export kickstart`: the configuration for a FusionAuth that starts for the first time. */
export function addExportCommand(program: Command, start: StartRun): void {
  program
    .command('export')
    .description("write the configuration in another tool's format")
    .command('kickstart')
    .description('a kickstart.json that a fresh FusionAuth runs')
    .option('-e, --env <name>', 'environment to export', collect)
    .option('--from <what>', 'desired (the files), live (the instance) or a file of kedge snapshot (default: desired)')
    .option('--admin <email>', 'add a user who may do everything in the admin UI')
    .option('-o, --output <file>', 'the file to write, with texts in files beside it (default: all of it to stdout)')
    .option('--force', 'replace files that are there')
    .action(start((run, flags: ExportFlags) => runExport(run, flags)));
}

async function runExport(run: CliRun, flags: ExportFlags): Promise<ExitCode> {
  const { admin, from = 'desired', output, force = false } = flags;
  if (run.json && output === undefined) throw usage('--json tells which files were written: say where to with -o');
  const [{ exportKickstartOf }, { filesReport }] = await Promise.all([
    import('../reconcile/index.js'),
    import('../report/index.js'),
  ]);
  const target = await targetOf(flags.env, run);
  const source = from === 'desired' || from === 'live' ? from : await snapshotOf(from, run);
  const progress = createProgress(run);
  if (from === 'live') progress.now(`reading ${target.environment} …`);
  const file = output === undefined ? undefined : resolve(run.io.cwd, output);
  const result = await exportKickstartOf({ ...target, from: source, admin, file, force });
  progress.end();
  run.tell(result.findings);
  const variables = result.variables.map(({ name, source }) => `set ${name} where FusionAuth starts: ${source}`);
  const notes = [...result.notes.map(noteText), ...variables];
  if (file === undefined) {
    run.print(result.text);
    for (const note of notes) run.say(`${note}\n`);
    return exitCodes.done;
  }
  const folder = relative(run.io.cwd, dirname(file)) || '.';
  if (run.json) run.printJson(filesReport({ kedge: 'export', folder, files: result.files, notes }));
  else run.print(writtenText({ folder, files: result.files, notes }));
  return exitCodes.done;
}

function usage(message: string): KedgeError {
  return new KedgeError({ code: 'cli/usage', message, hint: 'kedge export kickstart --help shows what there is' });
}
