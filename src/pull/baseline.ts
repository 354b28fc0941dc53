import { canonicalBody, type Kind, typeOf } from '../catalog/index.js';
import { isJsonObject, type Json, type JsonObject, type LiveResource, valueAt } from '../model/index.js';
import { freshBuiltIns, withIds } from './fresh-install.js';
import type { LiveBuiltIn, LiveObjects } from './live-objects.js';
import { mergedBody } from './minimal-body.js';
import { seenDefaults, seenOfType } from './seen-defaults.js';

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
  const { type } = live.body;
  const ofType = typeOf(kind, live.body)?.defaults ?? {};
  const seen = seenDefaults[kind.kind] ?? {};
  const seenType = typeof type === 'string' ? (seenOfType[kind.kind]?.[type] ?? {}) : {};
  return canonicalBody(kind, layered(seen, seenType, kind.defaults, ofType, filled, switchedOff(kind, live)));
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
    case 'formField':
      return filledInField(live.body);
    case 'identityProvider':
      return filledInProvider(live.body);
    case 'tenantManagerConfiguration':
      return filledInTypes(live.body);
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

/** Keys that the server knows: it decides control and type itself (fusionauth-java-client ManagedFields). */
const managedKey = /^(?:user|registration)\.(?!data\b)/;

/** The server forces control and type of the keys it knows, and makes the key of a consent (FormField.normalize()). */
function filledInField(body: JsonObject): JsonObject {
  const names =
    body['type'] === 'consent'
      ? ['key']
      : typeof body['key'] === 'string' && managedKey.test(body['key'])
        ? ['control', 'type', ...(body['key'] === 'user.password' ? ['required'] : [])]
        : [];
  const forced = Object.fromEntries(names.flatMap((name) => (body[name] === undefined ? [] : [[name, body[name]]])));
  return { control: 'text', ...forced };
}

/**
 * Every application and tenant that an identity provider names has settings that are whole, and the deprecated name of
 * the first verification key repeats it (fusionauth-java-client BaseIdentityProvider, BaseSAMLv2IdentityProvider).
 */
function filledInProvider(body: JsonObject): JsonObject {
  const settings = (field: string, whole: JsonObject): JsonObject => {
    const map = body[field];
    return isJsonObject(map) ? Object.fromEntries(Object.keys(map).map((id) => [id, whole])) : {};
  };
  const { defaultKeyId, keyId, type, verificationKeyIds } = body;
  const [first] = Array.isArray(verificationKeyIds) ? (verificationKeyIds as readonly Json[]) : [];
  return {
    applicationConfiguration: settings('applicationConfiguration', {
      createRegistration: true,
      enabled: false,
      ...(typeof type === 'string' && applicationClaims(type)),
    }),
    tenantConfiguration: settings('tenantConfiguration', {
      limitUserLinkCount: { enabled: false, maximumLinks: 42 },
    }),
    ...(first !== undefined && first === keyId && { keyId }),
    ...(first !== undefined && first === defaultKeyId && { defaultKeyId }),
  };
}

/** Claims that an application's own settings repeat (fusionauth-java-client OpenIdConnect- and NintendoApplicationConfiguration). */
function applicationClaims(type: string): JsonObject {
  const usernameClaim = 'preferred_username';
  if (type === 'Nintendo') return { emailClaim: 'email', uniqueIdClaim: 'id', usernameClaim };
  if (type !== 'OpenIDConnect') return {};
  const oauth2 = { emailClaim: 'email', emailVerifiedClaim: 'email_verified', uniqueIdClaim: 'sub', usernameClaim };
  return { oauth2: { ...oauth2, clientAuthenticationMethod: 'client_secret_basic' } };
}

/** A type of identity provider that somebody allowed is on (FusionAuth docs: apis/tenant-manager, `enabled`). */
function filledInTypes(body: JsonObject): JsonObject {
  const types = body['identityProviderTypeConfigurations'];
  if (!isJsonObject(types)) return {};
  const on = Object.fromEntries(Object.keys(types).map((type) => [type, { enabled: true }] as const));
  return { identityProviderTypeConfigurations: on };
}

/** The forms of the admin UI that an install begins with; the Tenant Manager has that of the FusionAuth application. */
function ownForm(builtIn: LiveBuiltIn, objects: LiveObjects): JsonObject {
  switch (builtIn.builtIn.name) {
    case 'default-tenant':
      return shippedForm(objects, 'adminUser', 'adminUserFormId');
    case 'fusionauth-app':
      return shippedForm(objects, 'adminRegistration', 'adminRegistrationFormId');
    case 'tenant-manager':
      return registrationForm(objects);
    default:
      return {};
  }
}

function shippedForm(objects: LiveObjects, type: string, field: string): JsonObject {
  const form = objects.shipped('form').find((item) => item.body['type'] === type);
  return form ? { formConfiguration: { [field]: form.id } } : {};
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
