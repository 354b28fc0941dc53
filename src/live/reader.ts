import { type Catalog, hasDetail, type Kind, type ReadClient } from '../catalog/index.js';
import {
  type JsonObject,
  isJsonObject,
  KedgeError,
  type KindName,
  type Licence,
  type LiveKind,
  type LiveResource,
  type LiveState,
  permissionOf,
  permissionText,
  valueAt,
} from '../model/index.js';
import { readAuditRecord, type RecordReading } from './audit-record.js';
import { createReadClient } from './client.js';
import { liveResource, splitChildren } from './live-resource.js';
import type { Transport } from './transport.js';

/** Reads an instance. There is no way to write through it. */
export interface Reader {
  /**
   * Everything the instance has of these kinds, all lists at the same time, and the server's version.
   * @param input.kinds - names of the catalog; a child kind is read with its parent. One that nobody lists is known and
   * empty until its objects are looked up.
   * @throws {@link KedgeError} `live/unauthorized` when the key may read none of them, and any other `live/…` failure of
   * one of them: what is missing must not look like what is not there.
   */
  readonly readLive: (input: { readonly kinds: readonly KindName[] }) => Promise<LiveState>;
  /** The objects of these ids, of kinds that nobody lists; of one that is not there, nothing. */
  readonly lookUp: (ids: ReadonlyMap<KindName, readonly string[]>) => Promise<ReadonlyMap<KindName, LiveKind>>;
  /**
   * The same resources in the same order, those whose secrets only a read by id gives read anew. One that is gone by
   * then is left out.
   */
  readonly detail: (resources: readonly LiveResource[]) => Promise<readonly LiveResource[]>;
  /** Such as `1.69.0`; undefined where this key may not ask. */
  readonly serverVersion: () => Promise<string | undefined>;
  /** What the instance says about its licence; undefined where this key may not ask. */
  readonly licence: () => Promise<Licence | undefined>;
  /** The newest record of this environment in the instance's audit log that this key signed: one request. */
  readonly readRecord: (input: {
    readonly namespace: string;
    readonly environment: string;
    readonly recordKey: string;
  }) => Promise<RecordReading>;
}

/** Makes a reader over a transport, which stays the caller's to close. */
export function createReader(options: { readonly transport: Transport; readonly catalog: Catalog }): Reader {
  const { transport, catalog } = options;
  let loaded: Promise<ReadClient> | undefined;
  const client = (): Promise<ReadClient> => (loaded ??= createReadClient(transport));
  const serverVersion = async (): Promise<string | undefined> => readVersion(await client());
  return {
    serverVersion,
    readLive: async ({ kinds }) => {
      const [version, read] = await Promise.all([
        serverVersion(),
        readKinds({ client: await client(), catalog, kinds }),
      ]);
      return { serverVersion: version, kinds: read };
    },
    lookUp: async (ids) => {
      const reads = await client();
      const found = [...ids].map(([name, wanted]) => lookUpKind(reads, catalog.kind(name), wanted));
      return new Map(await Promise.all(found));
    },
    detail: async (resources) => {
      const reads = await client();
      const detailed = await Promise.all(resources.map((item) => readDetail(reads, catalog.kind(item.kind), item)));
      return detailed.filter((item) => item !== undefined);
    },
    licence: async () => readLicence(await client()),
    readRecord: async (input) => readAuditRecord(await client(), input),
  };
}

/** Only what the key may not see, or this version or licence has not, is unknown; every other failure is one. */
const UNKNOWN_CODES: ReadonlySet<string> = new Set([
  'live/unauthorized',
  'live/forbidden',
  'live/not-found',
  'live/not-licensed',
]);

async function readKinds(input: {
  readonly client: ReadClient;
  readonly catalog: Catalog;
  readonly kinds: readonly KindName[];
}): Promise<ReadonlyMap<KindName, LiveKind>> {
  const { client, catalog } = input;
  const wanted = input.kinds.map((name) => catalog.kind(name));
  const tops = new Map(wanted.map((kind) => topOf(catalog, kind)).map((kind) => [kind.kind, kind]));
  const settled = await Promise.allSettled([...tops.values()].map((kind) => readKind(client, catalog, kind)));
  const found = new Map<KindName, LiveKind>();
  const refusals: KedgeError[] = [];
  for (const [index, kind] of [...tops.values()].entries()) {
    const result = settled[index];
    if (result?.status === 'fulfilled') {
      for (const [name, resources] of result.value) found.set(name, { known: true, resources });
      continue;
    }
    const error: unknown = result?.reason;
    if (!isUnknown(error)) throw error;
    refusals.push(error);
    for (const name of [kind.kind, ...kind.children.map((child) => child.kind)]) {
      found.set(name, { known: false, why: whyUnknown(kind, error) });
    }
  }
  const [first] = refusals;
  // One key that may read something is a small key; one that may read nothing is a wrong key or a wrong address.
  const asked = [...tops.values()].filter((kind) => !kind.reads.byIds);
  if (first && refusals.length === asked.length) throw first;
  const names = new Set<string>(wanted.map((kind) => kind.kind));
  return new Map([...found].filter(([name]) => names.has(name)));
}

