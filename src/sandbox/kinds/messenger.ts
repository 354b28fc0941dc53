import type { Problem } from '../errors.js';
import type { Kind, Write } from '../kind.js';
import type { Fields, StoredObject } from '../store.js';
import { normalProducer } from './kafka-producer.js';
import { trim } from './normal-text.js';
import { lengthProblems, numberProblems } from './rules.js';
import { withKeptSecrets, withoutSecrets } from './secrets.js';
import { subtypeRules, typeProblems, withTypeDefaults, type Subtypes } from './subtypes.js';
import { messengerPlaces } from './uses.js';

/**
 * Sources: FusionAuth docs apis/messengers ("required" of the request bodies, the example of a Twilio request names no
 * type in its table); field initialisers of fusionauth-java-client's messenger classes, and its `MessengerJacksonHelper`
 * for the type of a request without one. The docs speak of a `sslCertificateId`, but their example and all clients have
 * the text `sslCertificate`.
 */
const subtypes: Subtypes = {
  base: 'BaseMessengerConfiguration',
  fallback: 'Twilio',
  types: {
    Generic: {
      shape: 'GenericMessengerConfiguration',
      defaults: { headers: {} },
      required: ['connectTimeout', 'name', 'readTimeout', 'url'],
    },
    Kafka: { shape: 'KafkaMessengerConfiguration', defaults: { producer: {} }, required: ['name'] },
    Twilio: { shape: 'TwilioMessengerConfiguration', defaults: {}, required: ['accountSID', 'name', 'url'] },
  },
};

const secrets = ['authToken', 'headers', 'httpAuthenticationPassword'] as const;
const passwords = ['authToken', 'httpAuthenticationPassword'] as const;

/** What sends text messages and calls. Source: FusionAuth docs apis/messengers. */
export const messenger: Kind = {
  name: 'messenger',
  label: 'Messenger',
  path: '/api/messenger',
  one: 'messenger',
  many: 'messengers',
  idParameter: 'messengerId',
  operations: ['create', 'delete', 'list', 'patch', 'read', 'update'],
  scope: 'global',
  ...subtypeRules(subtypes),
  // `sms` in small letters: `MessengerTransport` of fusionauth-java-client, and the docs' examples.
  defaults: () => ({ data: {}, debug: false, messageTypes: ['SMS'], transport: 'sms' }),
  readOnly: ['transport'],
  // `@JsonMerge(OptBoolean.FALSE)` in fusionauth-java-client.
  patchMarked: ['messageTypes'],
  unique: [{ field: 'name' }],
  usedAt: messengerPlaces,
  normalise: normalMessenger,
  validate: messengerProblems,
  view: (object, { instance }) =>
    instance.switches.messengerSecretsOnRead === 'hidden' ? withoutSecrets(object, secrets) : object,
};

function normalMessenger(object: Fields, write: Write): Fields {
  const { name, messageTypes, type } = object;
  const types = Array.isArray(messageTypes) ? [...new Set<unknown>(messageTypes)] : messageTypes;
  const whole = withTypeDefaults(subtypes, { ...object, name: trim(name), messageTypes: types });
  const normal = type === 'Kafka' ? { ...whole, producer: normalProducer(whole['producer']) } : whole;
  return write.instance.switches.messengerSecretsOnOmit === 'kept' ? withKeptSecrets(normal, write, passwords) : normal;
}

function messengerProblems(object: StoredObject, write: Write): readonly Problem[] {
  const { messageTypes } = object;
  const problems: Problem[] = [
    ...typeProblems(write),
    ...lengthProblems(object, ['name']),
    ...numberProblems(object, { connectTimeout: { min: 1 }, readTimeout: { min: 1 } }),
  ];
  // "Required" in the admin UI (FusionAuth docs customize/email-and-messages/twilio-messenger).
  if (Array.isArray(messageTypes) && messageTypes.length === 0) {
    const message = 'A messenger has at least one of the message types.';
    problems.push({ field: 'messageTypes', kind: 'missing', message });
  }
  return problems;
}
