import type { ApplicationRequest } from '@fusionauth/typescript-client';
import { isJsonObject, type JsonObject, valueAt } from '../../model/index.js';
import type { Kind, RefField } from '../kind.js';
import type { KindName } from '../kinds.generated.js';
import { normalized, trimmed, withoutBlankItems } from '../normal-text.js';
import { applicationSince } from '../since.generated.js';
import { asRequest, listOf, oneOf, orAbsent, without, withoutCopies } from '../wire.js';
import { applicationMeanings } from '../meanings/application-meanings.js';

/** The application that the admin UI itself logs in to; the same id on every instance (fusionauth-java-client). */
export const fusionauthApplicationId = '3c219e58-ed0e-4b18-ad48-f4f92793ae32';
/** The `admin` role of the Tenant Manager application: fixed, while the application's own id is not. */
const tenantManagerAdminRoleId = '631ecd9d-8d40-4c13-8277-80cedb823714';

const emailTemplates = [
  'emailUpdateEmailTemplateId',
  'emailVerificationEmailTemplateId',
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

const messageTemplates = [
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

/** Deprecated field → the field it is a copy of. */
const copies = {
  // Sent beside the list, it is added to the list again (fusionauth-java-client SAMLv2Configuration.setCallbackURL()).
  'samlv2Configuration.callbackURL': 'samlv2Configuration.authorizedRedirectURLs',
  // The first of the list, since 1.69 (FusionAuth docs: apis/applications).
  'samlv2Configuration.defaultVerificationKeyId': 'samlv2Configuration.verificationKeyIds',
  'samlv2Configuration.logout.defaultVerificationKeyId': 'samlv2Configuration.logout.verificationKeyIds',
  'oauthConfiguration.requireClientAuthentication': 'oauthConfiguration.clientAuthenticationPolicy',
};

const refs = (kind: KindName, ...paths: readonly string[]): readonly RefField[] =>
  paths.map((path) => ({ path, kind }));
const off = { enabled: false };
const optional = { enabled: false, required: false };

/**
 * An application. Its roles and scopes are kinds of their own: an application's PUT leaves them as they are (FusionAuth
 * docs: apis/applications). Deleting one deactivates it.
 */
export const application: Kind = {
  kind: 'application',
  collection: 'applications',
  title: 'application',
  scope: 'tenant',
  naturalKey: ['tenantId', 'name'],
  nameField: 'name',
  refs: [
    ...refs('tenant', 'tenantId'),
    ...refs('theme', 'themeId'),
    ...refs('emailTemplate', 'verificationEmailTemplateId', 'multiFactorConfiguration.email.templateId'),
    ...refs('emailTemplate', ...emailTemplates.map((field) => `emailConfiguration.${field}`)),
    ...refs('messageTemplate', ...messageTemplates.map((field) => `phoneConfiguration.${field}`)),
    ...refs('messageTemplate', 'multiFactorConfiguration.sms.templateId', 'multiFactorConfiguration.voice.templateId'),
    ...refs(
      'form',
      'formConfiguration.adminRegistrationFormId',
      'formConfiguration.selfServiceFormId',
      'registrationConfiguration.formId',
    ),
    ...refs(
      'key',
      'jwtConfiguration.accessTokenKeyId',
      'jwtConfiguration.idTokenKeyId',
      'jwtConfiguration.accessTokenVerificationKeyIds[]',
      'jwtConfiguration.idTokenVerificationKeyIds[]',
      'samlv2Configuration.keyId',
      'samlv2Configuration.verificationKeyIds[]',
      'samlv2Configuration.assertionEncryptionConfiguration.keyTransportEncryptionKeyId',
      'samlv2Configuration.logout.keyId',
      'samlv2Configuration.logout.singleLogout.keyId',
      'samlv2Configuration.logout.verificationKeyIds[]',
    ),
    ...refs(
      'lambda',
      'lambdaConfiguration.accessTokenPopulateId',
      'lambdaConfiguration.idTokenPopulateId',
      'lambdaConfiguration.multiFactorRequirementId',
      'lambdaConfiguration.samlv2PopulateId',
      'lambdaConfiguration.selfServiceRegistrationValidationId',
      'lambdaConfiguration.userinfoPopulateId',
    ),
    ...refs('ipAccessControlList', 'accessControlConfiguration.uiIPAccessControlListId'),
  ],
  serverOwned: ['id', 'insertInstant', 'lastUpdateInstant', 'active', 'state', 'oauthConfiguration.clientId'],
  mirrors: [
    ...Object.keys(copies),
    // The server forces this to null: it is a setting of tenants (fusionauth-java-client Application.normalize()).
    'jwtConfiguration.refreshTokenRevocationPolicy',
  ],
  immutable: [{ path: 'tenantId', lost: 'every registration of its users, its client id and its refresh tokens' }],
  secrets: [
    {
      path: 'oauthConfiguration.clientSecret',
      readBack: 'list',
      onOmit: 'kept',
      source: 'FusionAuth docs: apis/applications, "if left blank on update the current secret is kept"',
    },
    {
      path: 'cleanSpeakConfiguration.apiKey',
      readBack: 'list',
      onOmit: 'cleared',
      source: 'fusionauth-java-client Application.secure() hides the client secret only',
    },
  ],
  lists: [
    { path: 'cleanSpeakConfiguration.applicationIds', as: 'set' },
    { path: 'jwtConfiguration.accessTokenVerificationKeyIds', as: 'set' },
    { path: 'jwtConfiguration.idTokenVerificationKeyIds', as: 'set' },
    { path: 'oauthConfiguration.authorizedOriginURLs', as: 'set' },
    { path: 'oauthConfiguration.authorizedRedirectURLs', as: 'set' },
    { path: 'oauthConfiguration.authorizedResourceUris', as: 'set' },
    { path: 'oauthConfiguration.enabledGrants', as: 'set' },
    // The first URL is the default assertion consumer service: order counts.
    { path: 'samlv2Configuration.authorizedRedirectURLs', as: 'ordered' },
  ],
  completeMaps: [],
  freeMaps: ['data'],
  children: [
    { field: 'roles', kind: 'role' },
    { field: 'scopes', kind: 'scope' },
  ],
  required: ['name'],
  defaults: {
    authenticationTokenConfiguration: off,
    formConfiguration: { selfServiceFormConfiguration: { requireCurrentPasswordOnPasswordChange: false } },
    jwtConfiguration: {
      enabled: false,
      refreshTokenExpirationPolicy: 'Fixed',
      refreshTokenOneTimeUseConfiguration: { gracePeriodInSeconds: 0 },
      refreshTokenSlidingWindowConfiguration: { maximumTimeToLiveInMinutes: 43200 },
      refreshTokenTimeToLiveInMinutes: 43200,
      refreshTokenUsagePolicy: 'Reusable',
      timeToLiveInSeconds: 3600,
    },
    loginConfiguration: { allowTokenRefresh: false, generateRefreshTokens: false, requireAuthentication: true },
    oauthConfiguration: {
      authorizedOriginURLs: [],
      authorizedRedirectURLs: [],
      authorizedResourceUris: [],
      authorizedURLValidationPolicy: 'ExactMatch',
      clientAuthenticationPolicy: 'Required',
      consentMode: 'AlwaysPrompt',
      debug: false,
      enabledGrants: [],
      generateRefreshTokens: false,
      logoutBehavior: 'AllApplications',
      proofKeyForCodeExchangePolicy: 'NotRequired',
      providedScopePolicy: {
        address: { enabled: true, required: false },
        email: { enabled: true, required: false },
        phone: { enabled: true, required: false },
        profile: { enabled: true, required: false },
      },
      relationship: 'FirstParty',
      requireRegistration: false,
      scopeHandlingPolicy: 'Strict',
      unknownScopePolicy: 'Reject',
    },
    passwordlessConfiguration: {
      enabled: false,
      emailLoginStrategy: 'ClickableLink',
      phoneLoginStrategy: 'FormField',
    },
    registrationConfiguration: {
      birthDate: optional,
      completeRegistration: false,
      confirmPassword: false,
      enabled: false,
      firstName: optional,
      fullName: optional,
      lastName: optional,
      loginIdType: 'email',
      middleName: optional,
      mobilePhone: optional,
      preferredLanguages: optional,
      type: 'basic',
    },
    registrationDeletePolicy: { unverified: { enabled: false, numberOfDaysToRetain: 120 } },
    samlv2Configuration: {
      assertionEncryptionConfiguration: {
        digestAlgorithm: 'SHA256',
        enabled: false,
        encryptionAlgorithm: 'AES256GCM',
        keyLocation: 'Child',
        keyTransportAlgorithm: 'RSA_OAEP',
        maskGenerationFunction: 'MGF1_SHA1',
      },
      debug: false,
      enabled: false,
      initiatedLogin: { enabled: false, nameIdFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent' },
      loginHintConfiguration: { enabled: true, parameterName: 'login_hint' },
      logout: {
        behavior: 'AllParticipants',
        requireSignedRequests: false,
        singleLogout: { enabled: false, xmlSignatureC14nMethod: 'exclusive_with_comments' },
        xmlSignatureC14nMethod: 'exclusive_with_comments',
      },
      requireSignedRequests: false,
      xmlSignatureC14nMethod: 'exclusive_with_comments',
      xmlSignatureLocation: 'Assertion',
    },
    universalConfiguration: { universal: false },
    unverified: { behavior: 'Allow' },
    verifyRegistration: false,
    webAuthnConfiguration: {
      bootstrapWorkflow: off,
      enabled: false,
      reauthenticationWorkflow: off,
    },
  },
  builtIns: [
    {
      name: 'fusionauth-app',
      find: { id: fusionauthApplicationId },
      writable: true,
      fixedChildren: ['role'],
      source: 'FusionAuth docs: core concepts, applications and roles (its roles cannot be changed)',
    },
    {
      name: 'tenant-manager',
      find: {
        byRole: (lookup) => {
          const id = lookup.bodies('role').find((body) => body['id'] === tenantManagerAdminRoleId)?.['parentId'];
          return typeof id === 'string' ? id : undefined;
        },
      },
      writable: true,
      source: 'FusionAuth docs: core concepts, roles (the role id is fixed, the application id is not)',
    },
  ],
  files: [],
  since: applicationSince,
  reads: {
    list: async (client) => {
      // The list without a query holds active applications only (FusionAuth docs: apis/applications).
      const [active, inactive] = await Promise.all([
        client.retrieveApplications(),
        client.retrieveInactiveApplications(),
      ]);
      return [...listOf(active.response, 'applications'), ...listOf(inactive.response, 'applications')];
    },
    get: async (client, { id }) => {
      const answer = await orAbsent(client.retrieveApplication(id));
      return answer && oneOf(answer.response, 'application');
    },
  },
  listRequests: 2,
  writes: {
    create: async ({ client, id }, body) =>
      oneOf((await client.createApplication(id, request(body))).response, 'application'),
    update: async ({ client, id }, body) =>
      oneOf((await client.updateApplication(id, request(body))).response, 'application'),
    delete: async ({ client, id }) => {
      await client.deactivateApplication(id);
    },
    reactivate: async ({ client, id }) => {
      const { response } = await client.reactivateApplication(id);
      // Older servers answer a reactivation with nothing.
      if (isJsonObject(response) && isJsonObject(response['application'])) return response['application'];
      return oneOf((await client.retrieveApplication(id)).response, 'application');
    },
  },
  traps: [
    'Its PUT leaves roles and scopes alone: kedge writes them through their own APIs.',
    'The list holds active applications only: kedge asks for the inactive ones as well.',
    'A SAML `callbackURL` sent back is added to the redirect URLs again, so that a removed one returns: kedge never sends the deprecated copies of fields it sends.',
  ],
  canonical: normalized(
    trimmed('name', 'cleanSpeakConfiguration.apiKey', 'oauthConfiguration.clientSecret'),
    withoutBlankItems(
      'oauthConfiguration.authorizedOriginURLs',
      'oauthConfiguration.authorizedRedirectURLs',
      'samlv2Configuration.authorizedRedirectURLs',
    ),
    withoutTrustPolicy,
  ),
  softDelete: true,
  deleteMeans:
    'it is deactivated: nobody can log in to it, and its refresh tokens stop working, until it is reactivated',
  meanings: applicationMeanings,
  sources: [
    'FusionAuth docs: apis/applications',
    'fusionauth-java-client Application.normalize()',
    'openapi #/components/schemas/Application',
  ],
};

function request(body: JsonObject): ApplicationRequest {
  return asRequest<ApplicationRequest>({ application: withoutCopies(without(body, 'roles', 'scopes'), copies) });
}

/** A trust policy says how a login policy is applied; without one the server forgets it. */
function withoutTrustPolicy(body: JsonObject): JsonObject {
  const multiFactor = valueAt(body, ['multiFactorConfiguration']);
  if (!isJsonObject(multiFactor) || multiFactor['loginPolicy'] !== null) return body;
  return { ...body, multiFactorConfiguration: without(multiFactor, 'trustPolicy') };
}
