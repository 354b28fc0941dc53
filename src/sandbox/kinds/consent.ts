import { valueAt } from '../fields.js';
import type { Kind } from '../kind.js';
import { withoutNullItems } from './normal-text.js';
import { lengthProblems, needs } from './rules.js';
import { forgetConsents } from './user-consent.js';
import { consentPlaces } from './uses.js';

/**
 * What a user may consent to, on the whole instance: the API takes tenant keys, its search does not. Source: FusionAuth docs
 * apis/consents, list of API endpoints; field initialisers and `normalize()` of fusionauth-java-client's `Consent`.
 */
export const consent: Kind = {
  name: 'consent',
  label: 'Consent',
  path: '/api/consent',
  one: 'consent',
  many: 'consents',
  idParameter: 'consentId',
  operations: ['create', 'delete', 'list', 'patch', 'read', 'search', 'update'],
  scope: 'tenant',
  searchScope: 'global',
  shape: 'Consent',
  defaults: () => ({
    countryMinimumAgeForSelfConsent: {},
    data: {},
    emailPlus: { enabled: false, maximumTimeToSendEmailInHours: 48, minimumTimeToSendEmailInHours: 24 },
    multipleValuesAllowed: false,
    values: [],
  }),
  required: ['defaultMinimumAgeForSelfConsent', 'name'],
  unique: [{ field: 'name' }],
  references: [
    { path: 'consentEmailTemplateId', kind: 'emailTemplate' },
    { path: 'emailPlus.emailTemplateId', kind: 'emailTemplate' },
  ],
  usedAt: consentPlaces,
  normalise: (object) => ({ ...object, values: withoutNullItems(object['values']) }),
  validate: (object) => [
    ...lengthProblems(object, ['name']),
    ...needs(object, { when: valueAt(object, 'emailPlus.enabled') === true, fields: ['emailPlus.emailTemplateId'] }),
  ],
  search: {
    criteria: { name: 'text' },
    columns: { name: 'name', id: 'id', insertInstant: 'insertInstant' },
    orderBy: 'name ASC',
  },
  // "Deleting a Consent will also permanently delete all granted User Consent" (FusionAuth docs apis/consents).
  afterDelete: ({ id }, instance) => forgetConsents('consentId', id, instance),
};
