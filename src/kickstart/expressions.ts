import type { Json } from '../model/index.js';
import type { EnvironmentText } from './environment-text.js';
import { placeholderId } from './fresh-install.js';
import { JsonFault, type JsonNode, parseJson } from './json-document.js';

/** What substitutions take from elsewhere. */
export interface KickstartFiles {
  /** The text of an included file; throws an Error with the reason where there is none that may be read. */
  readonly read: (path: string) => string;
}

/** Replaces everything that a kickstart replaces (FusionAuth docs, kickstart). */
export interface Expressions {
  readonly variables: Map<string, Json>;
  /** The value of a node; what the environment decides is a text that stands for it. */
  readonly resolve: (node: JsonNode) => Json;
  /** The node that a node stands for: itself, or the JSON of the file it includes. */
  readonly follow: (node: JsonNode) => JsonNode;
  /** The text that stands for one of which parts come from the environment. */
  readonly standIn: (text: EnvironmentText) => string;
  /** Text that stands for what the environment decides → what it is made of. */
  readonly fromEnvironment: ReadonlyMap<string, EnvironmentText>;
  /** Ids that were made up: each run of the kickstart has others. */
  readonly random: ReadonlySet<string>;
}

const wholeJson = /^&\{([^{}]+)\}$/;
const wholeVariable = /^#\{([^{}]*)\}$/;
const parts = /\\([#@&]\{)|([#@])\{([^{}]*)\}/g;

/** @throws JsonFault, from what it gives, at what cannot be replaced. */
export function createExpressions(files: KickstartFiles, provided: ReadonlyMap<string, string>): Expressions {
  const variables = new Map<string, Json>();
  const fromEnvironment = new Map<string, EnvironmentText>();
  const random = new Set<string>();
  const read = (path: string, node: JsonNode): string => {
    try {
      return files.read(path);
    } catch (error) {
      throw new JsonFault(`${path} cannot be included: ${error instanceof Error ? error.message : 'it failed'}`, node);
    }
  };
  const standIn = (text: EnvironmentText): string => {
    const id = placeholderId('environment', JSON.stringify(text));
    fromEnvironment.set(id, text);
    return id;
  };
  const lookUp = (name: string, node: JsonNode): Json => {
    if (name === 'UUID()') {
      const id = placeholderId('uuid', String(random.size));
      random.add(id);
      return id;
    }
    if (name.startsWith('ENV.')) return standIn([{ env: name.slice(4) }]);
    const value = variables.get(name) ?? provided.get(name);
    if (value === undefined) throw new JsonFault(`there is no variable '${name}'`, node);
    return value;
  };
  const substituted = (text: string, node: JsonNode): Json => {
    const whole = wholeVariable.exec(text)?.[1];
    if (whole !== undefined) return lookUp(whole, node);
    const made: (string | { readonly env: string })[] = [];
    let end = 0;
    for (const found of text.matchAll(parts)) {
      const [all, escaped, sigil, inside = ''] = found;
      made.push(text.slice(end, found.index));
      end = found.index + all.length;
      if (escaped !== undefined) made.push(escaped);
      else if (sigil === '@') made.push(read(inside, node));
      else {
        const value = lookUp(inside, node);
        const shown = typeof value === 'string' ? value : JSON.stringify(value);
        made.push(...(fromEnvironment.get(shown) ?? [shown]));
      }
    }
    made.push(text.slice(end));
    return made.every((part) => typeof part === 'string') ? made.join('') : standIn(made.filter((part) => part !== ''));
  };
  const follow = (start: JsonNode): JsonNode => {
    let node = start;
    const seen = new Set<string>();
    for (;;) {
      const path = typeof node.value === 'string' ? wholeJson.exec(node.value)?.[1] : undefined;
      if (path === undefined) return node;
      if (seen.has(path)) throw new JsonFault(`${path} includes itself`, node);
      seen.add(path);
      node = parseJson(path, read(path, node));
    }
  };
  const keyOf = (text: string, node: JsonNode): string => {
    const key = substituted(text, node);
    if (typeof key === 'string') return key;
    throw new JsonFault(`the key "${text}" is no text`, node);
  };
  const resolve = (start: JsonNode, depth = 0): Json => {
    if (depth > 400) throw new JsonFault('includes itself', start);
    const node = follow(start);
    const { value } = node;
    if (typeof value === 'string') return substituted(value, node);
    if (typeof value !== 'object' || value === null) return value;
    if (isList(value)) return value.map((item) => resolve(item, depth + 1));
    // Ids stand as keys too.
    return Object.fromEntries([...value].map(([key, item]) => [keyOf(key, item), resolve(item, depth + 1)]));
  };
  return { variables, resolve: (node) => resolve(node), follow, standIn, fromEnvironment, random };
}

function isList(value: object): value is readonly JsonNode[] {
  return Array.isArray(value);
}
