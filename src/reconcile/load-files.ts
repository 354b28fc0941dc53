import { catalog } from '../catalog/index.js';
import { createFolderSource, type FileSource, loadEnvironment, type LoadResult } from '../desired/index.js';
import type { EnvironmentTarget } from './ports.js';

/** An environment's files, and whether their secrets are there. */
export interface LoadedFiles {
  readonly loaded: LoadResult;
  /** True where secrets are missing on this machine: each of them is an empty text that must not be compared. */
  readonly declared: boolean;
}

/** The files with their secrets, or, where nothing but secrets is missing, without them. */
export async function loadFiles(
  target: EnvironmentTarget,
  source: FileSource = createFolderSource(target.root),
): Promise<LoadedFiles> {
  const { environment, ports } = target;
  const loaded = await loadEnvironment({
    source,
    environment,
    catalog,
    env: ports.env,
    secrets: 'resolve',
    writeKey: false,
  });
  const errors = loaded.ok ? [] : loaded.findings.filter((finding) => finding.severity === 'error');
  const onlySecrets = errors.length > 0 && errors.every((finding) => finding.code === 'desired/missing-secret');
  if (!onlySecrets) return { loaded, declared: false };
  return { loaded: await loadDeclared(target, { source }), declared: true };
}

/** The files without the values of secrets, which need not be there. @param writeKey - also asks for the name of that key. */
export function loadDeclared(
  target: EnvironmentTarget,
  from: { readonly source: FileSource; readonly writeKey?: boolean },
): Promise<LoadResult> {
  const { environment, ports } = target;
  const { source, writeKey = false } = from;
  return loadEnvironment({ source, environment, catalog, env: ports.env, secrets: 'declare', writeKey });
}
