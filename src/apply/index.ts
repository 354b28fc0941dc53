/**
 * A plan and a writer come in, outcomes go out one by one, and a record of what was done is left behind. Nothing is
 * decided here that the plan did not say: not what to change, and not whether it may be.
 */
export { approvalKeyId, countApprovals, signApproval } from './approval.js';
export { type ApprovalsFile, approvalsText, parseApprovals } from './approvals-text.js';
export { applyPlan, type ApplyDeps } from './apply-plan.js';
export { loadHashKey } from './hash-key.js';
export type { Journal } from './journal/journal.js';
export { JournalFile } from './journal/journal-file.js';
export { createJournal, newestJournal, readJournal } from './journal/journal-store.js';
export { journaledPlan } from './journal/journaled-plan.js';
export { createRunJournal, type RunJournal } from './journal/run-journal.js';
export { isUnfinished, standingOf } from './journal/standing.js';
export { type CertainNeeds, refusedPermission } from './refused-permissions.js';
export { replacePrivateFile } from './private-file.js';
export { hashKept, nextRecord, type NextRecordInput, summaryOf } from './record.js';
export { createRecordStore, type RecordStore } from './record-store.js';
export { parsePlanText, planText } from './plan-text.js';
export { checkStale, type Staleness } from './stale-plan.js';
export { holderText, takeRunLock } from './run-lock.js';
export { invertRun } from './rollback/invert-run.js';
export { writtenIn } from './rollback/written-in.js';
