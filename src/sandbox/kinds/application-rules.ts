import type { Problem } from '../errors.js';
import { valueAt, withValueAt } from '../fields.js';
import type { Write } from '../kind.js';
import { fusionAuthApplicationId } from '../seeds/ids.js';
import type { Fields, StoredObject } from '../store.js';
import { isBlank, isRecord, trim, sortedSet } from './normal-text.js';
import { findRole } from './role-index.js';
import { lengthProblems, needs, numberProblems } from './rules.js';
import { normalRole, normalScope } from './sub-objects.js';
import { withoutEmptyValues } from './tenant-rules.js';

/**
 * An application as the server keeps it. Source: `normalize()` of fusionauth-java-client's `Application`,
 * `OAuth2Configuration`, `SAMLv2Configuration`; FusionAuth docs limitations (the client id is the application's id).
 */
export function normalApplication(application: Fields, write: Write): Fields {
  const { instance, previous, sent } = write;
  let normal: Fields = {
    ...application,
    name: trim(application['name']),
    data: withoutEmptyValues(application['data']),
    state: application['active'] === false ? 'Inactive' : 'Active',
  };
  const set = (path: string, value: unknown): void => {
    normal = withValueAt(normal, path, value);
  };
  set('jwtConfiguration.refreshTokenRevocationPolicy', undefined);
  const policy = valueAt(normal, 'multiFactorConfiguration.loginPolicy') ?? undefined;
  const trust = valueAt(normal, 'multiFactorConfiguration.trustPolicy') ?? 'Any';
  set('multiFactorConfiguration.trustPolicy', policy === undefined ? undefined : trust);
  set('oauthConfiguration.clientId', application['id']);
  const secret = trim(valueAt(normal, 'oauthConfiguration.clientSecret'));
  set('oauthConfiguration.clientSecret', isBlank(secret) ? newClientSecret(write) : secret);
  set('oauthConfiguration.enabledGrants', sortedSet(valueAt(normal, 'oauthConfiguration.enabledGrants')));
  for (const list of ['authorizedOriginURLs', 'authorizedRedirectURLs', 'authorizedResourceUris']) {
    set(`oauthConfiguration.${list}`, withoutBlanks(valueAt(normal, `oauthConfiguration.${list}`)));
  }
  const authentication = clientAuthentication(normal, sent);
  set('oauthConfiguration.clientAuthenticationPolicy', authentication);
  set('oauthConfiguration.requireClientAuthentication', authentication === 'Required');
  normal = withMirrors(normal, write);
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

/** UNVERIFIED: length and alphabet of a generated secret; the docs' samples have 43 characters of base64url. */
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

function withMirrors(application: Fields, { operation, previous }: Write): Fields {
  return mirrors.reduce((result, [older, list]) => {
    const items = withoutBlanks(valueAt(application, list));
    const single = trim(valueAt(application, older));
    // A PATCH starts from what a read shows; only a value that it brings itself counts (UNVERIFIED).
    const shown = operation === 'patch' && items.length > 0 && single === valueAt(previous, older);
    const filled = isBlank(single) || shown ? items : withOlder(older, items, single);
    return withValueAt(withValueAt(result, list, filled), older, filled[0]);
  }, application);
}

/** `setCallbackURL` of fusionauth-java-client adds to the list, so a URL that was taken out of it comes back. */
function withOlder(older: string, items: readonly unknown[], single: unknown): readonly unknown[] {
  if (items.length > 0 && older !== 'samlv2Configuration.callbackURL') return items;
  return items.includes(single) ? items : [...items, single];
}

/** RFC 8628. */
const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';

/** Source: FusionAuth docs apis/applications, "required when". */
export function applicationProblems(application: StoredObject, write: Write): readonly Problem[] {
  const at = (path: string): unknown => valueAt(application, path);
  const grants = at('oauthConfiguration.enabledGrants');
  return [
    ...lengthProblems(application, ['name']),
    ...needs(application, {
      when: application['verifyRegistration'] === true,
      fields: ['verificationEmailTemplateId'],
    }),
    ...needs(application, {
      when: at('registrationConfiguration.type') === 'advanced',
      fields: ['registrationConfiguration.formId'],
    }),
    ...needs(application, {
      when: Array.isArray(grants) && grants.includes(deviceGrant),
      fields: ['oauthConfiguration.deviceVerificationURL'],
      kind: 'blank',
    }),
    ...(at('jwtConfiguration.enabled') === true
      ? numberProblems(application, {
          'jwtConfiguration.refreshTokenTimeToLiveInMinutes': { min: 1 },
          'jwtConfiguration.timeToLiveInSeconds': { min: 1 },
        })
      : []),
    ...needs(application, {
      when: at('samlv2Configuration.enabled') === true,
      fields: ['samlv2Configuration.issuer'],
      kind: 'blank',
    }),
    ...(write.previous === undefined ? subObjectProblems(application, write) : []),
    ...(application.id === fusionAuthApplicationId ? adminProblems(application) : []),
  ];
}

/** What is wrong with roles and scopes that came with a create. */
function subObjectProblems(application: StoredObject, { instance }: Write): readonly Problem[] {
  return ['roles', 'scopes'].flatMap((list) => {
    const items = asRecords(application[list]);
    return items.flatMap((item, index) => {
      const field = `${list}[${index}]`;
      const { name, id } = item;
      const label = list === 'roles' ? 'Role' : 'Scope';
      if (isBlank(name)) return [{ field: `${field}.name`, kind: 'blank', message: `The ${label} needs a name.` }];
      const problems: Problem[] = [];
      if (items.slice(0, index).some((other) => other['name'] === name)) {
        const message = `A ${label} with name = [${String(name)}] already exists.`;
        problems.push({ field: `${field}.name`, kind: 'duplicate', message });
      }
      const taken = items.slice(0, index).some((other) => other['id'] === id);
      if (taken || (list === 'roles' && findRole(String(id), instance) !== undefined)) {
        const message = `A ${label} with Id = [${String(id)}] already exists.`;
        problems.push({ field: `${field}.id`, kind: 'duplicate', message });
      }
      return problems;
    });
  });
}

/** What the FusionAuth application itself may not do. */
function adminProblems(application: StoredObject): readonly Problem[] {
  return ['registrationConfiguration.enabled', 'authenticationTokenConfiguration.enabled']
    .filter((path) => valueAt(application, path) === true)
    .map((field) => ({
      field,
      kind: 'invalid',
      message: `The ${field} cannot be used by the FusionAuth application.`,
    }));
}

function asRecords(list: unknown): readonly Fields[] {
  return Array.isArray(list) ? list.filter((item) => isRecord(item)) : [];
}

function withoutBlanks(list: unknown): readonly unknown[] {
  return Array.isArray(list) ? list.filter((item) => !isBlank(item)).map((item) => trim(item)) : [];
}
