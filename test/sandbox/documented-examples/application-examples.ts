import { expect } from 'vitest';

import type { World } from '../../contract/resources.js';
import type { DocumentedExample } from './documented-example.js';

/** The parts of an application that the samples of a create and of an update both have. */
function common(world: World, n: number): object {
  return {
    accessControlConfiguration: { uiIPAccessControlListId: world['listId'] },
    active: true,
    cleanSpeakConfiguration: {
      applicationIds: ['6a4f2a8e-8a6d-4b0a-9f16-6b1f7c6f8c01', '6a4f2a8e-8a6d-4b0a-9f16-6b1f7c6f8c02'],
      usernameModeration: { applicationId: '6a4f2a8e-8a6d-4b0a-9f16-6b1f7c6f8c03', enabled: true },
    },
    data: { externalApplication: 'The log of the ship', productOwner: 'ada@acme.test' },
    emailConfiguration: {
      emailUpdateEmailTemplateId: world['emailTemplateId'],
      emailVerificationEmailTemplateId: world['otherTemplateId'],
      emailVerifiedEmailTemplateId: world['emailTemplateId'],
      forgotPasswordEmailTemplateId: world['otherTemplateId'],
      loginIdInUseOnCreateEmailTemplateId: world['emailTemplateId'],
      loginIdInUseOnUpdateEmailTemplateId: world['otherTemplateId'],
      loginNewDeviceEmailTemplateId: world['emailTemplateId'],
      loginSuspiciousEmailTemplateId: world['otherTemplateId'],
      passwordlessEmailTemplateId: world['emailTemplateId'],
      passwordResetSuccessEmailTemplateId: world['otherTemplateId'],
      passwordUpdateEmailTemplateId: world['emailTemplateId'],
      setPasswordEmailTemplateId: world['otherTemplateId'],
      twoFactorMethodAddEmailTemplateId: world['emailTemplateId'],
      twoFactorMethodRemoveEmailTemplateId: world['otherTemplateId'],
    },
    formConfiguration: { adminRegistrationFormId: world['adminRegistrationFormId'] },
    jwtConfiguration: {
      accessTokenKeyId: world['rsaKeyId'],
      enabled: true,
      idTokenKeyId: world['otherRsaKeyId'],
      refreshTokenTimeToLiveInMinutes: 43_200,
      timeToLiveInSeconds: 3600,
    },
    lambdaConfiguration: {
      accessTokenPopulateId: world['populateId'],
      idTokenPopulateId: world['populateId'],
      samlv2PopulateId: world['samlPopulateId'],
      userinfoPopulateId: world['userinfoId'],
    },
    loginConfiguration: { allowTokenRefresh: false, generateRefreshTokens: false, requireAuthentication: true },
    multiFactorConfiguration: {
      email: { templateId: world['emailTemplateId'] },
      loginPolicy: 'Required',
      sms: { templateId: world['messageTemplateId'] },
      trustPolicy: 'Any',
    },
    name: `Log ${n}`,
    registrationDeletePolicy: { unverified: { enabled: true, numberOfDaysToRetain: 30 } },
    webAuthnConfiguration: {
      bootstrapWorkflow: { enabled: false },
      enabled: false,
      reauthenticationWorkflow: { enabled: false },
    },
  };
}

const oauthConfiguration = {
  authorizedOriginURLs: ['https://log.acme.test'],
  authorizedRedirectURLs: ['https://log.acme.test/callback'],
  authorizedURLValidationPolicy: 'ExactMatch',
  clientAuthenticationPolicy: 'Required',
  enabledGrants: ['authorization_code', 'refresh_token'],
  logoutBehavior: 'AllApplications',
  logoutURL: 'https://log.acme.test/logout',
  proofKeyForCodeExchangePolicy: 'NotRequired',
};
const c14n = { xmlSignatureC14nMethod: 'exclusive_with_comments' };

