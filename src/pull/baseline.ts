import { canonicalBody, type Kind } from '../catalog/index.js';
import { isJsonObject, type JsonObject, type LiveResource, valueAt } from '../model/index.js';
import { freshBuiltIns, withIds } from './fresh-install.js';
import type { LiveBuiltIn, LiveObjects } from './live-objects.js';
import { mergedBody } from './minimal-body.js';
import { seenDefaults } from './seen-defaults.js';

/**
 * What this object would be if nothing were written for it: the server's defaults, what a fresh install has, what the
 * server copies from other objects on create. Fields equal to it are not worth a line.
 */
export function baselineOf(kind: Kind, live: LiveResource, objects: LiveObjects): JsonObject {
  const builtIn = objects.builtIn(kind.kind, live.id);
  const fresh = builtIn && freshBuiltIns[builtIn.builtIn.name];
  const filled = fresh
    ? mergedBody(ownForm(builtIn, objects), withIds(fresh, objects.builtInId))
    : filledIn(kind, live, objects);
  return canonicalBody(kind, layered(seenDefaults[kind.kind] ?? {}, kind.defaults, filled, switchedOff(kind, live)));
}

function layered(...bodies: readonly JsonObject[]): JsonObject {
  return bodies.reduce(mergedBody, {});
}

function filledIn(kind: Kind, live: LiveResource, objects: LiveObjects): JsonObject {
  switch (kind.kind) {
    case 'tenant':
      return filledInTenant(objects);
    case 'application':
      return pick(
        builtInBody(objects, 'application', 'fusionauth-app'),
        'formConfiguration',
        'adminRegistrationFormId',
      );
    case 'theme':
      return copiedTheme(live, objects);
    default:
      return {};
  }
}

/**
 * A new tenant gets the Default tenant's admin form and the FusionAuth application's keys (FusionAuth docs: apis/tenants).
 * The keys count only while that application has those of a fresh install: on another instance it may be changed before
 * or after the tenant is made. The theme is not here for the same reason, so a tenant always names its own.
 */
function filledInTenant(objects: LiveObjects): JsonObject {
  const form = pick(builtInBody(objects, 'tenant', 'default-tenant'), 'formConfiguration', 'adminUserFormId');
  const application = builtInBody(objects, 'application', 'fusionauth-app');
  const fresh = withIds(freshBuiltIns['fusionauth-app'] ?? {}, objects.builtInId);
  const keys = ['accessTokenKeyId', 'idTokenKeyId'].flatMap((field) => {
    const id = valueAt(fresh, ['jwtConfiguration', field]);
    const now = valueAt(application, ['jwtConfiguration', field]);
    return typeof id === 'string' && id === now ? [[field, id] as const] : [];
  });
  return { ...form, jwtConfiguration: Object.fromEntries(keys) };
}

/** The Tenant Manager has the form of the FusionAuth application. */
function ownForm(builtIn: LiveBuiltIn, objects: LiveObjects): JsonObject {
  return builtIn.builtIn.name === 'tenant-manager' ? registrationForm(objects) : {};
}

function registrationForm(objects: LiveObjects): JsonObject {
  return pick(builtInBody(objects, 'application', 'fusionauth-app'), 'formConfiguration', 'adminRegistrationFormId');
}

/** An event type that a tenant lists and that is off is the same as one that it does not list. */
function switchedOff(kind: Kind, live: LiveResource): JsonObject {
  const events = kind.kind === 'tenant' ? valueAt(live.body, ['eventConfiguration', 'events']) : undefined;
  if (!isJsonObject(events)) return {};
  const off = { enabled: false, transactionType: 'None' };
  return {
    eventConfiguration: { events: Object.fromEntries(Object.keys(events).map((type) => [type, off] as const)) },
  };
}

/** A theme of which not everything is written is made as a copy of the default theme of its type. */
function copiedTheme(live: LiveResource, objects: LiveObjects): JsonObject {
  const source = builtInBody(objects, 'theme', live.body['type'] === 'simple' ? 'simple-theme' : 'default-theme');
  const fields = ['defaultMessages', 'localizedMessages', 'stylesheet', 'templates', 'variables'];
  return Object.fromEntries(
    fields.flatMap((field) => {
      const value = source?.[field];
      return value === undefined ? [] : [[field, value] as const];
    }),
  );
}

function builtInBody(objects: LiveObjects, kind: string, name: string): JsonObject | undefined {
  const id = objects.builtInId(name);
  return id === undefined ? undefined : objects.byId(kind, id)?.body;
}

function pick(body: JsonObject | undefined, struct: string, field: string): JsonObject {
  const inner = body?.[struct];
  const value = isJsonObject(inner) ? inner[field] : undefined;
  return value === undefined ? {} : { [struct]: { [field]: value } };
}
