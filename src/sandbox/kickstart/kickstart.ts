import type { JsonEntry, JsonNode } from './json-document.js';
import { KickstartError, type FilePosition } from './kickstart-error.js';
import { resolveNode, type Sources } from './resolve.js';

/** One of `apiKeys`; fields beyond `key` are passed on as they are written. */
export interface KickstartApiKey {
  readonly key: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** One of `requests`, ready to be sent. */
export interface KickstartRequest {
  /** Counts from 0. */
  readonly index: number;
  readonly at: FilePosition;
  readonly method: 'PATCH' | 'POST' | 'PUT';
  /** Path with query, always with a leading slash. */
  readonly url: string;
  readonly body?: unknown;
  readonly tenantId?: string;
  readonly contentType?: string;
}

/** A kickstart file with all substitutions made. */
export interface Kickstart {
  readonly file: string;
  readonly apiKeys: readonly KickstartApiKey[];
  readonly requests: readonly KickstartRequest[];
  readonly licenseId?: string;
  readonly license?: string;
  /** Ids the file forces on what FusionAuth makes itself. */
  readonly ids: SpecialIds;
}

/** `defaultTenantId`, and `tenantManagerApplicationId` since 1.60 (FusionAuth docs, kickstart). */
export interface SpecialIds {
  readonly defaultTenantId?: string;
  readonly tenantManagerApplicationId?: string;
}

export type KickstartSources = Omit<Sources, 'provided' | 'variables'> & {
  /** The variables FusionAuth provides, once the ids that the file forces are known. */
  readonly provide: (ids: SpecialIds) => Readonly<Record<string, string>>;
};

const specials = ['defaultTenantId', 'tenantManagerApplicationId'] as const;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Reads a kickstart's meaning from its JSON: variables in file order (the two special ones first, for the provided ones
 * follow from them), then everything else. Unknown top-level keys and `settings` (HTTP timeouts) are ignored.
 * @throws {@link KickstartError} with the place of what is wrong.
 */
export function readKickstart(document: JsonNode, from: KickstartSources): Kickstart {
  const { file } = document.at;
  const top = objectAt(document, 'a kickstart file');
  const find = (key: string): JsonNode | undefined => top.find((entry) => entry.key === key)?.value;
  const variables = new Map<string, unknown>();
  const base = { ...from, variables };
  const written = readVariables(find('variables'));
  const ids: SpecialIds = Object.fromEntries(
    written
      .filter(({ key }) => specials.some((special) => special === key))
      .map(({ key, at, value }) => [key, specialId(key, resolveNode(value, { ...base, provided: {} }), at)]),
  );
  const sources: Sources = { ...base, provided: from.provide(ids) };
  for (const { key, value } of written) {
    const special = specials.find((name) => name === key);
    variables.set(key, special === undefined ? resolveNode(value, sources) : ids[special]);
  }
  const apiKeys = itemsOf(find('apiKeys'), 'apiKeys').map((node) => readApiKey(node, sources));
  if (apiKeys.length === 0)
    throw new KickstartError('bad-api-key', '"apiKeys" must have at least one key', document.at);
  checkFirstKey(apiKeys[0], find('apiKeys')?.at ?? document.at);
  const requests = itemsOf(find('requests'), 'requests').map((node, index) => readRequest(node, index, sources));
  const licenseId = optionalText(find('licenseId'), sources);
  const license = optionalText(find('license'), sources);
  return {
    file,
    apiKeys,
    requests,
    ids,
    ...(licenseId === undefined ? {} : { licenseId }),
    ...(license === undefined ? {} : { license }),
  };
}

function readVariables(node: JsonNode | undefined): readonly JsonEntry[] {
  return node === undefined ? [] : objectAt(node, '"variables"');
}

function specialId(name: string, value: unknown, at: FilePosition): string {
  if (typeof value === 'string' && uuid.test(value)) return value.toLowerCase();
  throw new KickstartError('bad-variable', `"${name}" must be a UUID`, at);
}

function readApiKey(node: JsonNode, sources: Sources): KickstartApiKey {
  const fields = resolveNode(node, sources);
  if (!isRecord(fields)) throw new KickstartError('bad-api-key', 'an API key must be an object', node.at);
  const { key } = fields;
  if (typeof key !== 'string' || key === '')
    throw new KickstartError('bad-api-key', 'an API key needs a "key"', node.at);
  return { key, fields };
}

/** FusionAuth docs, kickstart: the first key must have authority over all tenants and all endpoints. */
function checkFirstKey(first: KickstartApiKey | undefined, at: FilePosition): void {
  const permissions = first?.fields['permissions'];
  const endpoints = isRecord(permissions) ? permissions['endpoints'] : undefined;
  const restricted = isRecord(endpoints) && Object.keys(endpoints).length > 0;
  if (restricted || typeof first?.fields['tenantId'] === 'string') {
    throw new KickstartError(
      'bad-api-key',
      'the first API key must be unrestricted: no "tenantId", no "permissions"',
      at,
    );
  }
}

function readRequest(node: JsonNode, index: number, sources: Sources): KickstartRequest {
  const wrong = (message: string): KickstartError =>
    new KickstartError('bad-request', `requests[${index}]: ${message}`, node.at);
  const fields = resolveNode(node, sources);
  if (!isRecord(fields)) throw wrong('a request must be an object');
  const { method, url, body, tenantId, contentType } = fields;
  if (method !== 'POST' && method !== 'PUT' && method !== 'PATCH') throw wrong('"method" must be POST, PUT or PATCH');
  if (typeof url !== 'string' || url === '') throw wrong('"url" is missing');
  if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(url)) throw wrong(`"url" must be a path on this server, not ${url}`);
  if (tenantId !== undefined && typeof tenantId !== 'string') throw wrong('"tenantId" must be a text');
  if (contentType !== undefined && typeof contentType !== 'string') throw wrong('"contentType" must be a text');
  return {
    index,
    at: node.at,
    method,
    url: url.startsWith('/') ? url : `/${url}`,
    ...(body === undefined ? {} : { body }),
    ...(tenantId === undefined ? {} : { tenantId }),
    ...(contentType === undefined ? {} : { contentType }),
  };
}

function optionalText(node: JsonNode | undefined, sources: Sources): string | undefined {
  if (node === undefined) return undefined;
  const value = resolveNode(node, sources);
  if (value === null || typeof value === 'string') return value ?? undefined;
  throw new KickstartError('bad-shape', 'must be a text', node.at);
}

function itemsOf(node: JsonNode | undefined, name: string): readonly JsonNode[] {
  if (node === undefined) return [];
  if (node.kind !== 'array') throw new KickstartError('bad-shape', `"${name}" must be a list`, node.at);
  return node.items;
}

function objectAt(node: JsonNode, what: string): readonly JsonEntry[] {
  if (node.kind !== 'object') throw new KickstartError('bad-shape', `${what} must be an object`, node.at);
  return node.entries;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
