import { relative } from 'node:path';
import { applyPlan, createRecordStore, nextRecord, type RunJournal, summaryOf } from '../apply/index.js';
import { catalog } from '../catalog/index.js';
import { createWriter, type Writer } from '../live/index.js';
import {
  type ApplyRecord,
  changeKey,
  type Finding,
  type GuardCode,
  jsonEqual,
  KedgeError,
  type Outcome,
  type Plan,
  type RecordedObject,
  type Standing,
} from '../model/index.js';
import { changeNeeds } from '../permissions/index.js';
import type { ApplyResult, PerformInput } from './apply-result.js';
import { readCommit } from './git-commit.js';
import { keyLacks } from './key-lacks.js';
import { recordKeyOf } from './plan-session.js';
import type { Session } from './session.js';

/** A plan that was confirmed, with what its record is made of. */
export interface ConfirmedPlan {
  readonly plan: Plan;
  readonly hashKey: string;
  /** The record before it. */
  readonly previous: ApplyRecord | undefined;
  /** By ref text: the hashes of what the plan keeps. */
  readonly kept: ReadonlyMap<string, RecordedObject['paths']>;
  /** The guards that were in the way and were allowed. */
  readonly allowed: readonly GuardCode[];
  /** What earlier runs of this very plan came to; absent for the first. */
  readonly standing?: Standing;
}

/** What performing needs beside the plan. */
interface Performing {
  readonly session: Session;
  readonly input: PerformInput;
  /** Absent for a plan without changes. */
  readonly journal: RunJournal | undefined;
}

/**
 * Performs what is left of a plan, writes the record of all of it, and ends its journal: last, so that a run that died
 * before its record stood is gone on with.
 */
export async function performPlan(
  confirmed: ConfirmedPlan,
  by: Performing,
): Promise<Pick<ApplyResult, 'outcomes' | 'record' | 'findings' | 'journal' | 'interrupted'>> {
  const { session, input, journal } = by;
  const writer = openWriter(session, confirmed.hashKey);
  const outcomes = await perform(confirmed, { ...by, writer });
  const recording = await writeRecord(outcomes, { session, writer, confirmed });
  const interrupted = input.signal?.aborted === true && outcomes.some(({ result }) => result === 'skipped');
  const unwritten = await endJournal(outcomes, { ...by, interrupted });
  return {
    outcomes,
    record: recording.record,
    interrupted,
    findings: [...keyLacks(outcomes, session.environment.name), ...recording.findings, ...unwritten],
    ...(journal && { journal: relative(input.root, journal.path) }),
  };
}

function openWriter(session: Session, hashKey: string): Writer {
  const transport = session.openWriteTransport();
  return createWriter({ transport, catalog, hashKey, clock: session.target.ports.clock });
}

async function perform(
  { plan, standing }: ConfirmedPlan,
  by: Performing & { readonly writer: Writer },
): Promise<readonly Outcome[]> {
  const { session, writer, input, journal } = by;
  const outcomes: Outcome[] = [...(standing?.done ?? [])];
  const done = new Set(outcomes.map(({ change }) => changeKey(change)));
  const rest = { ...plan, changes: plan.changes.filter(({ change }) => !done.has(changeKey(change))) };
  const running = applyPlan(rest, {
    writer,
    needs: (change) => changeNeeds(catalog, change),
    clock: session.target.ports.clock,
    concurrency: input.concurrency ?? session.environment.instance.concurrency,
    ...(input.signal && { signal: input.signal }),
    ...(journal && { hooks: journal.hooks }),
    ...(standing && { inDoubt: new Set(standing.inDoubt.map(({ change }) => changeKey(change))) }),
  });
  for await (const outcome of running) {
    journal?.note(outcome);
    outcomes.push(outcome);
    input.onOutcome?.(outcome);
  }
  return outcomes;
}

async function writeRecord(
  outcomes: readonly Outcome[],
  by: { readonly session: Session; readonly writer: Writer; readonly confirmed: ConfirmedPlan },
): Promise<Pick<ApplyResult, 'record' | 'findings'>> {
  const { session, writer } = by;
  const { plan, previous, kept, allowed } = by.confirmed;
  const commit = await readCommit(session.target.root);
  const record = nextRecord({
    previous,
    plan,
    outcomes,
    hashes: kept,
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
    await writer.writeRecord({ record, summary: summaryOf(outcomes, allowed), recordKey });
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

/** @returns a warning where the last line could not be written: all the rest is done. */
async function endJournal(
  outcomes: readonly Outcome[],
  by: Performing & { readonly interrupted: boolean },
): Promise<readonly Finding[]> {
  const { journal, session, interrupted } = by;
  try {
    const instant = session.target.ports.clock.now();
    await journal?.end({ record: interrupted ? 'interrupted' : 'ended', instant, outcomes });
    return [];
  } catch (error) {
    if (!(error instanceof KedgeError)) throw error;
    const { code, message, hint } = error;
    return [{ code, severity: 'warning', message, ...(hint !== undefined && { hint }) }];
  }
}