function topOf(catalog: Catalog, kind: Kind): Kind {
  return kind.parent === undefined ? kind : topOf(catalog, catalog.kind(kind.parent));
}

function isUnknown(error: unknown): error is KedgeError {
  return error instanceof KedgeError && UNKNOWN_CODES.has(error.code);
}

function whyUnknown(kind: Kind, error: KedgeError): string {
  if (error.code === 'live/not-licensed') return `the licence of this instance does not include the kind ${kind.title}`;
  return error.code === 'live/not-found'
    ? `this version of FusionAuth has no API for the kind ${kind.title}`
    : `the API key may not read the kind ${kind.title}${missing(error)}`;
}

/** The permission that a refused read needs. */
function missing({ details }: KedgeError): string {
  return details === undefined ? '' : `: it lacks ${permissionText(permissionOf(details))}`;
}

/** What there is of a kind that nobody lists; unknown where this key may not ask or this version has no such API. */
async function lookUpKind(
  client: ReadClient,
  kind: Kind,
  ids: readonly string[],
): Promise<readonly [KindName, LiveKind]> {
  try {
    const bodies = (await kind.reads.byIds?.(client, ids)) ?? [];
    return [kind.kind, { known: true, resources: bodies.map((body) => liveResource(kind, body, { detailed: false })) }];
  } catch (error) {
    if (!isUnknown(error)) throw error;
    return [kind.kind, { known: false, why: whyUnknown(kind, error) }];
  }
}

async function readKind(
  client: ReadClient,
  catalog: Catalog,
  kind: Kind,
): Promise<ReadonlyMap<KindName, readonly LiveResource[]>> {
  const bodies: unknown = await kind.reads.list(client);
  if (!Array.isArray(bodies)) throw listError(kind, 'it is no list');
  const all = new Map<KindName, LiveResource[]>([[kind.kind, []]]);
  for (const child of kind.children) all.set(child.kind, []);
  const seen = new Set<string>();
  for (const body of bodies) {
    for (const resource of splitChildren(liveResource(kind, body, { detailed: false }), { catalog, kind })) {
      const key = `${resource.kind} ${resource.id}`;
      // Paging over a list that grows meanwhile gives some objects twice.
      if (seen.has(key)) continue;
      seen.add(key);
      all.get(resource.kind)?.push(resource);
    }
  }
  return all;
}

function listError(kind: Kind, why: string): KedgeError {
  return new KedgeError({
    code: 'live/bad-response',
    message: `the list of the kind ${kind.title} cannot be read: ${why}`,
  });
}

/** True when something of this object comes back from a read by id only, and the object has been in a list only. */
function isDetailMissing(kind: Kind, resource: LiveResource): boolean {
  return !resource.detailed && hasDetail(kind);
}

async function readDetail(client: ReadClient, kind: Kind, resource: LiveResource): Promise<LiveResource | undefined> {
  if (!isDetailMissing(kind, resource)) return resource;
  const target = { id: resource.id, ...(resource.parentId !== undefined && { parentId: resource.parentId }) };
  const body: JsonObject | undefined = await kind.reads.get(client, target);
  if (body === undefined) return undefined;
  const { parentId } = resource;
  const options = parentId === undefined ? { detailed: true } : { detailed: true, parentId };
  return withoutChildren(kind, liveResource(kind, body, options));
}

function withoutChildren(kind: Kind, resource: LiveResource): LiveResource {
  if (kind.children.length === 0) return resource;
  const fields = new Set(kind.children.map((child) => child.field));
  const body = Object.fromEntries(Object.entries(resource.body).filter(([name]) => !fields.has(name)));
  return { ...resource, body };
}

async function readVersion(client: ReadClient): Promise<string | undefined> {
  const version = await orUnknown(async () => valueAt((await client.retrieveVersion()).response, ['version']));
  return typeof version === 'string' ? version : undefined;
}

async function readLicence(client: ReadClient): Promise<Licence | undefined> {
  const status = await orUnknown(async () => valueAt((await client.retrieveReactorStatus()).response, ['status']));
  if (!isJsonObject(status) || typeof status['licensed'] !== 'boolean') return undefined;
  const features = Object.entries(status).filter((pair): pair is [string, string] => typeof pair[1] === 'string');
  return { licensed: status['licensed'], features: new Map(features) };
}

/** What this key may not ask, or this version does not have, is undefined. */
async function orUnknown<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (isUnknown(error)) return undefined;
    throw error;
  }
}
