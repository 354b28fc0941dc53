import {
  type ChangeOp,
  countDrift,
  type DriftOrigin,
  driftOf,
  type Finding,
  type GuardCode,
  type GuardFinding,
  type KedgeError,
  type Outcome,
  type Plan,
} from '../model/index.js';
import {
  reportAsides,
  reportChange,
  reportError,
  reportFinding,
  reportOutcome,
  reportWithheld,
} from './json-change.js';
import { namesIn } from './plan-view.js';
import type {
  ApplyReport,
  DriftedEnvironment,
  DriftReport,
  ErrorReport,
  FailedEnvironment,
  FilesReport,
  PermissionsReport,
  JsonReport,
  PlannedEnvironment,
  PlanReport,
  ValidateReport,
} from './json-shapes.js';
import { type DriftMeans, meansNothing } from './drift-words.js';
import { endpointsOf, keyBody, type PermissionsView } from './permissions-view.js';
import { countOutcomes } from './render-outcomes.js';

/** What one environment came to: a plan and how many requests that took, or why there is none. */
export type EnvironmentResult =
  | {
      readonly environment: string;
      readonly plan: Plan;
      readonly guards?: readonly GuardFinding[];
      readonly requests: number;
    }
  | { readonly environment: string; readonly error: KedgeError };

/** `kedge plan --json`. */
export function planReport(results: readonly EnvironmentResult[]): PlanReport {
  return { kedge: 'plan', version: 1, environments: results.map(plannedEnvironment) };
}

/**
 * `kedge drift --json`.
 * @param options.pending - whether pending edits count as drift, as with `--pending`.
 * @param options.means - says what each means for logins: `driftMeans`. Without it nothing is said.
 */
export function driftReport(
  results: readonly EnvironmentResult[],
  options: { readonly pending: boolean; readonly means?: DriftMeans },
): DriftReport {
  return {
    kedge: 'drift',
    version: 1,
    environments: results.map((result) => driftedEnvironment(result, options)),
  };
}

/** `kedge apply --json`. */
export function applyReport(input: {
  readonly plan: Plan;
  readonly outcomes: readonly Outcome[];
  readonly allowed?: readonly GuardCode[];
  readonly record: ApplyReport['record'];
  readonly journal?: string;
  readonly interrupted: boolean;
}): ApplyReport {
  const { plan, outcomes, record, journal, interrupted } = input;
  return {
    kedge: 'apply',
    version: 1,
    environment: plan.environment,
    instance: plan.instance,
    digest: plan.digest,
    summary: { ...countOutcomes(outcomes), withheld: plan.withheld.length, inStep: plan.kept.length },
    outcomes: outcomes.map(reportOutcome),
    withheld: reportWithheld(plan),
    allowed: input.allowed ?? [],
    record,
    ...(journal !== undefined && { journal }),
    interrupted,
  };
}

/** `kedge validate --json`. */
export function validateReport(input: {
  readonly environments: ValidateReport['environments'];
  readonly findings: readonly Finding[];
}): ValidateReport {
  return {
    kedge: 'validate',
    version: 1,
    valid: !input.findings.some((finding) => finding.severity === 'error'),
    environments: input.environments,
    findings: input.findings.map(reportFinding),
  };
}

/** `kedge pull --json`, `kedge init --json` and `kedge export kickstart --json`. */
export function filesReport(input: Omit<FilesReport, 'version'>): FilesReport {
  const { kedge, folder, files, notes, secrets, edits, dryRun } = input;
  return {
    kedge,
    version: 1,
    folder,
    files,
    notes,
    ...(secrets && { secrets }),
    ...(edits && { edits }),
    ...(dryRun === true && { dryRun }),
  };
}

/** `kedge permissions --json`. */
export function permissionsReport(view: PermissionsView): PermissionsReport {
  const { environment, instance, purpose, keys, checked } = view;
  return {
    kedge: 'permissions',
    version: 1,
    environment,
    instance,
    for: purpose,
    keys: keys.map((key) => ({
      setting: key.setting,
      endpoints: endpointsOf(key),
      why: Object.fromEntries(key.endpoints.map(({ endpoint, why }) => [endpoint, why])),
      keyManager: key.keyManager,
      unlimited: key.unlimited,
      request: { method: 'POST', path: '/api/api-key', body: keyBody(view, key) },
    })),
    ...(checked && { lacks: checked.lacks, lacksKeyManager: checked.notManager }),
  };
}

/** Any command with `--json` that could not run. */
export function errorReport(error: KedgeError): ErrorReport {
  return { kedge: 'error', version: 1, error: reportError(error) };
}

/** The text of a report: indented, with every character that is no plain ASCII or letter left to JSON's own escapes. */
export function renderJson(report: JsonReport): string {
  // JSON.stringify escapes C0 controls; C1 controls and DEL pass through it and would reach a terminal.
  const text = JSON.stringify(report, null, 2).replaceAll(
    /[\u007f-\u009f\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `${text}\n`;
}

function plannedEnvironment(result: EnvironmentResult): PlannedEnvironment | FailedEnvironment {
  if ('error' in result) return failedEnvironment(result);
  const { plan } = result;
  const summary: Record<ChangeOp | 'withheld', number> = {
    create: 0,
    adopt: 0,
    update: 0,
    replace: 0,
    reactivate: 0,
    delete: 0,
    keep: plan.kept.length,
    withheld: plan.withheld.length,
  };
  for (const { change } of plan.changes) summary[change.op] += 1;
  return {
    environment: plan.environment,
    instance: plan.instance,
    serverVersion: plan.serverVersion ?? null,
    digest: plan.digest,
    recorded: plan.recorded,
    differs: driftOf(plan).items.length > 0,
    summary,
    changes: plan.changes.map((planned) => reportChange(planned.change, planned)),
    withheld: reportWithheld(plan),
    guards: result.guards ?? [],
    ...reportAsides(plan),
    requests: result.requests,
  };
}

function driftedEnvironment(
  result: EnvironmentResult,
  { pending, means = meansNothing }: { readonly pending: boolean; readonly means?: DriftMeans },
): DriftedEnvironment | FailedEnvironment {
  if ('error' in result) return failedEnvironment(result);
  const { plan } = result;
  const drift = driftOf(plan);
  const names = namesIn(plan);
  const summary: Record<DriftOrigin | 'inStep', number> = { ...drift.counts, inStep: plan.kept.length };
  return {
    environment: plan.environment,
    instance: plan.instance,
    serverVersion: plan.serverVersion ?? null,
    recorded: plan.recorded,
    drifted: countDrift(drift, { pending }) > 0,
    summary,
    differences: drift.items.map((item) => ({
      ...reportChange(item.change),
      ...means(item, names),
      origin: item.origin,
    })),
    ...reportAsides(plan),
    requests: result.requests,
  };
}

function failedEnvironment(result: { readonly environment: string; readonly error: KedgeError }): FailedEnvironment {
  return { environment: result.environment, error: reportError(result.error) };
}
