import { createFolderSource } from '../desired/index.js';
import { loadDeclared } from './load-files.js';
import type { EnvironmentTarget } from './ports.js';
import { filesError } from './session.js';
import { createSettingsSource } from './settings-source.js';

/** What the settings of an environment say, without its secrets. */
export interface DeclaredSettings {
  readonly namespace: string;
  readonly url: string;
}

/** Reads the settings of an environment: its files need not be there, or right. @throws KedgeError with all findings. */
export async function readSettings(target: EnvironmentTarget): Promise<DeclaredSettings> {
  const loaded = await loadDeclared(target, { source: createSettingsSource(createFolderSource(target.root)) });
  if (!loaded.ok) throw filesError(target.environment, loaded.findings);
  return { namespace: loaded.desired.namespace, url: loaded.environment.instance.url };
}
