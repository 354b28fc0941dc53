import type { Catalog } from '../catalog/index.js';
import type { Json } from '../model/index.js';
import { createExpressions, type Expressions, type KickstartFiles } from './expressions.js';
import { freshInstall, fusionauthApplicationId } from './fresh-install.js';
import { JsonFault, type JsonNode, listOf, mapOf, parseJson } from './json-document.js';
import { createMadeObjects, type MadeObjects } from './made-objects.js';

/** A kickstart before its first request. */
export interface KickstartStart {
  readonly expressions: Expressions;
  /** Ids that only the install will know → the variables that stand for them. */
  readonly variables: ReadonlyMap<string, string>;
  /** What is there when the first request is made. */
  readonly objects: MadeObjects;
  readonly requests: readonly JsonNode[];
  /** What stands beside the requests, but for the variables. */
  readonly others: ReadonlyMap<string, JsonNode>;
  /** The values of these, secrets among them. */
  readonly values: (name: string) => Json | undefined;
}

const defaultThemeId = '75a068fd-e94b-451a-9aeb-3ddb9a3b5987';

/** Reads the variables and makes a fresh install ready. @throws JsonFault, at what is no kickstart. */
export function startKickstart(
  options: KickstartFiles & { readonly catalog: Catalog; readonly file: string; readonly text: string },
): KickstartStart {
  const { catalog, file, text } = options;
  const document = parseJson(file, text);
  const top = mapOf(document, 'a kickstart');
  if (!['apiKeys', 'requests', 'variables'].some((name) => top.has(name))) {
    throw new JsonFault('a kickstart has "requests", "apiKeys" or "variables"', document);
  }
  const written = readVariables(top.get('variables'), options);
  const forced = forcedIds(written, options);
  const fresh = freshInstall(catalog, forced);
  const provided = new Map([['FUSIONAUTH_APPLICATION_ID', fusionauthApplicationId]]);
  for (const [id, expression] of fresh.variables) provided.set(expression.slice(2, -1), id);
  const idOf = (name: string): string => provided.get(name) ?? '';
  provided.set('FUSIONAUTH_TENANT_MANAGER_APPLICATION_ID', idOf('TENANT_MANAGER_ID'));
  const expressions = createExpressions(options, provided);
  for (const [name, value] of written) expressions.variables.set(name, expressions.resolve(value));
  const tenantId = idOf('FUSIONAUTH_TENANT_ID');
  const objects = createMadeObjects(tenantId);
  for (const read of fresh.live.kinds.values()) if (read.known) read.resources.forEach(objects.put);
  const key = idOf('FUSIONAUTH_DEFAULT_SIGNING_KEY_ID');
  // What a copy of it begins with (FusionAuth docs: core concepts, tenants).
  const jwtConfiguration = { accessTokenKeyId: key, idTokenKeyId: key };
  objects.change('tenant', tenantId, (body) => ({
    ...body,
    issuer: 'acme.com',
    themeId: defaultThemeId,
    jwtConfiguration,
  }));
  const list = top.get('requests');
  return {
    expressions,
    variables: fresh.variables,
    objects,
    requests: list === undefined ? [] : listOf(expressions.follow(list), '"requests"'),
    others: new Map([...top].filter(([name]) => name !== 'requests' && name !== 'variables')),
    values: (name) => {
      const node = top.get(name);
      return node && expressions.resolve(node);
    },
  };
}

function readVariables(node: JsonNode | undefined, files: KickstartFiles): ReadonlyMap<string, JsonNode> {
  return node === undefined ? new Map() : mapOf(createExpressions(files, new Map()).follow(node), '"variables"');
}

/** The two variables that decide what FusionAuth calls its own come first (FusionAuth docs, kickstart). */
function forcedIds(variables: ReadonlyMap<string, JsonNode>, files: KickstartFiles) {
  const { resolve } = createExpressions(files, new Map());
  const idOf = (name: string): string | undefined => {
    const node = variables.get(name);
    if (node === undefined) return undefined;
    const value = resolve(node);
    if (typeof value !== 'string') throw new JsonFault(`"${name}" must be an id`, node);
    return value.toLowerCase();
  };
  return {
    defaultTenantId: idOf('defaultTenantId'),
    tenantManagerApplicationId: idOf('tenantManagerApplicationId'),
  };
}
