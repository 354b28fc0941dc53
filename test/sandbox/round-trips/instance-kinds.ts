import { documented, type RoundTrip } from './round-trip.js';

/**
 * Kinds of the whole instance. Field initialisers of fusionauth-java-client's class are the server's defaults; where
 * something else says it, it is named.
 */
export const instanceKinds: readonly RoundTrip[] = [
  documented('/api/api-key', {
    defaults: () => ({ keyManager: false, metaData: { attributes: {} }, retrievable: true }),
    made: ['key'],
    changed: () => ({
      expirationInstant: 4_102_444_800_000,
      metaData: { attributes: { description: 'For the crew' } },
      permissions: { endpoints: { '/api/user': ['GET'] } },
    }),
    source: 'APIKey; FusionAuth docs apis/api-keys: omitted, the expiration is cleared',
  }),
  documented('/api/connector', {
    what: 'connector Generic',
    defaults: () => ({ data: {}, debug: false, headers: {} }),
    changed: () => ({
      data: { owner: 'crew' },
      debug: true,
      headers: { 'X-Ship': 'acme' },
      httpAuthenticationUsername: 'crew',
      httpAuthenticationPassword: 'a secret',
    }),
    source: 'BaseConnectorConfiguration, GenericConnectorConfiguration',
  }),
  documented('/api/connector', {
    what: 'connector LDAP',
    fields: ({ ldapLambdaId }, n) => ({
      type: 'LDAP',
      name: `Directory ${n}`,
      authenticationURL: 'ldap://ldap.acme.test',
      baseStructure: 'dc=acme,dc=test',
      connectTimeout: 1000,
      readTimeout: 1000,
      identifyingAttribute: 'uid',
      loginIdAttribute: 'mail',
      requestedAttributes: ['mail', 'uid'],
      securityMethod: 'None',
      systemAccountDN: 'uid=admin',
      systemAccountPassword: 'a secret',
      lambdaConfiguration: { reconcileId: ldapLambdaId },
    }),
    defaults: () => ({ data: {}, debug: false }),
    changed: () => ({ data: { owner: 'crew' }, debug: true, securityMethod: 'LDAPS' }),
    source: 'BaseConnectorConfiguration, LDAPConnectorConfiguration',
  }),
  documented('/api/consent', {
    defaults: () => ({
      countryMinimumAgeForSelfConsent: {},
      data: {},
      emailPlus: { enabled: false, maximumTimeToSendEmailInHours: 48, minimumTimeToSendEmailInHours: 24 },
      multipleValuesAllowed: false,
      values: [],
    }),
    changed: ({ emailTemplateId }) => ({
      consentEmailTemplateId: emailTemplateId,
      countryMinimumAgeForSelfConsent: { de: 16 },
      data: { owner: 'crew' },
      emailPlus: {
        enabled: true,
        emailTemplateId,
        maximumTimeToSendEmailInHours: 72,
        minimumTimeToSendEmailInHours: 12,
      },
      multipleValuesAllowed: true,
      values: ['Written', 'Verbal'],
    }),
    source: 'Consent, Consent.EmailPlus',
  }),
  documented('/api/email/template', {
    defaults: () => ({
      localizedFromNames: {},
      localizedHtmlTemplates: {},
      localizedSubjects: {},
      localizedTextTemplates: {},
    }),
    changed: () => ({
      defaultFromName: 'The crew',
      fromEmail: 'crew@acme.test',
      localizedFromNames: { de: 'Die Mannschaft' },
      localizedHtmlTemplates: { de: '<p>Hallo</p>' },
      localizedSubjects: { de: 'Hallo' },
      localizedTextTemplates: { de: 'Hallo' },
    }),
    source: 'EmailTemplate',
  }),
  documented('/api/entity/type', {
    defaults: () => ({
      data: {},
      jwtConfiguration: { accessTokenVerificationKeyIds: [], enabled: false, timeToLiveInSeconds: 0 },
      permissions: [],
    }),
    changed: ({ rsaKeyId, otherRsaKeyId }) => ({
      data: { owner: 'crew' },
      jwtConfiguration: {
        accessTokenKeyId: rsaKeyId,
        accessTokenVerificationKeyIds: [otherRsaKeyId],
        enabled: true,
        timeToLiveInSeconds: 60,
      },
    }),
    source:
      'EntityType, EntityType.EntityJWTConfiguration; the list of keys: the sample of FusionAuth docs apis/entities',
  }),
  documented('/api/entity/type/{entityTypeId}/permission', {
    defaults: () => ({ data: {}, isDefault: false }),
    changed: () => ({ data: { owner: 'crew' }, description: 'May sail', isDefault: true }),
    source: 'EntityTypePermission',
  }),
  documented('/api/form', {
    fields: ({ emailFieldId, passwordFieldId }, n) => ({
      name: `Form ${n}`,
      steps: [{ fields: [emailFieldId, passwordFieldId] }],
    }),
    defaults: ({ emailFieldId, passwordFieldId }) => ({
      data: {},
      steps: [{ fields: [emailFieldId, passwordFieldId], type: 'collectData' }],
      type: 'registration',
    }),
    changed: () => ({ data: { owner: 'crew' } }),
    source: 'Form, FormStep',
  }),
  documented('/api/form/field', {
    defaults: () => ({
      confirm: false,
      control: 'text',
      data: {},
      options: [],
      required: false,
      type: 'string',
      validator: { enabled: false },
    }),
    changed: () => ({
      data: { leftAddon: 'user' },
      description: 'Where the crew sleeps',
      required: true,
      validator: { enabled: true, expression: '[a-z]+' },
    }),
    source: 'FormField, FormFieldValidator; the control: FusionAuth docs apis/custom-forms/form-fields',
  }),
  documented('/api/ip-acl', {
    fields: (_, n) => ({ name: `List ${n}`, entries: [{ startIPAddress: '*' }] }),
    defaults: () => ({ entries: [{ startIPAddress: '*', action: 'Block' }] }),
    changed: () => ({
      entries: [
        { startIPAddress: '*', action: 'Allow' },
        { startIPAddress: '10.0.0.1', endIPAddress: '10.0.0.9', action: 'Block' },
      ],
    }),
    source: 'IPAccessControlList, whose `data` is left out when empty; IPAccessControlEntry',
  }),
  documented('/api/lambda', {
    defaults: () => ({ debug: false, engineType: 'GraalJS' }),
    changed: () => ({ debug: true }),
    source: 'Lambda, whose `enabled` is not written',
  }),
  ...['SMS', 'Voice'].map((type) =>
    documented('/api/message/template', {
      what: `message template ${type}`,
      fields: (_, n) => ({ name: `Message ${type} ${n}`, type, defaultTemplate: 'Hello' }),
      defaults: () => ({ data: {}, localizedTemplates: {} }),
      changed: () => ({ data: { owner: 'crew' }, localizedTemplates: { de: 'Hallo' } }),
      source: `MessageTemplate, ${type}MessageTemplate`,
    }),
  ),
  documented('/api/messenger', {
    what: 'messenger Generic',
    defaults: () => ({ data: {}, debug: false, headers: {}, messageTypes: ['SMS'], transport: 'sms' }),
    changed: () => ({
      data: { owner: 'crew' },
      debug: true,
      headers: { 'X-Ship': 'acme' },
      httpAuthenticationUsername: 'crew',
      httpAuthenticationPassword: 'a secret',
      messageTypes: ['SMS', 'Voice'],
    }),
    source: 'BaseMessengerConfiguration, GenericMessengerConfiguration, MessengerTransport',
  }),
  documented('/api/messenger', {
    what: 'messenger Twilio',
    fields: (_, n) => ({
      type: 'Twilio',
      name: `Twilio ${n}`,
      accountSID: 'AC1',
      url: 'https://api.twilio.test',
      fromPhoneNumber: '+4790000000',
    }),
    defaults: () => ({ data: {}, debug: false, messageTypes: ['SMS'], transport: 'sms' }),
    changed: () => ({ authToken: 'a secret', data: { owner: 'crew' }, debug: true, messageTypes: ['Voice'] }),
    source: 'BaseMessengerConfiguration, TwilioMessengerConfiguration',
  }),
  documented('/api/messenger', {
    what: 'messenger Kafka',
    fields: (_, n) => ({ type: 'Kafka', name: `Kafka ${n}` }),
    defaults: () => ({
      data: {},
      debug: false,
      messageTypes: ['SMS'],
      producer: { 'bootstrap.servers': 'localhost:9092', 'max.block.ms': '5000', 'request.timeout.ms': '2000' },
      transport: 'sms',
    }),
    changed: () => ({ data: { owner: 'crew' }, debug: true, defaultTopic: 'crew', producer: { acks: 'all' } }),
    source: 'BaseMessengerConfiguration, KafkaMessengerConfiguration and its normalize()',
  }),
  documented('/api/theme', {
    what: 'theme of a copy',
    defaults: () => ({ data: {}, localizedMessages: {}, type: 'advanced' }),
    made: ['defaultMessages', 'stylesheet', 'templates'],
    restated: ['defaultMessages', 'templates'],
    changed: () => ({ data: { owner: 'crew' } }),
    source: 'Theme; FusionAuth docs apis/themes: a PUT needs messages and templates',
  }),
  documented('/api/user-action', {
    fields: (_, n) => ({ name: `Action ${n}` }),
    defaults: () => ({
      active: true,
      includeEmailInEventJSON: false,
      options: [],
      preventLogin: false,
      sendEndEvent: true,
      temporal: false,
      userEmailingEnabled: false,
      userNotificationsEnabled: false,
    }),
    // Its default is a switch: userActionTransaction.
    made: ['transactionType'],
    changed: ({ emailTemplateId }) => ({
      startEmailTemplateId: emailTemplateId,
      localizedNames: { de: 'Sperre' },
      options: [{ name: 'Softly', localizedNames: { de: 'Sanft' } }],
      preventLogin: true,
      sendEndEvent: false,
      temporal: true,
    }),
    source: 'UserAction; a new one is active: FusionAuth docs apis/user-actions',
  }),
  documented('/api/user-action-reason', {
    defaults: () => ({}),
    changed: () => ({ localizedTexts: { de: 'Grund' } }),
    source: 'UserActionReason',
  }),
  documented('/api/webhook', {
    defaults: () => ({
      data: {},
      eventsEnabled: {},
      global: false,
      headers: {},
      signatureConfiguration: { enabled: false },
      tenantIds: [],
    }),
    changed: ({ otherTenantId, rsaKeyId }) => ({
      data: { owner: 'crew' },
      description: 'SIEM',
      eventsEnabled: { 'user.create': true },
      headers: { 'X-Ship': 'acme' },
      httpAuthenticationUsername: 'crew',
      httpAuthenticationPassword: 'a secret',
      signatureConfiguration: { enabled: true, signingKeyId: rsaKeyId },
      tenantIds: [otherTenantId],
    }),
    source: 'Webhook, WebhookSignatureConfiguration',
  }),
];
