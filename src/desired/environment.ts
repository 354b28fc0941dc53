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
  /** The proxy of all connections; `environment` for the one that environment variables name. */
  readonly proxy?: 'environment' | { readonly url: string; readonly user?: string; readonly password?: Secret };
  /** The path of a Unix socket in the place of host and port. */
  readonly socket?: string;
  /** Milliseconds one request may take in all. */
  readonly timeoutMs: number;
  /** Milliseconds that parts of it may take. */
  readonly timeouts?: { readonly connectMs?: number; readonly headersMs?: number; readonly bodyMs?: number };
  readonly requestsPerSecond?: number;
  /** Requests in flight at most. */
  readonly concurrency: number;
}
