import type { Command } from 'commander';
import type { CliRun } from './cli-run.js';
import { repositoryOf } from './environments.js';
import { type ExitCode, exitCodes } from './exit-code.js';
import { collect, type StartRun } from './options.js';

interface ValidateFlags {
  readonly env?: readonly string[];
  readonly secrets: boolean;
}

/** `kedge validate`: what is wrong with the files, without network. */
export function addValidateCommand(program: Command, start: StartRun): void {
  program
    .command('validate')
    .description('check the files without network; tells all that is wrong at once')
    .option('-e, --env <name>', 'environment to check; all of them unless named', collect)
    .option('--no-secrets', 'do without the values of secrets')
    .action(start((run, flags: ValidateFlags) => runValidate(run, flags)));
}

async function runValidate(run: CliRun, flags: ValidateFlags): Promise<ExitCode> {
  const [{ validateEnvironments }, { counted, renderFindings, validateReport }] = await Promise.all([
    import('../reconcile/index.js'),
    import('../report/index.js'),
  ]);
  const { environments, findings } = await validateEnvironments({
    root: await repositoryOf(run),
    ...(flags.env && { environments: [...new Set(flags.env)] }),
    secrets: flags.secrets ? 'resolve' : 'declare',
    ports: run.ports,
  });
  const valid = findings.every((finding) => finding.severity !== 'error');
  if (run.json) run.printJson(validateReport({ environments, findings }));
  else {
    run.print(renderFindings(findings, run.textOptions()));
    const counts = environments
      .map((item) => `${item.environment} (${counted(item.resources, 'resource')})`)
      .join(', ');
    if (valid) run.print(`In order: ${counts}.\n`);
  }
  return valid ? exitCodes.done : exitCodes.couldNotRun;
}
