import type { RoundTrip } from './round-trip.js';

const yearOld = { delete: { enabled: false, numberOfDaysToRetain: 365 } };

/** What there is once on an instance. Sources as of the other kinds. */
export const singleObjects: readonly RoundTrip[] = [
  {
    what: 'system configuration',
    single: true,
    path: '/api/system-configuration',
    wrapper: 'systemConfiguration',
    fields: () => ({ reportTimezone: 'Europe/Oslo' }),
    defaults: () => ({
      auditLogConfiguration: yearOld,
      corsConfiguration: {
        allowCredentials: false,
        allowedHeaders: [],
        allowedMethods: [],
        allowedOrigins: [],
        debug: false,
        enabled: false,
        exposedHeaders: [],
        preflightMaxAgeInSeconds: 0,
      },
      data: {},
      eventLogConfiguration: { numberToRetain: 10_000 },
      loginRecordConfiguration: yearOld,
      trustedProxyConfiguration: { trustPolicy: 'All', trusted: [] },
      uiConfiguration: {},
      usageDataConfiguration: { numberOfDaysToRetain: 366 },
      webhookEventLogConfiguration: { delete: { enabled: true, numberOfDaysToRetain: 30 }, enabled: true },
    }),
    // Its default is a switch: usageDataDefault.
    made: ['usageDataConfiguration.enabled'],
    changed: () => ({
      auditLogConfiguration: { delete: { enabled: true, numberOfDaysToRetain: 90 } },
      corsConfiguration: {
        allowedMethods: ['GET'],
        allowedOrigins: ['https://acme.test'],
        preflightMaxAgeInSeconds: 60,
      },
      data: { owner: 'crew' },
      eventLogConfiguration: { numberToRetain: 500 },
      trustedProxyConfiguration: { trustPolicy: 'OnlyConfigured', trusted: ['10.0.0.1'] },
      uiConfiguration: { headerColor: '303030' },
      webhookEventLogConfiguration: { delete: { enabled: false }, enabled: false },
    }),
    source: 'SystemConfiguration, CORSConfiguration, SystemTrustedProxyConfiguration, WebhookEventLogConfiguration',
  },
  {
    what: 'integrations',
    single: true,
    path: '/api/integration',
    wrapper: 'integrations',
    fields: () => ({}),
    defaults: () => ({
      cleanspeak: { applicationIds: [], enabled: false, usernameModeration: { enabled: false } },
      kafka: {
        enabled: false,
        producer: { 'bootstrap.servers': 'localhost:9092', 'max.block.ms': '5000', 'request.timeout.ms': '2000' },
      },
    }),
    changed: () => ({
      cleanspeak: { apiKey: 'a secret', enabled: true, url: 'https://moderation.acme.test' },
      kafka: { defaultTopic: 'crew', enabled: true, producer: { acks: 'all' } },
    }),
    source: 'Integrations, CleanSpeakConfiguration, KafkaConfiguration and its normalize()',
  },
  {
    what: 'tenant manager configuration',
    single: true,
    path: '/api/tenant-manager',
    wrapper: 'tenantManagerConfiguration',
    fields: () => ({}),
    defaults: () => ({ applicationConfigurations: [], identityProviderTypeConfigurations: {} }),
    changed: () => ({ brandName: 'Acme' }),
    source: 'TenantManagerConfiguration',
  },
];
