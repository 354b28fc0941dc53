import type { Json } from '../model/index.js';
import type { Expressions } from './expressions.js';
import { JsonFault, type JsonNode, mapOf } from './json-document.js';

/** One of `requests`, with everything replaced. */
export interface ImportedRequest {
  readonly node: JsonNode;
  readonly method: 'PATCH' | 'POST' | 'PUT';
  /** Steps below `/api/`. */
  readonly steps: readonly string[];
  readonly tenantId: string | undefined;
  readonly contentType: string | undefined;
  readonly body: Json;
  /** What is written in it and means nothing, by name. */
  readonly strangers: readonly (readonly [name: string, node: JsonNode])[];
}

/** What a request is made of (FusionAuth docs, kickstart, "Requests"). */
const known: ReadonlySet<string> = new Set(['body', 'contentType', 'method', 'tenantId', 'url']);

/** @throws JsonFault, at what is no request. */
export function readRequest(start: JsonNode, expressions: Expressions): ImportedRequest {
  const node = expressions.follow(start);
  const fields = mapOf(node, 'a request');
  const text = (name: string): string | undefined => {
    const found = fields.get(name);
    const value = found && expressions.resolve(found);
    if (found === undefined || value === null || value === undefined) return undefined;
    if (typeof value !== 'string') throw new JsonFault(`"${name}" must be a text`, found);
    return value;
  };
  const method = text('method');
  if (method !== 'POST' && method !== 'PUT' && method !== 'PATCH')
    throw new JsonFault('"method" must be POST, PUT or PATCH', fields.get('method') ?? node);
  const whole = text('url');
  if (whole === undefined) throw new JsonFault('a request needs a "url"', node);
  // Each part that comes from the environment may be an id.
  const parts = expressions.fromEnvironment.get(whole) ?? [whole];
  const url = parts.map((part) => (typeof part === 'string' ? part : expressions.standIn([part]))).join('');
  const steps = url
    .replace(/[?#].*$/, '')
    .split('/')
    .filter((step) => step !== '');
  const body = fields.get('body');
  return {
    node,
    method,
    steps: steps[0] === 'api' ? steps.slice(1) : steps,
    tenantId: text('tenantId')?.toLowerCase(),
    contentType: text('contentType'),
    body: body === undefined ? {} : expressions.resolve(body),
    strangers: [
      ...[...fields].filter(([name]) => !known.has(name)),
      ...(url.includes('?') ? [['what follows ? in the url', node] as const] : []),
    ],
  };
}

/** What a request is about, for a message: without anything that is neither a word nor an id. */
export function requestText({ method, steps }: ImportedRequest, shown: (step: string) => string): string {
  return `${method} /api/${steps.map(shown).join('/')}`;
}
