import { type Finding, isUuid, type Location } from '../model/index.js';
import type { FileSource } from './file-source.js';
import { createFindingList } from './finding-list.js';
import { type FilesContext, findLayers, listLayers } from './layers.js';
import { defaultLimits, type Limits } from './limits.js';
import { readProject } from './project-file.js';
import { mergeSettings } from './settings.js';
import { readTextFiles } from './text-files.js';
import { createResolver, noLocals, type Resolver } from './value-resolver.js';
import { entryOf, type Written } from './written.js';

/** What the environments of a repository are checked from. */
export interface CheckEnvironmentsOptions {
  readonly source: FileSource;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly limits?: Limits;
}

/** The environments of a repository (folders that have an instance, with their layers), and what is wrong between them. */
export interface CheckedEnvironments {
  readonly environments: readonly string[];
  readonly findings: readonly Finding[];
}

/**
 * Reports environments that share an instance and a namespace: each would take the other's objects for its own. What is
 * wrong inside one environment is told when it is loaded, and an address this machine does not know is not compared.
 */
export async function checkEnvironments(options: CheckEnvironmentsOptions): Promise<CheckedEnvironments> {
  const limits = options.limits ?? defaultLimits;
  const quiet: FilesContext = { source: options.source, limits, findings: createFindingList() };
  const findings = createFindingList();
  const project = await readProject(quiet);
  const environments: string[] = [];
  const seen = new Map<string, string>();
  for (const name of await listLayers(quiet)) {
    const layers = await findLayers(name, quiet);
    if (!layers) continue;
    const settings = mergeSettings(layers, { writeKey: false, findings: quiet.findings });
    const instance = settings.map.entries.get('instance')?.value;
    const url = entryOf(instance, 'url')?.value;
    if (!url) continue;
    environments.push(name);
    const files = await readTextFiles([], quiet);
    const resolver = createResolver({
      variables: settings.variables,
      env: options.env,
      secrets: 'declare',
      files,
      findings: quiet.findings,
    });
    const address = addressOf(textOf(url, resolver));
    const identity = entryOf(settings.map.entries.get('identity')?.value, 'namespace')?.value;
    const namespace = identity ? textOf(identity, resolver) : project;
    if (address === undefined || namespace === undefined || !isUuid(namespace)) continue;
    const claim = `${address} ${namespace.toLowerCase()}`;
    const earlier = seen.get(claim);
    if (earlier === undefined) seen.set(claim, name);
    else reportShared({ names: [earlier, name], address, at: url.at }, quiet, findings);
  }
  return { environments, findings: findings.findings() };
}

function reportShared(
  shared: { readonly names: readonly [string, string]; readonly address: string; readonly at: Location },
  files: FilesContext,
  findings: FilesContext['findings'],
): void {
  const [one, other] = shared.names;
  const source = files.findings.source(shared.at.file);
  if (source) findings.addSource(source);
  findings.add({
    code: 'desired/same-namespace',
    message: `the environments '${one}' and '${other}' share the instance ${shared.address} and a namespace`,
    hint: `give one of them a UUID of its own: identity: { namespace: <uuid> }`,
    at: shared.at,
  });
}

function textOf(node: Written, resolver: Resolver): string | undefined {
  const { value, unresolved } = resolver.resolve(node, noLocals);
  return unresolved.size === 0 && typeof value === 'string' ? value : undefined;
}

/** Two spellings of one address give one text: `HTTPS://Auth.example.com:443/` is `https://auth.example.com`. */
function addressOf(text: string | undefined): string | undefined {
  if (text === undefined || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}
