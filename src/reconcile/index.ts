/**
 * What each command does, as one function each: rooms called one after the other, as the README tells it. A repository's
 * folder and ports come in; plans, outcomes and files come out. Prints nothing, asks nobody but the ports, and decides
 * nothing that a room decides.
 */
export { applyEnvironment, type ApplyInput } from './apply-environment.js';
export type { ApplyResult, PerformInput } from './apply-result.js';
export { approvePlan, type ApproveInput, type ApproveResult, readApprovals } from './approve-plan.js';
export { createPorts } from './create-ports.js';
export { exportKickstartOf, type ExportKickstartInput, type ExportKickstartResult } from './export-kickstart.js';
export { importKickstartInto, type ImportKickstartInput, type ImportKickstartResult } from './import-kickstart.js';
export { initRepository, type InitInput, type InitResult } from './init-repository.js';
export { permissionsOf, type PermissionsInput, type PermissionsResult } from './permissions-environment.js';
export { driftEnvironment, type DriftResult, planEnvironment, type PlanInput } from './plan-environment.js';
export type { PlanResult } from './plan-result.js';
export type { EnvironmentTarget, Ports } from './ports.js';
export { pullEnvironment, type PullInput, type PullResult } from './pull-environment.js';
export { rollbackRun, type RollbackInput, type RollbackResult } from './rollback-run.js';
export { readPlan, shownPlan } from './saved-plan.js';
export { readSnapshot, snapshotEnvironment, type SnapshotInput, type SnapshotResult } from './snapshot-environment.js';
export { resumeEnvironment, type ResumeInput, type UnfinishedRun } from './resume-environment.js';
export { validateEnvironments, type ValidateInput, type ValidateResult } from './validate-environments.js';
