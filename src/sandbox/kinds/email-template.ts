import type { Kind } from '../kind.js';
import type { Fields } from '../store.js';
import { normalLocalizedTexts, trim } from './normal-text.js';
import { lengthProblems } from './rules.js';
import { emailTemplatePlaces } from './uses.js';

const texts = [
  'defaultFromName',
  'defaultHtmlTemplate',
  'defaultSubject',
  'defaultTextTemplate',
  'fromEmail',
  'name',
] as const;
const localized = [
  'localizedFromNames',
  'localizedHtmlTemplates',
  'localizedSubjects',
  'localizedTextTemplates',
] as const;

/** Source: FusionAuth docs apis/emails; `EmailTemplate.normalize()` of fusionauth-java-client. */
export const emailTemplate: Kind = {
  name: 'emailTemplate',
  label: 'Email Template',
  path: '/api/email/template',
  one: 'emailTemplate',
  many: 'emailTemplates',
  idParameter: 'emailTemplateId',
  shape: 'EmailTemplate',
  operations: ['create', 'delete', 'list', 'patch', 'read', 'search', 'update'],
  scope: 'global',
  required: ['defaultHtmlTemplate', 'defaultSubject', 'defaultTextTemplate', 'name'],
  // As in the database schema that FusionAuth publishes, which also says how long texts may be.
  unique: [{ field: 'name' }],
  usedAt: emailTemplatePlaces,
  normalise: normalEmailTemplate,
  validate: (template) => [
    ...lengthProblems(template, ['name']),
    ...lengthProblems(template, ['defaultFromName', 'defaultSubject', 'fromEmail'], 255),
  ],
  search: {
    criteria: { name: 'text' },
    columns: { name: 'name', id: 'id', insertInstant: 'insertInstant' },
    orderBy: 'name ASC',
  },
};

function normalEmailTemplate(template: Fields): Fields {
  return {
    ...template,
    ...Object.fromEntries(
      texts.filter((name) => template[name] !== undefined).map((name) => [name, trim(template[name])]),
    ),
    ...Object.fromEntries(localized.map((name) => [name, normalLocalizedTexts(template[name])])),
  };
}
