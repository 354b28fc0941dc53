import { isUuid } from '../shape.js';
import { checkDistinct, readApiKey, type KickstartApiKey } from './api-keys.js';
import type { JsonEntry, JsonNode } from './json-document.js';
import { KickstartError, type FilePosition } from './kickstart-error.js';
import { optionalUuid, readFields } from './placed-fields.js';
import { followIncludes, resolveNode, type Sources } from './resolve.js';

/** One of `requests`, ready to be sent. */
export interface KickstartRequest {
  readonly at: FilePosition;
  readonly method: 'PATCH' | 'POST' | 'PUT';
  /** Path with query, always with a leading slash. */
  readonly url: string;
  readonly body?: unknown;
  readonly tenantId?: string;
  readonly contentType?: string;
}

/** `licenseId`, and `license`: the text of one for a server that has no way out. */
export interface KickstartLicence {
  readonly at: FilePosition;
  readonly licenseId: string;
  readonly license?: string;
}

/** A kickstart file with all substitutions made. */
export interface Kickstart {
  readonly file: string;
  readonly apiKeys: readonly KickstartApiKey[];
  readonly requests: readonly KickstartRequest[];
  readonly licence?: KickstartLicence;
  /** An answer that takes longer is none, in milliseconds: `settings.readTimeout`. */
  readonly readTimeoutMs: number;
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

/** FusionAuth docs, kickstart ("Settings"): the default of both timeouts. */
const defaultTimeoutMs = 5000;

/**
 * Reads a kickstart's meaning from its JSON: variables in file order (the two special ones first, for the provided ones
 * follow from them), then everything else. Unknown top-level keys are ignored.
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
  const keyNodes = itemsOf(find('apiKeys'), 'apiKeys', sources);
  if (keyNodes.length === 0) {
    const message = '"apiKeys" must have at least one key; write "apiKeys": [{"key": "…"}]';
    throw new KickstartError('bad-api-key', message, find('apiKeys')?.at ?? document.at);
  }
  const apiKeys = keyNodes.map((node, index) => readApiKey(node, index, sources));
  checkDistinct(apiKeys, keyNodes);
  const requests = itemsOf(find('requests'), 'requests', sources).map((node) => readRequest(node, sources));
  const licence = readLicence(find('licenseId'), find('license'), sources);
  return {
    file,
    apiKeys,
    requests,
    ids,
    readTimeoutMs: readTimeout(find('settings'), sources),
    ...(licence === undefined ? {} : { licence }),
  };
}

function readVariables(node: JsonNode | undefined): readonly JsonEntry[] {
  return node === undefined ? [] : objectAt(node, '"variables"');
}

function specialId(name: string, value: unknown, at: FilePosition): string {
  if (isUuid(value)) return value.toLowerCase();
  const message = `"${name}" must be a UUID such as d7d09513-a3f5-401c-9685-34ab6c552453`;
  throw new KickstartError('bad-variable', message, at);
}

function readRequest(node: JsonNode, sources: Sources): KickstartRequest {
  const placed = readFields(node, sources, { what: 'a request', code: 'bad-request' });
  const { fields, placeOf } = placed;
  const wrong = (name: string, message: string): KickstartError =>
    new KickstartError('bad-request', message, placeOf(name));
  const { method, url, body, contentType } = fields;
  if (method !== 'POST' && method !== 'PUT' && method !== 'PATCH') {
    throw wrong('method', '"method" must be POST, PUT or PATCH; a kickstart neither reads nor deletes');
  }
  if (typeof url !== 'string' || url === '') throw wrong('url', '"url" must be a path such as /api/user/registration');
  if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(url)) {
    throw wrong('url', `"url" must be a path on this server, not ${url}; leave out everything before /api`);
  }
  if (body !== undefined && typeof body !== 'object') {
    throw wrong('body', '"body" must be an object; "&{file.json}" includes one from a file');
  }
  if (contentType !== undefined && contentType !== null && typeof contentType !== 'string') {
    throw wrong('contentType', '"contentType" must be a text such as application/merge-patch+json');
  }
  const tenantId = optionalUuid(placed, 'tenantId', 'bad-request');
  return {
    at: node.at,
    method,
    url: url.startsWith('/') ? url : `/${url}`,
    ...(body === undefined || body === null ? {} : { body }),
    ...(tenantId === undefined ? {} : { tenantId }),
    ...(typeof contentType === 'string' ? { contentType } : {}),
  };
}

function readLicence(
  idNode: JsonNode | undefined,
  textNode: JsonNode | undefined,
  sources: Sources,
): KickstartLicence | undefined {
  const licenseId = optionalText(idNode, 'licenseId', sources);
  const license = optionalText(textNode, 'license', sources);
  if (idNode !== undefined && licenseId !== undefined) {
    return { at: idNode.at, licenseId, ...(license === undefined ? {} : { license }) };
  }
  if (license === undefined) return undefined;
  throw new KickstartError('bad-shape', '"license" needs the "licenseId" that it belongs to beside it', textNode?.at);
}

/** Both timeouts are looked at; there is no connection here that could take its time. */
function readTimeout(node: JsonNode | undefined, sources: Sources): number {
  if (node === undefined) return defaultTimeoutMs;
  const { fields, placeOf } = readFields(node, sources, { what: '"settings"', code: 'bad-shape' });
  const [, readTimeoutMs] = ['connectTimeout', 'readTimeout'].map((name) => {
    const value = Number(fields[name] ?? defaultTimeoutMs);
    if (Number.isInteger(value) && value > 0) return value;
    const message = `"${name}" must be a number of milliseconds, such as ${defaultTimeoutMs}`;
    throw new KickstartError('bad-shape', message, placeOf(name));
  });
  return readTimeoutMs ?? defaultTimeoutMs;
}

function optionalText(node: JsonNode | undefined, name: string, sources: Sources): string | undefined {
  if (node === undefined) return undefined;
  const value = resolveNode(node, sources);
  if (value === null || typeof value === 'string') return value ?? undefined;
  throw new KickstartError('bad-shape', `"${name}" must be a text`, node.at);
}

function itemsOf(node: JsonNode | undefined, name: string, sources: Sources): readonly JsonNode[] {
  if (node === undefined) return [];
  const list = followIncludes(node, sources).node;
  if (list.kind !== 'array') {
    throw new KickstartError('bad-shape', `"${name}" must be a list: write it in […]`, list.at);
  }
  return list.items;
}

function objectAt(node: JsonNode, what: string): readonly JsonEntry[] {
  if (node.kind === 'object') return node.entries;
  throw new KickstartError('bad-shape', `${what} must be an object: write it in {…}`, node.at);
}
