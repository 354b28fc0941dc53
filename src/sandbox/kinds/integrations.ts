import type { Problem } from '../errors.js';
import { valueAt, withValueAt } from '../fields.js';
import type { Kind } from '../kind.js';
import type { Fields, StoredObject } from '../store.js';
import { normalProducer } from './kafka-producer.js';
import { trim } from './normal-text.js';
import { needs } from './rules.js';

/**
 * What is sent to Kafka and CleanSpeak; there is one, always. Sources: FusionAuth docs apis/integrations; field
 * initialisers and `normalize()` of fusionauth-java-client's `Integrations` and its parts. The docs' tables call the
 * fields `integration.…`, all clients and the docs' examples `integrations.…`.
 */
export const integrations: Kind = {
  name: 'integrations',
  label: 'Integrations',
  path: '/api/integration',
  one: 'integrations',
  many: 'integrations',
  idParameter: 'integrationId',
  ids: 'one',
  operations: ['patch', 'read', 'update'],
  scope: 'global',
  shape: 'Integrations',
  internal: ['id', 'insertInstant', 'lastUpdateInstant'],
  defaults: () => ({
    cleanspeak: { applicationIds: [], enabled: false, usernameModeration: { enabled: false } },
    kafka: { enabled: false, producer: {} },
  }),
  // `@JsonMerge(OptBoolean.FALSE)` in fusionauth-java-client.
  patchMarked: ['cleanspeak.applicationIds'],
  normalise: normalIntegrations,
  validate: integrationProblems,
};

function normalIntegrations(object: Fields): Fields {
  const apiKey = trim(valueAt(object, 'cleanspeak.apiKey'));
  const producer = normalProducer(valueAt(object, 'kafka.producer'));
  return withValueAt(withValueAt(object, 'cleanspeak.apiKey', apiKey), 'kafka.producer', producer);
}

function integrationProblems(object: StoredObject): readonly Problem[] {
  const isOn = (part: string): boolean => valueAt(object, `${part}.enabled`) === true;
  return [
    ...needs(object, { when: isOn('cleanspeak'), fields: ['cleanspeak.url'], kind: 'blank' }),
    ...needs(object, { when: isOn('kafka'), fields: ['kafka.defaultTopic'], kind: 'blank' }),
  ];
}
