import { resolve } from 'node:path';
import type { Command } from 'commander';
import { KedgeError } from '../model/index.js';
import type { Sandbox, SandboxOptions, Switches } from '../sandbox/index.js';
import type { CliRun } from './cli-run.js';
import { type ExitCode, exitCodes } from './exit-code.js';
import { collect, parseCount, type StartRun } from './options.js';
import { createTwin, type Twin } from './sandbox-twin.js';

/** FusionAuth's own way to name a kickstart file, as in a compose file (FusionAuth docs, kickstart). */
const kickstartVariable = 'FUSIONAUTH_APP_KICKSTART_FILE';

interface SandboxFlags {
  readonly host?: string;
  readonly port?: number;
  readonly kickstart?: string;
  readonly from?: string;
  readonly data?: string;
  readonly fusionauth?: string;
  readonly search?: string;
  readonly searchLagMs?: number;
  readonly latencyMs?: number;
  readonly apiKey?: string;
  readonly fault?: readonly string[];
  readonly switch?: readonly string[];
}

/** `kedge sandbox`: a FusionAuth in memory, until it is told to stop. */
export function addSandboxCommand(program: Command, start: StartRun): void {
  program
    .command('sandbox')
    .description('run a FusionAuth-compatible server in memory, for trying, testing and CI')
    .option('--host <address>', 'address to listen on; 0.0.0.0 is every one of this machine (default: 127.0.0.1)')
    .option('--port <n>', 'port to listen on (default: any that is free)', parseCount({ least: 0, most: 65_535 }))
    .option('--kickstart <file>', `kickstart file to run on the fresh install (default: $${kickstartVariable})`)
    .option(
      '--from <snapshot>',
      'file of kedge snapshot: start as a twin of that instance, secrets and key material apart',
    )
    .option('--data <folder>', 'folder to keep the state in (default: memory only)')
    .option('--fusionauth <version>', 'version to be like, 1.48 to 1.69 (default: 1.69.0)')
    .option('--search <engine>', 'elasticsearch or database (default: database)')
    .option(
      '--search-lag-ms <n>',
      'milliseconds until searches of elasticsearch find a write (default: 0)',
      parseCount({ least: 0, most: 600_000 }),
    )
    .option('--latency-ms <n>', 'milliseconds every answer waits', parseCount({ least: 0, most: 600_000 }))
    .option('--api-key <key>', "an API key that may do everything (default: the kickstart's, or a well-known one)")
    .option('--fault <fault>', 'what goes wrong, such as 429,route=/api/tenant,count=2; repeat it for more', collect)
    .option('--switch <name=value>', 'behaviour that is not known for sure; repeat it for more', collect)
    .action(start((run, flags: SandboxFlags) => runSandbox(run, flags)));
}

async function runSandbox(run: CliRun, flags: SandboxFlags): Promise<ExitCode> {
  const signal = run.io.interrupted();
  const sandbox = await startOf(run, flags);
  run.print(`sandbox listening on ${sandbox.url}\n`);
  if (flags.host !== undefined && !isLoopback(flags.host)) {
    run.say(`sandbox: it listens on ${flags.host}: whoever reaches that can do everything, without a key\n`);
  }
  if (!signal.aborted) {
    await new Promise<void>((stop) => signal.addEventListener('abort', () => stop(), { once: true }));
  }
  await sandbox.close();
  return exitCodes.done;
}

async function startOf(run: CliRun, flags: SandboxFlags): Promise<Sandbox> {
  const sandbox = await import('../sandbox/index.js');
  const { FaultError, KickstartError, parseSwitch, readFault, startSandbox, SwitchError, VersionError } = sandbox;
  const ours = [FaultError, SwitchError, VersionError];
  if (flags.from !== undefined && flags.kickstart !== undefined) {
    throw refused('a sandbox is started --from a snapshot or with a --kickstart, not both');
  }
  const apiKey = flags.apiKey ?? sandbox.defaultApiKey;
  const twin = flags.from === undefined ? undefined : await createTwin(run, flags.from, apiKey);
  try {
    let switches: Partial<Switches> = {};
    for (const text of flags.switch ?? []) switches = { ...switches, ...parseSwitch(text) };
    const faults = (flags.fault ?? []).map((text) => readFault(text));
    return await startSandbox({ ...optionsOf(run, flags), ...(twin && twinOptions(twin, flags)), switches, faults });
  } catch (error) {
    if (error instanceof KickstartError) throw refused(error.message, error, hintOfKickstart);
    if (error instanceof Error && ours.some((kind) => error instanceof kind)) throw refused(error.message, error);
    if (error instanceof Error && 'code' in error && 'syscall' in error) {
      throw refused(`the sandbox could not start: ${String(error.code)} at ${String(error.syscall)}`, error);
    }
    throw error;
  } finally {
    await twin?.remove();
  }
}

/** What is asked for on the command line goes before what the snapshot says. */
function twinOptions({ kickstart, env, fusionauth }: Twin, flags: SandboxFlags): SandboxOptions {
  return { kickstart, env, ...(flags.fusionauth === undefined && fusionauth !== undefined && { fusionauth }) };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

function optionsOf(run: CliRun, flags: SandboxFlags): SandboxOptions {
  const { search, kickstart = run.io.env[kickstartVariable] } = flags;
  if (search !== undefined && search !== 'elasticsearch' && search !== 'database') {
    throw refused(`there is no search engine '${search}': it is elasticsearch or database`);
  }
  return {
    env: run.io.env,
    log: (line) => run.say(`${line}\n`),
    ...(flags.host !== undefined && { host: flags.host }),
    ...(flags.port !== undefined && { port: flags.port }),
    // Set to nothing, a variable means nothing.
    ...(kickstart !== undefined && kickstart !== '' && { kickstart: resolve(run.io.cwd, kickstart) }),
    ...(flags.data !== undefined && { dataDir: resolve(run.io.cwd, flags.data) }),
    ...(flags.fusionauth !== undefined && { fusionauth: flags.fusionauth }),
    ...(search !== undefined && { search }),
    ...(flags.searchLagMs !== undefined && { searchLagMs: flags.searchLagMs }),
    ...(flags.latencyMs !== undefined && { latencyMs: flags.latencyMs }),
    ...(flags.apiKey !== undefined && { apiKey: flags.apiKey }),
  };
}

const hintOfOptions = 'kedge sandbox --help shows what can be asked for';
const hintOfKickstart = 'nothing of the kickstart was kept: correct its file and start again';

function refused(message: string, cause?: Error, hint = hintOfOptions): KedgeError {
  return new KedgeError({ code: 'cli/sandbox-not-started', message, hint, cause });
}
