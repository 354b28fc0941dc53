import type { IntegrationRequest } from '@fusionauth/typescript-client';
import type { Kind } from '../kind.js';
import { named, neverMade, singletonKind, singletonReads } from '../singleton.js';
import { asRequest, oneOf, without } from '../wire.js';

/** What the server puts where nobody says which brokers there are (fusionauth-java-client KafkaConfiguration.normalize()). */
export const kafkaProducer = {
  'bootstrap.servers': 'localhost:9092',
  'max.block.ms': '5000',
  'request.timeout.ms': '2000',
};

/** The integrations of the instance: CleanSpeak and Kafka. */
export const integrations: Kind = {
  ...singletonKind('integrations'),
  kind: 'integrations',
  collection: 'integrations',
  title: 'integrations',
  refs: [],
  serverOwned: ['id'],
  mirrors: [],
  secrets: [
    { path: 'cleanspeak.apiKey', readBack: 'list', onOmit: 'cleared', source: 'FusionAuth docs: apis/integrations' },
  ],
  lists: [],
  completeMaps: [],
  freeMaps: ['kafka.producer'],
  defaults: {
    cleanspeak: { enabled: false, usernameModeration: { enabled: false } },
    kafka: { enabled: false, producer: kafkaProducer },
  },
  files: [],
  reads: singletonReads('integrations', 'integrations', (client) => client.retrieveIntegration()),
  writes: {
    ...neverMade('integrations'),
    update: async ({ client }, body) => {
      const request = asRequest<IntegrationRequest>({ integrations: without(body, 'id') });
      return named('integrations', oneOf((await client.updateIntegrations(request)).response, 'integrations'));
    },
  },
  sources: ['FusionAuth docs: apis/integrations', 'fusionauth-java-client Integrations'],
};
