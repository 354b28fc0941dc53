import { eventTypesOf, factsOf } from '../events/event-types.js';
import type { Instance } from '../kind.js';
import { fusionAuthConnectorId } from '../seeds/ids.js';
import type { Fields } from '../store.js';
import { isRecord } from './normal-text.js';

const off = { enabled: false } as const;
const generator = (length: number, type: string): Fields => ({ length, type });
const rateLimit = { enabled: false, limit: 5, timePeriodInSeconds: 60 } as const;

/**
 * A tenant of which only the name was given. Sources: field initialisers of fusionauth-java-client's `Tenant` and its
 * parts, FusionAuth docs apis/tenants; which of them a tenant takes over from the Default tenant is the docs' word too.
 */
export function tenantDefaults({ store, seeds, switches, fusionauth }: Instance): Fields {
  const base: Fields = store.get('tenant', seeds.defaultTenant) ?? {};
  const admin = store.get('application', '3c219e58-ed0e-4b18-ad48-f4f92793ae32')?.['jwtConfiguration'];
  const keys = isRecord(admin) ? admin : {};
  const forms = base['formConfiguration'];
  return {
    ...constants,
    ...(switches.newTenantTheme === 'inherited' ? { themeId: base['themeId'] } : {}),
    eventConfiguration: { events: switches.freshTenantEvents === 'listed' ? tenantEvents(fusionauth) : {} },
    formConfiguration: { adminUserFormId: isRecord(forms) ? forms['adminUserFormId'] : undefined },
    jwtConfiguration: {
      ...jwtDefaults,
      accessTokenKeyId: keys['accessTokenKeyId'],
      idTokenKeyId: keys['idTokenKeyId'],
    },
  };
}

/** Tokens of tenants and applications alike. */
export const jwtDefaults: Fields = {
  accessTokenVerificationKeyIds: [],
  idTokenVerificationKeyIds: [],
  refreshTokenExpirationPolicy: 'Fixed',
  refreshTokenOneTimeUseConfiguration: { gracePeriodInSeconds: 0 },
  refreshTokenRevocationPolicy: {
    onLoginPrevented: true,
    onMultiFactorEnable: false,
    onOneTimeTokenReuse: false,
    onPasswordChanged: true,
  },
  refreshTokenSlidingWindowConfiguration: { maximumTimeToLiveInMinutes: 43_200 },
  refreshTokenTimeToLiveInMinutes: 43_200,
  refreshTokenUsagePolicy: 'Reusable',
  timeToLiveInSeconds: 3600,
};

/** The events that a tenant switches on and off, all off. */
function tenantEvents(version: string): Fields {
  const types = eventTypesOf(version).filter((type) => factsOf(type)?.scope === 'tenant');
  return Object.fromEntries(types.map((type) => [type, { enabled: false, transactionType: 'None' }]));
}

