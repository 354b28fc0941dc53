import type { EmailTemplateRequest } from '@fusionauth/typescript-client';
import type { Kind } from '../kind.js';
import { normalized, trimmed, unixLines } from '../normal-text.js';
import { asRequest, listOf, oneOf, orAbsent } from '../wire.js';

/** An e-mail template. FusionAuth trims its texts, so text that differs by outer white space only is not drift. */
export const emailTemplate: Kind = {
  kind: 'emailTemplate',
  collection: 'emailTemplates',
  title: 'email template',
  scope: 'instance',
  naturalKey: ['name'],
  nameField: 'name',
  refs: [],
  serverOwned: ['id', 'insertInstant', 'lastUpdateInstant'],
  mirrors: [],
  immutable: [],
  secrets: [],
  lists: [],
  completeMaps: [],
  freeMaps: ['localizedFromNames', 'localizedHtmlTemplates', 'localizedSubjects', 'localizedTextTemplates'],
  children: [],
  required: ['name', 'defaultSubject', 'defaultHtmlTemplate', 'defaultTextTemplate'],
  defaults: {},
  builtIns: [],
  files: [
    { path: 'defaultHtmlTemplate', extension: 'html.ftl' },
    { path: 'defaultTextTemplate', extension: 'txt.ftl' },
    { path: 'localizedHtmlTemplates{}', extension: 'html.ftl' },
    { path: 'localizedTextTemplates{}', extension: 'txt.ftl' },
  ],
  reads: {
    list: async (client) => listOf((await client.retrieveEmailTemplates()).response, 'emailTemplates'),
    get: async (client, { id }) => {
      const answer = await orAbsent(client.retrieveEmailTemplate(id));
      return answer && oneOf(answer.response, 'emailTemplate');
    },
  },
  writes: {
    create: async ({ client, id }, body) =>
      oneOf(
        (await client.createEmailTemplate(id, asRequest<EmailTemplateRequest>({ emailTemplate: body }))).response,
        'emailTemplate',
      ),
    update: async ({ client, id }, body) =>
      oneOf(
        (await client.updateEmailTemplate(id, asRequest<EmailTemplateRequest>({ emailTemplate: body }))).response,
        'emailTemplate',
      ),
    delete: async ({ client, id }) => {
      await client.deleteEmailTemplate(id);
    },
  },
  traps: ['The server trims every text: outer white space is not drift.'],
  canonical: normalized(
    unixLines('localizedFromNames{}', 'localizedHtmlTemplates{}', 'localizedSubjects{}', 'localizedTextTemplates{}'),
    trimmed(
      'name',
      'fromEmail',
      'defaultFromName',
      'defaultSubject',
      'defaultHtmlTemplate',
      'defaultTextTemplate',
      'localizedFromNames{}',
      'localizedHtmlTemplates{}',
      'localizedSubjects{}',
      'localizedTextTemplates{}',
    ),
  ),
  softDelete: false,
  recreatable: true,
  keptWhileUsed: true,
  deleteMeans: 'messages that used it are no longer sent',
  sources: [
    'FusionAuth docs: apis/emails',
    'fusionauth-java-client EmailTemplate.normalize()',
    'fusionauth-issues #295, #1449 (one that is in use is not deleted)',
  ],
};
