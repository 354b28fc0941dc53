import type { Json, JsonObject, LiveResource } from '../model/index.js';
import { freshIssuer } from './fresh-install.js';
import type { LiveObjects } from './live-objects.js';

/** A key as it can be made again: the order to generate one like it, or its public half to import. */
export interface PulledKey {
  readonly fields: JsonObject;
  /** Where a secret belongs that makes it the same key anywhere. */
  readonly secrets: readonly (readonly string[])[];
  /** Why the key made from this is not the same key. */
  readonly note?: string;
}

/**
 * What the files can say of a key. The private half never comes back (FusionAuth docs: apis/keys), so a key that has one
 * is pulled as an order to generate its like; one without is pulled with its public half, and is the same key anywhere.
 */
export function pulledKey(
  live: LiveResource,
  body: JsonObject,
  { objects, owns }: { readonly objects: LiveObjects; readonly owns: (value: Json) => boolean },
): PulledKey {
  const { type } = body;
  // Of a key that every instance has, only the name can be written.
  if (objects.builtIn('key', live.id)) return { fields: picked(body, ['name']), secrets: [] };
  if (type === 'Secret') {
    return {
      fields: picked(body, ['name', 'type']),
      secrets: [['secret']],
      note: 'its secret cannot be read: write secret: !secret env:… to make it on another instance',
    };
  }
  // An instance gives neither out; a kickstart that makes a key may say them.
  const given = ['privateKey', 'secret'].find((field) => {
    const value = live.body[field];
    return typeof value === 'string' && owns(value);
  });
  if (given !== undefined) {
    const fields = ['name', 'type', 'algorithm', 'kid', 'publicKey', 'certificate'];
    return { fields: picked(body, fields), secrets: [[given]] };
  }
  const note = 'its private half cannot be read: another instance would generate a key of its own';
  if (type === 'HMAC') return { fields: picked(body, ['name', 'algorithm']), secrets: [], note };
  if (hasPrivateHalf(live.body)) {
    const fields = ['name', 'algorithm', ...(type === 'RSA' ? ['length'] : [])];
    return { fields: picked(body, isDefaultIssuer(body, objects) ? fields : [...fields, 'issuer']), secrets: [], note };
  }
  const material = typeof body['certificate'] === 'string' ? ['certificate'] : ['publicKey'];
  return { fields: picked(body, ['name', 'algorithm', 'kid', ...material]), secrets: [] };
}

function hasPrivateHalf(live: JsonObject): boolean {
  if (typeof live['hasPrivateKey'] === 'boolean') return live['hasPrivateKey'];
  return live['publicKey'] === undefined && live['certificate'] === undefined;
}

/** A key is generated with the issuer of the Default tenant; only a fresh one is the same on every instance. */
function isDefaultIssuer(body: JsonObject, objects: LiveObjects): boolean {
  const id = objects.builtInId('default-tenant');
  const tenant = id === undefined ? undefined : objects.byId('tenant', id);
  return body['issuer'] === freshIssuer && tenant?.body['issuer'] === freshIssuer;
}

function picked(body: JsonObject, fields: readonly string[]): JsonObject {
  const entries = fields.flatMap((field): readonly (readonly [string, Json])[] => {
    const value = body[field];
    return value === undefined || value === null ? [] : [[field, value]];
  });
  return Object.fromEntries(entries);
}
