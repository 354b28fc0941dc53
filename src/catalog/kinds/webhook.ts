import type { WebhookRequest } from '@fusionauth/typescript-client';
import type { DesiredObject } from '../../model/index.js';
import type { Kind, WithoutEffect } from '../kind.js';
import { normalized, trimmed } from '../normal-text.js';
import { webhookSince } from '../since.generated.js';
import { asRequest, listOf, oneOf, orAbsent, without } from '../wire.js';

/**
 * A webhook. It owns its link to tenants (`tenantIds`): the other side of that link, the tenant's `webhookIds`, is
 * written but never read back (fusionauth-issues #2413), so nobody could compare it.
 */
export const webhook: Kind = {
  kind: 'webhook',
  collection: 'webhooks',
  title: 'webhook',
  scope: 'instance',
  // Neither url nor description is unique: a webhook is found by its id only.
  naturalKey: [],
  nameField: 'description',
  refs: [
    { path: 'signatureConfiguration.signingKeyId', kind: 'key' },
    { path: 'sslCertificateKeyId', kind: 'key' },
    { path: 'tenantIds[]', kind: 'tenant' },
  ],
  serverOwned: ['id', 'insertInstant', 'lastUpdateInstant'],
  mirrors: [],
  immutable: [],
  secrets: [
    {
      path: 'httpAuthenticationPassword',
      readBack: 'list',
      onOmit: 'cleared',
      source: 'FusionAuth docs: apis/webhooks shows it in the response',
    },
    // Headers carry tokens for the receiver; which of them do is not for kedge to guess.
    { path: 'headers{}', readBack: 'list', onOmit: 'cleared', source: 'FusionAuth docs: apis/webhooks' },
  ],
  lists: [{ path: 'tenantIds', as: 'set' }],
  completeMaps: [],
  freeMaps: ['data', 'headers', 'eventsEnabled'],
  children: [],
  required: ['url', 'connectTimeout', 'readTimeout'],
  defaults: { global: false, signatureConfiguration: { enabled: false } },
  builtIns: [],
  files: [],
  since: webhookSince,
  reads: {
    list: async (client) => listOf((await client.retrieveWebhooks()).response, 'webhooks'),
    get: async (client, { id }) => {
      const answer = await orAbsent(client.retrieveWebhook(id));
      return answer && oneOf(answer.response, 'webhook');
    },
  },
  writes: {
    create: async ({ client, id }, body) =>
      oneOf((await client.createWebhook(id, asRequest<WebhookRequest>({ webhook: body }))).response, 'webhook'),
    update: async ({ client, id }, body) =>
      oneOf((await client.updateWebhook(id, asRequest<WebhookRequest>({ webhook: body }))).response, 'webhook'),
    delete: async ({ client, id }) => {
      await client.deleteWebhook(id);
    },
  },
  traps: [
    'A tenant writes the same link from the other side (`webhookIds`): kedge lets webhooks own it, and never writes the two at once.',
    'Neither url nor description is unique: one that was made elsewhere is found by its id only.',
  ],
  canonical: normalized(
    trimmed('headers{}', 'httpAuthenticationUsername', 'httpAuthenticationPassword', 'sslCertificate'),
  ),
  // A list that says nothing is not worth a line.
  written: (body) => (withoutEffect(body).length > 0 ? without(body, 'tenantIds') : body),
  withoutEffect,
  softDelete: false,
  recreatable: true,
  deleteMeans: 'its receiver gets no more events, and transactions that waited for its vote no longer do',
  // A tenant's PUT writes the same link from the other side.
  alsoLocks: (body) => (Array.isArray(body['tenantIds']) ? body['tenantIds'].map((id) => `tenant:${String(id)}`) : []),
  meanings: [
    { path: 'url', when: 'changed', risk: 'disruptive', says: 'events go to {to}[, no longer to {from}]' },
    {
      path: 'global',
      when: 'turned-off',
      risk: 'disruptive',
      says: 'events of tenants that it does not name are no longer sent to it',
    },
    { path: 'global', when: 'turned-on', risk: 'disruptive', says: 'events of every tenant are sent to it' },
    { path: 'tenantIds', when: 'loses', risk: 'disruptive', says: 'events of {items} are no longer sent to it' },
    {
      path: 'eventsEnabled{}',
      when: 'turned-off',
      risk: 'disruptive',
      says: 'the event {key} is no longer sent to it',
    },
    { path: 'eventsEnabled{}', when: 'turned-on', risk: 'safe', says: 'the event {key} is sent to it' },
    {
      path: 'signatureConfiguration.enabled',
      when: 'turned-off',
      risk: 'disruptive',
      says: 'events are no longer signed: a receiver that checks refuses them',
    },
    {
      path: 'signatureConfiguration.signingKeyId',
      when: 'changed',
      risk: 'disruptive',
      says: 'events are signed with {to}[, no longer with {from}]: the receiver must know the new key',
    },
    {
      path: 'headers{}',
      when: 'changed',
      risk: 'disruptive',
      says: 'its receiver is sent another header: if it is wrong, events are refused',
    },
    {
      path: 'httpAuthenticationPassword',
      when: 'changed',
      risk: 'disruptive',
      says: 'its receiver is asked with another password: if it is wrong, events are refused',
    },
    {
      path: 'connectTimeout',
      when: 'lowered',
      risk: 'disruptive',
      says: 'its receiver has {to} ms to answer the call, no longer {from} ms',
    },
    {
      path: 'readTimeout',
      when: 'lowered',
      risk: 'disruptive',
      says: 'its receiver has {to} ms to answer, no longer {from} ms: a vote that comes later is a failure',
    },
  ],
  sources: [
    'FusionAuth docs: apis/webhooks',
    'fusionauth-java-client Webhook',
    'fusionauth-issues #2411, #2413 (tenant webhookIds)',
  ],
};

/** Sources: FusionAuth docs, apis/webhooks, `global`; fusionauth-issues #2413: an update of a tenant leaves global webhooks as they are. */
function withoutEffect({ global, tenantIds }: DesiredObject): readonly WithoutEffect[] {
  if (global !== true || !Array.isArray(tenantIds) || tenantIds.length === 0) return [];
  const why = 'says nothing beside global: true, which is for all tenants';
  return [{ field: 'tenantIds', why, hint: 'take out tenantIds, or global to have events of these tenants only' }];
}
