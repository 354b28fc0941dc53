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
  meanings: [
    {
      path: 'corsConfiguration.enabled',
      when: 'turned-off',
      risk: 'disruptive',
      says: 'browsers no longer let pages of other origins call FusionAuth',
    },
    {
      path: 'corsConfiguration.enabled',
      when: 'turned-on',
      risk: 'disruptive',
      says: 'pages of the allowed origins may call FusionAuth',
    },
    {
      path: 'corsConfiguration.allowedOrigins',
      when: 'loses',
      risk: 'disruptive',
      says: 'pages of {items} can no longer call FusionAuth',
    },
    {
      path: 'corsConfiguration.allowedOrigins',
      when: 'gains',
      risk: 'disruptive',
      says: 'pages of {items} may call FusionAuth',
    },
    {
      path: 'corsConfiguration.allowedMethods',
      when: 'loses',
      risk: 'disruptive',
      says: 'pages of other origins can no longer use {items}',
    },
    {
      path: 'corsConfiguration.allowedHeaders',
      when: 'loses',
      risk: 'disruptive',
      says: 'pages of other origins can no longer send {items}',
    },
    {
      path: 'corsConfiguration.allowCredentials',
      when: 'turned-off',
      risk: 'disruptive',
      says: "pages of other origins no longer send the user's cookies",
    },
    {
      path: 'corsConfiguration.allowCredentials',
      when: 'turned-on',
      risk: 'disruptive',
      says: "pages of other origins send the user's cookies",
    },
    {
      path: 'trustedProxyConfiguration.trustPolicy',
      when: 'changed',
      risk: 'disruptive',
      says: "what a proxy says of the caller's address is trusted by the rule {to}[, no longer {from}]",
    },
    {
      path: 'trustedProxyConfiguration.trusted',
      when: 'loses',
      risk: 'disruptive',
      says: "what {items} says of the caller's address is no longer trusted",
    },
    {
      path: 'auditLogConfiguration.delete.enabled',
      when: 'turned-on',
      risk: 'irreversible',
      says: 'old entries of the audit log are deleted, for good',
    },
    {
      path: 'auditLogConfiguration.delete.numberOfDaysToRetain',
      when: 'lowered',
      risk: 'irreversible',
      says: 'entries of the audit log are kept for {to} days, no longer {from}, where deleting is turned on',
    },
    {
      path: 'loginRecordConfiguration.delete.enabled',
      when: 'turned-on',
      risk: 'irreversible',
      says: 'old login records are deleted, for good',
    },
    {
      path: 'loginRecordConfiguration.delete.numberOfDaysToRetain',
      when: 'lowered',
      risk: 'irreversible',
      says: 'login records are kept for {to} days, no longer {from}, where deleting is turned on',
    },
    {
      path: 'eventLogConfiguration.numberToRetain',
      when: 'lowered',
      risk: 'irreversible',
      says: 'the event log keeps {to} entries, no longer {from}',
    },
    {
      path: 'webhookEventLogConfiguration.enabled',
      when: 'turned-off',
      risk: 'disruptive',
      says: 'what was sent to webhooks is no longer kept',
    },
    {
      path: 'webhookEventLogConfiguration.delete.numberOfDaysToRetain',
      when: 'lowered',
      risk: 'irreversible',
      says: 'what was sent to webhooks is kept for {to} days, no longer {from}',
    },
  ],
  sources: ['FusionAuth docs: apis/system', 'fusionauth-java-client SystemConfiguration'],
};
