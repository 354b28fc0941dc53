import type { JsonNode } from './json-document.js';
import { KickstartError, type FilePosition } from './kickstart-error.js';
import { substitute } from './substitute.js';

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

/**
 * A plain value from a node, with every substitution made, in values and in keys (ids stand as keys in
 * `applicationConfiguration`).
 * @throws {@link KickstartError} `unknown-variable` at its place, `include-cycle`, and what reading a file throws.
 */
export function resolveNode(node: JsonNode, sources: Sources, including: readonly string[] = []): unknown {
  switch (node.kind) {
    case 'array':
      return node.items.map((item) => resolveNode(item, sources, including));
    case 'object': {
      const resolved: Record<string, unknown> = {};
      for (const { key, at, value } of node.entries) {
        const name = substituteAt(key, at, sources, including);
        if (typeof name !== 'string')
          throw new KickstartError('bad-shape', `the key "${key}" does not become a text`, at);
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
      return typeof node.value === 'string' ? substituteAt(node.value, node.at, sources, including) : node.value;
  }
}

function substituteAt(text: string, at: FilePosition, sources: Sources, including: readonly string[]): unknown {
  return substitute(text, {
    variable: (name) => lookUp(name, at, sources),
    includeText: (path) => sources.readText(path, at),
    includeJson: (path) => {
      if (including.includes(path)) {
        throw new KickstartError('include-cycle', `includes itself: ${[...including, path].join(' -> ')}`, at);
      }
      return resolveNode(sources.readJson(path, at), sources, [...including, path]);
    },
  });
}

function lookUp(name: string, at: FilePosition, { variables, provided, env, uuid }: Sources): unknown {
  if (name === 'UUID()') return uuid();
  if (name.startsWith('ENV.')) {
    const value = env[name.slice('ENV.'.length)];
    if (value !== undefined) return value;
    throw new KickstartError('unknown-variable', `the environment has no variable ${name.slice('ENV.'.length)}`, at);
  }
  if (variables.has(name)) return variables.get(name);
  if (Object.hasOwn(provided, name)) return provided[name];
  throw new KickstartError('unknown-variable', `there is no variable "${name}" (variables are read in file order)`, at);
}
