import { applyPlan, createRecordStore, hashKept, nextRecord, summaryOf } from '../apply/index.js';
import { catalog } from '../catalog/index.js';
import { createWriter, type Writer } from '../live/index.js';
import {
  type ApplyRecord,
  type Finding,
  jsonEqual,
  KedgeError,
  type LiveResource,
  type Outcome,
  type Plan,
} from '../model/index.js';
import type { PlanFile } from '../plan/index.js';
import { readCommit } from './git-commit.js';
import { hashKeyOf, type PlannedSession, planSession, readRecords, recordKeyOf } from './plan-session.js';
import type { EnvironmentTarget } from './ports.js';
import { checkSavedPlan } from './saved-plan.js';
import { type Session, withSession } from './session.js';

/** What an apply is asked to do. */
export interface ApplyInput extends EnvironmentTarget {
  /** A saved plan: exactly this is performed, or nothing. Without one the files are planned now. */
  readonly plan?: PlanFile | undefined;
  /** Shown the plan before anything is written; only `true` goes on. */
  readonly confirm: (plan: Plan) => Promise<boolean>;
  /** Changes in flight at most; the instance's `concurrency` unless given. */
  readonly concurrency?: number | undefined;
  /** Called after each change, as it ends. */
  readonly onOutcome?: (outcome: Outcome) => void;
  /** When aborted: what is in flight is finished, the rest is skipped. */
  readonly signal?: AbortSignal;
  /** Plans once more at the end, to see that nothing is left. */
  readonly verify?: boolean;
}

/** What an apply came to. */
export interface ApplyResult {
  readonly plan: Plan;
  /** False when the plan was not confirmed: nothing was written. */
  readonly confirmed: boolean;
  /** One per change of the plan, in the order in which they ended. */
  readonly outcomes: readonly Outcome[];
  /** Where the record of this apply was written; nowhere when it would say what the last one says. */
  readonly record: { readonly local: boolean; readonly instance: boolean };
  readonly findings: readonly Finding[];
  readonly requests: number;
  /** The plan after the apply, where it was asked for. */
  readonly after?: Plan;
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
 * Applies one environment: plan (or hold a saved plan against the instance), ask, perform, record, and look again where
 * asked. Nothing is written before `confirm` said yes; what fails is an outcome, not an error.
 * @throws {@link KedgeError} for what goes wrong before the first write.
 */
export async function applyEnvironment(input: ApplyInput): Promise<ApplyResult> {
  return withSession(input, { write: true }, async (session) => {
    const reviewed =
      input.plan === undefined ? preparedOf(await planSession(session)) : await prepareSaved(session, input.plan);
    if (!(await input.confirm(reviewed.plan))) {
      const { plan, findings } = reviewed;
      const nothing = { local: false, instance: false };
      return { plan, confirmed: false, outcomes: [], record: nothing, findings, requests: session.requestCount() };
    }
    const prepared = await withKeptKey(session, reviewed);
    const writer = openWriter(session, prepared);
    const outcomes = await perform(prepared.plan, { session, writer, input });
    const recording = await writeRecord(outcomes, { session, writer, prepared });
    const after = input.verify === true ? (await planSession(session)).plan : undefined;
    return {
      plan: prepared.plan,
      confirmed: true,
      outcomes,
      record: recording.record,
      findings: [...prepared.findings, ...recording.findings],
      requests: session.requestCount(),
      ...(after && { after }),
    };
  });
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

function openWriter(session: Session, prepared: Prepared): Writer {
  return createWriter({
    transport: session.openWriteTransport(),
    catalog,
    hashKey: prepared.hashKey,
    clock: session.target.ports.clock,
  });
}

async function perform(
  plan: Plan,
  by: { readonly session: Session; readonly writer: Writer; readonly input: ApplyInput },
): Promise<readonly Outcome[]> {
  const { session, writer, input } = by;
  const outcomes: Outcome[] = [];
  const running = applyPlan(plan, {
    writer,
    clock: session.target.ports.clock,
    concurrency: input.concurrency ?? session.environment.instance.concurrency,
    ...(input.signal && { signal: input.signal }),
  });
  for await (const outcome of running) {
    outcomes.push(outcome);
    input.onOutcome?.(outcome);
  }
  return outcomes;
}

async function writeRecord(
  outcomes: readonly Outcome[],
  by: { readonly session: Session; readonly writer: Writer; readonly prepared: Prepared },
): Promise<Pick<ApplyResult, 'record' | 'findings'>> {
  const { session, writer, prepared } = by;
  const { plan, record: previous, live, hashKey } = prepared;
  const commit = await readCommit(session.target.root);
  const record = nextRecord({
    previous,
    plan,
    outcomes,
    hashes: hashKept({ plan, live, catalog, hashKey }),
    instant: session.target.ports.clock.now(),
    ...(commit !== undefined && { commit }),
  });
  // An apply that did nothing and learned nothing leaves no entry behind, or a cron job would fill the audit log.
  const wrote = outcomes.some((outcome) => outcome.result === 'applied');
  if (!wrote && previous !== undefined && jsonEqual(previous.objects, record.objects)) {
    return { record: { local: false, instance: false }, findings: [] };
  }
  await createRecordStore(session.directory).write(record);
  const recordKey = recordKeyOf(session);
  if (recordKey === undefined || !session.environment.recordInInstance) {
    return { record: { local: true, instance: false }, findings: [] };
  }
  try {
    await writer.writeRecord({ record, summary: summaryOf(outcomes), recordKey });
    return { record: { local: true, instance: true }, findings: [] };
  } catch (error) {
    if (!(error instanceof KedgeError)) throw error;
    return { record: { local: true, instance: false }, findings: [unrecorded(error)] };
  }
}

/** The changes are made: that the copy of their record could not be kept is told, and does not undo them. */
function unrecorded(error: KedgeError): Finding {
  return {
    code: 'record/unreadable',
    severity: 'warning',
    message: `the record was kept in .kedge/ only, the instance did not take it: ${error.message}`,
    hint: 'give the key POST on /api/system/audit-log, or set record.instance: false',
  };
}
