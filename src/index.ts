/**
 * kedge as a library: every command is a function, and the types they speak in have names.
 *
 * ```ts
 * import { createPorts, findRepository, planEnvironment, renderPlan } from 'kedge';
 *
 * const ports = createPorts({ env: process.env });
 * const { plan } = await planEnvironment({ root: await findRepository('.'), environment: 'production', ports });
 * console.log(ports.redactor.redact(renderPlan(plan, { color: false, width: 120, unmanaged: false })));
 * ```
 * @packageDocumentation
 */
export { findRepository } from './desired/index.js';
export type { Redactor, RetryClock } from './live/index.js';
export {
  type ApplyRecord,
  type Change,
  type ChangeOp,
  countDrift,
  type DesiredObject,
  type DesiredValue,
  type Drift,
  type DriftedChange,
  driftOf,
  type DriftOrigin,
  type Edit,
  type EditOrigin,
  type Finding,
  type Json,
  type JsonObject,
  KedgeError,
  type KedgeErrorCode,
  type KedgeErrorInit,
  type KindName,
  type ListMode,
  type Location,
  type NotCompared,
  type Outcome,
  type Overlay,
  type Plan,
  type PlainEdit,
  type PlannedChange,
  type RecordedObject,
  type Ref,
  type ReleasedPath,
  type RequestDetails,
  type RiskClass,
  Secret,
  type SecretEdit,
  type ServerError,
  type UnmanagedResource,
  type WithheldChange,
} from './model/index.js';
export { countChanges, hasDifferences } from './plan/index.js';
export type { PullNote, PullNoteReason } from './pull/index.js';
export {
  applyEnvironment,
  type ApplyInput,
  type ApplyResult,
  createPorts,
  driftEnvironment,
  type DriftResult,
  type EnvironmentTarget,
  initRepository,
  type InitInput,
  type InitResult,
  planEnvironment,
  type PlanResult,
  type Ports,
  pullEnvironment,
  type PullInput,
  type PullResult,
  validateEnvironments,
  type ValidateInput,
  type ValidateResult,
} from './reconcile/index.js';
export {
  type ApplyReport,
  applyReport,
  type DriftedEnvironment,
  type DriftReport,
  driftReport,
  type EnvironmentResult,
  type ErrorReport,
  errorReport,
  type FailedEnvironment,
  type FilesReport,
  filesReport,
  type FindingOptions,
  type JsonReport,
  type PlannedEnvironment,
  type PlanReport,
  planReport,
  renderDrift,
  renderError,
  renderFindings,
  renderJson,
  renderOutcomes,
  renderPlan,
  type ReportedChange,
  type ReportedEdit,
  type ReportedError,
  type ReportedField,
  type ReportedFinding,
  type ReportedOp,
  type ReportedOutcome,
  type ReportedWithheld,
  type TextOptions,
  type ValidateReport,
  validateReport,
} from './report/index.js';
