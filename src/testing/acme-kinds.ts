import type { Kind, ReadClient } from '../catalog/index.js';
import type { JsonObject } from '../model/index.js';

/** A kind with nothing special about it, talking to `/api/lambda`; tests override what they are about. */
export function acmeKind(overrides: Partial<Kind> = {}): Kind {
  return {
    kind: 'lambda',
    collection: 'lambdas',
    title: 'lambda',
    scope: 'instance',
    naturalKey: [],
    nameField: 'name',
    refs: [],
    serverOwned: ['insertInstant', 'lastUpdateInstant'],
    mirrors: [],
    immutable: [],
    secrets: [],
    lists: [],
    completeMaps: [],
    children: [],
    required: ['name'],
    defaults: {},
    builtIns: [],
    files: [],
    softDelete: false,
    deleteMeans: 'nothing',
    sources: ['made for tests'],
    reads: {
      list: async (client) => listOf((await client.retrieveLambdas()).response.lambdas),
      get: (client, { id }) => orAbsent(async () => bodyOf((await client.retrieveLambda(id)).response.lambda)),
    },
    writes: {
      create: async ({ client, id }, body) => bodyOf((await client.createLambda(id, { lambda: body })).response.lambda),
      update: async ({ client, id }, body) => bodyOf((await client.updateLambda(id, { lambda: body })).response.lambda),
      delete: async ({ client, id }) => {
        await client.deleteLambda(id);
      },
    },
    ...overrides,
  };
}

/** Applications with their roles inside. */
export const acmeApplication: Kind = acmeKind({
  kind: 'application',
  collection: 'applications',
  title: 'application',
  scope: 'tenant',
  softDelete: true,
  children: [{ field: 'roles', kind: 'role' }],
  secrets: [{ path: 'oauthConfiguration.clientSecret', readBack: 'get', onOmit: 'kept', source: 'made for tests' }],
  reads: {
    list: async (client) => listOf((await client.retrieveApplications()).response.applications),
    get: (client, { id }) => orAbsent(async () => bodyOf((await client.retrieveApplication(id)).response.application)),
  },
  writes: {
    create: async ({ client, id }, body) =>
      bodyOf((await client.createApplication(id, { application: body })).response.application),
    update: async ({ client, id }, body) =>
      bodyOf((await client.updateApplication(id, { application: body })).response.application),
    delete: async ({ client, id }) => {
      await client.deleteApplication(id);
    },
    reactivate: async ({ client, id }) => bodyOf((await client.reactivateApplication(id)).response.application),
  },
});

/** Roles, read with their application. */
export const acmeRole: Kind = acmeKind({
  kind: 'role',
  collection: 'roles',
  title: 'role',
  scope: 'child',
  parent: 'application',
  reads: {
    list: () => Promise.resolve([]),
    get: async (client: ReadClient, { id, parentId }) => {
      const body = await acmeApplication.reads.get(client, { id: parentId ?? '' });
      const roles = body?.['roles'];
      return Array.isArray(roles) ? roles.find((role) => role.id === id) : undefined;
    },
  },
});

function listOf(list: unknown): readonly JsonObject[] {
  // The reader is what checks that this is a list of objects.
  return list as readonly JsonObject[];
}

function bodyOf(body: unknown): JsonObject {
  return (body ?? {}) as JsonObject;
}

async function orAbsent(read: () => Promise<JsonObject>): Promise<JsonObject | undefined> {
  try {
    return await read();
  } catch (error) {
    if ((error as { code?: unknown }).code === 'live/not-found') return undefined;
    throw error;
  }
}
