import { type Catalog, createCatalog, type Kind } from '../catalog/index.js';
import {
  derivedId,
  type DesiredObject,
  type DesiredResource,
  type DesiredState,
  type JsonObject,
  type LiveKind,
  type LiveResource,
  type LiveState,
  type Location,
  type Ref,
  refText,
} from '../model/index.js';

const unused = (): never => {
  throw new Error('a pure room called the client');
};

const base: Omit<Kind, 'kind' | 'collection' | 'title' | 'scope' | 'naturalKey'> = {
  nameField: 'name',
  refs: [],
  serverOwned: ['id', 'insertInstant', 'lastUpdateInstant'],
  mirrors: [],
  immutable: [],
  secrets: [],
  lists: [],
  completeMaps: [],
  freeMaps: ['data'],
  children: [],
  required: ['name'],
  defaults: {},
  builtIns: [],
  files: [],
  reads: { list: unused, get: unused },
  writes: { create: unused, update: unused, delete: unused },
  softDelete: false,
  deleteMeans: 'it is gone',
  sources: ['a small stand-in for tests of pure rooms'],
};

const trimName = (body: JsonObject): JsonObject =>
  typeof body['name'] === 'string' ? { ...body, name: body['name'].trim() } : body;

/** Four kinds in the shape of FusionAuth's, small enough to hold in the head. */
export const smallCatalog: Catalog = createCatalog([
  {
    ...base,
    kind: 'application',
    collection: 'applications',
    title: 'application',
    scope: 'tenant',
    naturalKey: ['tenantId', 'name'],
    refs: [
      { path: 'tenantId', kind: 'tenant' },
      { path: 'jwtConfiguration.accessTokenKeyId', kind: 'key' },
      { path: 'formId', kind: 'form' },
    ],
    immutable: [{ path: 'tenantId', lost: 'every user registration of the application' }],
    secrets: [
      { path: 'oauthConfiguration.clientSecret', readBack: 'list', onOmit: 'kept', source: 'docs' },
      { path: 'vault.secret', readBack: 'never', onOmit: 'kept', source: 'docs' },
      { path: 'mail.password', readBack: 'get', onOmit: 'unknown', source: 'docs' },
    ],
    lists: [
      { path: 'oauthConfiguration.redirects', as: 'set' },
      { path: 'policies[].domains', as: 'set' },
    ],
    completeMaps: ['permissions'],
    children: [{ field: 'roles', kind: 'role' }],
    defaults: { loginConfiguration: { requireAuthentication: true } },
    builtIns: [
      {
        name: 'fusionauth-app',
        find: { id: '3c219e58-ed0e-4b18-ad48-f4f92793ae32' },
        writable: true,
        fixedChildren: ['role'],
        source: 'docs',
      },
    ],
    canonical: trimName,
    softDelete: true,
    deleteMeans: 'nobody can log in to it any more',
  },
  {
    ...base,
    kind: 'key',
    collection: 'keys',
    title: 'key',
    scope: 'instance',
    naturalKey: ['name'],
    builtIns: [
      { name: 'shadow-key', find: { id: '092dbedc-30af-4149-9c61-b578f2c72f59' }, writable: false, source: 'docs' },
    ],
  },
  {
    ...base,
    kind: 'role',
    collection: 'roles',
    title: 'role',
    scope: 'child',
    parent: 'application',
    naturalKey: ['name'],
    deleteMeans: 'every user loses the role',
  },
  {
    ...base,
    kind: 'tenant',
    collection: 'tenants',
    title: 'tenant',
    scope: 'instance',
    naturalKey: ['name'],
    builtIns: [
      {
        name: 'default-tenant',
        find: {
          byRole: (lookup) => {
            const owner = lookup
              .bodies('application')
              .find((body) => body['id'] === '3c219e58-ed0e-4b18-ad48-f4f92793ae32');
            return typeof owner?.['tenantId'] === 'string' ? owner['tenantId'] : undefined;
          },
        },
        writable: true,
        source: 'docs',
      },
    ],
    canonical: trimName,
  },
  {
    ...base,
    kind: 'webhook',
    collection: 'webhooks',
    title: 'webhook',
    scope: 'instance',
    naturalKey: [],
    nameField: 'url',
    refs: [{ path: 'tenantIds[]', kind: 'tenant' }],
    lists: [{ path: 'tenantIds', as: 'set' }],
    freeMaps: ['headers'],
    required: ['url'],
    alsoLocks: (body) =>
      Array.isArray(body['tenantIds']) ? body['tenantIds'].map((id) => `tenant:${String(id)}`) : [],
  },
]);

/** The namespace of every small state. */
export const namespace = '6f1c0e1e-5a0b-4a3e-9d5e-0d9a4c1b2a33';

/** The id that kedge gives a resource of a small state. */
export function idOf(kind: string, key: string): string {
  return derivedId({ namespace, kind, key });
}

/** Places count up so that each resource has its own line. */
export function place(line = 1): Location {
  return { file: 'environments/base/all.yaml', line, col: 3 };
}

/** A desired resource with only what a test is about. */
export function wanted(
  ref: Ref,
  fields: DesiredObject,
  more: Partial<Omit<DesiredResource, 'ref' | 'fields'>> = {},
): DesiredResource {
  return { ref, fields, at: place(), locations: new Map(), listModes: new Map(), ...more };
}

/** A desired state with only what a test is about. */
export function desiredState(
  resources: readonly DesiredResource[],
  more: Partial<Omit<DesiredState, 'resources'>> = {},
): DesiredState {
  return {
    environment: 'production',
    namespace,
    resources,
    childLists: [],
    tombstones: [],
    existing: [],
    moved: [],
    policy: { prune: new Set(), protect: [] },
    ...more,
  };
}

/** A live resource as a list read gives it. */
export function liveResource(
  kind: string,
  id: string,
  body: JsonObject,
  more: Partial<Omit<LiveResource, 'kind' | 'id' | 'body'>> = {},
): LiveResource {
  return { kind, id, body: { id, ...body }, detailed: false, ...more };
}

/** A live state in which every kind of the small catalog was read. */
export function liveState(resources: readonly LiveResource[], unknown: readonly string[] = []): LiveState {
  const kinds = new Map<string, LiveKind>(
    smallCatalog.kinds.map(({ kind }) => [
      kind,
      unknown.includes(kind)
        ? { known: false, why: 'the API key may not read it' }
        : { known: true, resources: resources.filter((resource) => resource.kind === kind) },
    ]),
  );
  return { serverVersion: '1.69.0', kinds };
}

/** The text of a ref, for reading a list of changes at a glance: `update application/web`. */
export function changeLine(change: { readonly op: string; readonly ref: Ref }): string {
  return `${change.op} ${refText(change.ref)}`;
}
