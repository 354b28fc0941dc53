import { type Catalog, catalog } from '../catalog/index.js';
import { createMemorySource, loadEnvironment, type LoadOptions, type LoadResult } from '../desired/index.js';
import { type DesiredResource, type Finding, locationText, refText } from '../model/index.js';

/** The project of every repository in tests. */
export const acmeProject = '7d1c6f0e-52b7-4a7e-9b0f-0c3f2f6f1f11';

/** Settings with which an environment loads. */
export const acmeSettings = `version: 1
extends: base
instance: { url: https://auth.acme.test, apiKey: !secret env:ACME_KEY }
variables: { domain: acme.test, issuer: acme }
`;

/** Files of a small repository: `kedge.yaml`, production's settings, and a base with one tenant; more files win. */
export function acmeFiles(files: { readonly [path: string]: string | Uint8Array } = {}): {
  readonly [path: string]: string | Uint8Array;
} {
  return {
    'kedge.yaml': `version: 1\nproject: ${acmeProject}\n`,
    'environments/base/tenants.yaml': 'version: 1\ntenants:\n  main: { name: Main }\n',
    'environments/production/environment.yaml': acmeSettings,
    ...files,
  };
}

/** Loads production from memory, with `ACME_KEY` known. */
export function loadAcme(
  files: { readonly [path: string]: string | Uint8Array } = {},
  options: Partial<LoadOptions> & { readonly catalog?: Catalog } = {},
): Promise<LoadResult> {
  return loadEnvironment({
    source: createMemorySource(acmeFiles(files)),
    environment: 'production',
    catalog,
    env: { ACME_KEY: 'acme-api-key' },
    secrets: 'resolve',
    writeKey: false,
    ...options,
  });
}

/** Loads production where its own `main.yaml` has this content after `version: 1`. */
export function loadMain(text: string, options: Partial<LoadOptions> = {}): Promise<LoadResult> {
  return loadAcme({ 'environments/production/main.yaml': `version: 1\n${text}` }, options);
}

/** What was found, in the form `file:line:col code message (hint)`, the folder `environments/` left out. */
export function findingLines(result: LoadResult): readonly string[] {
  const findings: readonly Finding[] = result.ok ? result.warnings : result.findings;
  return findings.map((finding) => {
    const at = finding.at ? `${locationText(finding.at).replace('environments/', '')} ` : '';
    return `${at}${finding.code} ${finding.message}${finding.hint === undefined ? '' : ` (${finding.hint})`}`;
  });
}

/** The resources of a result by `kind/key`; fails with the findings where there are any. */
export function resourcesOf(result: LoadResult): { readonly [ref: string]: DesiredResource } {
  if (!result.ok) throw new Error(findingLines(result).join('\n'));
  return Object.fromEntries(result.desired.resources.map((resource) => [refText(resource.ref), resource]));
}
