/**
 * The settings files of a repository. The JSON Schemas in `schemas/` that editors and the loader check them with are
 * generated from these types; the comments become the descriptions an editor shows.
 */

/** A value of a variable. */
export type VariableValue = string | number | boolean;

/** `environments/<name>/environment.yaml`: which instance an environment is, and what kedge may do there. */
export interface EnvironmentFile {
  /** The version of this file's format. */
  version: 1;
  /** The FusionAuth instance. A layer that is only extended (`base`) has none. */
  instance?: InstanceSettings;
  /** The FusionAuth versions this environment is written for, such as `>=1.60 <1.70`. */
  fusionauth?: string;
  /** The layers below this one, lowest first: names of folders beside this one. */
  extends?: string | string[];
  /** Values for `!var NAME` and `!sub "…${NAME}…"`. They win over the variables of the layers below. */
  variables?: { [name: string]: VariableValue };
  /** What ids are derived from. */
  identity?: IdentitySettings;
  /** What kedge may do beyond creating and updating. */
  policy?: PolicySettings;
  /** Where what was applied is remembered. */
  record?: RecordSettings;
}

/** How to reach an instance. */
export interface InstanceSettings {
  /** The address of FusionAuth itself, such as `https://auth.example.com`. */
  url: string;
  /** The API key to read with: `!secret env:NAME` or `!secret file:PATH`. Used for writing too where there is no writeKey. */
  apiKey: string;
  /** The API key to write with. Commands that only read never load it. */
  writeKey?: string;
  /** The tenant of applications and groups that name none, where the instance has more than one. A UUID. */
  tenantId?: string;
  /** Certificates of a private authority in PEM: `!file PATH`. They are trusted beside those of the system. */
  ca?: string;
  /** A client certificate for mutual TLS. */
  clientCertificate?: ClientCertificate;
  /**
   * The proxy that all connections go through: its address, such as `http://proxy.example.com:3128`, or `environment` for
   * the one that the environment names (HTTPS_PROXY, HTTP_PROXY, NO_PROXY). Unless it is written, none is used.
   */
  proxy?: string | ProxySettings;
  /** The path of a Unix socket that FusionAuth is served on; connected to in the place of the host and port of url. */
  socket?: string;
  /** Milliseconds that parts of one request may take, within timeoutMs. */
  timeouts?: TimeoutSettings;
  /**
   * How many requests are started in a second at most, repeated ones included. No limit unless written.
   * @minimum 0.01
   */
  requestsPerSecond?: number;
  /**
   * Milliseconds that one request may take in all, from connecting to the last byte.
   * @asType integer
   * @minimum 1
   * @default 30000
   */
  timeoutMs?: number;
  /**
   * How many requests are in flight at most.
   * @asType integer
   * @minimum 1
   * @maximum 64
   * @default 8
   */
  concurrency?: number;
}

/** A certificate and its key, in PEM. */
export interface ClientCertificate {
  /** The certificate: `!file PATH`. */
  cert: string;
  /** Its private key: `!secret file:PATH`. */
  key: string;
}

/** A proxy that wants to know who one is. */
export interface ProxySettings {
  /** Its address, such as `http://proxy.example.com:3128`. */
  url: string;
  user?: string;
  /** Its password: `!secret env:NAME`. */
  password?: string;
}

/** Milliseconds that parts of one request may take. */
export interface TimeoutSettings {
  /**
   * Until there is a connection, and until TLS is agreed on.
   * @asType integer
   * @minimum 1
   * @default 10000
   */
  connectMs?: number;
  /**
   * Until the answer begins. As long as the whole request unless written.
   * @asType integer
   * @minimum 1
   */
  headersMs?: number;
  /**
   * Between two parts of an answer. As long as the whole request unless written.
   * @asType integer
   * @minimum 1
   */
  bodyMs?: number;
}

/** What ids are derived from. */
export interface IdentitySettings {
  /** A UUID in the place of the project's, for two environments that share an instance. */
  namespace?: string;
}

/** What kedge may do beyond creating and updating. */
export interface PolicySettings {
  /** By collection (`webhooks`, `roles`): what is allowed for that kind. */
  kinds?: { [collection: string]: KindPolicy };
  /** Resources that are never deleted or replaced, such as `tenants/main`. Updates of them go on. */
  protect?: string[];
  /** How many objects of one kind an apply may update, unless `--allow plan/too-many-updates`. */
  maxUpdates?: ChangeLimitSettings;
  /** How many objects of one kind an apply may delete, unless `--allow plan/too-many-deletes`. */
  maxDeletes?: ChangeLimitSettings;
  /** Times in which nothing is applied, unless `--allow plan/frozen`. */
  freeze?: FreezeSettings[];
  /** Whose signatures a plan needs before it is applied. No flag passes this. */
  approvals?: ApprovalSettings;
}

/** Whose signatures a plan needs before it is applied. */
export interface ApprovalSettings {
  /**
   * How many of the keys have to sign.
   * @asType integer
   * @minimum 1
   */
  threshold: number;
  /**
   * Ed25519 public keys in PEM: `!file keys/alice.pem`.
   * @minItems 1
   */
  keys: string[];
}

/** How many of the objects of one kind an apply may change. */
export interface ChangeLimitSettings {
  /**
   * The share of what this project owns of the kind.
   * @minimum 0
   * @maximum 100
   * @default 30
   */
  percent?: number;
  /**
   * From how many owned objects on the share counts.
   * @asType integer
   * @minimum 1
   * @default 10
   */
  from?: number;
  /**
   * At most so many, whatever share that is; no such limit unless given.
   * @asType integer
   * @minimum 0
   */
  count?: number;
}

/** A time in which nothing is applied. */
export interface FreezeSettings {
  /** The first instant, with its offset: `2026-12-20T00:00:00+01:00`. */
  from: string;
  /** The instant from which applies go on. */
  to: string;
  /** Why, for whoever meets it. */
  reason: string;
}

/** What is allowed for one kind. */
export interface KindPolicy {
  /**
   * Delete what this project made and the files no longer name.
   * @default false
   */
  prune?: boolean;
  /** How many objects of this kind an apply may update. */
  maxUpdates?: ChangeLimitSettings;
  /** How many objects of this kind an apply may delete. */
  maxDeletes?: ChangeLimitSettings;
}

/** Where what was applied is remembered. */
export interface RecordSettings {
  /** The secret that signs the record: `!secret env:NAME`. Without it the record stays on this machine. */
  key?: string;
  /**
   * Keep a signed copy in the instance's audit log, so that a fresh CI runner has it.
   * @default true
   */
  instance?: boolean;
}

/** `kedge.yaml` at the root of a repository. */
export interface ProjectFile {
  /** The version of this file's format. */
  version: 1;
  /** The project's UUID, made by `kedge init`: ids are derived from it. Never change it. */
  project: string;
}
