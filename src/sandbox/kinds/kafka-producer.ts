import type { Fields } from '../store.js';
import { isRecord } from './normal-text.js';

/**
 * The settings of a Kafka producer, in the order of their names; without servers, those of a Kafka on the same machine are
 * filled in. Source: `normalize()` of fusionauth-java-client's `KafkaConfiguration` and `KafkaMessengerConfiguration`.
 */
export function normalProducer(settings: unknown): Fields {
  const given = isRecord(settings) ? settings : {};
  const whole = Object.hasOwn(given, 'bootstrap.servers') ? given : { ...given, ...local };
  return Object.fromEntries(Object.entries(whole).toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

const local: Fields = {
  'bootstrap.servers': 'localhost:9092',
  'max.block.ms': '5000',
  'request.timeout.ms': '2000',
};
