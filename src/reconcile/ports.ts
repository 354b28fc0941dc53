import type { RetryClock } from '../live/index.js';
import type { Redactor } from '../model/index.js';

/** What a run takes from the machine it is on. The command line gives the real ones, tests give their own. */
export interface Ports {
  /** The environment variables that files may name. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Time, chance and waiting. */
  readonly clock: RetryClock;
  /** kedge's own version, for the User-Agent. */
  readonly version: string;
  /** Told every secret as soon as it is known; whoever prints asks it first. */
  readonly redactor: Redactor;
}

/** Which environment of which repository. */
export interface EnvironmentTarget {
  /** The folder that holds `kedge.yaml`. */
  readonly root: string;
  readonly environment: string;
  readonly ports: Ports;
}
