// Generated from the history of fusionauth-client-builder by `node scripts/generate-since.mjs`. Do not edit.
import type { Since } from './kind.js';

export const apiKeySince: Since = {
  'expirationInstant': '1.55',
  'name': '1.56',
  'retrievable': '1.56',
};

export const applicationSince: Since = {
  'samlv2Configuration.initiatedLogin': '1.41',
  'webAuthnConfiguration': '1.41',
  'multiFactorConfiguration.loginPolicy=Required': '1.42',
  'oauthConfiguration.authorizedURLValidationPolicy': '1.43',
  'formConfiguration.selfServiceFormConfiguration': '1.44',
  'jwtConfiguration.refreshTokenExpirationPolicy=SlidingWindowWithMaximumLifetime': '1.46',
  'jwtConfiguration.refreshTokenSlidingWindowConfiguration': '1.46',
  'registrationConfiguration.preferredLanguages': '1.47',
  'samlv2Configuration.assertionEncryptionConfiguration': '1.47',
  'samlv2Configuration.loginHintConfiguration': '1.47',
  'registrationDeletePolicy.unverified.enabledInstant': '1.48',
  'oauthConfiguration.consentMode': '1.50',
  'oauthConfiguration.providedScopePolicy': '1.50',
  'oauthConfiguration.relationship': '1.50',
  'oauthConfiguration.scopeHandlingPolicy': '1.50',
  'oauthConfiguration.unknownScopePolicy': '1.50',
  'jwtConfiguration.refreshTokenOneTimeUseConfiguration': '1.55',
  'universalConfiguration': '1.58',
  'phoneConfiguration': '1.59',
  'registrationConfiguration.loginIdType=phoneNumber': '1.59',
  'passwordlessConfiguration.emailLoginStrategy': '1.64',
  'passwordlessConfiguration.phoneLoginStrategy': '1.64',
  'multiFactorConfiguration.voice': '1.65',
  'registrationConfiguration.completeRegistration': '1.65',
  'oauthConfiguration.authorizedResourceUris': '1.67',
  'baseURL': '1.68',
  'multiFactorConfiguration.loginPolicy=ChallengeOnHighRisk': '1.68',
  'multiFactorConfiguration.loginPolicy=ChallengeOnMediumRisk': '1.68',
  'jwtConfiguration.accessTokenVerificationKeyIds': '1.69',
  'jwtConfiguration.idTokenVerificationKeyIds': '1.69',
  'samlv2Configuration.logout.verificationKeyIds': '1.69',
  'samlv2Configuration.verificationKeyIds': '1.69',
};

export const entityTypeSince: Since = {
  'jwtConfiguration.accessTokenVerificationKeyIds': '1.69',
};

export const formSince: Since = {
  'steps[].type': '1.62',
};

export const formFieldSince: Since = {
  'type=phoneNumber': '1.59',
};

export const identityProviderSince: Since = {
  'assertionConfiguration': '1.43',
  'bundleId': '1.43',
  'idpInitiatedConfiguration': '1.43',
  'loginHintConfiguration': '1.43',
  'apiMode': '1.44',
  'loginMethod=UseVendorJavaScript': '1.44',
  'properties': '1.44',
  'oauth2.emailVerifiedClaim': '1.47',
  'assertionDecryptionConfiguration': '1.55',
  'tenantId': '1.62',
  'attributeMappings': '1.65',
  'source': '1.65',
  'verificationKeyIds': '1.69',
};

export const keySince: Since = {
  'algorithm=Ed25519': '1.62',
  'type=OKP': '1.62',
  'algorithm=None': '1.64',
  'type=Secret': '1.64',
};

export const lambdaSince: Since = {
  'type=SelfServiceRegistrationValidation': '1.43',
  'type=UserInfoPopulate': '1.50',
  'type=LoginValidation': '1.53',
  'type=MFARequirement': '1.62',
};

export const messageTemplateSince: Since = {
  'type=Voice': '1.65',
};

export const messengerSince: Since = {
  'messageTypes': '1.65',
};

export const scopeSince: Since = {
  '': '1.50',
};

export const systemConfigurationSince: Since = {
  'trustedProxyConfiguration': '1.49',
  'webhookEventLogConfiguration': '1.53',
  'usageDataConfiguration': '1.55',
  'webhookEventLogConfiguration.enabled': '1.57',
};

