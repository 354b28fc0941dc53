import type { ConsentRequest } from '@fusionauth/typescript-client';
import type { Kind } from '../kind.js';
import { normalized, withoutBlankItems } from '../normal-text.js';
import { asRequest, listOf, oneOf, orAbsent } from '../wire.js';

/** A consent: what a user, or the parent of one, may agree to. */
export const consent: Kind = {
  kind: 'consent',
  collection: 'consents',
  title: 'consent',
  scope: 'instance',
  naturalKey: ['name'],
  nameField: 'name',
  refs: [
    { path: 'consentEmailTemplateId', kind: 'emailTemplate' },
    { path: 'emailPlus.emailTemplateId', kind: 'emailTemplate' },
  ],
  serverOwned: ['id', 'insertInstant', 'lastUpdateInstant'],
  mirrors: [],
  immutable: [],
  secrets: [],
  lists: [{ path: 'values', as: 'ordered' }],
  completeMaps: [],
  freeMaps: ['countryMinimumAgeForSelfConsent', 'data'],
  children: [],
  required: ['name', 'defaultMinimumAgeForSelfConsent'],
  defaults: {
    emailPlus: { enabled: false, maximumTimeToSendEmailInHours: 48, minimumTimeToSendEmailInHours: 24 },
    multipleValuesAllowed: false,
    values: [],
  },
  builtIns: [],
  files: [],
  reads: {
    list: async (client) => listOf((await client.retrieveConsents()).response, 'consents'),
    get: async (client, { id }) => {
      const answer = await orAbsent(client.retrieveConsent(id));
      return answer && oneOf(answer.response, 'consent');
    },
  },
  writes: {
    create: async ({ client, id }, body) =>
      oneOf((await client.createConsent(id, asRequest<ConsentRequest>({ consent: body }))).response, 'consent'),
    update: async ({ client, id }, body) =>
      oneOf((await client.updateConsent(id, asRequest<ConsentRequest>({ consent: body }))).response, 'consent'),
    delete: async ({ client, id }) => {
      await client.deleteConsent(id);
    },
  },
  traps: ['The server drops blank values.'],
  canonical: normalized(withoutBlankItems('values')),
  softDelete: false,
  deleteMeans: 'every consent that users gave is forgotten',
  sources: ['FusionAuth docs: apis/consents', 'fusionauth-java-client Consent.normalize()'],
};
