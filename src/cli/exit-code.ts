import { guardCodes, type KedgeError, type KedgeErrorCode, type Outcome, type Plan } from '../model/index.js';

/** What the exit code of a command says. Documented in docs/commands.md, and never changed quietly. */
export const exitCodes = {
  /** Done, or nothing to do. */
  done: 0,
  /** Could not run: usage, files, network. */
  couldNotRun: 1,
  /** Differences were found by a command that was asked for them. */
  differences: 2,
  /** Refused by a safety rule; nothing was written. */
  refused: 3,
  /** Applied in part. */
  partly: 4,
} as const;

/** One of {@link exitCodes}. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Gravest first: of several environments, the gravest result is the result. */
const precedence: readonly ExitCode[] = [1, 3, 4, 2];

/** Codes of errors that say "kedge could, and would not". */
const refusals: ReadonlySet<KedgeErrorCode> = new Set<KedgeErrorCode>([
  'cli/already-there',
  'cli/confirmation-needed',
  'pull/comment-in-flow',
  'pull/declared-twice',
  'pull/files-moved',
  'pull/not-empty',
  'pull/still-named',
  ...guardCodes,
  'plan/immutable-field',
  'plan/not-licensed',
  'plan/not-saved',
  'plan/protected',
  'plan/too-new',
  'plan/wrong-version',
  'apply/files-moved',
  'apply/live-moved',
  'apply/not-approved',
  'apply/other-plan',
  'apply/locked',
  'apply/secret-at-risk',
  'journal/not-resumable',
]);

/** The gravest of these. */
export function worstExitCode(codes: readonly ExitCode[]): ExitCode {
  return precedence.find((code) => codes.includes(code)) ?? exitCodes.done;
}

/** What an error that ended a command, or one environment of it, makes of the exit code. */
export function exitCodeOfError(error: KedgeError): ExitCode {
  return refusals.has(error.code) ? exitCodes.refused : exitCodes.couldNotRun;
}

/**
 * What an apply came to. A change that policy keeps from being deleted is as it was asked for; one that cannot or may not
 * be made otherwise leaves the files unfulfilled.
 */
export function exitCodeOfApply(plan: Plan, outcomes: readonly Outcome[]): ExitCode {
  const applied = outcomes.some((outcome) => outcome.result === 'applied');
  const missed = outcomes.some((outcome) => outcome.result !== 'applied');
  const unfulfilled = plan.withheld.some((item) => item.code !== 'prune-off');
  if (!missed && !unfulfilled) return exitCodes.done;
  if (applied) return exitCodes.partly;
  const failures = outcomes.flatMap((outcome) => (outcome.result === 'failed' ? [exitCodeOfError(outcome.error)] : []));
  // None failed and none applied: all of it waits for what is withheld, or was interrupted.
  return failures.length > 0 ? worstExitCode(failures) : exitCodes.refused;
}
