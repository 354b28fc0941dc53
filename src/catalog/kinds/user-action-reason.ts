import type { UserActionReasonRequest } from '@fusionauth/typescript-client';
import type { Kind } from '../kind.js';
import { normalized, trimmed, unixLines } from '../normal-text.js';
import { asRequest, listOf, oneOf, orAbsent } from '../wire.js';

/** A reason that can be given for a user action. */
export const userActionReason: Kind = {
  kind: 'userActionReason',
  collection: 'userActionReasons',
  title: 'user action reason',
  scope: 'instance',
  naturalKey: ['code'],
  nameField: 'code',
  refs: [],
  serverOwned: ['id', 'insertInstant', 'lastUpdateInstant'],
  mirrors: [],
  immutable: [],
  secrets: [],
  lists: [],
  completeMaps: [],
  freeMaps: ['localizedTexts'],
  children: [],
  required: ['code', 'text'],
  defaults: {},
  builtIns: [],
  files: [],
  reads: {
    list: async (client) => listOf((await client.retrieveUserActionReasons()).response, 'userActionReasons'),
    get: async (client, { id }) => {
      const answer = await orAbsent(client.retrieveUserActionReason(id));
      return answer && oneOf(answer.response, 'userActionReason');
    },
  },
  writes: {
    create: async ({ client, id }, body) =>
      oneOf(
        (await client.createUserActionReason(id, asRequest<UserActionReasonRequest>({ userActionReason: body })))
          .response,
        'userActionReason',
      ),
    update: async ({ client, id }, body) =>
      oneOf(
        (await client.updateUserActionReason(id, asRequest<UserActionReasonRequest>({ userActionReason: body })))
          .response,
        'userActionReason',
      ),
    delete: async ({ client, id }) => {
      await client.deleteUserActionReason(id);
    },
  },
  canonical: normalized(unixLines('localizedTexts{}'), trimmed('code', 'text', 'localizedTexts{}')),
  softDelete: false,
  recreatable: true,
  deleteMeans: 'it can no longer be given; actions that were taken for it keep their history',
  sources: ['FusionAuth docs: apis/user-action-reasons', 'fusionauth-java-client UserActionReason.normalize()'],
};
