import { CommanderError } from 'commander';
import { createRedactor, KedgeError } from '../model/index.js';
import { renderBug } from '../report/index.js';
import type { CliIo } from './cli-io.js';
import { type CliRun, type CommonFlags, createRun } from './cli-run.js';
import { type ExitCode, exitCodeOfError, exitCodes } from './exit-code.js';
import type { StartRun } from './options.js';
import { createProgram } from './program.js';

/**
 * Runs one command line to its end: parse, run, print, exit code. Never throws, and never touches the process.
 * @param argv - what follows the program's name. @returns one of {@link exitCodes}.
 */
export async function runCli(argv: readonly string[], io: CliIo): Promise<ExitCode> {
  const redactor = createRedactor();
  // Until commander has read the options, what goes wrong is told in the form that was most likely asked for.
  let run: CliRun = createRun(io, { color: !argv.includes('--no-color'), json: argv.includes('--json') }, redactor);
  let exitCode: ExitCode = exitCodes.done;
  const start: StartRun = (command) => async (flags) => {
    run = createRun(io, program.opts<CommonFlags>(), redactor);
    exitCode = await command(run, flags);
  };
  const program = createProgram(io, start);
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return usageExit(error, run);
    if (error instanceof KedgeError) {
      run.fail(error, 'as-answer');
      return exitCodeOfError(error);
    }
    run.say(renderBug(error));
    return exitCodes.couldNotRun;
  }
}

function usageExit(error: CommanderError, run: CliRun): ExitCode {
  // Help and version are printed by commander; help nobody asked for (no command at all) is a usage error.
  if (error.exitCode === 0) return exitCodes.done;
  if (error.code === 'commander.help') return exitCodes.couldNotRun;
  const [message = '', ...more] = error.message.replace(/^error: /, '').split('\n');
  run.fail(
    new KedgeError({
      code: 'cli/usage',
      message: message.replace(/\.$/, ''),
      hint:
        more.join(' ').replace(/^\((.*)\)$/, '$1') || 'kedge --help, or kedge <command> --help, shows what there is',
    }),
    'as-answer',
  );
  return exitCodes.couldNotRun;
}