function samlv2({ rsaKeyId, publicKeyId }: World): object {
  return {
    ...c14n,
    audience: 'log.acme.test',
    authorizedRedirectURLs: ['https://log.acme.test/acs'],
    debug: false,
    defaultVerificationKeyId: publicKeyId,
    enabled: true,
    issuer: 'log.acme.test',
    keyId: rsaKeyId,
    loginHintConfiguration: { enabled: true, parameterName: 'login_hint' },
    logout: {
      ...c14n,
      behavior: 'OnlyOriginator',
      defaultVerificationKeyId: rsaKeyId,
      keyId: rsaKeyId,
      requireSignedRequests: true,
      singleLogout: { ...c14n, enabled: true, keyId: rsaKeyId, url: 'https://log.acme.test/logout' },
    },
    logoutURL: 'https://log.acme.test/logout',
    requireSignedRequests: true,
    xmlSignatureLocation: 'Assertion',
  };
}

/** What the sample answers have that neither sample request has. */
const filledIn = {
  id: expect.any(String),
  insertInstant: expect.any(Number),
  lastUpdateInstant: expect.any(Number),
  oauthConfiguration: {
    clientId: expect.any(String),
    clientSecret: expect.any(String),
    debug: false,
    requireClientAuthentication: true,
    requireRegistration: false,
  },
  passwordlessConfiguration: { enabled: false },
  registrationConfiguration: { enabled: false, type: 'basic' },
  registrationDeletePolicy: { unverified: { enabledInstant: expect.any(Number) } },
  state: 'Active',
  verifyRegistration: false,
};

/** Applications, and what they have. */
export const applicationExamples: readonly DocumentedExample[] = [
  {
    sample: 'applications/post-request.json',
    answer: 'applications/response.json',
    call: 'POST /api/application',
    ofTenant: true,
    body: (world, n) => ({
      application: {
        ...common(world, n),
        oauthConfiguration: { ...oauthConfiguration, clientSecret: 'a secret of the log', generateRefreshTokens: true },
        roles: [
          {
            description: 'May all',
            id: '6a4f2a8e-8a6d-4b0a-9f16-6b1f7c6f8c11',
            name: 'captain',
            isDefault: false,
            isSuperRole: true,
          },
          {
            description: 'May little',
            id: '6a4f2a8e-8a6d-4b0a-9f16-6b1f7c6f8c12',
            name: 'deckhand',
            isDefault: true,
            isSuperRole: false,
          },
        ],
        samlv2Configuration: samlv2(world),
        scopes: [
          {
            defaultConsentDetail: 'Of this trip',
            defaultConsentMessage: 'Read the log',
            id: '6a4f2a8e-8a6d-4b0a-9f16-6b1f7c6f8c13',
            name: 'log:read',
            required: true,
          },
          {
            defaultConsentDetail: 'Of any',
            defaultConsentMessage: 'Write the log',
            id: '6a4f2a8e-8a6d-4b0a-9f16-6b1f7c6f8c14',
            name: 'log:write',
            required: false,
          },
        ],
      },
    }),
    shown: ({ defaultTenantId }) => ({
      application: {
        ...filledIn,
        samlv2Configuration: {
          initiatedLogin: { enabled: false, nameIdFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent' },
        },
        tenantId: defaultTenantId,
      },
    }),
  },
  {
    sample: 'applications/put-request.json',
    answer: 'applications/response.json',
    call: 'PUT /api/application/{applicationId}',
    ofTenant: true,
    body: (world, n) => ({ application: { ...common(world, n), oauthConfiguration } }),
    shown: () => ({ application: filledIn }),
  },
  {
    sample: 'applications/copy-request.json',
    call: 'POST /api/application',
    ofTenant: true,
    body: ({ crewApplicationId }, n) => ({
      sourceApplicationId: crewApplicationId,
      application: { name: `Copied log ${n}` },
    }),
    hidden: ['sourceApplicationId'],
    shown: () => ({ application: { roles: [{ name: 'deckhand' }, { name: 'captain' }] } }),
  },
  {
    sample: 'scopes/post-request-body.json',
    answer: 'scopes/response-body.json',
    call: 'POST /api/application/{applicationId}/scope',
    ofTenant: true,
    body: (_, n) => ({
      scope: {
        defaultConsentDetail: 'All that is in the log, and no more',
        defaultConsentMessage: 'See the log',
        description: 'Reads the log of the ship',
        name: `log-${n}:read`,
        required: true,
      },
    }),
    shown: ({ applicationId }) => ({
      scope: {
        applicationId,
        data: {},
        id: expect.any(String),
        insertInstant: expect.any(Number),
        lastUpdateInstant: expect.any(Number),
      },
    }),
  },
];
