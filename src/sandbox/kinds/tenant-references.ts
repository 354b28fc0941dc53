import { canSign, canVerify } from '../keys/key-use.js';
import type { Reference } from '../kind.js';

/** Fields of a section that hold ids of one kind. @param having - what those objects must have besides. */
export function referencesIn(
  section: string,
  kind: string,
  names: readonly string[],
  having?: NonNullable<Reference['having']>,
): readonly Reference[] {
  return names.map((name) => ({ path: `${section}.${name}`, kind, ...(having === undefined ? {} : { having }) }));
}

/** Lambdas in `lambdaConfiguration`, each of the type that its field is for. Source: FusionAuth docs apis/lambdas, `type`. */
export function lambdaReferences(types: Readonly<Record<string, string>>): readonly Reference[] {
  return Object.entries(types).flatMap(([name, type]) =>
    referencesIn('lambdaConfiguration', 'lambda', [name], { type }),
  );
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

/**
 * Message templates of both. Sources: FusionAuth client `ApplicationPhoneConfiguration`; that they are SMS templates, and
 * that a messenger is assigned by what it can send: FusionAuth docs apis/tenants, customize/email-and-messages/messengers.
 */
const phoneTemplates: readonly string[] = [
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

export const messageTemplates: readonly Reference[] = [
  ...referencesIn('phoneConfiguration', 'messageTemplate', phoneTemplates, { type: 'SMS' }),
  ...referencesIn('multiFactorConfiguration', 'messageTemplate', ['sms.templateId'], { type: 'SMS' }),
  ...referencesIn('multiFactorConfiguration', 'messageTemplate', ['voice.templateId'], { type: 'Voice' }),
];

/** Keys of tokens: those that sign, and those that only verify (since 1.69). */
export const jwtKeys: readonly Reference[] = [
  { path: 'jwtConfiguration.accessTokenKeyId', kind: 'key', fits: canSign },
  { path: 'jwtConfiguration.accessTokenVerificationKeyIds.*', kind: 'key', fits: canVerify },
  { path: 'jwtConfiguration.idTokenKeyId', kind: 'key', fits: canSign },
  { path: 'jwtConfiguration.idTokenVerificationKeyIds.*', kind: 'key', fits: canVerify },
];

/** Source: FusionAuth docs apis/tenants; FusionAuth client `Tenant` and its parts. */
export const tenantReferences: readonly Reference[] = [
  { path: 'themeId', kind: 'theme' },
  { path: 'accessControlConfiguration.uiIPAccessControlListId', kind: 'ipAccessControlList' },
  { path: 'connectorPolicies.*.connectorId', kind: 'connector' },
  { path: 'failedAuthenticationConfiguration.userActionId', kind: 'userAction' },
  ...referencesIn('formConfiguration', 'form', ['adminUserFormId'], { type: 'adminUser' }),
  ...referencesIn('oauthConfiguration', 'lambda', ['clientCredentialsAccessTokenPopulateLambdaId'], {
    type: 'ClientCredentialsJWTPopulate',
  }),
  { path: 'passwordValidationRules.breachDetection.notifyUserEmailTemplateId', kind: 'emailTemplate' },
  ...lambdaReferences({
    loginValidationId: 'LoginValidation',
    multiFactorRequirementId: 'MFARequirement',
    scimEnterpriseUserRequestConverterId: 'SCIMServerUserRequestConverter',
    scimEnterpriseUserResponseConverterId: 'SCIMServerUserResponseConverter',
    scimGroupRequestConverterId: 'SCIMServerGroupRequestConverter',
    scimGroupResponseConverterId: 'SCIMServerGroupResponseConverter',
    scimUserRequestConverterId: 'SCIMServerUserRequestConverter',
    scimUserResponseConverterId: 'SCIMServerUserResponseConverter',
  }),
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
  ...messageTemplates,
  ...referencesIn('multiFactorConfiguration', 'messenger', ['sms.messengerId'], { messageTypes: 'SMS' }),
  ...referencesIn('multiFactorConfiguration', 'messenger', ['voice.messengerId'], { messageTypes: 'Voice' }),
  ...referencesIn('phoneConfiguration', 'messenger', ['messengerId'], { messageTypes: 'SMS' }),
  ...referencesIn('phoneConfiguration', 'messageTemplate', ['adminTwoFactorMethodRemoveTemplateId'], { type: 'SMS' }),
  ...referencesIn('scimServerConfiguration', 'entityType', ['clientEntityTypeId', 'serverEntityTypeId']),
];
