import {
  type Change,
  changeName,
  type Edit,
  editsOf,
  type Finding,
  type KedgeError,
  type Outcome,
  type Plan,
  type PlannedChange,
  type Ref,
} from '../model/index.js';
import type {
  ReportedChange,
  ReportedEdit,
  ReportedError,
  ReportedField,
  ReportedFinding,
  ReportedOutcome,
  ReportedWithheld,
} from './json-shapes.js';
import { causesOf } from './render-error.js';

/** A change without its overlay (which is for the instance and may hold sealed secrets). */
export function reportChange(change: Change, planned?: PlannedChange): ReportedChange {
  const name = changeName(change);
  return {
    op: change.op,
    kind: change.ref.kind,
    key: change.ref.key,
    id: change.id,
    ...(name !== undefined && { name }),
    ...(change.at && { at: change.at }),
    edits: editsOf(change).map(reportEdit),
    ...(change.op === 'delete' && { why: change.why }),
    ...(change.lost && { lost: change.lost }),
    ...(planned && { risk: planned.risk, reasons: planned.reasons }),
  };
}

function reportEdit(edit: Edit): ReportedEdit {
  const base = { pointer: edit.pointer, origin: edit.origin, ...(edit.at && { at: edit.at }) };
  if (edit.secret) return { ...base, secret: true, source: edit.source };
  return {
    ...base,
    secret: false,
    ...(edit.from !== undefined && { from: edit.from }),
    ...(edit.to !== undefined && { to: edit.to }),
  };
}

/** What is called for and not done. */
export function reportWithheld(plan: Plan): readonly ReportedWithheld[] {
  return plan.withheld.map((item) => ({
    change: reportChange(item.change),
    code: item.code,
    why: item.why,
    hint: item.hint,
  }));
}

/** What a plan says beside its changes; alike in plan and drift. */
export function reportAsides(plan: Plan): {
  readonly released: readonly ReportedField[];
  readonly notCompared: readonly ReportedField[];
  readonly unknownKinds: Plan['unknownKinds'];
  readonly unmanaged: Plan['unmanaged'];
} {
  const field = (item: { readonly ref: Ref; readonly pointer: string; readonly source?: string }): ReportedField => ({
    kind: item.ref.kind,
    key: item.ref.key,
    pointer: item.pointer,
    ...(item.source !== undefined && { source: item.source }),
  });
  return {
    released: plan.released.map(field),
    notCompared: plan.notCompared.map(field),
    unknownKinds: plan.unknownKinds,
    unmanaged: plan.unmanaged,
  };
}

/** An outcome with its change as a reference. */
export function reportOutcome(outcome: Outcome): ReportedOutcome {
  const { change } = outcome;
  const base = { op: change.op, kind: change.ref.kind, key: change.ref.key, id: change.id };
  switch (outcome.result) {
    case 'applied':
      return { result: 'applied', ...base, attempts: outcome.attempts, ms: Math.round(outcome.ms) };
    case 'failed':
      return { result: 'failed', ...base, error: reportError(outcome.error) };
    case 'skipped':
      return { result: 'skipped', ...base, because: outcome.because };
  }
}

/** A finding without its excerpt: programs open the file. */
export function reportFinding(finding: Finding): ReportedFinding {
  return {
    code: finding.code,
    severity: finding.severity,
    message: finding.message,
    ...(finding.hint !== undefined && { hint: finding.hint }),
    ...(finding.at && { at: finding.at }),
  };
}

/** An error with its causes and findings, never a stack. */
export function reportError(error: KedgeError): ReportedError {
  return {
    code: error.code,
    message: error.message,
    ...(error.hint !== undefined && { hint: error.hint }),
    ...(error.at && { at: error.at }),
    causes: causesOf(error),
    findings: error.findings.map(reportFinding),
  };
}
