import { type Command, Option } from 'commander';
import type { KeyPurpose } from '../permissions/index.js';
import type { CliRun } from './cli-run.js';
import { targetOf } from './environments.js';
import { type ExitCode, exitCodes } from './exit-code.js';
import { collect, type StartRun } from './options.js';

interface PermissionsFlags {
  readonly env?: readonly string[];
  readonly for: KeyPurpose;
  readonly check?: string;
}

/** `kedge permissions`: the least API key. */
export function addPermissionsCommand(program: Command, start: StartRun): void {
  program
    .command('permissions')
    .description('print what an API key must be permitted for an environment, and no more; needs no network')
    .option('-e, --env <name>', 'environment whose files say what is read and written', collect)
    .addOption(
      new Option('--for <command>', 'the command that the key is for')
        .choices(['plan', 'drift', 'apply', 'pull', 'snapshot'])
        .default('apply'),
    )
    .option(
      '--check <id>',
      'say what the API key in use, which has this id, lacks; it must be a key manager to be read',
    )
    .action(start((run, flags: PermissionsFlags) => runPermissions(run, flags)));
}

async function runPermissions(run: CliRun, flags: PermissionsFlags): Promise<ExitCode> {
  const [{ permissionsOf }, { permissionsReport, renderPermissions }] = await Promise.all([
    import('../reconcile/index.js'),
    import('../report/index.js'),
  ]);
  const target = await targetOf(flags.env, run);
  const result = await permissionsOf({ ...target, purpose: flags.for, checkId: flags.check });
  run.tell(result.findings);
  if (run.json) run.printJson(permissionsReport(result));
  else run.print(renderPermissions(result));
  const { checked } = result;
  const lacks = checked !== undefined && (checked.lacks.length > 0 || checked.notManager);
  return lacks ? exitCodes.differences : exitCodes.done;
}
