import type { FileSource } from '../desired/index.js';

const settingsName = 'environment.yaml';
const standIn = 'settings-only.yaml';

/**
 * A repository seen without its resources: only the settings of its environments are left. `pull` reads an instance for an
 * environment whose files are missing, or wrong, as yet.
 */
export function createSettingsSource(source: FileSource): FileSource {
  return {
    list: async (folder) => {
      const entries = await source.list(folder);
      // Two levels down is the folder of one environment.
      if (entries === undefined || folder.split('/').length !== 2) return entries;
      return [...entries.filter((entry) => entry.name === settingsName), { name: standIn, type: 'file' }];
    },
    read: async (path, maxBytes) => {
      if (!path.endsWith(`/${standIn}`)) return source.read(path, maxBytes);
      // An environment that declares nothing is refused, so this declares that there is no such webhook.
      const text = 'version: 1\nabsent: { webhooks: [settings-only] }\n';
      return { state: 'read', bytes: new TextEncoder().encode(text) };
    },
  };
}

/** A repository whose one environment consists of these files in the place of its own; its settings stay. */
export function createReplacedSource(
  source: FileSource,
  environment: string,
  files: ReadonlyMap<string, string>,
): FileSource {
  const settings = createSettingsSource(source);
  const folder = `environments/${environment}`;
  return {
    list: async (path) => {
      const entries = await settings.list(path);
      if (path !== folder) return entries;
      const tops = [...files.keys()].filter((name) => !name.includes('/'));
      return [...(entries ?? []), ...tops.map((name) => ({ name, type: 'file' as const }))];
    },
    read: async (path, maxBytes) => {
      const text = path.startsWith(`${folder}/`) ? files.get(path.slice(folder.length + 1)) : undefined;
      return text === undefined
        ? settings.read(path, maxBytes)
        : { state: 'read', bytes: new TextEncoder().encode(text) };
    },
  };
}
