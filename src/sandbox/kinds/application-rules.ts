import { edit, fillDefaults, valueAt, withValueAt } from '../fields.js';
import type { Write } from '../kind.js';
import type { Fields } from '../store.js';
import { isBlank, isRecord, trim, sortedSet } from './normal-text.js';
import { normalRole, normalScope } from './sub-objects.js';
import { withEnabledInstant } from './unverified-policy.js';

/**
 * An application as the server keeps it. Source: `normalize()` of fusionauth-java-client's `Application`,
 * `OAuth2Configuration`, `SAMLv2Configuration`; FusionAuth docs limitations (the client id is the application's id).
 */
export function normalApplication(application: Fields, write: Write): Fields {
  const { instance, previous, sent } = write;
  const { object, set } = edit(application);
  const at = (path: string): unknown => valueAt(object(), path);
  set('name', trim(application['name']));
  set('state', application['active'] === false ? 'Inactive' : 'Active');
  set('jwtConfiguration.refreshTokenRevocationPolicy', undefined);
  const policy = at('multiFactorConfiguration.loginPolicy') ?? undefined;
  const trust = at('multiFactorConfiguration.trustPolicy') ?? 'Any';
  set('multiFactorConfiguration.trustPolicy', policy === undefined ? undefined : trust);
  set('oauthConfiguration.clientId', application['id']);
  const secret = trim(at('oauthConfiguration.clientSecret'));
  set('oauthConfiguration.clientSecret', isBlank(secret) ? newClientSecret(write) : secret);
  set('oauthConfiguration.enabledGrants', sortedSet(at('oauthConfiguration.enabledGrants')));
  for (const list of ['authorizedOriginURLs', 'authorizedRedirectURLs', 'authorizedResourceUris']) {
    set(`oauthConfiguration.${list}`, withoutBlanks(at(`oauthConfiguration.${list}`)));
  }
  const authentication = clientAuthentication(object(), sent);
  set('oauthConfiguration.clientAuthenticationPolicy', authentication);
  set('oauthConfiguration.requireClientAuthentication', authentication === 'Required');
  const normal = withEnabledInstant(
    withCleanSpeak(withMirrors(object(), write)),
    'registrationDeletePolicy.unverified',
    instance,
  );
  if (previous !== undefined) return normal;
  // Roles and scopes are taken from a create only; afterwards they have routes of their own.
  const now = instance.now();
  const made = (item: Fields): Fields => ({ id: instance.uuid(), ...item, insertInstant: now, lastUpdateInstant: now });
  return {
    ...normal,
    roles: asRecords(normal['roles']).map((role) => made(normalRole(role))),
    scopes: asRecords(normal['scopes']).map((scope) =>
      made(normalScope({ ...scope, applicationId: application['id'] })),
    ),
  };
}

/** CleanSpeak settings are there only where they were asked for. Source: fusionauth-java-client `CleanSpeakConfiguration`. */
function withCleanSpeak(application: Fields): Fields {
  const settings = application['cleanSpeakConfiguration'];
  if (!isRecord(settings)) return application;
  const defaults = { applicationIds: [], enabled: false, usernameModeration: { enabled: false } };
  const filled = fillDefaults({ ...settings, apiKey: trim(settings['apiKey']) }, defaults);
  return { ...application, cleanSpeakConfiguration: filled };
}

/** Length and alphabet as in the samples of FusionAuth docs apis/applications: 43 characters of base64url. */
function newClientSecret({ instance }: Write): string {
  return Buffer.from(instance.random(32)).toString('base64url');
}

/** `requireClientAuthentication` is the older form of the policy; a request with only the older one still counts. */
function clientAuthentication(application: Fields, sent: Fields): unknown {
  const policy = valueAt(sent, 'oauthConfiguration.clientAuthenticationPolicy') ?? undefined;
  const older = valueAt(sent, 'oauthConfiguration.requireClientAuthentication');
  if (policy === undefined && older === false) return 'NotRequired';
  return valueAt(application, 'oauthConfiguration.clientAuthenticationPolicy');
}

/** Older names of SAML fields that hold the first item of the newer lists (FusionAuth docs apis/applications, 1.69). */
const mirrors = [
  ['samlv2Configuration.callbackURL', 'samlv2Configuration.authorizedRedirectURLs'],
  ['samlv2Configuration.defaultVerificationKeyId', 'samlv2Configuration.verificationKeyIds'],
  ['samlv2Configuration.logout.defaultVerificationKeyId', 'samlv2Configuration.logout.verificationKeyIds'],
] as const;

function withMirrors(application: Fields, { operation, previous, instance }: Write): Fields {
  const untouched = operation === 'patch' && instance.switches.olderFieldInPatch === 'ifChanged';
  return mirrors.reduce((result, [older, list]) => {
    const items = withoutBlanks(valueAt(application, list));
    const single = trim(valueAt(application, older));
    // A PATCH starts from what a read shows; only a value that it brings itself counts: UNVERIFIED (switch olderFieldInPatch).
    const shown = untouched && items.length > 0 && single === valueAt(previous, older);
    const filled = isBlank(single) || shown ? items : withOlder(older, items, single);
    return withValueAt(withValueAt(result, list, filled), older, filled[0]);
  }, application);
}

/** `setCallbackURL` of fusionauth-java-client adds to the list, so a URL that was taken out of it comes back. */
function withOlder(older: string, items: readonly unknown[], single: unknown): readonly unknown[] {
  if (items.length > 0 && older !== 'samlv2Configuration.callbackURL') return items;
  return items.includes(single) ? items : [...items, single];
}

/** Roles and scopes that came with a create. */
export function asRecords(list: unknown): readonly Fields[] {
  return Array.isArray(list) ? list.filter((item) => isRecord(item)) : [];
}

function withoutBlanks(list: unknown): readonly unknown[] {
  return Array.isArray(list) ? list.filter((item) => !isBlank(item)).map((item) => trim(item)) : [];
}
