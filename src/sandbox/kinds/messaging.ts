import { badUuid, errorsOf, invalid, madeUp, notFound, type ApiErrors, type Problem } from '../errors.js';
import { withoutNulls } from '../fields.js';
import type { Answer, Call, Instance, Kind } from '../kind.js';
import { checkedRequest, readEnvelope } from '../request-envelope.js';
import { isUuid } from '../shape.js';
import type { Fields } from '../store.js';
import { emailTemplate } from './email-template.js';
import { renderTemplate } from './freemarker.js';
import { messageTemplate } from './message-template.js';
import { isBlank, isRecord } from './normal-text.js';

/** What is done with templates: they are shown as they would be sent, and sent. It has routes only. */
export const messaging: Kind = {
  name: 'messaging',
  label: 'Messaging',
  path: '/api/email/send',
  one: 'messaging',
  many: 'messagings',
  idParameter: 'emailTemplateId',
  operations: [],
  scope: 'global',
  routes: [
    {
      method: 'POST',
      path: '/api/email/template/preview',
      endpoint: '/api/email/template/preview',
      scope: 'global',
      handle: previewEmail,
    },
    {
      method: 'POST',
      path: '/api/message/template/preview',
      endpoint: '/api/message/template/preview',
      scope: 'global',
      handle: previewMessage,
    },
    {
      method: 'POST',
      path: '/api/email/send/:emailTemplateId',
      endpoint: '/api/email/send',
      scope: 'tenant',
      handle: sendEmail,
    },
  ],
};

/**
 * Stands for the user and the code of a preview. The code is the docs' word (FusionAuth docs apis/message-templates); of
 * the user they say only that there is one.
 */
const sample: Fields = {
  code: '123456',
  user: {
    email: 'monica@acme.com',
    firstName: 'Monica',
    fullName: 'Monica Hall',
    id: '1c592f8a-59c6-4a09-82f8-f4257e3ea4c8',
    lastName: 'Hall',
    mobilePhone: '555-0100',
    phoneNumber: '+15550100',
    username: 'monica',
  },
};

/** Where the texts of a template stand, and their translations. */
type Parts = Readonly<Record<string, string | undefined>>;

interface Preview {
  readonly template: Fields;
  /** The rendered texts of those fields that were sent. */
  readonly texts: Readonly<Record<string, string>>;
  /** What cannot be rendered, as the docs promise. The codes are UNVERIFIED (switch undocumentedErrors). */
  readonly errors: ApiErrors;
}

function preview(kind: Kind, request: string, parts: Parts, { body, instance }: Call): Preview {
  const { envelope, sent } = readEnvelope({ ...kind, request }, withoutNulls(body), instance.switches);
  const texts: Record<string, string> = {};
  const problems: Problem[] = [];
  for (const [field, localised] of Object.entries(parts)) {
    const text = translated(sent, { field, localised, locale: envelope['locale'] }, instance);
    if (typeof text !== 'string') continue;
    const rendered = renderTemplate(text, sample);
    if ('text' in rendered) texts[field] = rendered.text;
    else problems.push({ field, kind: 'invalid', message: `There is no value for [${rendered.missing}].` });
  }
  return {
    template: sent,
    texts,
    errors: problems.length === 0 ? {} : (errorsOf(invalid(madeUp(problems), kind.one), instance) ?? {}),
  };
}

/**
 * Without a locale the translations are ignored; a country's language does where the country has none:
 * UNVERIFIED (switch templateLocales).
 */
function translated(
  template: Fields,
  {
    field,
    localised,
    locale,
  }: { readonly field: string; readonly localised: string | undefined; readonly locale: unknown },
  { switches }: Instance,
): unknown {
  const translations = localised === undefined ? undefined : template[localised];
  if (typeof locale !== 'string' || !isRecord(translations)) return template[field];
  const language = switches.templateLocales === 'byLanguage' ? locale.split('_')[0] : undefined;
  return translations[locale] ?? translations[language ?? ''] ?? template[field];
}

/** Source: FusionAuth docs apis/emails, "preview"; client `Email`, whose lists are never absent. */
function previewEmail(call: Call): Answer {
  const { template, texts, errors } = preview(
    emailTemplate,
    'PreviewRequest',
    {
      defaultFromName: 'localizedFromNames',
      defaultHtmlTemplate: 'localizedHtmlTemplates',
      defaultSubject: 'localizedSubjects',
      defaultTextTemplate: 'localizedTextTemplates',
    },
    call,
  );
  const display = texts['defaultFromName'];
  const email = {
    attachments: [],
    bcc: [],
    cc: [],
    ...(isBlank(template['fromEmail']) && display === undefined
      ? {}
      : { from: { address: template['fromEmail'], display } }),
    html: texts['defaultHtmlTemplate'],
    subject: texts['defaultSubject'],
    text: texts['defaultTextTemplate'],
    to: [],
  };
  return { status: 200, body: { email, errors: { ...errors } } };
}

/** `message` is the older form and of SMS only. Source: FusionAuth docs apis/message-templates, "preview". */
function previewMessage(call: Call): Answer {
  const { template, texts, errors } = preview(
    messageTemplate,
    'PreviewMessageTemplateRequest',
    { defaultTemplate: 'localizedTemplates' },
    call,
  );
  const text = texts['defaultTemplate'];
  const message = template['type'] === 'SMS' && text !== undefined ? { textMessage: text, type: 'SMS' } : undefined;
  return { status: 200, body: { errors: { ...errors }, message, previewMessage: text } };
}

/**
 * Takes an e-mail to send, and does not: 202, as if every text could be rendered. Source: FusionAuth docs apis/emails,
 * "send an email"; how a request that names nobody is refused is
 * UNVERIFIED (switch undocumentedErrors).
 */
function sendEmail({ params, body, instance, tenantId }: Call): Answer {
  const { store, switches } = instance;
  const id = params['emailTemplateId'] ?? '';
  if (!isUuid(id)) throw badUuid('emailTemplateId', id);
  if (store.get('emailTemplate', id) === undefined) throw notFound();
  const { applicationId, toAddresses, userIds } = checkedRequest('SendRequest', body, switches);
  const addresses: readonly unknown[] = Array.isArray(toAddresses) ? toAddresses : [];
  const users: readonly unknown[] = Array.isArray(userIds) ? userIds : [];
  const isHere = (kind: string, other: unknown): boolean => {
    const object = typeof other === 'string' ? store.get(kind, other) : undefined;
    if (object === undefined) return false;
    return tenantId === undefined || [undefined, tenantId].some((owner) => object['tenantId'] === owner);
  };
  const problems: Problem[] = [];
  const wrong = (field: string, kind: string, message: string): void => {
    problems.push({ field, kind, message, at: 'request' });
  };
  if (addresses.length === 0 && users.length === 0)
    wrong('userIds', 'missing', 'The userIds or toAddresses are required.');
  for (const [index, address] of addresses.entries()) {
    if (isRecord(address) && !isBlank(address['address'])) continue;
    wrong(`toAddresses[${index}].address`, 'blank', 'Each of the toAddresses has an address.');
  }
  for (const [index, user] of users.entries()) {
    if (!isHere('user', user)) wrong(`userIds[${index}]`, 'invalid', `There is no User with Id [${String(user)}].`);
  }
  if (!isBlank(applicationId) && !isHere('application', applicationId)) {
    wrong('applicationId', 'invalid', `There is no Application with Id [${String(applicationId)}].`);
  }
  if (problems.length > 0) throw invalid(madeUp(problems), '');
  return { status: 202, body: {} };
}
