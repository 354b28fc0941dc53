import { forceSeedIds, providedVariables, type SeedIds } from '../seeds/ids.js';
import { openKickstart, type OpenKickstartOptions } from './files.js';
import { readKickstart, type Kickstart } from './kickstart.js';

export interface LoadKickstartOptions extends OpenKickstartOptions {
  /** The ids of the install it will run on; those that the file forces are taken from the file. */
  readonly ids: SeedIds;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly uuid: () => string;
}

/**
 * Reads a kickstart file with all it includes. Nothing runs yet: the install must first be planted with
 * `forceSeedIds(ids, kickstart.ids)`.
 * @throws KickstartError with the place of what is wrong.
 */
export function loadKickstart(file: string, { ids, env, uuid, ...options }: LoadKickstartOptions): Kickstart {
  const { document, readText, readJson } = openKickstart(file, options);
  const provide = (forced: Kickstart['ids']): Readonly<Record<string, string>> =>
    providedVariables(forceSeedIds(ids, forced));
  return readKickstart(document, { env, uuid, readText, readJson, provide });
}
