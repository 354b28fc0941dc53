import { Command } from 'commander';
import { addApplyCommand } from './apply-command.js';
import { addApproveCommand } from './approve-command.js';
import type { CliIo } from './cli-io.js';
import { addDriftCommand } from './drift-command.js';
import { addExportCommand } from './export-command.js';
import { addImportCommand } from './import-command.js';
import { addInitCommand } from './init-command.js';
import type { StartRun } from './options.js';
import { addPermissionsCommand } from './permissions-command.js';
import { addPlanCommand } from './plan-command.js';
import { addPullCommand } from './pull-command.js';
import { addRollbackCommand } from './rollback-command.js';
import { addSandboxCommand } from './sandbox-command.js';
import { addShowCommand } from './show-command.js';
import { addSnapshotCommand } from './snapshot-command.js';
import { addValidateCommand } from './validate-command.js';

const exitCodeHelp = `
Exit codes: 0 done or nothing to do, 1 could not run, 2 differences found, 3 refused by a safety rule, 4 applied in part.`;

/** The grammar of the command line. Reading it loads no room: each command loads what it uses when it runs. */
export function createProgram(io: CliIo, start: StartRun): Command {
  const program = new Command('kedge')
    .description('Configuration as code for FusionAuth: versioned YAML, a plan, an apply, and drift you can see.')
    .version(io.version, '-V, --version', 'print the version')
    .option('-C, --directory <folder>', 'the repository (default: the folder here or above that holds kedge.yaml)')
    .option('--json', 'print one documented JSON document')
    .option('--no-color', 'no colours; NO_COLOR does the same')
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', exitCodeHelp)
    .showHelpAfterError(false)
    .exitOverride()
    // What commander has against the command line is told by runCli, in the form of every other error.
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      outputError: () => undefined,
    });
  addInitCommand(program, start);
  addValidateCommand(program, start);
  addPlanCommand(program, start);
  addShowCommand(program, start);
  addApproveCommand(program, start);
  addApplyCommand(program, start);
  addRollbackCommand(program, start);
  addDriftCommand(program, start);
  addPullCommand(program, start);
  addExportCommand(program, start);
  addSnapshotCommand(program, start);
  addImportCommand(program, start);
  addPermissionsCommand(program, start);
  addSandboxCommand(program, start);
  return program;
}
