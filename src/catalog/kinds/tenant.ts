import type { TenantRequest } from '@fusionauth/typescript-client';
import { isJsonObject, type JsonObject } from '../../model/index.js';
import { mapField } from '../field-path.js';
import type { Kind, ReadClient, RefField } from '../kind.js';
import type { KindName } from '../kinds.generated.js';
import { lowerCased, normalized, trimmed, unixLines } from '../normal-text.js';
import { tenantSince } from '../since.generated.js';
import { asRequest, listOf, oneOf, orAbsent } from '../wire.js';
import { fusionauthApplicationId } from './application.js';
import { fusionauthConnectorId } from './connector.js';
import { tenantMeanings } from '../meanings/tenant-meanings.js';

/**
 * Events that no webhook can veto: the server sets their transaction type to `None` (fusionauth-java-client
 * EventConfiguration.normalize() and the events that are a NonTransactionalEvent).
 */
const withoutVeto = new Set([
  'group.create.complete',
  'group.delete.complete',
  'group.member.add.complete',
  'group.member.remove.complete',
  'group.member.update.complete',
  'group.update.complete',
  'user.create.complete',
  'user.delete.complete',
  'user.email.update',
  'user.identity-provider.link',
  'user.identity-provider.unlink',
  'user.loginId.duplicate.create',
  'user.loginId.duplicate.update',
  'user.password.reset.send',
  'user.password.reset.start',
  'user.password.reset.success',
  'user.password.update',
  'user.registration.create.complete',
  'user.registration.delete.complete',
  'user.registration.update.complete',
  'user.two-factor.method.add',
  'user.two-factor.method.remove',
  'user.update.complete',
]);

/** Events of the instance: a tenant's list never holds them (fusionauth-java-client EventConfiguration.normalize()). */
const instanceEvents = new Set(['audit-log.create', 'event-log.create', 'kickstart.success']);

const fusionauthPolicy = { connectorId: fusionauthConnectorId, domains: ['*'], migrate: false };

const emailTemplates = [
  'adminTwoFactorMethodRemoveEmailTemplateId',
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
  'verificationEmailTemplateId',
];

