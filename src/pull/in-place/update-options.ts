import type { DesiredState, Difference } from '../../model/index.js';
import type { PullOptions } from '../pull-files.js';

/** What to bring up to date, and with what. */
export interface UpdateOptions extends PullOptions {
  readonly desired: DesiredState;
  /** Of the files and the instance, as a plan has it. */
  readonly difference: Difference;
  /** Path in the repository → text, of every YAML file and every `!file` of the environment's own folder. */
  readonly texts: ReadonlyMap<string, string>;
  /** The YAML files of the layers below, by path: what they name is not this environment's alone. */
  readonly lower: ReadonlyMap<string, string>;
  /** What is in the environment's folder besides: no new file gets such a name. */
  readonly taken: ReadonlySet<string>;
  /** `owned`: only what the files own already, and nothing is added. */
  readonly scope: 'everything' | 'owned';
  /** Takes entries out of the files that the instance does not have. */
  readonly prune: boolean;
}
