import type { UserActionRequest } from '@fusionauth/typescript-client';
import type { Kind } from '../kind.js';
import { normalized, trimmed, unixLines } from '../normal-text.js';
import { asRequest, listOf, oneOf, orAbsent } from '../wire.js';

/** A user action: what can be done to a user, such as locking an account for some days. */
export const userAction: Kind = {
  kind: 'userAction',
  collection: 'userActions',
  title: 'user action',
  scope: 'instance',
  naturalKey: ['name'],
  nameField: 'name',
  refs: ['cancelEmailTemplateId', 'endEmailTemplateId', 'modifyEmailTemplateId', 'startEmailTemplateId'].map(
    (path) => ({ path, kind: 'emailTemplate' }),
  ),
  serverOwned: ['id', 'insertInstant', 'lastUpdateInstant', 'active'],
  mirrors: [],
  immutable: [],
  secrets: [],
  lists: [{ path: 'options', as: 'ordered' }],
  completeMaps: [],
  freeMaps: ['localizedNames', 'options[].localizedNames'],
  children: [],
  required: ['name'],
  defaults: {
    includeEmailInEventJSON: false,
    options: [],
    preventLogin: false,
    sendEndEvent: true,
    temporal: false,
    transactionType: 'None',
    userEmailingEnabled: false,
    userNotificationsEnabled: false,
  },
  builtIns: [],
  files: [],
  listRequests: 2,
  reads: {
    list: async (client) => {
      const [active, inactive] = await Promise.all([
        client.retrieveUserActions(),
        client.retrieveInactiveUserActions(),
      ]);
      return [...listOf(active.response, 'userActions'), ...listOf(inactive.response, 'userActions')];
    },
    get: async (client, { id }) => {
      const answer = await orAbsent(client.retrieveUserAction(id));
      return answer && oneOf(answer.response, 'userAction');
    },
  },
  writes: {
    create: async ({ client, id }, body) =>
      oneOf(
        (await client.createUserAction(id, asRequest<UserActionRequest>({ userAction: body }))).response,
        'userAction',
      ),
    update: async ({ client, id }, body) =>
      oneOf(
        (await client.updateUserAction(id, asRequest<UserActionRequest>({ userAction: body }))).response,
        'userAction',
      ),
    delete: async ({ client, id }) => {
      await client.deactivateUserAction(id);
    },
    reactivate: async ({ client, id }) => oneOf((await client.reactivateUserAction(id)).response, 'userAction'),
  },
  traps: ['The list holds active actions only: kedge asks for the inactive ones as well.'],
  canonical: normalized(
    unixLines('localizedNames{}', 'options[].localizedNames{}'),
    trimmed('name', 'localizedNames{}', 'options[].name', 'options[].localizedNames{}'),
  ),
  softDelete: true,
  deleteMeans: 'it is deactivated: nobody can take it any more, until it is reactivated',
  sources: ['FusionAuth docs: apis/user-actions', 'fusionauth-java-client UserAction.normalize()'],
};