const constants: Fields = {
  accessControlConfiguration: {},
  captchaConfiguration: { enabled: false, captchaMethod: 'GoogleRecaptchaV3', threshold: 0.5 },
  clientRiskConfiguration: {
    enabled: false,
    blocklistedIp: true,
    botDetected: true,
    dormantAccount: true,
    dormantPassword: true,
    impossibleTravel: true,
    recentIdentityChange: true,
    recentPasswordChange: true,
    suspiciousUserAgent: true,
    unrecognizedDevice: true,
    untrustedDevice: true,
  },
  connectorPolicies: [{ connectorId: fusionAuthConnectorId, domains: ['*'], migrate: false }],
  data: {},
  emailConfiguration: {
    additionalHeaders: [],
    debug: false,
    defaultFromEmail: 'change-me@example.com',
    host: 'localhost',
    implicitEmailVerificationAllowed: true,
    port: 25,
    security: 'NONE',
    unverified: { allowEmailChangeWhenGated: false, behavior: 'Allow' },
    verificationStrategy: 'ClickableLink',
    verifyEmail: false,
    verifyEmailWhenChanged: false,
  },
  externalIdentifierConfiguration: {
    authorizationGrantIdTimeToLiveInSeconds: 30,
    changePasswordIdGenerator: generator(32, 'randomBytes'),
    changePasswordIdTimeToLiveInSeconds: 600,
    deviceCodeTimeToLiveInSeconds: 300,
    deviceUserCodeIdGenerator: generator(6, 'randomAlphaNumeric'),
    emailVerificationIdGenerator: generator(32, 'randomBytes'),
    emailVerificationIdTimeToLiveInSeconds: 86_400,
    emailVerificationOneTimeCodeGenerator: generator(6, 'randomAlphaNumeric'),
    externalAuthenticationIdTimeToLiveInSeconds: 300,
    identityProviderConnectionTestTimeToLiveInSeconds: 1800,
    loginIntentTimeToLiveInSeconds: 1800,
    oneTimePasswordTimeToLiveInSeconds: 60,
    passwordlessLoginGenerator: generator(32, 'randomBytes'),
    passwordlessLoginOneTimeCodeGenerator: generator(6, 'randomDigits'),
    passwordlessLoginTimeToLiveInSeconds: 180,
    pendingAccountLinkTimeToLiveInSeconds: 3600,
    phoneVerificationIdGenerator: generator(32, 'randomBytes'),
    phoneVerificationIdTimeToLiveInSeconds: 86_400,
    phoneVerificationOneTimeCodeGenerator: generator(6, 'randomAlphaNumeric'),
    registrationVerificationIdGenerator: generator(32, 'randomBytes'),
    registrationVerificationIdTimeToLiveInSeconds: 86_400,
    registrationVerificationOneTimeCodeGenerator: generator(6, 'randomAlphaNumeric'),
    rememberOAuthScopeConsentChoiceTimeToLiveInSeconds: 2_592_000,
    samlv2AuthNRequestIdTimeToLiveInSeconds: 300,
    setupPasswordIdGenerator: generator(32, 'randomBytes'),
    setupPasswordIdTimeToLiveInSeconds: 86_400,
    trustTokenTimeToLiveInSeconds: 180,
    twoFactorIdTimeToLiveInSeconds: 300,
    twoFactorOneTimeCodeIdGenerator: generator(6, 'randomDigits'),
    twoFactorOneTimeCodeIdTimeToLiveInSeconds: 60,
    twoFactorTrustIdTimeToLiveInSeconds: 2_592_000,
    webAuthnAuthenticationChallengeTimeToLiveInSeconds: 180,
    webAuthnRegistrationChallengeTimeToLiveInSeconds: 180,
  },
  failedAuthenticationConfiguration: {
    actionCancelPolicy: { onPasswordReset: false },
    actionDuration: 3,
    actionDurationUnit: 'MINUTES',
    emailUser: false,
    resetCountInSeconds: 60,
    tooManyAttempts: 5,
  },
  familyConfiguration: {
    enabled: false,
    allowChildRegistrations: true,
    deleteOrphanedAccounts: false,
    deleteOrphanedAccountsDays: 30,
    maximumChildAge: 12,
    minimumOwnerAge: 21,
    parentEmailRequired: false,
  },
  httpSessionMaxInactiveInterval: 3600,
  issuer: 'acme.com',
  lambdaConfiguration: {},
  loginConfiguration: { requireAuthentication: true },
  maximumPasswordAge: { enabled: false, days: 180 },
  minimumPasswordAge: { enabled: false, seconds: 30 },
  multiFactorConfiguration: {
    authenticator: { enabled: true, algorithm: 'HmacSHA1', codeLength: 6, timeStep: 30 },
    debug: false,
    email: off,
    loginPolicy: 'Enabled',
    sms: off,
    voice: off,
  },
  oauthConfiguration: {},
  passwordEncryptionConfiguration: {
    encryptionScheme: 'salted-pbkdf2-hmac-sha256',
    encryptionSchemeFactor: 24_000,
    modifyEncryptionSchemeOnLogin: false,
  },
  passwordValidationRules: {
    breachDetection: off,
    disallowUserLoginId: false,
    maxLength: 256,
    minLength: 8,
    rememberPreviousPasswords: { enabled: false, count: 1 },
    requireMixedCase: false,
    requireNonAlpha: false,
    requireNumber: false,
    validateOnLogin: false,
  },
  phoneConfiguration: {
    implicitPhoneVerificationAllowed: true,
    unverified: { allowPhoneNumberChangeWhenGated: false, behavior: 'Allow' },
    verificationStrategy: 'ClickableLink',
    verifyPhoneNumber: false,
  },
  rateLimitConfiguration: {
    failedLogin: rateLimit,
    forgotPassword: rateLimit,
    sendEmailVerification: rateLimit,
    sendPasswordless: rateLimit,
    sendPasswordlessPhone: rateLimit,
    sendPhoneVerification: rateLimit,
    sendRegistrationVerification: rateLimit,
    sendTwoFactor: rateLimit,
  },
  registrationConfiguration: { blockedDomains: [] },
  scimServerConfiguration: off,
  ssoConfiguration: { allowAccessTokenBootstrap: false, deviceTrustTimeToLiveInSeconds: 31_536_000 },
  userDeletePolicy: { unverified: { enabled: false, numberOfDaysToRetain: 120 } },
  usernameConfiguration: {
    unique: { enabled: false, numberOfDigits: 5, separator: '#', strategy: 'OnCollision' },
  },
  webAuthnConfiguration: {
    enabled: false,
    // The attachment preferences are the Terraform provider's; the docs say crossPlatform for both.
    bootstrapWorkflow: {
      enabled: false,
      authenticatorAttachmentPreference: 'any',
      userVerificationRequirement: 'required',
    },
    debug: false,
    reauthenticationWorkflow: {
      enabled: false,
      authenticatorAttachmentPreference: 'platform',
      userVerificationRequirement: 'required',
    },
  },
};
