import { relative, resolve } from 'node:path';
import type { Command } from 'commander';
import { KedgeError } from '../model/index.js';
import type { PlanFile } from '../plan/index.js';
import type { CliRun } from './cli-run.js';
import { type ExitCode, exitCodes } from './exit-code.js';
import type { StartRun } from './options.js';

interface ApproveFlags {
  readonly key: string;
  readonly passphraseEnv?: string;
  readonly yes?: boolean;
}

/** `kedge approve`: signs a saved plan. */
export function addApproveCommand(program: Command, start: StartRun): void {
  program
    .command('approve')
    .description('sign a plan that kedge plan -o saved, after showing it and asking; needs neither network nor secrets')
    .argument('<plan>', 'the file; its approvals are kept beside it, as <plan>.approvals')
    .requiredOption('--key <file>', 'your private Ed25519 key in PEM')
    .option('--passphrase-env <name>', 'the environment variable that holds the passphrase of the key')
    .option('--yes', 'do not ask')
    .action((file: string, flags: ApproveFlags) => start((run) => runApprove(run, file, flags))({}));
}

async function runApprove(run: CliRun, file: string, flags: ApproveFlags): Promise<ExitCode> {
  const [{ approvePlan, shownPlan }, { filesReport, renderPlan }] = await Promise.all([
    import('../reconcile/index.js'),
    import('../report/index.js'),
  ]);
  let digest = '';
  const result = await approvePlan({
    plan: resolve(run.io.cwd, file),
    key: resolve(run.io.cwd, flags.key),
    passphrase: passphraseOf(run, flags.passphraseEnv),
    confirm: (asked) => {
      digest = asked.file.plan.digest;
      if (!run.json) {
        run.print(renderPlan(shownPlan(asked.file), run.textOptions()));
        run.print(`Digest: ${digest}\nKey:    ${asked.key}\n`);
      }
      return confirmSigning(asked.file, { run, yes: flags.yes ?? false });
    },
  });
  const path = relative(run.io.cwd, result.path);
  if (run.json) {
    const files = result.confirmed ? [path] : [];
    run.printJson(
      filesReport({ kedge: 'approve', folder: '.', files, notes: [`key ${result.key}`, `digest ${digest}`] }),
    );
  }
  if (!result.confirmed) {
    run.say('Not confirmed: nothing was signed.\n');
    return exitCodes.refused;
  }
  if (result.dropped > 0) run.say(`Approvals of the plan that was ${file} before are taken away: ${result.dropped}.\n`);
  const done = result.added ? 'Signed' : 'This key had signed it already';
  run.say(`${done}: ${path} holds ${result.approvals === 1 ? '1 approval' : `${result.approvals} approvals`}.\n`);
  return exitCodes.done;
}

function passphraseOf(run: CliRun, name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const passphrase = run.io.env[name];
  if (passphrase === undefined || passphrase === '') {
    throw new KedgeError({
      code: 'apply/bad-approval-key',
      message: `the environment variable ${name}, which was said to hold the passphrase, is not set; nothing was signed`,
    });
  }
  run.ports.redactor.add([passphrase]);
  return passphrase;
}

async function confirmSigning(
  { plan }: PlanFile,
  by: { readonly run: CliRun; readonly yes: boolean },
): Promise<boolean> {
  if (by.yes) return true;
  const { io, json } = by.run;
  if (!io.canAsk || json) {
    throw new KedgeError({
      code: 'cli/confirmation-needed',
      message: 'nobody can be asked whether to sign this plan; nothing was signed',
      hint: 'look at the plan, then run this again with --yes',
    });
  }
  const answer = await io.ask(`Sign this plan for ${plan.environment} at ${plan.instance}? Only "yes" goes on: `);
  return answer.trim() === 'yes';
}
