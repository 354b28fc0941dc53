import { relative, resolve } from 'node:path';
import {
  createJournal,
  createRunJournal,
  isUnfinished,
  type Journal,
  journaledPlan,
  JournalFile,
  newestJournal,
  readJournal,
  type RunJournal,
} from '../apply/index.js';
import { catalog } from '../catalog/index.js';
import { type Approval, type Finding, KedgeError } from '../model/index.js';
import { filedPlan } from '../plan/index.js';
import { readCommit } from './git-commit.js';
import type { ConfirmedPlan } from './perform-plan.js';
import type { Session } from './session.js';

/** A journal with where it is. */
export interface FoundJournal {
  readonly path: string;
  readonly journal: Journal;
}

/**
 * Looks for a journal: the one that was named, else the newest of the environment.
 * @returns without a path where there is none to look at, without a journal where no file is at the path.
 */
export async function lookForJournal(
  session: Session,
  named: string | undefined,
): Promise<{ readonly path: string | undefined; readonly journal: Journal | undefined }> {
  const { directory, environment, target } = session;
  const path =
    named === undefined
      ? await newestJournal({ directory, environment: environment.name })
      : resolve(target.root, named);
  return { path, journal: path === undefined ? undefined : await readJournal(path, catalog) };
}

/** Begins the journal of a plan; none for a plan without changes. @throws KedgeError `journal/not-written`. */
export async function beginJournal(
  session: Session,
  {
    plan,
    hashKey,
    kept,
    allowed,
    approvals,
  }: Pick<ConfirmedPlan, 'plan' | 'hashKey' | 'kept' | 'allowed'> & { readonly approvals: readonly Approval[] },
): Promise<RunJournal | undefined> {
  if (plan.changes.length === 0) return undefined;
  const { clock, version } = session.target.ports;
  const journaled = journaledPlan(plan, hashKey);
  const commit = await readCommit(session.target.root);
  const file = await createJournal(session.directory, {
    format: 'kedge-journal',
    version: 1,
    instant: clock.now(),
    allowed,
    ...(approvals.length > 0 && { approvals }),
    notResumable: journaled.notResumable,
    kept: Object.fromEntries(kept),
    file: {
      format: 'kedge-plan',
      version: 1,
      kedge: version,
      ...(commit !== undefined && { commit }),
      plan: filedPlan(journaled.plan),
    },
  });
  return createRunJournal(file, redactionOf(session));
}

/** Goes on with a journal where it stopped. */
export async function reopenJournal(session: Session, { path, journal }: FoundJournal): Promise<RunJournal> {
  const file = await JournalFile.open(path, { bytes: journal.bytes });
  await file.append({ record: 'resumed', instant: session.target.ports.clock.now() });
  return createRunJournal(file, redactionOf(session));
}

/** Says in a journal that a later run made what was left in it meaningless. */
export async function supersedeJournal(session: Session, { path, journal }: FoundJournal): Promise<void> {
  const file = await JournalFile.open(path, { bytes: journal.bytes });
  try {
    await file.append({ record: 'superseded', instant: session.target.ports.clock.now() });
  } finally {
    await file.close();
  }
}

/** The newest journal of the environment, and what there is to say about it before another run begins. */
export async function lookAtLastJournal(
  session: Session,
): Promise<{ readonly unfinished: FoundJournal | undefined; readonly warnings: readonly Finding[] }> {
  const { directory } = session;
  const environment = session.environment.name;
  const path = await newestJournal({ directory, environment });
  if (path === undefined) return { unfinished: undefined, warnings: [] };
  const shown = relative(session.target.root, path);
  try {
    const journal = await readJournal(path, catalog);
    if (journal === undefined || !isUnfinished(journal)) return { unfinished: undefined, warnings: [] };
    return { unfinished: { path, journal }, warnings: [unfinishedRun(environment, shown)] };
  } catch (error) {
    if (!(error instanceof KedgeError)) throw error;
    return { unfinished: undefined, warnings: [unreadableRun(error)] };
  }
}

function unfinishedRun(environment: string, path: string): Finding {
  return {
    code: 'journal/unfinished',
    severity: 'warning',
    message: `the last apply of '${environment}' did not come to its end: ${path}`,
    hint: `kedge apply --resume -e ${environment} goes on with it; this plan was made anew from what the instance has now, and applying it is as safe`,
  };
}

function unreadableRun(error: KedgeError): Finding {
  return {
    code: error.code,
    severity: 'warning',
    message: error.message,
    hint: 'it cannot be resumed or rolled back; this plan was made from what the instance has now and does not need it',
  };
}

/** Takes every secret out of a text: those of the files, and those of the objects that were read to be written. */
function redactionOf(session: Session): (text: string) => string {
  const { redactor } = session.openWriteTransport();
  return (text) => redactor.redact(session.target.ports.redactor.redact(text));
}
