import type { ApprovalPolicy, GuardPolicy, Policy, Secret } from '../model/index.js';

/** The settings of one environment, checked, with variables and the layers below it worked in. */
export interface Environment {
  readonly name: string;
  readonly instance: Instance;
  /** The FusionAuth versions it is written for, such as `>=1.60 <1.70`. */
  readonly fusionauth?: string;
  readonly policy: Policy;
  /** What an apply refuses unless it is allowed by name. */
  readonly guards: GuardPolicy;
  /** Whose signatures a plan needs before it is applied; absent where it needs none. */
  readonly approvals?: ApprovalPolicy;
  /** The UUID that ids are derived from: the project's, or `identity.namespace`. */
  readonly namespace: string;
  /** What signs the record; without it the record is not kept in the instance. */
  readonly recordKey?: Secret;
  readonly recordInInstance: boolean;
}

/** How to reach the instance of an environment. */
export interface Instance {
  /** Without a final slash. */
  readonly url: string;
  readonly apiKey: Secret;
  /** Only where it was asked for: a command that reads never has it. */
  readonly writeKey?: Secret;
  readonly tenantId?: string;
  /** PEM of a private authority. */
  readonly ca?: string;
  readonly clientCertificate?: { readonly cert: string; readonly key: Secret };
  /** Milliseconds one request may take in all. */
  readonly timeoutMs: number;
  /** Requests in flight at most. */
  readonly concurrency: number;
}