export const tenantSince: Since = {
  'externalIdentifierConfiguration.webAuthnAuthenticationChallengeTimeToLiveInSeconds': '1.41',
  'externalIdentifierConfiguration.webAuthnRegistrationChallengeTimeToLiveInSeconds': '1.41',
  'webAuthnConfiguration': '1.41',
  'failedAuthenticationConfiguration.actionCancelPolicy': '1.42',
  'failedAuthenticationConfiguration.emailUser': '1.42',
  'jwtConfiguration.refreshTokenRevocationPolicy.onMultiFactorEnable': '1.42',
  'multiFactorConfiguration.loginPolicy=Required': '1.42',
  'jwtConfiguration.refreshTokenExpirationPolicy=SlidingWindowWithMaximumLifetime': '1.46',
  'jwtConfiguration.refreshTokenSlidingWindowConfiguration': '1.46',
  'externalIdentifierConfiguration.rememberOAuthScopeConsentChoiceTimeToLiveInSeconds': '1.50',
  'externalIdentifierConfiguration.loginIntentTimeToLiveInSeconds': '1.53',
  'lambdaConfiguration.loginValidationId': '1.53',
  'jwtConfiguration.refreshTokenOneTimeUseConfiguration': '1.55',
  'jwtConfiguration.refreshTokenRevocationPolicy.onOneTimeTokenReuse': '1.55',
  'ssoConfiguration.allowAccessTokenBootstrap': '1.56',
  'eventConfiguration.events{key}=user.identity.update': '1.59',
  'eventConfiguration.events{key}=user.identity.verified': '1.59',
  'externalIdentifierConfiguration.passwordlessLoginOneTimeCodeGenerator': '1.59',
  'externalIdentifierConfiguration.phoneVerificationIdGenerator': '1.59',
  'externalIdentifierConfiguration.phoneVerificationIdTimeToLiveInSeconds': '1.59',
  'externalIdentifierConfiguration.phoneVerificationOneTimeCodeGenerator': '1.59',
  'phoneConfiguration': '1.59',
  'rateLimitConfiguration.sendPasswordlessPhone': '1.59',
  'rateLimitConfiguration.sendPhoneVerification': '1.59',
  'lambdaConfiguration.multiFactorRequirementId': '1.62',
  'passwordValidationRules.disallowUserLoginId': '1.64',
  'externalIdentifierConfiguration.identityProviderConnectionTestTimeToLiveInSeconds': '1.65',
  'multiFactorConfiguration.voice': '1.65',
  'baseURL': '1.68',
  'clientRiskConfiguration': '1.68',
  'emailConfiguration.adminTwoFactorMethodRemoveEmailTemplateId': '1.68',
  'eventConfiguration.events{key}=user.two-factor.challenge': '1.68',
  'eventConfiguration.events{key}=user.two-factor.failed-attempt': '1.68',
  'eventConfiguration.events{key}=user.two-factor.success': '1.68',
  'multiFactorConfiguration.debug': '1.68',
  'multiFactorConfiguration.loginPolicy=ChallengeOnHighRisk': '1.68',
  'multiFactorConfiguration.loginPolicy=ChallengeOnMediumRisk': '1.68',
  'phoneConfiguration.adminTwoFactorMethodRemoveTemplateId': '1.68',
  'eventConfiguration.events{key}=entity.create': '1.69',
  'eventConfiguration.events{key}=entity.create.complete': '1.69',
  'eventConfiguration.events{key}=entity.delete': '1.69',
  'eventConfiguration.events{key}=entity.delete.complete': '1.69',
  'eventConfiguration.events{key}=entity.update': '1.69',
  'eventConfiguration.events{key}=entity.update.complete': '1.69',
  'jwtConfiguration.accessTokenVerificationKeyIds': '1.69',
  'jwtConfiguration.idTokenVerificationKeyIds': '1.69',
};

export const tenantManagerConfigurationSince: Since = {
  '': '1.65',
};

export const themeSince: Since = {
  'templates.accountWebAuthnAdd': '1.41',
  'templates.accountWebAuthnDelete': '1.41',
  'templates.accountWebAuthnIndex': '1.41',
  'templates.oauth2WebAuthn': '1.41',
  'templates.oauth2WebAuthnReauth': '1.41',
  'templates.oauth2WebAuthnReauthEnable': '1.41',
  'templates.oauth2TwoFactorEnable': '1.42',
  'templates.oauth2TwoFactorEnableComplete': '1.42',
  'templates.confirmationRequired': '1.49',
  'templates.oauth2Consent': '1.50',
  'type': '1.51',
  'variables': '1.51',
  'templates.phoneComplete': '1.59',
  'templates.phoneSent': '1.59',
  'templates.phoneVerificationRequired': '1.59',
  'templates.phoneVerify': '1.59',
  'variables.favicons': '1.65',
  'templates.accountTwoFactorEdit': '1.68',
};

export const webhookSince: Since = {
  'signatureConfiguration': '1.48',
  'sslCertificateKeyId': '1.48',
  'eventsEnabled{key}=user.identity.update': '1.59',
  'eventsEnabled{key}=user.identity.verified': '1.59',
  'eventsEnabled{key}=user.two-factor.challenge': '1.68',
  'eventsEnabled{key}=user.two-factor.failed-attempt': '1.68',
  'eventsEnabled{key}=user.two-factor.success': '1.68',
  'eventsEnabled{key}=entity.create': '1.69',
  'eventsEnabled{key}=entity.create.complete': '1.69',
  'eventsEnabled{key}=entity.delete': '1.69',
  'eventsEnabled{key}=entity.delete.complete': '1.69',
  'eventsEnabled{key}=entity.update': '1.69',
  'eventsEnabled{key}=entity.update.complete': '1.69',
};
