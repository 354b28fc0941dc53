import { catalog } from '../../catalog/index.js';
import { createBundledSchemas, createMemorySource, loadEnvironment } from '../../desired/index.js';
import { diffStates } from '../../diff/index.js';
import { type Change, type DesiredState, locationText, type LiveState } from '../../model/index.js';
import { type PulledFiles, pullFiles, type PullOptions } from '../pull-files.js';

/** The project that pulled files belong to in these tests. */
export const namespace = '7d1c6f0e-52b7-4a7e-9b0f-0c3f2f6f1f11';

/** Read once for all runs of a law. */
const schemas = createBundledSchemas();

/** Pulls for `production`. */
export function pull(live: LiveState, options: Pick<PullOptions, 'layout' | 'secrets'> = {}): PulledFiles {
  return pullFiles({ catalog, live, environment: 'production', namespace, ...options });
}

/** Loads pulled files as a user would, with these secrets; fails with the findings where there are any. */
export async function loadPulled(
  files: ReadonlyMap<string, string>,
  secrets: Readonly<Record<string, string>> = {},
): Promise<DesiredState> {
  const repository: Record<string, string> = {
    'kedge.yaml': `version: 1\nproject: ${namespace}\n`,
    'environments/production/environment.yaml':
      'version: 1\ninstance: { url: "https://auth.harbour.test", apiKey: !secret env:KEY }\n',
  };
  for (const [path, text] of files) repository[`environments/production/${path}`] = text;
  const result = await loadEnvironment({
    source: createMemorySource(repository),
    environment: 'production',
    catalog,
    env: { ...secrets, KEY: 'api-key' },
    secrets: 'resolve',
    writeKey: false,
    schemas,
  });
  const findings = result.ok ? result.warnings : result.findings;
  const lines = findings.map((item) => `${item.at ? locationText(item.at) : ''} ${item.code} ${item.message}`);
  if (!result.ok || lines.length > 0) throw new Error(`${lines.join('\n')}\n\n${[...files.values()].join('\n')}`);
  return result.desired;
}

/** What a plan of the pulled files on the instance they came from would do. */
export function changesOf(desired: DesiredState, live: LiveState): readonly Change[] {
  return diffStates({ catalog, desired, live, hashKey: 'tests' }).changes.filter((change) => change.op !== 'keep');
}
