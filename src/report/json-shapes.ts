import type { DriftOrigin, EditOrigin, Json, Location, RiskClass } from '../model/index.js';

/**
 * The shapes of `--json`, one per command. Each begins with `kedge` (the command) and `version`. Within a version fields
 * may be added; none is renamed, removed or given another meaning. Secrets stand in them as their source, never as values.
 * `schemas/output/*.schema.json` is generated from this file.
 */
export type JsonReport =
  | PlanReport
  | DriftReport
  | ApplyReport
  | ValidateReport
  | FilesReport
  | PermissionsReport
  | ErrorReport;

/** `kedge plan --json`. */
export interface PlanReport {
  readonly kedge: 'plan';
  readonly version: 1;
  /** One per `-e`, in the order given. */
  readonly environments: readonly (PlannedEnvironment | FailedEnvironment)[];
}

/** `kedge drift --json`. */
export interface DriftReport {
  readonly kedge: 'drift';
  readonly version: 1;
  /** One per `-e`, in the order given. */
  readonly environments: readonly (DriftedEnvironment | FailedEnvironment)[];
}

/** `kedge apply --json`. */
export interface ApplyReport {
  readonly kedge: 'apply';
  readonly version: 1;
  readonly environment: string;
  readonly instance: string;
  /** Digest of the plan that was performed. */
  readonly digest: string;
  /** Changes by how they ended; `inStep` counts resources that needed none, `withheld` what a rule kept from happening. */
  readonly summary: {
    readonly applied: number;
    readonly failed: number;
    readonly skipped: number;
    readonly withheld: number;
    readonly inStep: number;
  };
  /** In the order in which they ended. */
  readonly outcomes: readonly ReportedOutcome[];
  readonly withheld: readonly ReportedWithheld[];
  /** The guards that were in the way and were passed by `--allow`. */
  readonly allowed: readonly string[];
  /** Where the record of this apply was kept; both false when nothing was written. */
  readonly record: { readonly local: boolean; readonly instance: boolean };
  /** The journal, relative to the repository; absent where there was nothing to do. */
  readonly journal?: string;
  /** True when the run was interrupted with changes left, which `kedge apply --resume` goes on with. */
  readonly interrupted: boolean;
}

/** `kedge validate --json`. */
export interface ValidateReport {
  readonly kedge: 'validate';
  readonly version: 1;
  /** True when there is no error; warnings do not count. */
  readonly valid: boolean;
  readonly environments: readonly { readonly environment: string; readonly resources: number }[];
  readonly findings: readonly ReportedFinding[];
}

/** `--json` of `kedge pull`, `init`, `snapshot`, `approve`, `export kickstart` and `import kickstart`: what was written, relative to the folder asked for. */
export interface FilesReport {
  readonly kedge: 'pull' | 'init' | 'export' | 'import' | 'snapshot' | 'approve';
  readonly version: 1;
  readonly folder: string;
  readonly files: readonly string[];
  readonly notes: readonly string[];
  /** The environment variables that the files want secrets from; only there where there are some. */
  readonly secrets?: readonly string[];
  /** What was done at each place of files that were there; only for a pull that brought them up to date. */
  readonly edits?: readonly string[];
  /** True where nothing was written: the rest says what would have been. */
  readonly dryRun?: boolean;
}

/** `kedge permissions --json`. */
export interface PermissionsReport {
  readonly kedge: 'permissions';
  readonly version: 1;
  readonly environment: string;
  /** The instance's URL, without credentials. */
  readonly instance: string;
  /** The command that the keys are for. */
  readonly for: string;
  /** One; two for an apply of an environment that has a key of its own to write with. */
  readonly keys: readonly ReportedKey[];
  /** What the key that `--check` names lacks of the last of `keys`; empty where it has all. */
  readonly lacks?: readonly { readonly endpoint: string; readonly method: string }[];
  /** Whether the key that `--check` names must be a key manager and is none. */
  readonly lacksKeyManager?: boolean;
}

/** What one API key must be permitted. */
export interface ReportedKey {
  readonly setting: 'instance.apiKey' | 'instance.writeKey';
  /** `permissions.endpoints` as an API key of FusionAuth has them. */
  readonly endpoints: { readonly [endpoint: string]: readonly string[] };
  /** Endpoint → for what it is needed, a text for each kind. */
  readonly why: { readonly [endpoint: string]: readonly string[] };
  /** Why it must be a key manager; empty where it need not be. */
  readonly keyManager: readonly string[];
  /** Why no limit will do, so that the call sets none; empty where the endpoints are enough. */
  readonly unlimited: readonly string[];
  /** The call that makes such a key. */
  readonly request: {
    readonly method: 'POST';
    readonly path: '/api/api-key';
    readonly body: { readonly [name: string]: Json };
  };
}

/** Any command with `--json` that could not run at all. */
export interface ErrorReport {
  readonly kedge: 'error';
  readonly version: 1;
  readonly error: ReportedError;
}

