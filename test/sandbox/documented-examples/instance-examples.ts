import { expect } from 'vitest';

import type { World } from '../../contract/resources.js';
import type { DocumentedExample } from './documented-example.js';

const made = { id: expect.any(String), insertInstant: expect.any(Number), lastUpdateInstant: expect.any(Number) };
const endpoints = { '/api/application': ['DELETE', 'POST', 'GET', 'PUT', 'PATCH'] };

function theme({ defaultMessages }: World, n: number): object {
  return {
    data: { addedBy: 'ada' },
    defaultMessages,
    localizedMessages: { fr: 'title=Bord', es: 'title=Cubierta' },
    name: `Look ${n}`,
  };
}

/** Those whose values are colours: all but the last letters of the names in the sample. */
const colours = [
  'alertBackgroundColor',
  'alertFontColor',
  'deleteButtonColor',
  'deleteButtonFocusColor',
  'deleteButtonTextColor',
  'deleteButtonTextFocusColor',
  'errorFontColor',
  'fontColor',
  'iconBackgroundColor',
  'iconColor',
  'inputBackgroundColor',
  'inputIconColor',
  'inputTextColor',
  'linkTextColor',
  'linkTextFocusColor',
  'monoFontColor',
  'pageBackgroundColor',
  'panelBackgroundColor',
  'primaryButtonColor',
  'primaryButtonFocusColor',
  'primaryButtonTextColor',
  'primaryButtonTextFocusColor',
];

