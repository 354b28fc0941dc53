import type { KeyMaterial } from './keys/material.js';
import type { Instance, Kind, Write } from './kind.js';
import { fillDefaults, withoutNulls } from './fields.js';
import { isRecord } from './kinds/normal-text.js';
import { withoutNewerParts } from './quirks/newer-parts.js';
import { universalApplications } from './quirks/universal-applications.js';
import { freshInstall, type SeedObject } from './seeds/fresh-install.js';
import { shapeOf } from './shape.js';
import { isAtLeast } from './version.js';

/** Objects whose seeds are made whole by their kind; the others come whole. */
const completed: ReadonlySet<string> = new Set([
  'application',
  'form',
  'formField',
  'integrations',
  'systemConfiguration',
  'tenant',
  'tenantManagerConfiguration',
]);

/** Stores what a fresh install has. What others refer to comes first. */
export function storeFreshInstall(
  instance: Instance,
  { kinds, signingKey }: { readonly kinds: readonly Kind[]; readonly signingKey: KeyMaterial },
): void {
  const { seeds, fusionauth, switches } = instance;
  const now = instance.now();
  const hasTenantManager = isAtLeast(fusionauth, universalApplications.since);
  for (const [name, objects] of Object.entries(freshInstall({ ids: seeds, signingKey, fusionauth, switches }))) {
    const kind = kinds.find((candidate) => candidate.name === name);
    for (const object of objects) {
      if (object.id === seeds.tenantManagerApplication && !hasTenantManager) continue;
      const whole = kind !== undefined && completed.has(name) ? complete(kind, object, instance) : object;
      const shape = kind === undefined ? undefined : shapeOf(kind, whole);
      const { value, problems } = withoutNewerParts(shape, whole, instance, name);
      // An object of a newer type is not there yet.
      if (problems.length > 0 || !isRecord(value)) continue;
      instance.store.put(name, { ...value, id: object.id, insertInstant: now, lastUpdateInstant: now });
    }
  }
}

function complete(kind: Kind, seed: SeedObject, instance: Instance): SeedObject {
  const call: Write['call'] = {
    instance,
    apiKey: undefined,
    tenantId: undefined,
    method: 'POST',
    path: kind.path,
    params: {},
    query: new URLSearchParams(),
    headers: new Headers(),
    contentType: 'application/json',
    body: undefined,
  };
  const write: Write = { instance, operation: 'create', previous: undefined, envelope: {}, sent: seed, call };
  const filled = fillDefaults(seed, kind.defaults?.(instance, seed) ?? {});
  const normal = withoutNulls(kind.normalise?.(filled, write) ?? filled);
  return { ...(isRecord(normal) ? normal : {}), id: seed.id };
}
