import { resolve } from 'node:path';
import { KedgeError } from '../model/index.js';
import type { EnvironmentTarget } from '../reconcile/index.js';
import type { SnapshotFile } from '../snapshot/index.js';
import type { CliRun } from './cli-run.js';
import { type ExitCode, exitCodeOfError } from './exit-code.js';
import { createProgress } from './progress.js';

/** One environment of a reading command: what it came to, or why it came to nothing. */
export type Read<T> =
  | { readonly environment: string; readonly result: T }
  | { readonly environment: string; readonly error: KedgeError; readonly exitCode: ExitCode };

/** Reads each environment, all at the same time. One that fails is told and does not keep the others from being read. */
export async function readEnvironments<T>(
  names: readonly string[] | undefined,
  run: CliRun,
  read: (target: EnvironmentTarget) => Promise<T>,
): Promise<readonly Read<T>[]> {
  const environments = [...new Set(names)];
  if (environments.length === 0) throw missingEnvironment();
  const root = await repositoryOf(run);
  const progress = createProgress(run);
  progress.now(`reading ${environments.join(', ')} …`);
  const results = await Promise.all(
    environments.map(async (environment): Promise<Read<T>> => {
      try {
        return { environment, result: await read({ root, environment, ports: run.ports }) };
      } catch (error) {
        if (!(error instanceof KedgeError)) throw error;
        return { environment, error, exitCode: exitCodeOfError(error) };
      }
    }),
  );
  progress.end();
  for (const item of results) if ('error' in item) run.fail(item.error, 'beside-answer');
  return results;
}

/** The snapshot that `--live` names, once for all environments. */
export async function liveOf(path: string | undefined, run: CliRun): Promise<SnapshotFile | undefined> {
  return path === undefined ? undefined : snapshotOf(path, run);
}

/** The snapshot in a file that the command line names. */
export async function snapshotOf(path: string, run: CliRun): Promise<SnapshotFile> {
  const { readSnapshot } = await import('../reconcile/index.js');
  return readSnapshot(resolve(run.io.cwd, path));
}

/** The one environment of a command that writes. */
export async function targetOf(names: readonly string[] | undefined, run: CliRun): Promise<EnvironmentTarget> {
  const environment = onlyEnvironment(names);
  return { root: await repositoryOf(run), environment, ports: run.ports };
}

/** @throws {@link KedgeError} `cli/usage` unless exactly one environment was named. */
export function onlyEnvironment(names: readonly string[] | undefined): string {
  const [environment, ...more] = new Set(names);
  if (environment === undefined) throw missingEnvironment();
  if (more.length === 0) return environment;
  throw new KedgeError({
    code: 'cli/usage',
    message: `this command takes one environment, not ${more.length + 1}`,
    hint: 'run it once for each',
  });
}

/**
 * The repository that `-C`, or the folder one is in, belongs to.
 * @throws {@link KedgeError} `cli/not-a-repository`.
 */
export async function repositoryOf(run: CliRun): Promise<string> {
  const { findRepository } = await import('../desired/index.js');
  return findRepository(run.folder);
}

function missingEnvironment(): KedgeError {
  return new KedgeError({
    code: 'cli/usage',
    message: 'no environment was named',
    hint: 'name a folder of environments/ that has an instance: -e production',
  });
}
