import type { Instance } from '../kind.js';
import type { Fields } from '../store.js';
import { jwtDefaults } from './tenant-defaults.js';

const off = { enabled: false } as const;
const field = { enabled: false, required: false } as const;
const scopePolicy = { enabled: true, required: false } as const;

/**
 * An application of which only the name was given. Sources: field initialisers of fusionauth-java-client's `Application`
 * and its parts; FusionAuth docs apis/applications.
 */
export function applicationDefaults({ seeds }: Instance): Fields {
  return {
    ...constants,
    formConfiguration: {
      adminRegistrationFormId: seeds.forms.adminRegistration,
      selfServiceFormConfiguration: { requireCurrentPasswordOnPasswordChange: false },
    },
  };
}

const constants: Fields = {
  accessControlConfiguration: {},
  active: true,
  authenticationTokenConfiguration: off,
  data: {},
  emailConfiguration: {},
  externalIdentifierConfiguration: {},
  jwtConfiguration: { ...jwtDefaults, enabled: false },
  lambdaConfiguration: {},
  loginConfiguration: { allowTokenRefresh: false, generateRefreshTokens: false, requireAuthentication: true },
  multiFactorConfiguration: { email: {}, sms: {}, voice: {} },
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
    providedScopePolicy: { address: scopePolicy, email: scopePolicy, phone: scopePolicy, profile: scopePolicy },
    relationship: 'FirstParty',
    requireRegistration: false,
    scopeHandlingPolicy: 'Strict',
    unknownScopePolicy: 'Reject',
  },
  passwordlessConfiguration: { enabled: false, emailLoginStrategy: 'ClickableLink', phoneLoginStrategy: 'FormField' },
  phoneConfiguration: {},
  registrationConfiguration: {
    enabled: false,
    birthDate: field,
    completeRegistration: false,
    confirmPassword: false,
    firstName: field,
    fullName: field,
    lastName: field,
    loginIdType: 'email',
    middleName: field,
    mobilePhone: field,
    preferredLanguages: field,
    type: 'basic',
  },
  registrationDeletePolicy: { unverified: { enabled: false, numberOfDaysToRetain: 120 } },
  roles: [],
  samlv2Configuration: {
    enabled: false,
    assertionEncryptionConfiguration: {
      enabled: false,
      digestAlgorithm: 'SHA256',
      encryptionAlgorithm: 'AES256GCM',
      keyLocation: 'Child',
      keyTransportAlgorithm: 'RSA_OAEP',
      maskGenerationFunction: 'MGF1_SHA1',
    },
    authorizedRedirectURLs: [],
    debug: false,
    initiatedLogin: { enabled: false, nameIdFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent' },
    loginHintConfiguration: { enabled: true, parameterName: 'login_hint' },
    logout: {
      behavior: 'AllParticipants',
      requireSignedRequests: false,
      singleLogout: { enabled: false, xmlSignatureC14nMethod: 'exclusive_with_comments' },
      verificationKeyIds: [],
      xmlSignatureC14nMethod: 'exclusive_with_comments',
    },
    requireSignedRequests: false,
    verificationKeyIds: [],
    xmlSignatureC14nMethod: 'exclusive_with_comments',
    xmlSignatureLocation: 'Assertion',
  },
  scopes: [],
  state: 'Active',
  universalConfiguration: { universal: false },
  unverified: { behavior: 'Allow' },
  verificationStrategy: 'ClickableLink',
  verifyRegistration: false,
  webAuthnConfiguration: { enabled: false, bootstrapWorkflow: off, reauthenticationWorkflow: off },
};
