import { type ApprovalsFile, hashKept } from '../apply/index.js';
import { catalog } from '../catalog/index.js';
import type { ApplyRecord, Finding, GuardCode, GuardFinding, LiveResource, Plan } from '../model/index.js';
import type { PlanFile } from '../plan/index.js';
import type { ApplyResult, PerformInput } from './apply-result.js';
import { guardsOf, passGuards } from './guard-plan.js';
import { withLockedSession } from './locked-run.js';
import { performPlan } from './perform-plan.js';
import { hashKeyOf, type PlannedSession, planSession, readRecords } from './plan-session.js';
import { requireApprovals } from './require-approvals.js';
import { beginJournal, lookAtLastJournal, supersedeJournal } from './run-journals.js';
import { checkSavedPlan } from './saved-plan.js';
import type { Session } from './session.js';

/** What an apply is asked to do. */
export interface ApplyInput extends PerformInput {
  /** A saved plan: exactly this is performed, or nothing. Without one the files are planned now. */
  readonly plan?: PlanFile | undefined;
  /** The approvals beside the saved plan. */
  readonly approvals?: ApprovalsFile | undefined;
  /**
   * Shown the plan before anything is written; only `true` goes on.
   * @param warnings - what is to be known before that, such as a run that never came to its end.
   */
  readonly confirm: (plan: Plan, warnings: readonly Finding[]) => Promise<boolean>;
  /** Called with the plan before a guard may refuse it; the warnings are those of `confirm`. */
  readonly onPlan?: (
    plan: Plan,
    by: { readonly guards: readonly GuardFinding[]; readonly warnings: readonly Finding[] },
  ) => void;
  /** The guards that this apply may pass all the same. */
  readonly allow?: readonly GuardCode[];
  /** What was run, for the words of a refusal; `kedge apply -e <environment>` unless given. */
  readonly command?: string;
  /** Plans once more at the end, to see that nothing is left. */
  readonly verify?: boolean;
}

/** A plan that may be performed, with what its record is made from. */
interface Prepared {
  readonly plan: Plan;
  readonly record: ApplyRecord | undefined;
  readonly hashKey: string;
  /** By ref text: the live objects that the plan was made from, or held against. */
  readonly live: ReadonlyMap<string, LiveResource>;
  readonly findings: readonly Finding[];
  /** The same with its hashes under another key; nothing is read again. */
  readonly rekeyed: (hashKey: string) => Prepared;
}

/**
 * Applies one environment: plan (or hold a saved plan against the instance), ask, perform with a journal, record, and look
 * again where asked. Nothing is written before `confirm` said yes; what fails is an outcome, not an error.
 * @throws {@link KedgeError} for what goes wrong before the first write.
 */
export async function applyEnvironment(input: ApplyInput): Promise<ApplyResult> {
  return withLockedSession(input, async (session, stale) => {
    const approvals = input.approvals?.approvals ?? [];
    requireApprovals(session.environment, { plan: input.plan, approvals });
    const last = await lookAtLastJournal(session);
    const warnings = [...stale, ...last.warnings];
    const reviewed =
      input.plan === undefined ? preparedOf(await planSession(session)) : await prepareSaved(session, input.plan);
    const guards = guardsOf(reviewed.plan, { environment: session.environment, ports: input.ports });
    input.onPlan?.(reviewed.plan, { guards, warnings });
    const command = input.command ?? `kedge apply -e ${input.environment}`;
    const allowed = passGuards(guards, { allow: input.allow ?? [], command });
    if (!(await input.confirm(reviewed.plan, warnings))) return unconfirmed(session, { reviewed, warnings, allowed });
    const prepared = await withKeptKey(session, reviewed);
    const { plan, hashKey, live, record: previous } = prepared;
    const kept = hashKept({ plan, live, catalog, hashKey });
    const journal = await beginJournal(session, { plan, hashKey, kept, allowed, approvals });
    // From here on the run before this one is history: this plan was made from what it left.
    if (last.unfinished) await supersedeJournal(session, last.unfinished);
    const performed = await performPlan({ plan, hashKey, previous, kept, allowed }, { session, input, journal });
    const after = input.verify === true ? (await planSession(session)).plan : undefined;
    return {
      plan,
      confirmed: true,
      allowed,
      ...performed,
      findings: [...warnings, ...prepared.findings, ...performed.findings],
      requests: session.requestCount(),
      ...(after && { after }),
    };
  });
}

function unconfirmed(
  session: Session,
  by: {
    readonly reviewed: Prepared;
    readonly warnings: readonly Finding[];
    readonly allowed: readonly GuardCode[];
  },
): ApplyResult {
  const { plan, findings } = by.reviewed;
  return {
    plan,
    confirmed: false,
    allowed: by.allowed,
    outcomes: [],
    record: { local: false, instance: false },
    interrupted: false,
    findings: [...by.warnings, ...findings],
    requests: session.requestCount(),
  };
}

function preparedOf(planned: PlannedSession): Prepared {
  const { plan, record, hashKey, difference, findings } = planned;
  const rekeyed = (key: string): Prepared => preparedOf(planned.rekeyed(key));
  return { plan, record, hashKey, live: difference.live, findings, rekeyed };
}

async function prepareSaved(session: Session, file: PlanFile): Promise<Prepared> {
  const hashKey = await hashKeyOf(session, { create: false });
  const [recording, { plan, live, findings }] = await Promise.all([
    readRecords(session),
    checkSavedPlan(file, { session, hashKey }),
  ]);
  const told = [...findings, ...recording.findings];
  // A key that is made only now is another than the plan's, whose hashes were not compared.
  const keyed = (key: string): Prepared => ({
    plan,
    record: recording.record,
    hashKey: key,
    live,
    findings: told,
    rekeyed: keyed,
  });
  return keyed(hashKey);
}

/** Reading leaves no trace, so a repository's first apply makes the key of its hashes, and the plan's are made with it. */
async function withKeptKey(session: Session, reviewed: Prepared): Promise<Prepared> {
  const hashKey = await hashKeyOf(session, { create: true });
  return hashKey === reviewed.hashKey ? reviewed : reviewed.rekeyed(hashKey);
}
