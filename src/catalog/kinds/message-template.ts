import type { MessageTemplateRequest } from '@fusionauth/typescript-client';
import type { Kind } from '../kind.js';
import { normalized, trimmed, unixLines } from '../normal-text.js';
import { messageTemplateSince } from '../since.generated.js';
import { asRequest, listOf, oneOf, orAbsent } from '../wire.js';

/** A message template: the text of an SMS, or what a voice call says. */
export const messageTemplate: Kind = {
  kind: 'messageTemplate',
  collection: 'messageTemplates',
  types: { SMS: { clientType: 'SMSMessageTemplate' }, Voice: { clientType: 'VoiceMessageTemplate' } },
  title: 'message template',
  scope: 'instance',
  naturalKey: ['name'],
  nameField: 'name',
  refs: [],
  serverOwned: ['id', 'insertInstant', 'lastUpdateInstant'],
  mirrors: [],
  immutable: [{ path: 'type', lost: 'every tenant and application that sends it must be pointed to the new one' }],
  secrets: [],
  lists: [],
  completeMaps: [],
  freeMaps: ['data', 'localizedTemplates'],
  children: [],
  required: ['name', 'type', 'defaultTemplate'],
  defaults: {},
  builtIns: [],
  // FusionAuth docs: default entities.
  shipped: ({ name }) => name === 'Default Two-Factor Request',
  files: [
    { path: 'defaultTemplate', extension: 'txt.ftl' },
    { path: 'localizedTemplates{}', extension: 'txt.ftl' },
  ],
  since: messageTemplateSince,
  reads: {
    list: async (client) => listOf((await client.retrieveMessageTemplates()).response, 'messageTemplates'),
    get: async (client, { id }) => {
      const answer = await orAbsent(client.retrieveMessageTemplate(id));
      return answer && oneOf(answer.response, 'messageTemplate');
    },
  },
  writes: {
    create: async ({ client, id }, body) =>
      oneOf(
        (await client.createMessageTemplate(id, asRequest<MessageTemplateRequest>({ messageTemplate: body }))).response,
        'messageTemplate',
      ),
    update: async ({ client, id }, body) =>
      oneOf(
        (await client.updateMessageTemplate(id, asRequest<MessageTemplateRequest>({ messageTemplate: body }))).response,
        'messageTemplate',
      ),
    delete: async ({ client, id }) => {
      await client.deleteMessageTemplate(id);
    },
  },
  traps: ['The server trims every text: outer white space is not drift.'],
  canonical: normalized(unixLines('localizedTemplates{}'), trimmed('name', 'defaultTemplate', 'localizedTemplates{}')),
  softDelete: false,
  recreatable: true,
  deleteMeans: 'codes and notices that used it are no longer sent',
  sources: ['FusionAuth docs: apis/message-templates', 'fusionauth-java-client MessageTemplate.normalize()'],
};
