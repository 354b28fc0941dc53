import type { SystemConfigurationRequest } from '@fusionauth/typescript-client';
import type { Kind } from '../kind.js';
import { systemConfigurationSince } from '../since.generated.js';
import { named, neverMade, singletonKind, singletonReads } from '../singleton.js';
import { asRequest, oneOf, without } from '../wire.js';

/** What holds for the whole instance: CORS, how long logs are kept, which proxies are trusted, the colours of the UI. */
export const systemConfiguration: Kind = {
  ...singletonKind('systemConfiguration'),
  kind: 'systemConfiguration',
  collection: 'systemConfiguration',
  title: 'system configuration',
  refs: [],
  serverOwned: ['id', 'insertInstant', 'lastUpdateInstant'],
  mirrors: [],
  secrets: [],
  lists: [
    { path: 'corsConfiguration.allowedHeaders', as: 'set' },
    { path: 'corsConfiguration.allowedMethods', as: 'set' },
    { path: 'corsConfiguration.allowedOrigins', as: 'set' },
    { path: 'corsConfiguration.exposedHeaders', as: 'set' },
    { path: 'trustedProxyConfiguration.trusted', as: 'set' },
  ],
  completeMaps: [],
  freeMaps: ['data'],
  defaults: {
    auditLogConfiguration: { delete: { enabled: false, numberOfDaysToRetain: 365 } },
    eventLogConfiguration: { numberToRetain: 10000 },
    loginRecordConfiguration: { delete: { enabled: false, numberOfDaysToRetain: 365 } },
    trustedProxyConfiguration: { trustPolicy: 'All', trusted: [] },
    usageDataConfiguration: { enabled: true, numberOfDaysToRetain: 366 },
    webhookEventLogConfiguration: { enabled: true, delete: { enabled: true, numberOfDaysToRetain: 30 } },
  },
  files: [],
  since: systemConfigurationSince,
  reads: singletonReads('systemConfiguration', 'systemConfiguration', (client) => client.retrieveSystemConfiguration()),
  writes: {
    ...neverMade('systemConfiguration'),
    update: async ({ client }, body) => {
      const request = asRequest<SystemConfigurationRequest>({ systemConfiguration: without(body, 'id') });
      const { response } = await client.updateSystemConfiguration(request);
      return named('systemConfiguration', oneOf(response, 'systemConfiguration'));
    },
  },
  sources: ['FusionAuth docs: apis/system', 'fusionauth-java-client SystemConfiguration'],
};
