import { fillDefaults } from '../fields.js';
import type { Instance, Kind } from '../kind.js';
import type { KeyMaterial } from '../keys/material.js';
import { isRecord } from '../kinds/normal-text.js';
import type { StoredObject } from '../store.js';
import { freshInstall } from './fresh-install.js';
import { fusionAuthApplicationId } from './ids.js';

/** In the order in which one refers to the other. */
const order = [
  'key',
  'theme',
  'lambda',
  'form',
  'connector',
  'messageTemplate',
  'tenant',
  'application',
  'systemConfiguration',
] as const;

/**
 * Puts a fresh install into an empty store: each object with its kind's defaults where it says nothing itself, and with
 * one instant. Takes a few milliseconds, since the signing key is made before.
 */
export function plantFreshInstall(instance: Instance, kinds: readonly Kind[], signingKey: KeyMaterial): void {
  const instant = instance.now();
  const stamp = { insertInstant: instant, lastUpdateInstant: instant };
  const install = freshInstall({ ids: instance.seeds, signingKey });
  for (const name of order) {
    const kind = kinds.find((candidate) => candidate.name === name);
    for (const seed of install[name]) {
      const defaults = kind?.defaults?.(instance) ?? {};
      const object = { ...fillDefaults(seed, defaults), ...stamp, id: seed.id };
      instance.store.put(name, name === 'application' ? withSecretAndInstants(object, instance) : object);
    }
  }
}

/** Objects nobody has to make first: with any other tenant, application or user, a kickstart no longer runs. */
export function isPristine({ store, seeds }: Instance): boolean {
  const own = new Set([fusionAuthApplicationId, seeds.tenantManagerApplication]);
  return (
    store.count('apiKey') === 0 &&
    store.count('user') === 0 &&
    store.count('tenant') === 1 &&
    [...store.all('application')].every(({ id }) => own.has(id))
  );
}

function withSecretAndInstants(application: StoredObject, { now, random }: Instance): StoredObject {
  const stamp = { insertInstant: now(), lastUpdateInstant: now() };
  const oauth = isRecord(application['oauthConfiguration']) ? application['oauthConfiguration'] : {};
  const roles = Array.isArray(application['roles']) ? application['roles'].filter(isRecord) : [];
  return {
    ...application,
    oauthConfiguration: { ...oauth, clientSecret: Buffer.from(random(32)).toString('base64url') },
    roles: roles.map((role) => ({ ...role, ...stamp })),
  };
}