const messageTemplates = [
  'adminTwoFactorMethodRemoveTemplateId',
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

const lambdas = [
  'loginValidationId',
  'multiFactorRequirementId',
  'scimEnterpriseUserRequestConverterId',
  'scimEnterpriseUserResponseConverterId',
  'scimGroupRequestConverterId',
  'scimGroupResponseConverterId',
  'scimUserRequestConverterId',
  'scimUserResponseConverterId',
];

const refs = (kind: KindName, ...paths: readonly string[]): readonly RefField[] =>
  paths.map((path) => ({ path, kind }));
const off = { enabled: false };
const rateLimit = { enabled: false, limit: 5, timePeriodInSeconds: 60 };
const bytes = { length: 32, type: 'randomBytes' };
const letters = { length: 6, type: 'randomAlphaNumeric' };
const digits = { length: 6, type: 'randomDigits' };

/**
 * A tenant. Its PUT must say which webhooks it is linked to, and no answer ever says so: kedge derives `webhookIds` from
 * the webhooks right before the PUT (fusionauth-issues #2413; without them the tenant loses every webhook that is not
 * global).
 */
export const tenant: Kind = {
  kind: 'tenant',
  collection: 'tenants',
  title: 'tenant',
  scope: 'instance',
  naturalKey: ['name'],
  nameField: 'name',
  refs: [
    ...refs('theme', 'themeId'),
    ...refs('emailTemplate', ...emailTemplates.map((field) => `emailConfiguration.${field}`)),
    ...refs(
      'emailTemplate',
      'familyConfiguration.confirmChildEmailTemplateId',
      'familyConfiguration.familyRequestEmailTemplateId',
      'familyConfiguration.parentRegistrationEmailTemplateId',
      'multiFactorConfiguration.email.templateId',
      'passwordValidationRules.breachDetection.notifyUserEmailTemplateId',
    ),
    ...refs('messageTemplate', ...messageTemplates.map((field) => `phoneConfiguration.${field}`)),
    ...refs('messageTemplate', 'multiFactorConfiguration.sms.templateId', 'multiFactorConfiguration.voice.templateId'),
    ...refs(
      'messenger',
      'multiFactorConfiguration.sms.messengerId',
      'multiFactorConfiguration.voice.messengerId',
      'phoneConfiguration.messengerId',
    ),
    ...refs(
      'key',
      'jwtConfiguration.accessTokenKeyId',
      'jwtConfiguration.idTokenKeyId',
      'jwtConfiguration.accessTokenVerificationKeyIds[]',
      'jwtConfiguration.idTokenVerificationKeyIds[]',
    ),
    ...refs('lambda', ...lambdas.map((field) => `lambdaConfiguration.${field}`)),
    ...refs('lambda', 'oauthConfiguration.clientCredentialsAccessTokenPopulateLambdaId'),
    ...refs('connector', 'connectorPolicies[].connectorId'),
    ...refs('form', 'formConfiguration.adminUserFormId'),
    ...refs('userAction', 'failedAuthenticationConfiguration.userActionId'),
    ...refs('ipAccessControlList', 'accessControlConfiguration.uiIPAccessControlListId'),
    ...refs('entityType', 'scimServerConfiguration.clientEntityTypeId', 'scimServerConfiguration.serverEntityTypeId'),
  ],
  serverOwned: [
    'id',
    'insertInstant',
    'lastUpdateInstant',
    'configured',
    'state',
    // The server ignores it on a tenant (fusionauth-java-client Tenant, @JsonIgnoreProperties).
    'jwtConfiguration.enabled',
    'userDeletePolicy.unverified.enabledInstant',
  ],
  mirrors: [],
  immutable: [],
  secrets: [
    {
      path: 'emailConfiguration.password',
      readBack: 'get',
      onOmit: 'unknown',
      existsWith: 'emailConfiguration.username',
      source: 'FusionAuth docs: apis/tenants hides it in search results; nothing says a PUT keeps it',
    },
    {
      path: 'captchaConfiguration.secretKey',
      readBack: 'list',
      onOmit: 'cleared',
      source: 'FusionAuth docs: apis/tenants',
    },
  ],
  lists: [
    { path: 'connectorPolicies[].domains', as: 'set' },
    { path: 'jwtConfiguration.accessTokenVerificationKeyIds', as: 'set' },
    { path: 'jwtConfiguration.idTokenVerificationKeyIds', as: 'set' },
    { path: 'registrationConfiguration.blockedDomains', as: 'set' },
    // The order in which connectors are asked at login.
    { path: 'connectorPolicies', as: 'ordered' },
  ],
  completeMaps: [],
  freeMaps: ['data', 'eventConfiguration.events', 'connectorPolicies[].data'],
  children: [],
  required: ['name'],
  defaults: {
    captchaConfiguration: { captchaMethod: 'GoogleRecaptchaV3', enabled: false, threshold: 0.5 },
    connectorPolicies: [fusionauthPolicy],
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
      changePasswordIdGenerator: bytes,
      changePasswordIdTimeToLiveInSeconds: 600,
      deviceCodeTimeToLiveInSeconds: 300,
      deviceUserCodeIdGenerator: letters,
      emailVerificationIdGenerator: bytes,
      emailVerificationIdTimeToLiveInSeconds: 86400,
      emailVerificationOneTimeCodeGenerator: letters,
      externalAuthenticationIdTimeToLiveInSeconds: 300,
      identityProviderConnectionTestTimeToLiveInSeconds: 1800,
      loginIntentTimeToLiveInSeconds: 1800,
      oneTimePasswordTimeToLiveInSeconds: 60,
      passwordlessLoginGenerator: bytes,
      passwordlessLoginOneTimeCodeGenerator: digits,
      passwordlessLoginTimeToLiveInSeconds: 180,
      pendingAccountLinkTimeToLiveInSeconds: 3600,
      phoneVerificationIdGenerator: bytes,
      phoneVerificationIdTimeToLiveInSeconds: 86400,
      phoneVerificationOneTimeCodeGenerator: letters,
      registrationVerificationIdGenerator: bytes,
      registrationVerificationIdTimeToLiveInSeconds: 86400,
      registrationVerificationOneTimeCodeGenerator: letters,
      rememberOAuthScopeConsentChoiceTimeToLiveInSeconds: 2592000,
      samlv2AuthNRequestIdTimeToLiveInSeconds: 300,
      setupPasswordIdGenerator: bytes,
      setupPasswordIdTimeToLiveInSeconds: 86400,
      trustTokenTimeToLiveInSeconds: 180,
      twoFactorIdTimeToLiveInSeconds: 300,
      twoFactorOneTimeCodeIdGenerator: digits,
      twoFactorOneTimeCodeIdTimeToLiveInSeconds: 60,
      twoFactorTrustIdTimeToLiveInSeconds: 2592000,
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
      allowChildRegistrations: true,
      deleteOrphanedAccounts: false,
      deleteOrphanedAccountsDays: 30,
      enabled: false,
      maximumChildAge: 12,
      minimumOwnerAge: 21,
      parentEmailRequired: false,
    },
    httpSessionMaxInactiveInterval: 3600,
    jwtConfiguration: {
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
      refreshTokenSlidingWindowConfiguration: { maximumTimeToLiveInMinutes: 43200 },
      refreshTokenTimeToLiveInMinutes: 43200,
      refreshTokenUsagePolicy: 'Reusable',
      timeToLiveInSeconds: 3600,
    },
    loginConfiguration: { requireAuthentication: true },
    maximumPasswordAge: { days: 180, enabled: false },
    minimumPasswordAge: { enabled: false, seconds: 30 },
    multiFactorConfiguration: {
      authenticator: { algorithm: 'HmacSHA1', codeLength: 6, enabled: true, timeStep: 30 },
      email: off,
      loginPolicy: 'Enabled',
      sms: off,
      voice: off,
    },
    passwordEncryptionConfiguration: {
      encryptionScheme: 'salted-pbkdf2-hmac-sha256',
      encryptionSchemeFactor: 24000,
      modifyEncryptionSchemeOnLogin: false,
    },
    passwordValidationRules: {
      breachDetection: off,
      disallowUserLoginId: false,
      maxLength: 256,
      minLength: 8,
      rememberPreviousPasswords: { count: 1, enabled: false },
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
    ssoConfiguration: { allowAccessTokenBootstrap: false, deviceTrustTimeToLiveInSeconds: 31536000 },
    userDeletePolicy: { unverified: { enabled: false, numberOfDaysToRetain: 120 } },
    usernameConfiguration: { unique: { enabled: false, numberOfDigits: 5, separator: '#', strategy: 'OnCollision' } },
    // What may attach is left out: the docs and other tools disagree about its default.
    webAuthnConfiguration: {
      bootstrapWorkflow: { enabled: false, userVerificationRequirement: 'required' },
      debug: false,
      enabled: false,
      reauthenticationWorkflow: { enabled: false, userVerificationRequirement: 'required' },
    },
  },
  builtIns: [
    {
      name: 'default-tenant',
      find: {
        byRole: (lookup) => {
          const owned = lookup.bodies('application').find((body) => body['id'] === fusionauthApplicationId);
          return typeof owned?.['tenantId'] === 'string' ? owned['tenantId'] : undefined;
        },
      },
      writable: true,
      source: 'FusionAuth docs: core concepts, tenants (the Default tenant holds the FusionAuth application)',
    },
  ],
  files: [],
  since: tenantSince,
  reads: {
    // The retrieve-all, not the search: search results lack the SMTP password, and a search needs a global key.
    list: async (client) => listOf((await client.retrieveTenants()).response, 'tenants'),
    get: async (client, { id }) => {
      const answer = await orAbsent(client.retrieveTenant(id));
      return answer && oneOf(answer.response, 'tenant');
    },
  },
  writes: {
    create: async ({ client, id }, body) =>
      oneOf((await client.createTenant(id, asRequest<TenantRequest>({ tenant: body }))).response, 'tenant'),
    update: async ({ client, id }, body) => {
      const webhookIds = await linkedWebhooks(client, id);
      const request = asRequest<TenantRequest>({ tenant: body, webhookIds });
      return oneOf((await client.updateTenant(id, request)).response, 'tenant');
    },
    delete: async ({ client, id }) => {
      await client.deleteTenant(id);
    },
  },
  traps: [
    'Its PUT must name its webhooks and no answer ever does: kedge reads them from the webhooks right before.',
    'Only the answer about one tenant has the SMTP password, and nothing says that a PUT without it keeps it: kedge refuses the write unless it is declared or was read.',
  ],
  canonical: normalized(
    trimmed('name', 'emailConfiguration.host'),
    unixLines('emailConfiguration.properties'),
    lowerCased('connectorPolicies[].domains[]'),
    withoutUnverifiedSettings,
    withoutParentEmail,
    withFixedFusionauthPolicy,
    withFixedTransactions,
  ),
  softDelete: false,
  deleteMeans: 'all its users, applications, groups and entities are deleted with it, for good',
  meanings: tenantMeanings,
  sources: [
    'FusionAuth docs: apis/tenants',
    'fusionauth-java-client Tenant.normalize()',
    'fusionauth-issues #2411, #2413 (webhookIds), #2340 (sourceTenantId)',
  ],
};

/** The webhooks that this tenant would lose if its PUT did not name them. Global ones belong to every tenant anyway. */
async function linkedWebhooks(client: ReadClient, tenantId: string): Promise<readonly string[]> {
  const webhooks = listOf((await client.retrieveWebhooks()).response, 'webhooks');
  return webhooks.flatMap((webhook) => {
    const { id, tenantIds, global } = webhook;
    const linked = Array.isArray(tenantIds) && tenantIds.includes(tenantId);
    return linked && global !== true && typeof id === 'string' ? [id] : [];
  });
}

/** While no address is verified, the server forgets what belongs to verification. */
function withoutUnverifiedSettings(body: JsonObject): JsonObject {
  const email = body['emailConfiguration'];
  if (!isJsonObject(email) || email['verifyEmail'] !== false) return body;
  const { verificationEmailTemplateId, ...rest } = email;
  if (verificationEmailTemplateId === undefined && rest['verifyEmailWhenChanged'] !== true) return body;
  const changed = rest['verifyEmailWhenChanged'] === undefined ? {} : { verifyEmailWhenChanged: false };
  return { ...body, emailConfiguration: { ...rest, ...changed } };
}

function withoutParentEmail(body: JsonObject): JsonObject {
  const family = body['familyConfiguration'];
  if (!isJsonObject(family) || family['allowChildRegistrations'] !== false || family['parentEmailRequired'] !== true) {
    return body;
  }
  return { ...body, familyConfiguration: { ...family, parentEmailRequired: false } };
}

/** The policy of FusionAuth's own connector is for every domain and migrates nobody; it stands alone where none was sent. */
function withFixedFusionauthPolicy(body: JsonObject): JsonObject {
  const { connectorPolicies } = body;
  if (Array.isArray(connectorPolicies) && connectorPolicies.length === 0) {
    return { ...body, connectorPolicies: [fusionauthPolicy] };
  }
  // mapField gives back the object it was given, with policies changed.
  return mapField(body, 'connectorPolicies[]', (policy) =>
    isJsonObject(policy) && policy['connectorId'] === fusionauthConnectorId
      ? { ...policy, ...fusionauthPolicy }
      : policy,
  ) as JsonObject;
}

/** Events of the instance go, and events that nobody can veto have no transaction, whatever was sent. */
function withFixedTransactions(body: JsonObject): JsonObject {
  // mapField gives back the object it was given, with events changed.
  return mapField(body, 'eventConfiguration.events{}', (event, at) => {
    const name = at.at(-1) ?? '';
    if (instanceEvents.has(name)) return undefined;
    if (!withoutVeto.has(name) || !isJsonObject(event) || typeof event['transactionType'] !== 'string') return event;
    return { ...event, transactionType: 'None' };
  }) as JsonObject;
}
