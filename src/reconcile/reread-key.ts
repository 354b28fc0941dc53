import { catalog } from '../catalog/index.js';
import { createFolderSource, type FileSource, loadEnvironment } from '../desired/index.js';
import type { Secret } from '../model/index.js';
import type { EnvironmentTarget } from './ports.js';
import { createSettingsSource } from './settings-source.js';

/**
 * How a key is read from its source again, for keys that are rotated while kedge runs. Undefined for a key that is not in a
 * file: the environment variables of a process do not change.
 */
export function rereadKey(
  target: EnvironmentTarget,
  key: { readonly name: 'apiKey' | 'writeKey'; readonly value: Secret; readonly source?: FileSource | undefined },
): (() => Promise<string | undefined>) | undefined {
  const { root, environment, ports } = target;
  if (!key.value.source.startsWith('file:')) return undefined;
  return async () => {
    const loaded = await loadEnvironment({
      source: createSettingsSource(key.source ?? createFolderSource(root)),
      environment,
      catalog,
      env: ports.env,
      secrets: 'resolve',
      writeKey: key.name === 'writeKey',
    });
    // Files that are out of order by now are told by the next run; this one has the instance's own refusal to tell.
    const value = loaded.ok ? loaded.environment.instance[key.name]?.reveal() : undefined;
    if (value !== undefined) ports.redactor.add([value]);
    return value;
  };
}
