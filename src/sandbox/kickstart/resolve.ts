import type { JsonNode } from './json-document.js';
import { KickstartError, type FilePosition } from './kickstart-error.js';
import { includedJson, substitute } from './substitute.js';

/** Where the values behind `#{…}`, `@{…}` and `&{…}` come from. */
export interface Sources {
  /** A variable by name, of those set so far. */
  readonly variables: ReadonlyMap<string, unknown>;
  /** Variables FusionAuth itself provides, by name (`FUSIONAUTH_TENANT_ID`, …). */
  readonly provided: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly uuid: () => string;
  readonly readText: (path: string, at: FilePosition) => string;
  readonly readJson: (path: string, at: FilePosition) => JsonNode;
}

/** A node, and the JSON files it was reached by. */
export interface Followed {
  readonly node: JsonNode;
  readonly including: readonly string[];
}

/**
 * What a node stands for: itself, or the JSON of the file it includes.
 * @throws {@link KickstartError} `include-cycle`, and what reading a file throws.
 */
export function followIncludes(node: JsonNode, sources: Sources, including: readonly string[] = []): Followed {
  const path = node.kind === 'scalar' && typeof node.value === 'string' ? includedJson(node.value) : undefined;
  if (path === undefined) return { node, including };
  if (including.includes(path)) {
    const circle = [...including, path].join(' -> ');
    throw new KickstartError('include-cycle', `the file includes itself: ${circle}; take one &{…} out`, node.at);
  }
  return followIncludes(sources.readJson(path, node.at), sources, [...including, path]);
}

/**
 * A plain value from a node, with every substitution made, in values and in keys (ids stand as keys in
 * `applicationConfiguration`).
 * @throws {@link KickstartError} `unknown-variable` at its place, `include-cycle`, and what reading a file throws.
 */
export function resolveNode(start: JsonNode, sources: Sources, before: readonly string[] = []): unknown {
  const { node, including } = followIncludes(start, sources, before);
  switch (node.kind) {
    case 'array':
      return node.items.map((item) => resolveNode(item, sources, including));
    case 'object': {
      const resolved: Record<string, unknown> = {};
      for (const { key, at, value } of node.entries) {
        const name = substituteAt(key, at, sources);
        if (typeof name !== 'string') {
          const message = `the key "${key}" becomes ${JSON.stringify(name)}; write the variable as a text`;
          throw new KickstartError('bad-shape', message, at);
        }
        // Not an assignment: the key "__proto__" would change the object instead of naming a property of it.
        Object.defineProperty(resolved, name, {
          value: resolveNode(value, sources, including),
          enumerable: true,
          configurable: true,
          writable: true,
        });
      }
      return resolved;
    }
    case 'scalar':
      return typeof node.value === 'string' ? substituteAt(node.value, node.at, sources) : node.value;
  }
}

function substituteAt(text: string, at: FilePosition, sources: Sources): unknown {
  return substitute(text, {
    variable: (name) => lookUp(name, at, sources),
    includeText: (path) => sources.readText(path, at),
  });
}

function lookUp(name: string, at: FilePosition, { variables, provided, env, uuid }: Sources): unknown {
  const unknown = (message: string): KickstartError => new KickstartError('unknown-variable', message, at);
  if (name === 'UUID()') return uuid();
  if (name.endsWith('()')) throw unknown(`there is no function "${name}"; UUID() is the only one`);
  if (name.startsWith('ENV.')) {
    const value = env[name.slice('ENV.'.length)];
    if (value !== undefined) return value;
    const variable = name.slice('ENV.'.length);
    throw unknown(`the environment has no variable ${variable}; set it where the sandbox is started`);
  }
  if (variables.has(name)) return variables.get(name);
  if (Object.hasOwn(provided, name)) return provided[name];
  throw unknown(`there is no variable "${name}"; write it under "variables", before others that use it`);
}
