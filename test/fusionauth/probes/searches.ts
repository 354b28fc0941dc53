import { randomUUID } from 'node:crypto';

import type { Instance, Probe } from '../probe.js';
import { byStatus, makeUser } from './bodies.js';

/** What searches find, by the search engine that the server has. */
export const searchProbes: readonly Probe[] = [
  {
    name: 'searchPageLimit',
    observe: async ({ ask, unique, make }) => {
      // They go with their tenant.
      const { id: tenantId } = await make('/api/tenant', { tenant: { name: unique('Tenant') } });
      const { id: groupId } = await make('/api/group', { group: { name: unique('Group') } }, { tenantId });
      const ids = Array.from({ length: 101 }, () => randomUUID());
      const users = ids.map((id) => ({ id, active: true, email: `${id}@acme.test` }));
      const imported = await ask({ method: 'POST', path: '/api/user/import', tenantId, body: { users } });
      if (imported.status !== 200) return `the import: status ${imported.status}`;
      const members = { [groupId]: ids.map((userId) => ({ userId })) };
      await ask({ method: 'POST', path: '/api/group/member', tenantId, body: { members } });
      const search = { groupId, numberOfResults: 200 };
      const path = '/api/group/member/search';
      const { body } = await ask({ method: 'POST', path, tenantId, body: { search } });
      return { 100: 'hundred', 101: 'none' }[Number(body.members?.length)] ?? `${body.members?.length} of 101`;
    },
  },
  {
    name: 'unknownOrderColumn',
    observe: async ({ ask }) => {
      const body = { search: { orderBy: 'noSuchColumn ASC' } };
      const { status } = await ask({ method: 'POST', path: '/api/lambda/search', body });
      return byStatus(status, { 200: 'ignore', 500: 'error' });
    },
  },
  {
    name: 'databaseSearchTerm',
    engine: 'database',
    observe: async (instance) => {
      const { email } = await makeUser(instance);
      const total = await totalOf(instance, email.slice(2, -5));
      return total > 0 ? 'contains' : 'whole';
    },
  },
  {
    name: 'epochRanges',
    engine: 'elasticsearch',
    observe: async (instance) => {
      const { id } = await indexedUser(instance);
      return (await totalOf(instance, `id:${id} AND lastUpdateInstant:[1500000000000 TO *]`)) > 0 ? 'found' : 'missed';
    },
  },
  {
    name: 'nestedInQueryString',
    engine: 'elasticsearch',
    observe: async (instance) => {
      const { userId, applicationId } = instance.world;
      if ((await waitUntilIndexed(instance, String(userId))) === undefined) return 'the user is not found at all';
      const query = `id:${userId} AND registrations.applicationId:${applicationId}`;
      return (await totalOf(instance, query)) > 0 ? 'found' : 'hidden';
    },
  },
  {
    name: 'defaultUserOrder',
    engine: 'elasticsearch',
    observe: async (instance) => {
      // The names are in the opposite order of the ids.
      const tail = randomUUID().slice(8);
      const [first, second] = [`10000000${tail}`, `20000000${tail}`];
      await indexedUser(instance, { id: first, fullName: 'Zoe' });
      await indexedUser(instance, { id: second, fullName: 'Ada' });
      const search = { queryString: `id:${first} OR id:${second}` };
      const { body } = await instance.ask({ method: 'POST', path: '/api/user/search', body: { search } });
      return body.users[0].id === second ? 'name' : 'id';
    },
  },
  {
    name: 'searchPastWindow',
    engine: 'elasticsearch',
    observe: async ({ ask }) => {
      const body = { search: { queryString: '*', startRow: 10_000 } };
      const { status } = await ask({ method: 'POST', path: '/api/user/search', body });
      return byStatus(status, { 400: 'refused', 503: 'unavailable' });
    },
  },
  {
    name: 'searchMappingConflict',
    engine: 'elasticsearch',
    observe: async (instance) => {
      const field = instance.unique('field').replaceAll(' ', '');
      await indexedUser(instance, { data: { [field]: 1 } });
      const { id } = await makeUser(instance, { data: { [field]: 'upper deck' } });
      return (await waitUntilIndexed(instance, id)) === undefined ? 'hidden' : 'ignored';
    },
  },
  {
    name: 'staleTenantEntities',
    engine: 'elasticsearch',
    observe: async ({ ask, unique, make, waitFor }) => {
      const type = await make('/api/entity/type', { entityType: { name: unique('Type') } });
      const { id: tenantId } = await make('/api/tenant', { tenant: { name: unique('Tenant') } });
      const entity = { name: unique('Entity'), type: { id: type.id } };
      const { id } = await make('/api/entity', { entity }, { tenantId });
      const total = async (): Promise<number> => {
        const body = { search: { queryString: `id:${id}` } };
        return (await ask({ method: 'POST', path: '/api/entity/search', body })).body.total;
      };
      const indexed = await waitFor(async () => ((await total()) > 0 ? true : undefined));
      if (indexed === undefined) return 'the entity is not found at all';
      await ask({ method: 'DELETE', path: `/api/tenant/${tenantId}` });
      const gone = await waitFor(async () => ((await total()) === 0 ? true : undefined));
      return gone === true ? 'off' : 'on';
    },
  },
];

async function totalOf({ ask }: Instance, queryString: string): Promise<number> {
  const { body } = await ask({ method: 'POST', path: '/api/user/search', body: { search: { queryString } } });
  return body.total ?? 0;
}

/** A user whom searches find already. @throws when they do not find him in a while. */
async function indexedUser(instance: Instance, fields: object = {}): Promise<any> {
  const user = await makeUser(instance, fields);
  if ((await waitUntilIndexed(instance, user.id)) === undefined) throw new Error('the user is not found at all');
  return user;
}

function waitUntilIndexed(instance: Instance, id: string): Promise<true | undefined> {
  return instance.waitFor(async () => ((await totalOf(instance, `id:${id}`)) > 0 ? true : undefined));
}
