import type { FormRequest } from '@fusionauth/typescript-client';
import type { Kind } from '../kind.js';
import { formSince } from '../since.generated.js';
import { asRequest, listOf, oneOf, orAbsent } from '../wire.js';

/** A form: what is asked at registration, in the admin UI, or on the account page, step by step. */
export const form: Kind = {
  kind: 'form',
  collection: 'forms',
  title: 'form',
  scope: 'instance',
  naturalKey: ['name'],
  nameField: 'name',
  refs: [{ path: 'steps[].fields[]', kind: 'formField' }],
  serverOwned: ['id', 'insertInstant', 'lastUpdateInstant'],
  mirrors: [],
  immutable: [{ path: 'type', lost: 'every tenant and application that shows it must be pointed to the new one' }],
  secrets: [],
  lists: [
    { path: 'steps', as: 'ordered' },
    { path: 'steps[].fields', as: 'ordered' },
  ],
  completeMaps: [],
  freeMaps: ['data'],
  children: [],
  required: ['name', 'steps'],
  defaults: { type: 'registration' },
  builtIns: [],
  // Names: the database schema that FusionAuth publishes for download.
  shipped: ({ name }) => typeof name === 'string' && /^Default .+ provided by FusionAuth$/.test(name),
  files: [],
  since: formSince,
  licence: { feature: 'advancedRegistration', source: 'FusionAuth docs: apis/custom-forms/forms' },
  reads: {
    list: async (client) => listOf((await client.retrieveForms()).response, 'forms'),
    get: async (client, { id }) => {
      const answer = await orAbsent(client.retrieveForm(id));
      return answer && oneOf(answer.response, 'form');
    },
  },
  writes: {
    create: async ({ client, id }, body) =>
      oneOf((await client.createForm(id, asRequest<FormRequest>({ form: body }))).response, 'form'),
    update: async ({ client, id }, body) =>
      oneOf((await client.updateForm(id, asRequest<FormRequest>({ form: body }))).response, 'form'),
    delete: async ({ client, id }) => {
      await client.deleteForm(id);
    },
  },
  traps: ['The order of steps and of the fields in a step is what people see: it counts.'],
  softDelete: false,
  recreatable: true,
  keptWhileUsed: true,
  deleteMeans: 'its pages are gone; FusionAuth refuses while a tenant or application still shows it',
  sources: ['FusionAuth docs: apis/custom-forms/forms', 'fusionauth-java-client Form.normalize()'],
};
