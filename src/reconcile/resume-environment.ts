import { relative } from 'node:path';
import { isUnfinished, standingOf } from '../apply/index.js';
import {
  type Finding,
  type GuardCode,
  guardCodes,
  hashKeyId,
  KedgeError,
  type Plan,
  type Standing,
} from '../model/index.js';
import type { ApplyResult, PerformInput } from './apply-result.js';
import { withLockedSession } from './locked-run.js';
import { performPlan } from './perform-plan.js';
import { withSecrets } from './plan-secrets.js';
import { hashKeyOf, readRecords } from './plan-session.js';
import { requireApprovals } from './require-approvals.js';
import { type FoundJournal, lookForJournal, reopenJournal } from './run-journals.js';
import type { Session } from './session.js';

/** What going on with a run needs. */
export interface ResumeInput extends PerformInput {
  /** The journal; the newest of the environment unless given. */
  readonly journal?: string | undefined;
  /** Shown where the run stands before anything is written; only `true` goes on. */
  readonly confirm: (run: UnfinishedRun) => Promise<boolean>;
}

/** A run that did not come to its end. */
export interface UnfinishedRun {
  readonly plan: Plan;
  readonly standing: Standing;
  /** Its journal, as a path within the repository. */
  readonly journal: string;
  /** Epoch milliseconds at which it began. */
  readonly begun: number;
  readonly warnings: readonly Finding[];
}

/**
 * Goes on with an apply that died or was interrupted, exactly as it was planned: what is done is not done again, what is
 * in doubt is looked at first, and every change is refused whose object somebody else has changed since the plan. Secrets
 * come from the files, by their source. The record at the end is that of the whole plan.
 * @throws {@link KedgeError} `journal/…` where there is nothing to go on with, or not here.
 */
export async function resumeEnvironment(input: ResumeInput): Promise<ApplyResult> {
  return withLockedSession(input, async (session, stale) => {
    const found = await findJournal(session, input);
    const { file, approvals = [] } = found.journal.header;
    // A journal is a file like any other: what it says was approved is not taken for it.
    requireApprovals(session.environment, { plan: file, approvals });
    const plan = planOf(session, found);
    const hashKey = await hashKeyFor(session, plan);
    const standing = standingOf(plan, found.journal);
    const journalPath = relative(input.root, found.path);
    const warnings = [...stale, ...(found.journal.torn ? [tornLine(journalPath)] : [])];
    const allowed = allowedIn(found);
    const run = { plan, standing, journal: journalPath, begun: found.journal.header.instant, warnings };
    if (!(await input.confirm(run))) return unconfirmed(session, { ...run, allowed });
    const records = await readRecords(session);
    const journal = await reopenJournal(session, found);
    const kept = new Map(Object.entries(found.journal.header.kept));
    const confirmed = { plan, hashKey, previous: records.record, kept, standing, allowed };
    const performed = await performPlan(confirmed, { session, input, journal });
    return {
      plan,
      confirmed: true,
      allowed,
      ...performed,
      findings: [...warnings, ...session.warnings, ...records.findings, ...performed.findings],
      requests: session.requestCount(),
    };
  });
}

/** The guards that the run passed when it began: they were asked before its first write, and are not asked again. */
function allowedIn({ journal }: FoundJournal): readonly GuardCode[] {
  return guardCodes.filter((code) => journal.header.allowed.includes(code));
}

function unconfirmed(session: Session, run: UnfinishedRun & { readonly allowed: readonly GuardCode[] }): ApplyResult {
  return {
    plan: run.plan,
    confirmed: false,
    allowed: run.allowed,
    outcomes: [],
    record: { local: false, instance: false },
    journal: run.journal,
    interrupted: false,
    findings: run.warnings,
    requests: session.requestCount(),
  };
}

async function findJournal(session: Session, input: ResumeInput): Promise<FoundJournal> {
  const environment = session.environment.name;
  const { path, journal } = await lookForJournal(session, input.journal);
  if (path !== undefined && journal !== undefined && isUnfinished(journal)) return { path, journal };
  const shown = path === undefined ? '' : relative(input.root, path);
  const why =
    path === undefined
      ? `nothing was ever applied to '${environment}' from here`
      : journal === undefined
        ? `there is no ${shown}`
        : `the run of ${shown} came to its end, or a later one took its place`;
  throw new KedgeError({
    code: 'journal/nothing-to-resume',
    message: `there is nothing to go on with: ${why}`,
    hint: `kedge apply -e ${environment} plans from what the instance has now`,
  });
}

/** The plan of a journal, if it is for this environment, with the secrets that the files have for its sources. */
function planOf(session: Session, { path, journal }: FoundJournal): Plan {
  const { plan } = journal.header.file;
  const { name, namespace } = session.environment;
  const refuse = (why: string): KedgeError => notResumable(`the run of ${path} cannot be gone on with: ${why}`, name);
  if (plan.environment !== name) throw refuse(`it is of environment '${plan.environment}'`);
  if (plan.namespace !== namespace) throw refuse('it is of another project');
  if (plan.instance !== session.url) throw refuse(`it is for ${plan.instance}, and the files say ${session.url}`);
  const [unsaved] = journal.header.notResumable;
  if (unsaved !== undefined) throw refuse(unsaved);
  const given = withSecrets(plan, session.desired);
  if ('missing' in given) throw refuse(`the files no longer name ${given.missing.join(', ')}`);
  return given.plan;
}

/** The key that the plan's hashes were made with: without it nobody can tell what moved since. */
async function hashKeyFor(session: Session, plan: Plan): Promise<string> {
  const hashKey = await hashKeyOf(session, { create: false });
  if (hashKeyId(hashKey) === plan.hashKeyId) return hashKey;
  const message =
    'the run cannot be gone on with: its plan was made with another record key, or another .kedge/hash-key';
  throw notResumable(message, session.environment.name);
}

function notResumable(message: string, environment: string): KedgeError {
  return new KedgeError({
    code: 'journal/not-resumable',
    message,
    hint: `kedge apply -e ${environment} plans from what the instance has now, which is always safe`,
  });
}

function tornLine(path: string): Finding {
  return {
    code: 'journal/torn',
    severity: 'warning',
    message: `the last line of ${path} was cut off in the middle, and is passed over`,
    hint: 'that is what a crash leaves; what the line would have said is looked at anew',
  };
}
