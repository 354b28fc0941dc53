import type { Problem } from '../errors.js';
import { eventTypesOf } from '../events/event-types.js';
import { canSign } from '../keys/key-use.js';
import type { Kind, Write } from '../kind.js';
import type { Fields, StoredObject } from '../store.js';
import { isBlank, isRecord, trim } from './normal-text.js';
import { lengthProblems, needs, numberProblems } from './rules.js';
import { withoutSecrets } from './secrets.js';
import { tenantIdsOf } from './webhook-links.js';

const secrets = ['headers', 'httpAuthenticationPassword'] as const;

/** Source: FusionAuth docs apis/webhooks; `normalize()` of fusionauth-java-client's `Webhook`. Two may have one URL. */
export const webhook: Kind = {
  name: 'webhook',
  label: 'Webhook',
  path: '/api/webhook',
  one: 'webhook',
  many: 'webhooks',
  idParameter: 'webhookId',
  operations: ['create', 'delete', 'list', 'patch', 'read', 'search', 'update'],
  scope: 'tenant',
  shape: 'Webhook',
  defaults: () => ({
    data: {},
    eventsEnabled: {},
    global: false,
    headers: {},
    signatureConfiguration: { enabled: false },
    tenantIds: [],
  }),
  required: ['connectTimeout', 'readTimeout', 'url'],
  references: [
    { path: 'signatureConfiguration.signingKeyId', kind: 'key', fits: canSign },
    { path: 'sslCertificateKeyId', kind: 'key' },
    { path: 'tenantIds.*', kind: 'tenant' },
  ],
  normalise: normalWebhook,
  validate: webhookProblems,
  view: (object, { instance }) =>
    instance.switches.webhookSecretsOnRead === 'hidden' ? withoutSecrets(object, secrets) : object,
  visible: (object, tenantId) => object['global'] === true || tenantIdsOf(object).includes(tenantId),
  search: {
    criteria: {
      description: 'text',
      url: 'text',
      tenantId: (object, tenantId) => tenantIdsOf(object).includes(tenantId.toLowerCase()),
    },
    columns: { insertInstant: 'insertInstant', id: 'id', description: 'description', url: 'url' },
    orderBy: 'insertInstant DESC, id DESC',
  },
};

function normalWebhook(object: Fields): Fields {
  const headers = isRecord(object['headers']) ? object['headers'] : {};
  const tenantIds = Array.isArray(object['tenantIds']) ? object['tenantIds'] : [];
  return {
    ...object,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, trim(value)])),
    httpAuthenticationPassword: trim(object['httpAuthenticationPassword']),
    httpAuthenticationUsername: trim(object['httpAuthenticationUsername']),
    sslCertificate: trim(object['sslCertificate']),
    tenantIds: [...new Set<unknown>(tenantIds)],
    url: trim(object['url']),
  };
}

function webhookProblems(object: StoredObject, { instance }: Write): readonly Problem[] {
  const { url, sslCertificate, sslCertificateKeyId, eventsEnabled, signatureConfiguration } = object;
  const problems: Problem[] = [
    ...lengthProblems(object, ['description'], 255),
    ...numberProblems(object, { connectTimeout: { min: 1 }, readTimeout: { min: 1 } }),
    ...needs(object, {
      when: isRecord(signatureConfiguration) && signatureConfiguration['enabled'] === true,
      fields: ['signatureConfiguration.signingKeyId'],
    }),
  ];
  if (!isBlank(url) && !/^https?:\/\/[^\s/]+/.test(String(url))) {
    problems.push({ field: 'url', kind: 'invalid', message: `The url [${String(url)}] must be an HTTP or HTTPS URL.` });
  }
  if (!isBlank(sslCertificate) && !isBlank(sslCertificateKeyId)) {
    const message = 'The sslCertificate and the sslCertificateKeyId exclude each other.';
    problems.push({ field: 'sslCertificate', kind: 'invalid', message });
  }
  const eventTypes = eventTypesOf(instance.fusionauth);
  const unknown = Object.keys(isRecord(eventsEnabled) ? eventsEnabled : {}).filter(
    (type) => !eventTypes.includes(type),
  );
  if (unknown.length > 0) {
    problems.push({
      field: 'eventsEnabled',
      kind: 'invalid',
      message: `There is no event type ${unknown.join(', ')}.`,
    });
  }
  return problems;
}
