import type { IPAccessControlListRequest } from '@fusionauth/typescript-client';
import type { Kind } from '../kind.js';
import { everyPage } from '../paging.js';
import { asRequest, oneOf, orAbsent } from '../wire.js';

/** An IP access control list. There is no call that lists all of them: they are searched for, page by page. */
export const ipAccessControlList: Kind = {
  kind: 'ipAccessControlList',
  collection: 'ipAccessControlLists',
  clientType: 'IPAccessControlList',
  title: 'IP access control list',
  scope: 'instance',
  naturalKey: ['name'],
  nameField: 'name',
  refs: [],
  serverOwned: ['id', 'insertInstant', 'lastUpdateInstant'],
  mirrors: [],
  immutable: [],
  secrets: [],
  // The server sorts them, and of two that overlap the narrower one counts.
  lists: [{ path: 'entries', as: 'set' }],
  completeMaps: [],
  freeMaps: ['data'],
  children: [],
  required: ['name', 'entries'],
  defaults: {},
  builtIns: [],
  files: [],
  licence: { feature: 'threatDetection', source: 'FusionAuth docs: apis/ip-acl' },
  reads: {
    list: async (client) =>
      everyPage('ipAccessControlLists', (search) => client.searchIPAccessControlLists({ search })),
    get: async (client, { id }) => {
      const answer = await orAbsent(client.retrieveIPAccessControlList(id));
      return answer && oneOf(answer.response, 'ipAccessControlList');
    },
  },
  writes: {
    create: async ({ client, id }, body) => {
      const request = asRequest<IPAccessControlListRequest>({ ipAccessControlList: body });
      return oneOf((await client.createIPAccessControlList(id, request)).response, 'ipAccessControlList');
    },
    update: async ({ client, id }, body) => {
      const request = asRequest<IPAccessControlListRequest>({ ipAccessControlList: body });
      return oneOf((await client.updateIPAccessControlList(id, request)).response, 'ipAccessControlList');
    },
    delete: async ({ client, id }) => {
      await client.deleteIPAccessControlList(id);
    },
  },
  traps: [
    'There is no call that lists them: kedge searches, page by page.',
    'The server sorts the entries: their order in the files does not count.',
  ],
  softDelete: false,
  recreatable: true,
  keptWhileUsed: true,
  deleteMeans: 'what it kept out may come in; FusionAuth refuses while something still names it',
  meanings: [
    { path: 'entries', when: 'loses', risk: 'disruptive', says: 'its rules no longer hold {items}' },
    { path: 'entries', when: 'gains', risk: 'disruptive', says: 'its rules hold {items}' },
  ],
  sources: ['FusionAuth docs: apis/ip-acl', 'fusionauth-java-client IPAccessControlList.normalize()'],
};
