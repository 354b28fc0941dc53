import type { FormFieldRequest } from '@fusionauth/typescript-client';
import { compareText, isJsonObject, type Json, type JsonObject } from '../../model/index.js';
import type { Kind } from '../kind.js';
import { formFieldSince } from '../since.generated.js';
import { asRequest, listOf, oneOf, orAbsent } from '../wire.js';

/** Names of the fields that every install has: the database schema that FusionAuth publishes for download. */
const shippedName =
  /^(?:birthdate|email|first name|full name|last name|middle name|mobile phone|password|username|\[(?:Admin Registration|Admin User|Registration|Self Service User)\] .+)$/;

/** A field that forms are made of. The server forces control and type of the keys it knows (`user.email`). */
export const formField: Kind = {
  kind: 'formField',
  collection: 'formFields',
  title: 'form field',
  scope: 'instance',
  naturalKey: ['name'],
  nameField: 'name',
  refs: [{ path: 'consentId', kind: 'consent' }],
  serverOwned: ['id', 'insertInstant', 'lastUpdateInstant'],
  mirrors: [],
  immutable: ['key', 'control', 'type'].map((path) => ({
    path,
    lost: 'every form that has this field must be given the new one',
  })),
  secrets: [],
  lists: [{ path: 'options', as: 'ordered' }],
  completeMaps: [],
  freeMaps: ['data'],
  children: [],
  // A field of the type consent has no key of its own: the server makes it from the consent.
  required: ['name'],
  defaults: { confirm: false, options: [], required: false, type: 'string', validator: { enabled: false } },
  builtIns: [],
  // A field of one's own may well be called `email`; the shipped ones have the icon that the UI shows.
  shipped: ({ data, name }) =>
    typeof name === 'string' && shippedName.test(name) && isJsonObject(data) && data['leftAddon'] !== undefined,
  files: [],
  since: formFieldSince,
  licence: { feature: 'advancedRegistration', source: 'FusionAuth docs: apis/custom-forms/form-fields' },
  reads: {
    list: async (client) => listOf((await client.retrieveFormFields()).response, 'fields'),
    get: async (client, { id }) => {
      const answer = await orAbsent(client.retrieveFormField(id));
      return answer && oneOf(answer.response, 'field');
    },
  },
  writes: {
    create: async ({ client, id }, body) =>
      oneOf((await client.createFormField(id, asRequest<FormFieldRequest>({ field: body }))).response, 'field'),
    update: async ({ client, id }, body) =>
      oneOf((await client.updateFormField(id, asRequest<FormFieldRequest>({ field: body }))).response, 'field'),
    delete: async ({ client, id }) => {
      await client.deleteFormField(id);
    },
  },
  canonical: withOrderedAnswers,
  traps: [
    'An update has no key, control or type: another one is another field.',
    'The server forces control and type of the keys it knows: write what it has, or leave them out.',
  ],
  softDelete: false,
  recreatable: true,
  keptWhileUsed: true,
  deleteMeans: 'forms no longer ask for it; FusionAuth refuses while a form still has it',
  sources: ['FusionAuth docs: apis/custom-forms/form-fields', 'fusionauth-java-client FormField.normalize()'],
};

/** The answers of a yes or no are `true` and `false`, in that order, however they were sent. */
function withOrderedAnswers(body: JsonObject): JsonObject {
  const { control, type, options } = body;
  if (control !== 'checkbox' || type !== 'bool' || !Array.isArray(options)) return body;
  const answers = options.flatMap((option: Json) => (typeof option === 'string' ? [option.toLowerCase()] : []));
  if (answers.length < options.length) return body;
  return { ...body, options: answers.sort((left, right) => compareText(right, left)) };
}
