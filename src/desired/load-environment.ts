import type { Catalog } from '../catalog/index.js';
import type { DesiredState, Finding } from '../model/index.js';
import { readDocument } from './document.js';
import type { Environment } from './environment.js';
import type { FileSource } from './file-source.js';
import { createFindingList } from './finding-list.js';
import { emptyLayer, type LayerContent } from './layer-content.js';
import { type FilesContext, findLayers, type Layer, readLayerFiles } from './layers.js';
import { defaultLimits, type Limits } from './limits.js';
import { readProject } from './project-file.js';
import { loadSchemaCheck } from './schema-check.js';
import { createBundledSchemas, type SchemaSource } from './schema-source.js';
import { mergeSettings, parseSettings } from './settings.js';
import { buildState } from './state-builder.js';
import { readTextFiles } from './text-files.js';
import { createResolver } from './value-resolver.js';
import { visitTags, type WrittenTag } from './written.js';

/** What an environment is loaded from, and how much of it may be known. */
export interface LoadOptions {
  readonly source: FileSource;
  /** The name of a folder in `environments/`. */
  readonly environment: string;
  readonly catalog: Catalog;
  /** The environment variables that `!env` and `!secret env:` may read. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `declare` checks everything without the values of secrets: each is then an empty text that must not be compared. */
  readonly secrets: 'resolve' | 'declare';
  /** Load `instance.writeKey`. A command that only reads never does. */
  readonly writeKey: boolean;
  readonly limits?: Limits;
  /** Other schemas than those that come with kedge. */
  readonly schemas?: SchemaSource;
}

/** Everything an environment must be, or everything that is wrong with its files. */
export type LoadResult =
  | {
      readonly ok: true;
      readonly environment: Environment;
      readonly desired: DesiredState;
      readonly warnings: readonly Finding[];
    }
  | { readonly ok: false; readonly findings: readonly Finding[] };

/** Loads an environment with the layers below it. Findings are complete: one run tells all that is wrong. */
export async function loadEnvironment(options: LoadOptions): Promise<LoadResult> {
  const findings = createFindingList();
  const limits = options.limits ?? defaultLimits;
  const files: FilesContext = { source: options.source, limits, findings };
  const { catalog } = options;
  const refused = (): LoadResult => ({ ok: false, findings: findings.findings() });

  const project = await readProject(files);
  const layers = await findLayers(options.environment, files);
  if (!layers) return refused();
  const { contents, tags, broken } = await readLayers(layers, { ...files, catalog });
  const settings = mergeSettings(layers, { writeKey: options.writeKey, findings });
  visitTags(settings.map, (tag) => tags.push(tag));
  for (const { value } of settings.variables.values()) visitTags(value, (tag) => tags.push(tag));
  const wanted = options.secrets === 'resolve' ? tags : tags.filter((tag) => tag.tag !== 'secret');
  const texts = await readTextFiles(wanted, files);
  const { env, secrets } = options;
  const resolver = createResolver({ variables: settings.variables, env, secrets, files: texts, findings });
  const schemas = options.schemas ?? createBundledSchemas();
  const schemaCheck = await loadSchemaCheck();
  const shared = { catalog, resolver, schemas, schemaCheck, findings };
  const environment = parseSettings(settings, { ...shared, environment: options.environment, project: project ?? '' });
  const namespace = environment?.namespace ?? project;
  const state = buildState(contents, { ...shared, namespace, incomplete: broken });
  if (!broken && state.isEmpty) {
    const message = `the environment '${options.environment}' and the layers it extends declare nothing`;
    const hint = 'add a file beside environment.yaml; to have nothing managed, do not run kedge on it';
    const at = { file: `environments/${options.environment}`, line: 1, col: 1 };
    findings.add({ code: 'desired/empty', message, hint, at });
  }
  if (findings.errors() > 0 || !environment || project === undefined) return refused();
  const { resources, childLists, tombstones, existing, moved } = state;
  const { policy } = environment;
  const desired: DesiredState = {
    environment: environment.name,
    namespace: environment.namespace,
    resources,
    childLists,
    tombstones,
    existing,
    moved,
    policy,
  };
  return { ok: true, environment, desired, warnings: findings.findings() };
}

async function readLayers(
  layers: readonly Layer[],
  context: FilesContext & { readonly catalog: Catalog },
): Promise<{ readonly contents: readonly LayerContent[]; readonly tags: WrittenTag[]; readonly broken: boolean }> {
  const contents: LayerContent[] = [];
  const tags: WrittenTag[] = [];
  let broken = false;
  for (const layer of layers) {
    const content = emptyLayer(layer.name);
    for (const file of await readLayerFiles(layer, context)) {
      if (file.state === 'broken') broken = true;
      if (file.state !== 'read') continue;
      readDocument(file.tree.root, content, context);
      for (const tag of file.tree.tags) tags.push(tag);
    }
    contents.push(content);
  }
  return { contents, tags, broken };
}
