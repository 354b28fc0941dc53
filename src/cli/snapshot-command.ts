import { relative, resolve } from 'node:path';
import type { Command } from 'commander';
import { visibleText } from '../report/index.js';
import type { CliRun } from './cli-run.js';
import { targetOf } from './environments.js';
import { type ExitCode, exitCodes } from './exit-code.js';
import { collect, type StartRun } from './options.js';
import { createProgress } from './progress.js';

interface SnapshotFlags {
  readonly env?: readonly string[];
  readonly output?: string;
}

/** `kedge snapshot`: the instance as one file. */
export function addSnapshotCommand(program: Command, start: StartRun): void {
  program
    .command('snapshot')
    .description('write the instance as one file, secrets left out, for plan --live and drift --live')
    .option('-e, --env <name>', 'environment whose instance is read', collect)
    .option('-o, --output <file>', 'file to write (default: <environment>.snapshot.json)')
    .action(start((run, flags: SnapshotFlags) => runSnapshot(run, flags)));
}

async function runSnapshot(run: CliRun, flags: SnapshotFlags): Promise<ExitCode> {
  const [{ snapshotEnvironment }, { filesReport }] = await Promise.all([
    import('../reconcile/index.js'),
    import('../report/index.js'),
  ]);
  const target = await targetOf(flags.env, run);
  const to = resolve(run.io.cwd, flags.output ?? `${target.environment}.snapshot.json`);
  const progress = createProgress(run);
  progress.now(`reading ${target.environment} …`);
  const { snapshot, secrets, findings, requests } = await snapshotEnvironment({ ...target, to });
  progress.end();
  run.tell(findings);
  const kinds = Object.entries(snapshot.kinds);
  const unknown = kinds.flatMap(([kind, read]) => (read.known ? [] : [`${kind} is not in it: ${read.why}`]));
  const notes = [`secrets left out: ${secrets}`, ...unknown];
  const file = relative(run.io.cwd, to);
  if (run.json) {
    run.printJson(filesReport({ kedge: 'snapshot', folder: '.', files: [file], notes }));
    return exitCodes.done;
  }
  const count = kinds.reduce((sum, [, read]) => sum + (read.known ? read.objects.length : 0), 0);
  const version = snapshot.fusionauth === null ? '' : ` of FusionAuth ${snapshot.fusionauth}`;
  const lines = [
    ...notes.map((note) => `  ${visibleText(note)}`),
    `Wrote ${visibleText(file)}: ${count} objects${visibleText(version)}, in ${requests} requests.`,
  ];
  run.print(`${lines.join('\n')}\n`);
  return exitCodes.done;
}
