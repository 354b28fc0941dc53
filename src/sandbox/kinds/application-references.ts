import type { Reference } from '../kind.js';
import { jwtKeys, referencesIn, sharedEmailTemplates, sharedPhoneTemplates } from './tenant-references.js';

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
  ...referencesIn('phoneConfiguration', 'messageTemplate', sharedPhoneTemplates),
  ...referencesIn('multiFactorConfiguration', 'emailTemplate', ['email.templateId']),
  ...referencesIn('multiFactorConfiguration', 'messageTemplate', ['sms.templateId', 'voice.templateId']),
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
