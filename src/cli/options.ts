import { InvalidArgumentError } from 'commander';
import { type GuardCode, guardCodes } from '../model/index.js';
import type { CliRun } from './cli-run.js';
import type { ExitCode } from './exit-code.js';

/** Makes a commander action of a command: opens the run, and keeps its exit code. */
export type StartRun = <Flags>(
  command: (run: CliRun, flags: Flags) => Promise<ExitCode>,
) => (flags: Flags) => Promise<void>;

/** For options that may be repeated. */
export function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

/** For `--allow`: only codes of guards, for one that is misspelled would allow nothing and say nothing. */
export function collectGuards(value: string, before: readonly GuardCode[] | undefined): readonly GuardCode[] {
  const code = guardCodes.find((item) => item === value);
  if (code === undefined) throw new InvalidArgumentError(`The guards are ${guardCodes.join(', ')}.`);
  return [...(before ?? []), code];
}

/** For options that are whole numbers within bounds. */
export function parseCount(bounds: { readonly least: number; readonly most: number }): (text: string) => number {
  return (text) => {
    const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (number >= bounds.least && number <= bounds.most) return number;
    throw new InvalidArgumentError(`It is a whole number from ${bounds.least} to ${bounds.most}.`);
  };
}
