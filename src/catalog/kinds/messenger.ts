import type { MessengerRequest } from '@fusionauth/typescript-client';
import type { Kind } from '../kind.js';
import { messengerSince } from '../since.generated.js';
import { kafkaProducer } from './integrations.js';
import { asRequest, listOf, oneOf, orAbsent } from '../wire.js';

/** A messenger: how FusionAuth sends an SMS or makes a call. */
export const messenger: Kind = {
  kind: 'messenger',
  collection: 'messengers',
  types: {
    Generic: { clientType: 'GenericMessengerConfiguration', required: ['url', 'connectTimeout', 'readTimeout'] },
    Kafka: {
      clientType: 'KafkaMessengerConfiguration',
      required: ['defaultTopic'],
      defaults: { producer: kafkaProducer },
    },
    Twilio: { clientType: 'TwilioMessengerConfiguration', required: ['accountSID', 'url'] },
  },
  title: 'messenger',
  scope: 'instance',
  naturalKey: ['name'],
  nameField: 'name',
  refs: [],
  serverOwned: ['id', 'insertInstant', 'lastUpdateInstant'],
  // The word of versions before messageTypes (FusionAuth docs: apis/messengers).
  mirrors: ['transport'],
  immutable: [{ path: 'type', lost: 'every tenant that sends through it must be pointed to the new one' }],
  secrets: [
    {
      path: 'authToken',
      readBack: 'list',
      onOmit: 'unknown',
      existsWith: 'accountSID',
      source: 'FusionAuth docs: apis/messengers/twilio shows it; nothing says a PUT keeps it',
    },
    {
      path: 'httpAuthenticationPassword',
      readBack: 'list',
      onOmit: 'unknown',
      existsWith: 'httpAuthenticationUsername',
      source: 'FusionAuth docs: apis/messengers/generic shows it; nothing says a PUT keeps it',
    },
    { path: 'headers{}', readBack: 'list', onOmit: 'cleared', source: 'FusionAuth docs: apis/messengers/generic' },
  ],
  lists: [{ path: 'messageTypes', as: 'set' }],
  completeMaps: [],
  freeMaps: ['data', 'headers', 'producer'],
  children: [],
  required: ['name', 'type'],
  defaults: { debug: false, messageTypes: ['SMS'] },
  builtIns: [],
  files: [],
  since: messengerSince,
  reads: {
    list: async (client) => listOf((await client.retrieveMessengers()).response, 'messengers'),
    get: async (client, { id }) => {
      const answer = await orAbsent(client.retrieveMessenger(id));
      return answer && oneOf(answer.response, 'messenger');
    },
  },
  writes: {
    create: async ({ client, id }, body) =>
      oneOf((await client.createMessenger(id, asRequest<MessengerRequest>({ messenger: body }))).response, 'messenger'),
    update: async ({ client, id }, body) =>
      oneOf((await client.updateMessenger(id, asRequest<MessengerRequest>({ messenger: body }))).response, 'messenger'),
    delete: async ({ client, id }) => {
      await client.deleteMessenger(id);
    },
  },
  traps: ['An answer that hides a token a PUT might clear: kedge refuses the write unless the token is declared.'],
  softDelete: false,
  recreatable: true,
  keptWhileUsed: true,
  deleteMeans: 'nothing is sent through it; FusionAuth refuses while a tenant still names it',
  meanings: [
    { path: 'url', when: 'changed', risk: 'disruptive', says: 'messages go to {to}[, no longer to {from}]' },
    {
      path: 'authToken',
      when: 'changed',
      risk: 'disruptive',
      says: 'messages are sent with another token: if it is wrong, codes do not arrive',
    },
    {
      path: 'httpAuthenticationPassword',
      when: 'changed',
      risk: 'disruptive',
      says: 'messages are sent with another password: if it is wrong, codes do not arrive',
    },
    {
      path: 'accountSID',
      when: 'changed',
      risk: 'disruptive',
      says: 'messages are sent by the account {to}[, no longer {from}]',
    },
    {
      path: 'fromPhoneNumber',
      when: 'changed',
      risk: 'disruptive',
      says: 'messages come from {to}[, no longer from {from}]',
    },
  ],
  sources: [
    'FusionAuth docs: apis/messengers',
    'fusionauth-java-client BaseMessengerConfiguration',
    'fusionauth-issues #1212 (one that is in use is not deleted)',
  ],
};