/** The plan of one environment. */
export interface PlannedEnvironment {
  readonly environment: string;
  /** The instance's URL, without credentials. */
  readonly instance: string;
  readonly serverVersion: string | null;
  /** Digest of the whole plan: equal plans, equal digests. */
  readonly digest: string;
  /** Whether a record of an earlier apply was there to compare with. */
  readonly recorded: boolean;
  /** True when an apply would write something, or a needed delete or replacement is withheld. */
  readonly differs: boolean;
  /** Changes by operation; `keep` counts what is in step. */
  readonly summary: { readonly [op in ReportedOp | 'withheld']: number };
  /** In the order of execution. */
  readonly changes: readonly ReportedChange[];
  readonly withheld: readonly ReportedWithheld[];
  /** What an apply is refused for, unless `--allow` names the code. */
  readonly guards: readonly { readonly code: string; readonly message: string }[];
  /** Fields the last apply owned and the files no longer name: left as they are. */
  readonly released: readonly ReportedField[];
  /** Secrets that FusionAuth does not show and no record has a fingerprint of. */
  readonly notCompared: readonly ReportedField[];
  readonly unknownKinds: readonly { readonly kind: string; readonly why: string }[];
  /** Objects on the instance that no file names. */
  readonly unmanaged: readonly { readonly kind: string; readonly id: string; readonly name: string }[];
  readonly requests: number;
}

/** The drift of one environment. */
export interface DriftedEnvironment {
  readonly environment: string;
  /** The instance's URL, without credentials. */
  readonly instance: string;
  readonly serverVersion: string | null;
  /** Whether a record was there; without one every difference is `unrecorded`. */
  readonly recorded: boolean;
  /** True when this environment makes the exit code 2. */
  readonly drifted: boolean;
  /** Resources by who moved them. */
  readonly summary: { readonly [origin in DriftOrigin | 'inStep']: number };
  readonly differences: readonly (ReportedChange & { readonly origin: DriftOrigin })[];
  readonly released: readonly ReportedField[];
  readonly notCompared: readonly ReportedField[];
  readonly unknownKinds: readonly { readonly kind: string; readonly why: string }[];
  /** Objects on the instance that no file names. */
  readonly unmanaged: readonly { readonly kind: string; readonly id: string; readonly name: string }[];
  readonly requests: number;
}

/** An environment that could not be read. The others of the same run are there all the same. */
export interface FailedEnvironment {
  readonly environment: string;
  readonly error: ReportedError;
}

/** What happens to one resource. */
export type ReportedOp = 'create' | 'adopt' | 'update' | 'replace' | 'reactivate' | 'delete' | 'keep';

/** One change of one resource. */
export interface ReportedChange {
  readonly op: ReportedOp;
  readonly kind: string;
  /** The logical key. */
  readonly key: string;
  readonly id: string;
  /** What the instance calls it, where that differs from the key. */
  readonly name?: string;
  readonly at?: Location;
  readonly edits: readonly ReportedEdit[];
  /** For a delete: listed under `absent:`, not in a complete list, or dropped from the files. */
  readonly why?: 'prune' | 'tombstone' | 'unlisted' | 'rollback';
  /** What was there and cannot come back, in words; only in the plan of a rollback. */
  readonly lost?: readonly string[];
  /** How bad it could be: for a plan, what an apply would do; for drift, what happened on the instance. */
  readonly risk?: RiskClass;
  /** What it means for logins, a sentence each, gravest first; for people, and worded anew at will. */
  readonly reasons?: readonly string[];
}

/** How one field differs. `from` is absent where the instance has no value, `to` where the files want none. */
export type ReportedEdit =
  | {
      /** JSON Pointer within the resource. */
      readonly pointer: string;
      readonly origin: EditOrigin;
      readonly at?: Location;
      readonly secret: false;
      readonly from?: Json;
      readonly to?: Json;
    }
  | {
      /** JSON Pointer within the resource. */
      readonly pointer: string;
      readonly origin: EditOrigin;
      readonly at?: Location;
      readonly secret: true;
      /** `env:NAME`, `file:PATH`, or `literal`. */
      readonly source: string;
    };

/** A change that the difference calls for and a rule forbids. */
export interface ReportedWithheld {
  readonly change: ReportedChange;
  readonly code: string;
  readonly why: string;
  readonly hint: string;
}

/** One field of one resource. */
export interface ReportedField {
  readonly kind: string;
  readonly key: string;
  readonly pointer: string;
  /** For a secret: where it comes from. */
  readonly source?: string;
}

/** What happened to one change. */
export interface ReportedOutcome {
  readonly result: 'applied' | 'failed' | 'skipped';
  readonly op: ReportedOp;
  readonly kind: string;
  readonly key: string;
  readonly id: string;
  /** How often it was tried, for `applied`. */
  readonly attempts?: number;
  /** Milliseconds it took, for `applied`. */
  readonly ms?: number;
  readonly error?: ReportedError;
  /** Why it was skipped. */
  readonly because?: string;
}

/** One thing wrong with the input. */
export interface ReportedFinding {
  /** Of docs/errors.md. New codes may appear within a version. */
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly hint?: string;
  readonly at?: Location;
}

/** An error: a stable code for programs, the rest for people. */
export interface ReportedError {
  /** Of docs/errors.md. New codes may appear within a version. */
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly at?: Location;
  /** The messages of what lay beneath, outermost first. */
  readonly causes: readonly string[];
  readonly findings: readonly ReportedFinding[];
}
