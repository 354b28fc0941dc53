import { storeFreshInstall } from './fresh-install.js';
import { generateKey } from './keys/generate.js';
import type { KeyMaterial } from './keys/material.js';
import { quickRsaPair } from './keys/quick-rsa-pair.js';
import type { Kickstart } from './kickstart/kickstart.js';
import { runKickstart, type KickstartServer } from './kickstart/run.js';
import type { Instance, Kind } from './kind.js';
import { installedApiKey } from './kinds/api-key.js';
import { rsaSigningKey } from './quirks/rsa-signing-key.js';
import type { Fields } from './store.js';
import { isAtLeast } from './version.js';

/** What is made of an instance with nothing in it. */
export interface Installation {
  readonly kinds: readonly Kind[];
  readonly signingKey: KeyMaterial;
  /** What is run on the fresh install, if anything. */
  readonly kickstart: Kickstart | undefined;
  readonly request: KickstartServer['request'];
  /** The unrestricted key to be there in the end. */
  readonly apiKey: string;
}

/**
 * Fills an empty instance with what a fresh FusionAuth has, and runs the kickstart on it.
 * @throws {@link KickstartError} when one of its requests is refused.
 */
export async function install(instance: Instance, parts: Installation): Promise<void> {
  storeFreshInstall(instance, parts);
  if (parts.kickstart !== undefined) {
    const addKey: KickstartServer['addApiKey'] = ({ fields }) => addApiKey(instance, fields);
    await runKickstart(parts.kickstart, { request: parts.request, addApiKey: addKey });
  }
  ensureApiKey(instance, parts.apiKey);
}

/** The key that a fresh FusionAuth signs its tokens with. Its first primes take the longest of all that there is to make. */
export async function generateSigningKey({ seeds, now, fusionauth }: Instance): Promise<KeyMaterial> {
  return generateKey({
    id: seeds.defaultSigningKey,
    algorithm: isAtLeast(fusionauth, rsaSigningKey.since) ? 'RS256' : 'HS256',
    length: 2048,
    issuer: 'acme.com',
    now: now(),
    rsaPair: quickRsaPair,
  });
}

/** Makes an unrestricted key of a text, unless there is a key with it already. */
export function ensureApiKey(instance: Instance, key: string): void {
  if (instance.store.find('apiKey', 'key', key) === undefined) addApiKey(instance, { key, keyManager: true });
}

/** A key that is there from the start, as a kickstart's are; only such a key can be a key manager. */
function addApiKey(instance: Instance, fields: Fields): void {
  const now = instance.now();
  const instants = { insertInstant: now, lastUpdateInstant: now };
  instance.store.put('apiKey', { ...installedApiKey(fields), id: instance.uuid(), ...instants });
}
