import { relative, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { KedgeError } from '../model/index.js';
import type { SecretStyle } from '../pull/index.js';
import type { CliRun } from './cli-run.js';
import { onlyEnvironment, repositoryOf } from './environments.js';
import { type ExitCode, exitCodes } from './exit-code.js';
import { collect, type StartRun } from './options.js';
import { noteText, writtenText } from './written-text.js';

interface ImportFlags {
  readonly env?: readonly string[];
  readonly force?: boolean;
  readonly secrets: SecretStyle;
}

/** `kedge import kickstart`: YAML from FusionAuth's own format. */
export function addImportCommand(program: Command, start: StartRun): void {
  const imports = program.command('import').description("write YAML from another tool's format");
  imports
    .command('terraform', { hidden: true })
    .argument('[files...]')
    .allowUnknownOption()
    .action(() => start(refuseTerraform)({}));
  imports
    .command('kickstart')
    .description('what a kickstart.json makes, as YAML')
    .argument('<file>', 'the kickstart.json')
    .option('-e, --env <name>', 'environment to write (default: base, which others extend)', collect)
    .option('--force', 'replace files that are there')
    .addOption(
      new Option('--secrets <style>', 'leave secrets that stand in it un-owned, or own them as !secret env:NAME')
        .choices(['comment', 'env'])
        .default('comment'),
    )
    .action((file: string, flags: ImportFlags) => start((run) => runImport(run, file, flags))({}));
}

/** Whoever looks for it is told the way that there is. */
function refuseTerraform(): Promise<ExitCode> {
  return Promise.reject(
    new KedgeError({
      code: 'cli/usage',
      message: 'Terraform configuration is not imported',
      hint: 'let Terraform apply it, then write the instance as YAML with kedge pull -e <name>',
    }),
  );
}

async function runImport(run: CliRun, file: string, flags: ImportFlags): Promise<ExitCode> {
  const [{ importKickstartInto }, { filesReport }] = await Promise.all([
    import('../reconcile/index.js'),
    import('../report/index.js'),
  ]);
  const { env, force = false, secrets: style } = flags;
  const environment = env === undefined ? undefined : onlyEnvironment(env);
  const root = await repositoryOf(run);
  const result = await importKickstartInto({
    root,
    ports: run.ports,
    environment,
    file: resolve(run.io.cwd, file),
    force,
    secrets: style,
  });
  const folder = relative(run.io.cwd, result.folder) || '.';
  const notes = result.notes.map(noteText);
  // One variable may give several secrets.
  const secrets = [...new Set(result.secrets.map(({ name }) => name))];
  const written = { folder, files: result.files, notes, ...(secrets.length > 0 && { secrets }) };
  if (run.json) run.printJson(filesReport({ kedge: 'import', ...written }));
  else run.print(writtenText(written));
  return exitCodes.done;
}