/** Kinds that belong to no tenant. */
export const instanceExamples: readonly DocumentedExample[] = [
  {
    sample: 'api-keys/post-request-body.json',
    answer: 'api-keys/post-response-body.json',
    call: 'POST /api/api-key',
    body: ({ listId, otherTenantId }, n) => ({
      apiKey: {
        expirationInstant: 872_812_800_000,
        ipAccessControlListId: listId,
        key: `a secret key of the crew ${n}`,
        metaData: { attributes: { description: 'For the crew' } },
        name: `Crew ${n}`,
        permissions: { endpoints },
        retrievable: false,
        tenantId: otherTenantId,
      },
    }),
    shown: () => ({ apiKey: { ...made, keyManager: false } }),
  },
  {
    sample: 'connectors/generic-request.json',
    answer: 'connectors/generic-response.json',
    call: 'POST /api/connector',
    body: ({ certificateKeyId }, n) => ({
      connector: {
        authenticationURL: 'http://directory.acme.test:3000/api/authenticate',
        connectTimeout: 100,
        data: { modifiedBy: 'ada' },
        debug: true,
        headers: { 'X-Ship': 'acme', 'X-Crew': 'day' },
        httpAuthenticationPassword: 'a secret of the directory',
        httpAuthenticationUsername: 'crew',
        name: `Directory over HTTP ${n}`,
        readTimeout: 100,
        sslCertificateKeyId: certificateKeyId,
        type: 'Generic',
      },
    }),
    shown: () => ({ connector: made }),
  },
  {
    sample: 'connectors/ldap-request.json',
    answer: 'connectors/multiple-responses.json',
    call: 'POST /api/connector',
    body: ({ ldapLambdaId }, n) => ({
      connector: {
        authenticationURL: 'ldap://directory.acme.test:389',
        baseStructure: 'dc=acme,dc=test',
        connectTimeout: 100,
        data: { modifiedBy: 'ada' },
        debug: true,
        identifyingAttribute: 'uid',
        lambdaConfiguration: { reconcileId: ldapLambdaId },
        loginIdAttribute: 'mail',
        name: `Directory over LDAP ${n}`,
        readTimeout: 100,
        requestedAttributes: ['mail', 'uid', 'objectClass', 'cn', 'employeeType', 'labeledURI', 'telephoneNumber'],
        securityMethod: 'None',
        systemAccountDN: 'uid=admin,ou=system',
        systemAccountPassword: 'a secret of the directory',
        type: 'LDAP',
      },
    }),
    shown: () => ({ connector: made }),
  },
  {
    sample: 'docs apis/consents.mdx',
    answer: 'consents/response.json',
    call: 'POST /api/consent',
    body: ({ emailTemplateId, otherTemplateId }, n) => ({
      consent: {
        consentEmailTemplateId: emailTemplateId,
        countryMinimumAgeForSelfConsent: { de: 21 },
        defaultMinimumAgeForSelfConsent: 18,
        emailPlus: {
          emailTemplateId: otherTemplateId,
          enabled: true,
          maximumTimeToSendEmailInHours: 48,
          minimumTimeToSendEmailInHours: 24,
        },
        multipleValuesAllowed: false,
        name: `To the voyage ${n}`,
        values: ['Written', 'Verbal'],
      },
    }),
    shown: () => ({ consent: made }),
  },
  {
    sample: 'email-templates/request.json',
    call: 'POST /api/email/template',
    body: (_, n) => ({
      emailTemplate: {
        defaultFromName: 'The harbour',
        defaultHtmlTemplate: '<p>Ahoy ${user.username}</p>',
        defaultSubject: 'Ahoy',
        defaultTextTemplate: 'Ahoy ${user.username},\nwelcome aboard.',
        fromEmail: 'harbour@acme.test',
        localizedFromNames: { de: 'Der Hafen', fr: 'Le port' },
        localizedHtmlTemplates: { de: '<p>Ahoi ${user.username}</p>', fr: '<p>Ohé ${user.username}</p>' },
        localizedSubjects: { de: 'Ahoi', fr: 'Ohé' },
        localizedTextTemplates: { de: 'Ahoi ${user.username}', fr: 'Ohé ${user.username}' },
        name: `Ahoy ${n}`,
      },
    }),
    shown: () => ({ emailTemplate: made }),
  },
  {
    sample: 'message-templates/request.json',
    answer: 'message-templates/response.json',
    call: 'POST /api/message/template',
    body: (_, n) => ({
      messageTemplate: {
        data: { updatedBy: 'ada@acme.test' },
        defaultTemplate: 'The code of the day: ${code}',
        localizedTemplates: { de: 'Der Code des Tages: ${code}', es: 'El código del día: ${code}' },
        name: `Code of the day ${n}`,
        type: 'SMS',
      },
    }),
    shown: () => ({ messageTemplate: made }),
  },
  {
    sample: 'messengers/generic-request.json',
    answer: 'messengers/generic-response.json',
    call: 'POST /api/messenger',
    body: ({ certificate }, n) => ({
      messenger: {
        connectTimeout: 1000,
        data: { ship: 'acme' },
        debug: false,
        headers: { 'Content-Type': 'application/json' },
        httpAuthenticationPassword: 'a secret of the messenger',
        httpAuthenticationUsername: 'crew',
        messageTypes: ['SMS', 'Voice'],
        name: `Messenger over HTTP ${n}`,
        readTimeout: 1000,
        // The sample has an id, where the page wants a certificate; what a server makes of that nobody says.
        sslCertificate: certificate,
        type: 'Generic',
        url: 'https://sms.acme.test/send',
      },
    }),
    shown: () => ({ messenger: { ...made, transport: 'sms' } }),
  },
  {
    sample: 'messengers/twilio-request.json',
    answer: 'messengers/twilio-response.json',
    call: 'POST /api/messenger',
    body: (_, n) => ({
      messenger: {
        accountSID: 'AC0000000000000000000000000000ACME',
        authToken: 'a secret of the messenger',
        data: { ship: 'acme' },
        debug: false,
        fromPhoneNumber: '555-555-5501',
        messageTypes: ['SMS', 'Voice'],
        name: `Twilio ${n}`,
        type: 'Twilio',
        url: 'https://api.twilio.test',
      },
    }),
    shown: () => ({ messenger: { ...made, transport: 'sms' } }),
  },
  {
    sample: 'lambdas/put-request.json',
    answer: 'lambdas/response.json',
    call: 'PUT /api/lambda/{samlLambdaId}',
    body: (_, n) => ({
      lambda: {
        body: "function reconcile(user, registration) { console.info('ahoy'); }",
        debug: false,
        engineType: 'GraalJS',
        name: `Reconciles the crew ${n}`,
      },
    }),
    shown: () => ({ lambda: { ...made, type: 'SAMLv2Reconcile' } }),
  },
  {
    sample: 'themes/request.json',
    answer: 'themes/response.json',
    call: 'POST /api/theme',
    body: (world, n) => ({
      theme: {
        ...theme(world, n),
        templates: Object.fromEntries(world['templateNames']?.split(' ').map((name) => [name, '[#ftl/]']) ?? []),
      },
    }),
    shown: () => ({ theme: { ...made, type: 'advanced' } }),
  },
  {
    sample: 'themes/simple-request.json',
    answer: 'themes/simple-response.json',
    call: 'POST /api/theme',
    body: (world, n) => ({
      theme: {
        ...theme(world, n),
        type: 'simple',
        variables: {
          ...Object.fromEntries(colours.map((name) => [name, '#0a3d62'])),
          backgroundImageURL: 'https://acme.test/sea.png',
          backgroundSize: 'cover',
          borderRadius: '1.00rem',
          fontFamily: 'sans-serif',
          footerDisplay: true,
          logoImageSize: '7',
          logoImageURL: 'https://acme.test/anchor.png',
          monoFontFamily: 'monospace',
        },
      },
    }),
    shown: () => ({ theme: made }),
  },
  {
    sample: 'themes/copy-request.json',
    answer: 'themes/response.json',
    call: 'POST /api/theme',
    body: (_, n) => ({
      sourceThemeId: '75a068fd-e94b-451a-9aeb-3ddb9a3b5987',
      theme: { name: `Copied look ${n}` },
    }),
    hidden: ['sourceThemeId'],
    shown: ({ defaultMessages }) => ({
      theme: { ...made, data: {}, defaultMessages, localizedMessages: {}, type: 'advanced' },
    }),
  },
  {
    sample: 'form-fields/update-request.json',
    call: 'PUT /api/form/field/{fieldId}',
    body: (_, n) => ({
      field: {
        data: { leftAddOn: 'anchor' },
        description: 'Where one sleeps',
        name: `Berth, as it is now ${n}`,
        required: false,
      },
    }),
    shown: () => ({ field: { ...made, confirm: false, control: 'text', key: expect.any(String), type: 'string' } }),
  },
  {
    sample: 'forms/request.json',
    answer: 'forms/responses.json',
    call: 'POST /api/form',
    body: ({ emailFieldId, passwordFieldId, otherFieldId }, n) => ({
      form: {
        data: { description: 'How one signs on' },
        name: `Sign on ${n}`,
        steps: [
          { fields: [emailFieldId, otherFieldId], type: 'collectData' },
          { fields: [], type: 'verifyEmail' },
          { fields: [passwordFieldId] },
        ],
      },
    }),
    shown: () => ({ form: { ...made, type: 'registration' } }),
  },
  {
    sample: 'ip-acl/request.json',
    answer: 'ip-acl/response.json',
    call: 'POST /api/ip-acl',
    body: (_, n) => ({
      ipAccessControlList: {
        entries: [
          { action: 'Block', startIPAddress: '*' },
          { action: 'Allow', endIPAddress: '192.0.2.90', startIPAddress: '192.0.2.10' },
        ],
        name: `Only from the harbour ${n}`,
      },
    }),
    shown: () => ({ ipAccessControlList: made }),
  },
  {
    sample: 'docs apis/user-actions.mdx',
    answer: 'user-actions/response.json',
    call: 'POST /api/user-action',
    body: ({ emailTemplateId, otherTemplateId }, n) => ({
      userAction: {
        cancelEmailTemplateId: emailTemplateId,
        endEmailTemplateId: otherTemplateId,
        includeEmailInEventJSON: true,
        localizedNames: { de: 'Landgang gestrichen' },
        modifyEmailTemplateId: emailTemplateId,
        name: `No shore leave ${n}`,
        options: [
          { localizedNames: { de: 'Sanft' }, name: 'Gently' },
          { localizedNames: { de: 'Streng' }, name: 'Sternly' },
        ],
        preventLogin: true,
        sendEndEvent: true,
        startEmailTemplateId: otherTemplateId,
        temporal: true,
        userEmailingEnabled: true,
        userNotificationsEnabled: true,
      },
    }),
    shown: () => ({ userAction: { active: true, id: expect.any(String) } }),
  },
  {
    sample: 'docs apis/user-action-reasons.mdx',
    answer: 'user-action-reasons/response.json',
    call: 'POST /api/user-action-reason',
    body: (_, n) => ({
      userActionReason: {
        code: `LATE${n}`,
        localizedTexts: { fr: 'Retard au quart' },
        text: `Late for the watch ${n}`,
      },
    }),
    shown: () => ({ userActionReason: { id: expect.any(String) } }),
  },
  {
    sample: 'system-configuration/request.json',
    answer: 'system-configuration/response.json',
    call: 'PUT /api/system-configuration',
    body: () => ({
      systemConfiguration: {
        auditLogConfiguration: { delete: { enabled: true, numberOfDaysToRetain: 90 } },
        corsConfiguration: {
          allowCredentials: true,
          allowedHeaders: ['Accept', 'Authorization', 'Content-Type', 'Origin', 'X-FusionAuth-TenantId'],
          allowedMethods: ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT'],
          allowedOrigins: ['*'],
          enabled: true,
          exposedHeaders: ['Access-Control-Allow-Origin', 'Access-Control-Allow-Credentials'],
          preflightMaxAgeInSeconds: 1800,
        },
        eventLogConfiguration: { numberToRetain: 10_000 },
        loginRecordConfiguration: { delete: { enabled: true, numberOfDaysToRetain: 90 } },
        reportTimezone: 'Europe/Oslo',
        trustedProxyConfiguration: { trustPolicy: 'OnlyConfigured', trusted: ['192.0.2.1'] },
        uiConfiguration: { headerColor: '303030', logoURL: 'https://acme.test/logo.svg', menuFontColor: 'F0F0F0' },
        webhookEventLogConfiguration: { delete: { enabled: true, numberOfDaysToRetain: 90 } },
      },
    }),
    shown: () => ({ systemConfiguration: { corsConfiguration: { debug: false } } }),
  },
  {
    sample: 'docs apis/integrations.mdx',
    answer: 'integrations/response.json',
    call: 'PUT /api/integration',
    body: () => ({
      integrations: {
        cleanspeak: {
          apiKey: 'a secret of moderation',
          enabled: true,
          url: 'http://moderation.acme.test:8001',
          usernameModeration: { applicationId: '6a4f2a8e-8a6d-4b0a-9f16-6b1f7c6f8c03', enabled: true },
        },
        kafka: {
          defaultTopic: 'crew',
          enabled: true,
          producer: {
            'bootstrap.servers': 'localhost:9092',
            'max.block.ms': '5000',
            'request.timeout.ms': '2000',
          },
        },
      },
    }),
  },
  {
    sample: 'tenant-manager/request.json',
    answer: 'tenant-manager/get-response.json',
    call: 'PUT /api/tenant-manager',
    body: ({ universalApplicationId, registrationFormId }) => ({
      tenantManagerConfiguration: {
        applicationConfigurations: [{ applicationId: universalApplicationId }],
        attributeFormId: registrationFormId,
        brandName: 'Acme fleet',
      },
    }),
    shown: () => ({
      tenantManagerConfiguration: {
        identityProviderTypeConfigurations: {},
        insertInstant: expect.any(Number),
        lastUpdateInstant: expect.any(Number),
      },
    }),
  },
  {
    sample: 'tenant-manager/identity-provider/request.json',
    answer: 'tenant-manager/identity-provider/response.json',
    call: 'POST /api/tenant-manager/identity-provider/OpenIDConnect',
    body: () => ({
      typeConfiguration: {
        defaultAttributeMappings: {
          'registration.data.deck': 'deck',
          'registration.username': 'preferred_username',
          'user.email': 'email',
          'user.firstName': 'given_name',
        },
        enabled: true,
        linkingStrategy: 'LinkByEmail',
      },
    }),
    shown: () => ({
      typeConfiguration: {
        insertInstant: expect.any(Number),
        lastUpdateInstant: expect.any(Number),
        type: 'OpenIDConnect',
      },
    }),
  },
];
