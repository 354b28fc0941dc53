import type { GroupRequest } from '@fusionauth/typescript-client';
import type { JsonObject } from '../../model/index.js';
import { visitField } from '../field-path.js';
import type { Kind } from '../kind.js';
import { asRequest, listOf, oneOf, orAbsent, without } from '../wire.js';

/**
 * A group of a tenant. On the wire its roles go in as `roleIds` beside the group and come back as a map of applications
 * inside it; a PUT without `roleIds` takes every role away (FusionAuth docs: apis/groups). Here they are one set,
 * `roleIds`, in both directions.
 */
export const group: Kind = {
  kind: 'group',
  collection: 'groups',
  title: 'group',
  scope: 'tenant',
  naturalKey: ['tenantId', 'name'],
  nameField: 'name',
  refs: [
    { path: 'roleIds[]', kind: 'role' },
    { path: 'tenantId', kind: 'tenant' },
  ],
  serverOwned: ['id', 'insertInstant', 'lastUpdateInstant', 'roles'],
  mirrors: [],
  immutable: [{ path: 'tenantId', lost: 'the memberships of every user in it' }],
  secrets: [],
  lists: [{ path: 'roleIds', as: 'set' }],
  completeMaps: [],
  freeMaps: ['data'],
  children: [],
  required: ['name'],
  defaults: {},
  builtIns: [],
  files: [],
  reads: {
    list: async (client) => listOf((await client.retrieveGroups()).response, 'groups').map(fromWire),
    get: async (client, { id }) => {
      const answer = await orAbsent(client.retrieveGroup(id));
      return answer && fromWire(oneOf(answer.response, 'group'));
    },
  },
  writes: {
    create: async ({ client, id }, body) =>
      fromWire(oneOf((await client.createGroup(id, toWire(body))).response, 'group')),
    update: async ({ client, id }, body) =>
      fromWire(oneOf((await client.updateGroup(id, toWire(body))).response, 'group')),
    delete: async ({ client, id }) => {
      await client.deleteGroup(id);
    },
  },
  traps: ['Its PUT takes every role away unless `roleIds` stands beside the group: kedge always sends them.'],
  softDelete: false,
  deleteMeans: 'its members lose the roles it gave them',
  meanings: [
    { path: 'roleIds', when: 'loses', risk: 'disruptive', says: 'its members lose the roles {items}' },
    { path: 'roleIds', when: 'gains', risk: 'safe', says: 'its members get the roles {items}' },
  ],
  sources: ['FusionAuth docs: apis/groups', 'openapi #/components/schemas/GroupRequest'],
};

function fromWire(body: JsonObject): JsonObject {
  const { roles } = body;
  const ids: string[] = [];
  visitField(roles, '{}[].id', (id) => {
    if (typeof id === 'string') ids.push(id);
  });
  return { ...without(body, 'roles'), roleIds: ids };
}

function toWire(body: JsonObject): GroupRequest {
  return asRequest<GroupRequest>({ group: without(body, 'roleIds', 'roles'), roleIds: body['roleIds'] ?? [] });
}
