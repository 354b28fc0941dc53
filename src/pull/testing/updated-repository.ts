import { catalog } from '../../catalog/index.js';
import { createBundledSchemas, createMemorySource, loadEnvironment } from '../../desired/index.js';
import { diffStates } from '../../diff/index.js';
import {
  type Change,
  type DesiredState,
  type Difference,
  type JsonObject,
  type LiveResource,
  locationText,
  type LiveState,
} from '../../model/index.js';
import { type UpdatedFiles, updateFiles } from '../in-place/update-files.js';
import type { UpdateOptions } from '../in-place/update-options.js';
import { freshResources, ids, live, liveStateOf } from './harbour-instance.js';
import { namespace } from './pulled-repository.js';

const schemas = createBundledSchemas();
const folder = 'environments/production';

/** Files of a repository by path, less its settings. */
export type Files = { readonly [path: string]: string };

/** Loads files as a user would; fails with the findings where there are any errors. */
async function loadFilesOf(files: Files): Promise<DesiredState> {
  const result = await loadEnvironment({
    source: createMemorySource({
      'kedge.yaml': `version: 1\nproject: ${namespace}\n`,
      [`${folder}/environment.yaml`]:
        'version: 1\nextends: base\ninstance: { url: "https://auth.harbour.test", apiKey: !secret env:KEY }\nvariables: { domain: harbour.test }\n',
      'environments/base/environment.yaml': 'version: 1\n',
      ...files,
    }),
    environment: 'production',
    catalog,
    env: { KEY: 'api-key' },
    secrets: 'declare',
    writeKey: false,
    schemas,
  });
  if (result.ok) return result.desired;
  const lines = result.findings.map((item) => `${item.at ? locationText(item.at) : ''} ${item.code} ${item.message}`);
  throw new Error(`${lines.join('\n')}\n\n${Object.values(files).join('\n---\n')}`);
}

/** How the files differ from the instance. */
function differenceOf(
  desired: DesiredState,
  live: LiveState,
  secrets: 'left-out' | 'compared' = 'left-out',
): Difference {
  return diffStates({
    catalog,
    desired,
    live,
    hashKey: 'tests',
    secrets: secrets === 'compared' ? undefined : secrets,
    writes: 'none',
  });
}

/** The changes of a plan of these files. */
export async function planOf(files: Files, live: LiveState): Promise<readonly Change[]> {
  return differenceOf(await loadFilesOf(files), live).changes.filter(({ op }) => op !== 'keep');
}

/** Pulls on top of files. */
export async function update(
  files: Files,
  live: LiveState,
  options: Partial<Pick<UpdateOptions, 'scope' | 'prune' | 'secrets' | 'layout'>> & {
    readonly compareSecrets?: true;
  } = {},
): Promise<UpdatedFiles & { readonly all: Files }> {
  const desired = await loadFilesOf(files);
  const own = Object.entries(files).filter(([path]) => path.startsWith(`${folder}/`));
  const lower = Object.entries(files).filter(([path]) => !path.startsWith(`${folder}/`) && path.endsWith('.yaml'));
  const updated = updateFiles({
    catalog,
    live,
    environment: 'production',
    namespace,
    desired,
    difference: differenceOf(desired, live, options.compareSecrets === true ? 'compared' : 'left-out'),
    texts: new Map(own),
    lower: new Map(lower),
    taken: new Set(own.map(([path]) => path.slice(folder.length + 1))),
    scope: 'everything',
    prune: false,
    ...options,
  });
  return { ...updated, all: { ...files, ...Object.fromEntries(updated.files) } };
}

/** The path of the one file that most of these repositories have. */
export const file: string = `${folder}/all.yaml`;

/** A repository of one file, less its first line. */
export function all(text: string): Files {
  return { [file]: `version: 1\n${text}` };
}

/** A fresh instance with these objects besides. */
export function instance(...resources: readonly LiveResource[]): LiveState {
  return liveStateOf([...freshResources(), ...resources]);
}

/** The tenant that is in most of these instances. */
export function crew(body: JsonObject = {}): LiveResource {
  return live('tenant', ids.crew, { name: 'Crew', themeId: ids.defaultTheme, ...body });
}

/** An application of {@link crew}. */
export function booking(body: JsonObject = {}): LiveResource {
  return live('application', ids.booking, { name: 'Booking', tenantId: ids.crew, ...body });
}

/** The files after a pull; fails where a plan of them is not empty, or a second pull would write anything. */
export async function pulled(
  files: Files,
  state: LiveState,
  options: Parameters<typeof update>[2] = {},
): Promise<Files> {
  const updated = await update(files, state, options);
  const left = [...updated.findings, ...(await planOf(updated.all, state))];
  const again = await update(updated.all, state, options);
  if (left.length + again.files.size > 0)
    throw new Error(JSON.stringify([left, [...again.files], updated.all], null, 1));
  return updated.all;
}
