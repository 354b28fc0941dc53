import type { Reference } from '../kind.js';
import { jwtKeys, messageTemplates, referencesIn, sharedEmailTemplates } from './tenant-references.js';

/** Source: FusionAuth docs apis/applications; FusionAuth client `Application` and its parts. */
export const applicationReferences: readonly Reference[] = [
  { path: 'themeId', kind: 'theme' },
  { path: 'verificationEmailTemplateId', kind: 'emailTemplate' },
  { path: 'accessControlConfiguration.uiIPAccessControlListId', kind: 'ipAccessControlList' },
  { path: 'lambdaConfiguration.*', kind: 'lambda' },
  { path: 'registrationConfiguration.formId', kind: 'form' },
  ...jwtKeys,
  ...referencesIn('formConfiguration', 'form', ['adminRegistrationFormId', 'selfServiceFormId']),
  ...referencesIn('emailConfiguration', 'emailTemplate', [...sharedEmailTemplates, 'emailVerificationEmailTemplateId']),
  ...messageTemplates,
  ...referencesIn('multiFactorConfiguration', 'emailTemplate', ['email.templateId']),
  ...referencesIn('samlv2Configuration', 'key', [
    'keyId',
    'defaultVerificationKeyId',
    'verificationKeyIds.*',
    'assertionEncryptionConfiguration.keyTransportEncryptionKeyId',
    'logout.keyId',
    'logout.defaultVerificationKeyId',
    'logout.verificationKeyIds.*',
    'logout.singleLogout.keyId',
  ]),
];
