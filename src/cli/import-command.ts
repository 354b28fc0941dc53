import { relative, resolve } from 'node:path';
import type { Command } from 'commander';
import type { CliRun } from './cli-run.js';
import { onlyEnvironment, repositoryOf } from './environments.js';
import { type ExitCode, exitCodes } from './exit-code.js';
import { collect, type StartRun } from './options.js';
import { noteText, writtenText } from './written-text.js';

interface ImportFlags {
  readonly env?: readonly string[];
  readonly force?: boolean;
}

/** `kedge import kickstart`: YAML from FusionAuth's own format. */
export function addImportCommand(program: Command, start: StartRun): void {
  program
    .command('import')
    .description("write YAML from another tool's format")
    .command('kickstart')
    .description('what a kickstart.json makes, as YAML')
    .argument('<file>', 'the kickstart.json')
    .option('-e, --env <name>', 'environment to write (default: base, which others extend)', collect)
    .option('--force', 'replace files that are there')
    .action((file: string, flags: ImportFlags) => start((run) => runImport(run, file, flags))({}));
}

async function runImport(run: CliRun, file: string, flags: ImportFlags): Promise<ExitCode> {
  const [{ importKickstartInto }, { filesReport }] = await Promise.all([
    import('../reconcile/index.js'),
    import('../report/index.js'),
  ]);
  const { env, force = false } = flags;
  const environment = env === undefined ? undefined : onlyEnvironment(env);
  const root = await repositoryOf(run);
  const result = await importKickstartInto({
    root,
    ports: run.ports,
    environment,
    file: resolve(run.io.cwd, file),
    force,
  });
  const folder = relative(run.io.cwd, result.folder) || '.';
  const notes = result.notes.map(noteText);
  if (run.json) run.printJson(filesReport({ kedge: 'import', folder, files: result.files, notes }));
  else run.print(writtenText({ folder, files: result.files, notes }));
  return exitCodes.done;
}
