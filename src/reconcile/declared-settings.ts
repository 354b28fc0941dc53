import { catalog } from '../catalog/index.js';
import { createFolderSource, loadEnvironment } from '../desired/index.js';
import type { EnvironmentTarget } from './ports.js';
import { filesError } from './session.js';
import { createSettingsSource } from './settings-source.js';

/** What the settings of an environment say, without its secrets. */
export interface DeclaredSettings {
  readonly namespace: string;
  readonly url: string;
}

/** Reads the settings of an environment: its files need not be there, or right. @throws KedgeError with all findings. */
export async function readSettings({ root, environment, ports }: EnvironmentTarget): Promise<DeclaredSettings> {
  const source = createSettingsSource(createFolderSource(root));
  const loaded = await loadEnvironment({
    source,
    environment,
    catalog,
    env: ports.env,
    secrets: 'declare',
    writeKey: false,
  });
  if (!loaded.ok) throw filesError(environment, loaded.findings);
  return { namespace: loaded.desired.namespace, url: loaded.environment.instance.url };
}
