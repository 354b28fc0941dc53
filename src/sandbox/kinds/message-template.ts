import type { Kind } from '../kind.js';
import type { Fields } from '../store.js';
import { normalLocalizedTexts, trim } from './normal-text.js';
import { lengthProblems } from './rules.js';
import { subtypeRules, typeProblems, withTypeDefaults, type Subtypes } from './subtypes.js';
import { messageTemplatePlaces } from './uses.js';

const subtype = (shape: string): Subtypes['types'][string] => ({
  shape,
  defaults: { localizedTemplates: {} },
  required: ['defaultTemplate', 'name'],
});

/** A request without a type cannot be read (`MessageTemplateJacksonHelper` of fusionauth-java-client). */
const subtypes: Subtypes = {
  base: 'MessageTemplate',
  types: { SMS: subtype('SMSMessageTemplate'), Voice: subtype('VoiceMessageTemplate') },
};

/** Source: FusionAuth docs apis/message-templates; `normalize()` of fusionauth-java-client's `SMSMessageTemplate`. */
export const messageTemplate: Kind = {
  name: 'messageTemplate',
  label: 'Message Template',
  path: '/api/message/template',
  one: 'messageTemplate',
  many: 'messageTemplates',
  idParameter: 'messageTemplateId',
  operations: ['create', 'delete', 'list', 'patch', 'read', 'update'],
  scope: 'global',
  ...subtypeRules(subtypes),
  defaults: () => ({ data: {} }),
  unique: [{ field: 'name', undocumented: true }],
  usedAt: messageTemplatePlaces,
  normalise: normalMessageTemplate,
  validate: (object, write) => [...typeProblems(write), ...lengthProblems(object, ['name'])],
};

function normalMessageTemplate(object: Fields): Fields {
  const whole = withTypeDefaults(subtypes, object);
  return {
    ...whole,
    defaultTemplate: trim(whole['defaultTemplate']),
    localizedTemplates: normalLocalizedTexts(whole['localizedTemplates']),
    name: trim(whole['name']),
  };
}
