import type { Reference } from '../kind.js';

/** Fields of a section that hold ids of one kind. */
export function referencesIn(section: string, kind: string, names: readonly string[]): readonly Reference[] {
  return names.map((name) => ({ path: `${section}.${name}`, kind }));
}

/** E-mail templates that both tenants and applications name. Source: FusionAuth client `ApplicationEmailConfiguration`. */
export const sharedEmailTemplates: readonly string[] = [
  'emailUpdateEmailTemplateId',
  'emailVerifiedEmailTemplateId',
  'forgotPasswordEmailTemplateId',
  'loginIdInUseOnCreateEmailTemplateId',
  'loginIdInUseOnUpdateEmailTemplateId',
  'loginNewDeviceEmailTemplateId',
  'loginSuspiciousEmailTemplateId',
  'passwordlessEmailTemplateId',
  'passwordResetSuccessEmailTemplateId',
  'passwordUpdateEmailTemplateId',
  'setPasswordEmailTemplateId',
  'twoFactorMethodAddEmailTemplateId',
  'twoFactorMethodRemoveEmailTemplateId',
];

/** Message templates of both. Source: FusionAuth client `ApplicationPhoneConfiguration`. */
export const sharedPhoneTemplates: readonly string[] = [
  'forgotPasswordTemplateId',
  'identityUpdateTemplateId',
  'loginIdInUseOnCreateTemplateId',
  'loginIdInUseOnUpdateTemplateId',
  'loginNewDeviceTemplateId',
  'loginSuspiciousTemplateId',
  'passwordlessTemplateId',
  'passwordResetSuccessTemplateId',
  'passwordUpdateTemplateId',
  'setPasswordTemplateId',
  'twoFactorMethodAddTemplateId',
  'twoFactorMethodRemoveTemplateId',
  'verificationCompleteTemplateId',
  'verificationTemplateId',
];

/** Keys of tokens. The verification keys are of 1.69. */
export const jwtKeys: readonly Reference[] = referencesIn('jwtConfiguration', 'key', [
  'accessTokenKeyId',
  'accessTokenVerificationKeyIds.*',
  'idTokenKeyId',
  'idTokenVerificationKeyIds.*',
]);

/** Source: FusionAuth docs apis/tenants; FusionAuth client `Tenant` and its parts. */
export const tenantReferences: readonly Reference[] = [
  { path: 'themeId', kind: 'theme' },
  { path: 'accessControlConfiguration.uiIPAccessControlListId', kind: 'ipAccessControlList' },
  { path: 'connectorPolicies.*.connectorId', kind: 'connector' },
  { path: 'failedAuthenticationConfiguration.userActionId', kind: 'userAction' },
  { path: 'formConfiguration.adminUserFormId', kind: 'form' },
  { path: 'oauthConfiguration.clientCredentialsAccessTokenPopulateLambdaId', kind: 'lambda' },
  { path: 'passwordValidationRules.breachDetection.notifyUserEmailTemplateId', kind: 'emailTemplate' },
  { path: 'lambdaConfiguration.*', kind: 'lambda' },
  ...jwtKeys,
  ...referencesIn('emailConfiguration', 'emailTemplate', [
    ...sharedEmailTemplates,
    'adminTwoFactorMethodRemoveEmailTemplateId',
    'verificationEmailTemplateId',
  ]),
  ...referencesIn('familyConfiguration', 'emailTemplate', [
    'confirmChildEmailTemplateId',
    'familyRequestEmailTemplateId',
    'parentRegistrationEmailTemplateId',
  ]),
  ...referencesIn('multiFactorConfiguration', 'emailTemplate', ['email.templateId']),
  ...referencesIn('multiFactorConfiguration', 'messageTemplate', ['sms.templateId', 'voice.templateId']),
  ...referencesIn('multiFactorConfiguration', 'messenger', ['sms.messengerId', 'voice.messengerId']),
  ...referencesIn('phoneConfiguration', 'messageTemplate', [
    ...sharedPhoneTemplates,
    'adminTwoFactorMethodRemoveTemplateId',
  ]),
  ...referencesIn('phoneConfiguration', 'messenger', ['messengerId']),
  ...referencesIn('scimServerConfiguration', 'entityType', ['clientEntityTypeId', 'serverEntityTypeId']),
];
