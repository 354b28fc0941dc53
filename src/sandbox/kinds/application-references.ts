import type { Reference } from '../kind.js';
import {
  jwtKeys,
  lambdaReferences,
  messageTemplates,
  referencesIn,
  sharedEmailTemplates,
} from './tenant-references.js';

/**
 * Sources: FusionAuth docs apis/applications, apis/custom-forms/forms (which type of form is for what); FusionAuth client
 * `Application` and its parts.
 */
export const applicationReferences: readonly Reference[] = [
  { path: 'themeId', kind: 'theme' },
  { path: 'verificationEmailTemplateId', kind: 'emailTemplate' },
  { path: 'accessControlConfiguration.uiIPAccessControlListId', kind: 'ipAccessControlList' },
  ...lambdaReferences({
    accessTokenPopulateId: 'JWTPopulate',
    idTokenPopulateId: 'JWTPopulate',
    multiFactorRequirementId: 'MFARequirement',
    samlv2PopulateId: 'SAMLv2Populate',
    selfServiceRegistrationValidationId: 'SelfServiceRegistrationValidation',
    userinfoPopulateId: 'UserInfoPopulate',
  }),
  ...referencesIn('registrationConfiguration', 'form', ['formId'], { type: 'registration' }),
  ...jwtKeys,
  ...referencesIn('formConfiguration', 'form', ['adminRegistrationFormId'], { type: 'adminRegistration' }),
  ...referencesIn('formConfiguration', 'form', ['selfServiceFormId'], { type: 'selfServiceUser' }),
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
