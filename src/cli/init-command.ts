import { relative } from 'node:path';
import type { Command } from 'commander';
import type { CliRun } from './cli-run.js';
import { onlyEnvironment } from './environments.js';
import { type ExitCode, exitCodes } from './exit-code.js';
import { collect, type StartRun } from './options.js';
import { noteText, writtenText } from './written-text.js';

interface InitFlags {
  readonly env?: readonly string[];
  readonly url?: string;
}

/** `kedge init`: a repository to begin with. */
export function addInitCommand(program: Command, start: StartRun): void {
  program
    .command('init')
    .description('make a repository, from an instance if one is given; overwrites nothing')
    .option('-e, --env <name>', 'the first environment (default: production)', collect)
    .option('--url <url>', 'an instance to begin from; its API key is read from KEDGE_API_KEY')
    .action(start((run, flags: InitFlags) => runInit(run, flags)));
}

async function runInit(run: CliRun, flags: InitFlags): Promise<ExitCode> {
  const [{ initRepository }, { filesReport }] = await Promise.all([
    import('../reconcile/index.js'),
    import('../report/index.js'),
  ]);
  const environment = onlyEnvironment(flags.env ?? ['production']);
  const result = await initRepository({
    root: run.folder,
    environment,
    ports: run.ports,
    project: run.io.newUuid(),
    url: flags.url,
  });
  const folder = relative(run.io.cwd, result.folder) || '.';
  const notes = result.notes.map(noteText);
  if (run.json) run.printJson(filesReport({ kedge: 'init', folder, files: result.files, notes }));
  else {
    run.print(writtenText({ folder, files: result.files, notes }));
    const settings = `environments/${environment}/environment.yaml`;
    const first = flags.url === undefined ? `Put the instance's address into ${settings}, set` : 'Set';
    run.print(`\n${first} KEDGE_API_KEY, then: kedge validate && kedge plan -e ${environment}\n`);
  }
  return exitCodes.done;
}
