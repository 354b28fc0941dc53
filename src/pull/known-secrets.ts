import type { JsonObject } from '../model/index.js';

/** What is known of secrets where it is no instance that is written down, but what somebody wrote for one. */
export interface KnownSecrets {
  /** Where a body holds a secret besides where the catalog says, as steps. */
  readonly placesIn: (body: JsonObject) => readonly (readonly string[])[];
  /** Text that stands for what the environment gives → the variable that gives it. */
  readonly variables: ReadonlyMap<string, string>;
}

/** `comment` leaves secrets un-owned; `env` owns each as `!secret env:NAME`. */
export type SecretStyle = 'comment' | 'env';
